"""The content of a rules folder: rules, measures and guidelines, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from bizalign_lint.core.durations import is_duration
from bizalign_lint.core.types import Document, Pointer, Severity
from bizalign_lint.rules.language.shapes import PathExpression, Shape

SHARE = "share"
"""The parameter of a rule about an absent fact: the percentage of targets that must have it before
each of the others is reported."""


class Absence(NamedTuple):
    """How a rule reports an absent fact: once for many targets, as long as most lack it."""

    of: PathExpression
    """The path to the fact; a target that has the fact has a value there."""
    none: str
    """The message if no target of a kind has it."""
    some: str
    """The message if some have it."""
    is_link: bool
    """Whether alignment depends on it, so that it is reported even if no target has it."""


class Parameter(NamedTuple):
    """A threshold of a rule that a configuration may set."""

    default: Any
    description: str

    def expected_type(self, value: Any) -> str:
        """The expected type in words, for messages; empty if the value is like the default."""
        default = self.default
        if isinstance(default, str) and is_duration(default):
            good = isinstance(value, str) and is_duration(value)
            return "" if good else "a duration such as P35D or P6M"
        if isinstance(default, bool) or not isinstance(default, int | float):
            return "" if type(value) is type(default) else f"a value like {default}"
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if number else "a number"


class Reference(NamedTuple):
    """A publication that a rule is based on."""

    title: str
    url: str


REMOVED = "removed"
"""The transition of a rule about removed nodes."""


class Need(NamedTuple):
    """A fact that must be known before a rule can judge a target.

    If the target conforms to ``where``, each node at ``nodes`` (by default the target itself) that
    conforms to ``filter_shape`` must have a value at ``path``.
    """

    path: PathExpression
    nodes: PathExpression | None
    filter_shape: Shape | None
    where: Shape | None
    pointer: Pointer
    fact: str = ""
    """The name of the fact, if the path is not a good name for it."""


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
    needs: tuple[Need, ...]
    params: Mapping[str, Parameter]
    shape: Shape | None
    condition: str | None
    as_of: date | None
    bad: str
    good: str
    document: Document
    """The file that it was read from."""
    transition: str = ""
    """``changed`` if it compares nodes with their earlier revisions, ``removed`` if it is about
    removed nodes, empty if it needs no earlier revision."""
    previous: tuple[str, ...] = ()
    """For ``bad`` and ``good``: the earlier revisions of the model, the oldest first."""
    lifecycles: Mapping[str, Any] | None = None
    """For ``bad`` and ``good``: the published dates of releases, as in a lock file."""
    instead_of: tuple[str, ...] = ()
    """The ids of rules that do not report where this one does."""
    comes_from_value: bool = False
    """Whether the offending node is the cause of the finding."""
    several: str = ""
    """The message for many targets of a kind together; empty if each is reported on its own."""
    absence: Absence | None = None
    """For a rule about an absent fact."""
    optional: bool = False
    """Whether it only runs if it is selected by its id."""
    preview: bool = False
    """Whether it is new, and off unless it or all new rules are selected."""
    lapse: bool = False
    """Whether it is about a recurring activity (a review, a measurement), so that a forecast of its
    finding only comes true if nobody acts."""
    tag: str = ""
    """How editors mark its findings: ``unnecessary``, ``deprecated`` or, if empty, not at all."""


class Measure(NamedTuple):
    """A measure of alignment: the share of nodes that conform.

    Either ``rules`` determine which nodes count and what they conform to, or ``targets`` and
    ``shape`` do.
    """

    name: str
    guideline: str
    title: str
    rationale: str
    rules: tuple[str, ...]
    targets: tuple[str, ...]
    evidence: tuple[PathExpression, ...]
    needs: tuple[Need, ...]
    where: Shape | None
    shape: Shape | None
    weight: PathExpression | None
    """The path to the weight of each node; None if each counts for one."""
    unit: PathExpression | None
    """The path to the unit of the weight."""
    params: Mapping[str, Parameter]
    """Always empty: the thresholds of a measure are those of its rules."""
    document: Document


class Guideline(NamedTuple):
    """A group of rules with one purpose."""

    id: str
    title: str
    order: int
    summary: str
    rationale: str


class RuleSet(NamedTuple):
    """All rules by id, all guidelines in order, and all measures."""

    rules: Mapping[str, Rule]
    guidelines: tuple[Guideline, ...]
    measures: tuple[Measure, ...]
    """In the order of the guidelines, then by name."""
