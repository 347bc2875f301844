"""A limit to the steps of a rule through a model, so that it ends, always at the same step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_OF_EACH = 500
_AT_LEAST = 1_000_000


class TooManySteps(Exception):  # not an error: the model is too large for the rule
    """A rule has exceeded its limit of steps."""


def allowed(nodes: int) -> int:
    """The number of steps that a rule may take in a model with this number of nodes."""
    return _AT_LEAST + _OF_EACH * nodes


class Meter:
    """Counts steps within ``limited``."""

    def __init__(self) -> None:
        self._left = float("inf")

    def take(self, steps: int) -> None:
        """Count steps. Raises TooManySteps if the limit is exceeded."""
        self._left -= steps
        if self._left < 0:
            raise TooManySteps

    @contextmanager
    def limited(self, nodes: int) -> Iterator[None]:
        """Limit the steps to those allowed in a model with this number of nodes."""
        self._left = allowed(nodes)
        try:
            yield
        finally:
            self._left = float("inf")
