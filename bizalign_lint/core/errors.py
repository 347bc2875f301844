"""Errors in the set-up, and traces of our own bugs that are safe to show.

Anything wrong in the user's model is a Finding instead.
"""

from __future__ import annotations

# Imported in advance: after a crash there may be too little memory left.
import traceback
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bizalign_lint.core.types import Location


class BizalignError(Exception):
    """An error that is reported once, by ``cli/edge``; the process then exits with
    ``exit_code``."""

    exit_code = 2

    def __init__(self, message: str, location: Location | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.location = location
        self.hint = hint
        self.others: tuple[BizalignError, ...] = ()
        """Further errors in the same file."""


def raise_all(errors: Iterable[BizalignError]) -> None:
    """Raise the first error by place, with the rest as its ``others``; do nothing if there are
    none."""
    found = sorted(errors, key=_place)
    if found:
        found[0].others = tuple(found[1:])
        raise found[0]


def _place(error: BizalignError) -> tuple[str, int, int]:
    at = error.location
    return ("", 0, 0) if at is None else (at.path, at.span.line, at.span.column)


class UsageError(BizalignError):
    """The request cannot be fulfilled as it was made, for example by the command line."""


class UnknownOwnerError(UsageError):
    """No owner of that name is responsible for anything in the model."""


class ConfigError(BizalignError):
    """A configuration file is invalid."""


class SchemaError(BizalignError):
    """A schema, its annotations or a vocabulary is invalid."""


class MappingError(BizalignError):
    """A mapping of another tool's records is invalid."""


class RuleError(BizalignError):
    """A rule file is invalid."""


class InterruptedRunError(BizalignError):
    """The command was interrupted by the user or the system."""


class NothingToCheckError(BizalignError):
    """No file that may contain definitions was found."""

    exit_code = 3


def reason(error: OSError) -> str:
    """The reason of an error of the operating system, in lower case."""
    return (error.strerror or type(error).__name__).lower()


def summary(error: BaseException) -> str:
    """Type and function of an error, without its message: that may quote what was read."""
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    frames = traceback.extract_tb(error.__traceback__)
    return f"{name} in {frames[-1].name}" if frames else name


def trace(error: BaseException | None) -> Iterator[str]:
    """The stack trace of an error and its causes, without their messages."""
    while error is not None:
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(error.__traceback__)
        yield f"{summary(error)}\n"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if error is not None:
            yield "\nCaused by:\n\n"
