"""Shapes as they stand in a rule: SHACL Core's constraints, paths and expressions, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from bizalign_lint.core.durations import is_duration
from bizalign_lint.core.types import Document, Pointer, Severity
from bizalign_lint.rules.language.paths import Path


class Literal(NamedTuple):
    """A value that the rule spells out."""

    value: Any


class Param(NamedTuple):
    """``$params.name``."""

    name: str


class AsOf(NamedTuple):
    """``$asOf``, moved by a duration: ISO 8601 text or a parameter that holds one."""

    sign: int = 0
    duration: Literal | Param | None = None


Comparand = Literal | Param | AsOf


class PathExpression(NamedTuple):
    """The values that a path leads to."""

    path: Path
    text: str
    pointer: Pointer


class Aggregate(NamedTuple):
    """One number (or date) made of the values that a path leads to.

    ``function`` is count, sum, min, max or distinct. The path starts from each node that
    ``nodes`` leads to and that conforms to ``filter_shape``.
    """

    function: str
    values: PathExpression
    nodes: PathExpression | None
    filter_shape: Shape | None
    pointer: Pointer


class Arithmetic(NamedTuple):
    """One number made of two: difference, distance or percent."""

    function: str
    left: Expression
    right: Expression
    pointer: Pointer


class Number(NamedTuple):
    """A number as operand."""

    value: float


Expression = PathExpression | Aggregate | Arithmetic | Number


class Qualified(NamedTuple):
    """``qualifiedValueShape`` with its counts."""

    shape: Shape
    least: Comparand | None
    most: Comparand | None


class Constraint(NamedTuple):
    """One key of a shape. What ``argument`` is depends on the name:

    a comparand for counts, bounds and hasValue; a tuple of comparands for ``in``; a tuple of
    kinds for ``class``; an expression for equals, disjoint, lessThan, lessThanOrEquals and
    uniqueValueWithin; a shape or a tuple of them for the logical ones and ``property``; a
    Qualified; a compiled pattern.
    """

    name: str
    argument: Any
    pointer: Pointer


class Shape(NamedTuple):
    """What must hold of a node, or of the values that ``path`` leads to."""

    path: Expression | None
    constraints: tuple[Constraint, ...]
    pointer: Pointer
    message: str = ""
    """What to tell instead of the rule's own message."""


class Parameter(NamedTuple):
    """A threshold that a configuration may set."""

    default: Any
    description: str

    def wanted(self, value: Any) -> str:
        """What has to stand where this value does; empty when the value is like the default."""
        default = self.default
        if isinstance(default, str) and is_duration(default):
            good = isinstance(value, str) and is_duration(value)
            return "" if good else "a duration such as P35D or P6M"
        if isinstance(default, bool) or not isinstance(default, int | float):
            return "" if type(value) is type(default) else f"something like {default}"
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if number else "a number"


class Reference(NamedTuple):
    """A practice that a rule comes from."""

    title: str
    url: str


REMOVED = "removed"
"""The transition of a rule about what is gone."""


class Rule(NamedTuple):
    """One rule file. ``condition`` and ``shape`` exclude each other."""

    id: str
    name: str
    guideline: str
    severity: Severity
    summary: str
    rationale: str
    references: tuple[Reference, ...]
    message: str
    help: str
    targets: tuple[str, ...]
    where: Shape | None
    evidence: tuple[PathExpression, ...]
    params: Mapping[str, Parameter]
    shape: Shape | None
    condition: str | None
    as_of: date | None
    bad: str
    good: str
    document: Document
    """The file that it was read from."""
    transition: str = ""
    """``changed``: it compares nodes with what they were; ``removed``: it is about those that are
    gone; empty: it needs no earlier revision."""
    previous: tuple[str, ...] = ()
    """For ``bad`` and ``good``: the model as it was, the oldest first."""
    instead_of: tuple[str, ...] = ()
    """The ids of rules that are silent where this one speaks."""
    optional: bool = False
    """Whether it runs only where somebody asks for it by its id."""


class Measure(NamedTuple):
    """What share of some nodes conform: how far a model is aligned.

    Either ``rules`` say which nodes are counted and what they conform to, or a shape of its own.
    """

    name: str
    guideline: str
    title: str
    rationale: str
    rules: tuple[str, ...]
    targets: tuple[str, ...]
    evidence: tuple[PathExpression, ...]
    where: Shape | None
    shape: Shape | None
    params: Mapping[str, Parameter]
    """Always empty: the thresholds of a measure are those of its rules."""
    document: Document


class Guideline(NamedTuple):
    """What rules belong to."""

    id: str
    title: str
    order: int
    summary: str
    rationale: str


class RuleSet(NamedTuple):
    """All rules, by id, and all guidelines, in order."""

    rules: Mapping[str, Rule]
    guidelines: tuple[Guideline, ...]
    measures: tuple[Measure, ...]
    """In the order of the guidelines, then by name."""
