"""How many steps a rule may take through a model, so that it ends, at the same step each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_OF_EACH = 500
_AT_LEAST = 1_000_000


class TooManySteps(Exception):  # no error: the model is too much for the rule
    """A rule has taken all the steps that it may take."""


def allowed(nodes: int) -> int:
    """How many steps a rule may take in a model of so many nodes."""
    return _AT_LEAST + _OF_EACH * nodes


class Meter:
    """Counts steps while somebody limits them."""

    def __init__(self) -> None:
        self._left = float("inf")

    def take(self, steps: int) -> None:
        """Count so many steps. Raises TooManySteps."""
        self._left -= steps
        if self._left < 0:
            raise TooManySteps

    @contextmanager
    def limited(self, nodes: int) -> Iterator[None]:
        """Allow as many steps as a rule may take in a model of so many nodes."""
        self._left = allowed(nodes)
        try:
            yield
        finally:
            self._left = float("inf")
