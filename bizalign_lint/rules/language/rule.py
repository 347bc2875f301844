"""What a rules folder says: rules, measures and guidelines, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from bizalign_lint.core.durations import is_duration
from bizalign_lint.core.types import Document, Pointer, Severity
from bizalign_lint.rules.language.shapes import PathExpression, Shape

SHARE = "share"
"""The parameter of a rule about an absent fact: the per cent that have it before each is asked."""


class Absence(NamedTuple):
    """How a rule reports that a fact is absent: of many targets at once, as long as most
    lack it."""

    of: PathExpression
    """Where a target has the fact, this leads somewhere."""
    none: str
    """What to report where no target of a kind has it."""
    some: str
    """What to report where some have it."""
    is_link: bool
    """Whether alignment hangs on it, so that it is reported where no target has it, too."""


class Parameter(NamedTuple):
    """A threshold that a configuration may set."""

    default: Any
    description: str

    def expected_type(self, value: Any) -> str:
        """What has to be where this value does; empty when the value is like the default."""
        default = self.default
        if isinstance(default, str) and is_duration(default):
            good = isinstance(value, str) and is_duration(value)
            return "" if good else "a duration such as P35D or P6M"
        if isinstance(default, bool) or not isinstance(default, int | float):
            return "" if type(value) is type(default) else f"a value like {default}"
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if number else "a number"


class Reference(NamedTuple):
    """A practice that a rule comes from."""

    title: str
    url: str


REMOVED = "removed"
"""The transition of a rule about what is gone."""


class Need(NamedTuple):
    """A fact that has to be known before a rule can judge a target.

    Each node that ``nodes`` leads to (the target itself without) and that conforms to
    ``filter_shape`` has to have what ``path`` leads to, if the target conforms to ``where``.
    """

    path: PathExpression
    nodes: PathExpression | None
    filter_shape: Shape | None
    where: Shape | None
    pointer: Pointer
    fact: str = ""
    """What the fact is called where the path would be no name for it."""


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
    """``changed``: it compares nodes with what they were; ``removed``: it is about those that are
    gone; empty: it needs no earlier revision."""
    previous: tuple[str, ...] = ()
    """For ``bad`` and ``good``: the model as it was, the oldest first."""
    lifecycles: Mapping[str, Any] | None = None
    """For ``bad`` and ``good``: what vendors say of their releases, as a lock file does."""
    instead_of: tuple[str, ...] = ()
    """The ids of rules that are silent where this one reports."""
    comes_from_value: bool = False
    """Whether the node that is found wrong is what the finding comes from."""
    several: str = ""
    """What to report at once of the targets of a kind where they are many; empty: one by one."""
    absence: Absence | None = None
    """For a rule about an absent fact."""
    optional: bool = False
    """Whether it runs only where somebody asks for it by its id."""
    preview: bool = False
    """Whether it is new, and off where nobody asks for it or for all that are new."""
    lapse: bool = False
    """Whether it is about what somebody does again and again (a review, a measurement), so that it
    comes true on a day to come only if nobody does."""
    tag: str = ""
    """How editors show what is found: ``unnecessary``, ``deprecated`` or, if empty, as it is."""


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
    needs: tuple[Need, ...]
    where: Shape | None
    shape: Shape | None
    weight: PathExpression | None
    """The number that each node counts for; None: each counts for one."""
    unit: PathExpression | None
    """What that number is a number of."""
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
