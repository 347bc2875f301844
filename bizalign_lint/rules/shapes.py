"""Shapes as they stand in a rule: SHACL Core's constraints, paths and expressions, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..model import Document, Pointer, Severity
from .paths import Path


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that the rule spells out."""

    value: Any


@dataclass(frozen=True, slots=True)
class Param:
    """``$params.name``."""

    name: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """``$asOf``, moved by a duration: ISO 8601 text or a parameter that holds one."""

    sign: int = 0
    duration: Literal | Param | None = None


Comparand = Literal | Param | AsOf


@dataclass(frozen=True, slots=True)
class PathExpression:
    """The values that a path leads to."""

    path: Path
    text: str
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One number (or date) made of the values that a path leads to.

    ``function`` is count, sum, min, max or distinct. The path starts from each node that
    ``nodes`` leads to and that conforms to ``filter_shape``.
    """

    function: str
    values: PathExpression
    nodes: PathExpression | None
    filter_shape: Shape | None
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """One number made of two: difference, distance or percent."""

    function: str
    left: Expression
    right: Expression
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Number:
    """A number as operand."""

    value: float


Expression = PathExpression | Aggregate | Arithmetic | Number


@dataclass(frozen=True, slots=True)
class Qualified:
    """``qualifiedValueShape`` with its counts."""

    shape: Shape
    least: Comparand | None
    most: Comparand | None


@dataclass(frozen=True, slots=True)
class Constraint:
    """One key of a shape. What ``argument`` is depends on the name:

    a comparand for counts, bounds and hasValue; a tuple of comparands for ``in``; a tuple of
    kinds for ``class``; an expression for equals, disjoint, lessThan, lessThanOrEquals and
    uniqueValueWithin; a shape or a tuple of them for the logical ones and ``property``; a
    Qualified; a compiled pattern.
    """

    name: str
    argument: Any
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Shape:
    """What must hold of a node, or of the values that ``path`` leads to."""

    path: Expression | None
    constraints: tuple[Constraint, ...]
    pointer: Pointer
    message: str = ""
    """What to tell instead of the rule's own message."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold that a configuration may set."""

    default: Any
    description: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A practice that a rule comes from."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Rule:
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


@dataclass(frozen=True, slots=True)
class Measure:
    """What share of some nodes conform to a shape: how far a model is aligned."""

    name: str
    guideline: str
    title: str
    rationale: str
    targets: tuple[str, ...]
    where: Shape | None
    shape: Shape
    params: Mapping[str, Parameter]
    """Always empty: what is measured does not depend on a configuration."""
    document: Document


@dataclass(frozen=True, slots=True)
class Guideline:
    """What rules belong to."""

    id: str
    title: str
    order: int
    summary: str
    rationale: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules, by id, and all guidelines, in order."""

    rules: Mapping[str, Rule]
    guidelines: tuple[Guideline, ...]
    measures: tuple[Measure, ...]
    """In the order of the guidelines, then by name."""
