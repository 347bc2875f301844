"""The functions of derived properties (``x-derived``): their names and traits.

Code that handles each function matches on ``Function`` and ends with ``assert_never``; code that
depends on what several have in common uses their ``Traits``.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, assert_never, get_args

Function = Literal[
    "phaseOf",
    "endingOf",
    "languageOf",
    "foldedOf",
    "nearestOf",
    "sumOf",
    "productOf",
    "differenceOf",
    "dateOf",
    "totalOf",
    "progressOf",
]
"""The key in a schema that names the function, with the properties it computes from."""

FUNCTIONS: tuple[Function, ...] = get_args(Function)


class Traits(NamedTuple):
    """What the rest of the engine needs to know about a function, apart from its arithmetic."""

    daily: bool = False
    """Its value depends on the as-of date."""
    ordered: bool = False
    """Its first operand is an object with ordered dates (``x-order``)."""
    phase: bool = False
    """Its value names the last of these dates that has been reached; none before the first."""
    inherited: bool = False
    """Its value depends on nodes that a node refers to."""
    texts: bool = False
    """Used by rules to compare texts; of no interest to users."""
    amount: bool = False
    """Its operands are an amount, the unit of time it refers to, and a period."""
    target: bool = False
    """Its first and last operands are the baseline and the target of progress."""


class Derivation(NamedTuple):
    """How a derived property is computed: a function and the paths that it reads."""

    function: Function
    paths: tuple[tuple[str, ...], ...]
    horizon: str = ""
    """For ``endingOf``: how close a dated end must be (ISO 8601 duration)."""
    declared_by: frozenset[str] = frozenset()
    """For ``endingOf``: the values of its further paths that declare the end."""
    declared: str = ""
    """For ``languageOf``: the property that declares the language."""
    otherwise: tuple[str, ...] = ()
    """For ``phaseOf`` and ``endingOf``: the path of the phase if no date has been reached."""
    along: str = ""
    """For ``nearestOf``: the relation to the parent."""

    @property
    def traits(self) -> Traits:
        """The traits of its function."""
        return _traits(self.function)


def _traits(function: Function) -> Traits:
    match function:
        case "phaseOf":
            return Traits(daily=True, ordered=True, phase=True)
        case "endingOf":
            return Traits(daily=True, ordered=True)
        case "languageOf" | "foldedOf":
            return Traits(texts=True)
        case "nearestOf":
            return Traits(inherited=True)
        case "totalOf":
            return Traits(amount=True)
        case "progressOf":
            return Traits(target=True)
        case "sumOf" | "productOf" | "differenceOf" | "dateOf":
            return Traits()
        case _:
            assert_never(function)
