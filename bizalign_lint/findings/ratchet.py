"""The ratchet: coverage reached so far, which may rise but not fall."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from bizalign_lint.core.errors import ConfigError, reason
from bizalign_lint.core.report import Coverage
from bizalign_lint.sources.bounds import top
from bizalign_lint.sources.read import read_setup

FILE_NAME = ".bizalign-coverage.yaml"


def read_ratchet(root: str) -> dict[str, float]:
    """The percentages reached so far, by measure; empty if there is no file yet.

    Raises ConfigError if the file is unreadable or contains anything else.
    """
    from bizalign_lint.core.types import Source
    from bizalign_lint.parsing.documents import read_document

    path = os.path.join(root, FILE_NAME)
    try:
        value = read_document(Source(FILE_NAME, read_setup(path, top(root)))).value
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{FILE_NAME} cannot be read: {reason(error)}") from None
    for name, percent in value.items():
        if isinstance(percent, bool) or not isinstance(percent, (int, float)):
            raise ConfigError(f"{FILE_NAME}: {name} must be a percentage, not {percent!r}")
    return value


def higher_of_each(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """The higher of two thresholds, for each measure."""
    return {name: max(one.get(name, 0), other.get(name, 0)) for name in (*one, *other)}


def render_ratchet(coverage: Iterable[Coverage], reached: Mapping[str, float]) -> Iterator[str]:
    """The new content of the file, in chunks."""
    # A measure without any verdict has reached nothing.
    now = {c.name: c.percent for c in coverage if c.percent is not None and c.held + c.broken}
    yield "# The alignment coverage reached so far, in percent; bizalign-lint check --ratchet\n"
    yield "# raises these figures and fails if one of them drops.\n"
    figures = higher_of_each(now, reached)
    if not figures:
        yield "{}\n"
    for name, percent in sorted(figures.items()):
        yield f"{name}: {percent:g}\n"
