"""The functions of derived properties (``x-derived``): their names, and what sets each apart.

Whoever treats functions one by one matches on ``Function`` and ends in ``assert_never``; whoever
asks what some of them have in common asks their ``Traits``.
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
"""The key that says in a schema how a property is computed, and from which others."""

FUNCTIONS: tuple[Function, ...] = get_args(Function)


class Traits(NamedTuple):
    """What the rest of the engine has to know of a function, apart from its arithmetic."""

    daily: bool = False
    """Its value depends on the day."""
    ordered: bool = False
    """Its first operand is an object with dates in an order (``x-order``)."""
    phase: bool = False
    """Its value names the last of these dates that has come; there is none before the first."""
    inherited: bool = False
    """Its value depends on what a node refers to."""
    texts: bool = False
    """Rules compare texts by it; it says nothing to anybody else."""
    amount: bool = False
    """Its operands are an amount, the unit of time that it is per, and a period."""
    target: bool = False
    """Its first and its last operand are the ends of what progress is measured by."""


class Derivation(NamedTuple):
    """How a derived property is computed: a function and the paths that it reads."""

    function: Function
    paths: tuple[tuple[str, ...], ...]
    horizon: str = ""
    """For ``endingOf``: how near a dated end has to be (ISO 8601 duration)."""
    declared_by: frozenset[str] = frozenset()
    """For ``endingOf``: the values of its further paths that declare the end."""
    declared: str = ""
    """For ``languageOf``: the property that declares the language."""
    otherwise: tuple[str, ...] = ()
    """For ``phaseOf`` and ``endingOf``: what states the phase where no date has been reached."""
    along: str = ""
    """For ``nearestOf``: the relation that leads up."""

    @property
    def traits(self) -> Traits:
        """What sets its function apart."""
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
