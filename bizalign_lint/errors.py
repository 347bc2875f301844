"""What is wrong with the set-up. What is wrong with the user's model is a Finding instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import Location


class BizalignError(Exception):
    """Rendered once, at the edge; the process then exits with ``exit_code``."""

    exit_code = 2

    def __init__(self, message: str, location: Location | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.location = location
        self.hint = hint


class UsageError(BizalignError):
    """The command line asks for something that cannot be."""


class ConfigError(BizalignError):
    """A configuration file is wrong."""


class SchemaError(BizalignError):
    """A schema, its annotations or a vocabulary is wrong."""


class RuleError(BizalignError):
    """A rule file is wrong."""


class InterruptedRunError(BizalignError):
    """Somebody, or the system, stopped the command before its end."""


class NothingToCheckError(BizalignError):
    """No file that could hold definitions was found."""

    exit_code = 3
