"""The result of a run. Immutable values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from bizalign_lint.core.types import Finding, Severity, places

if TYPE_CHECKING:
    from bizalign_lint.core.lines import Lines


BASELINE = "baseline"
"""``Suppressed.by`` of findings that are in the baseline."""


class Suppressed(NamedTuple):
    """A finding that is suppressed."""

    finding: Finding
    by: str
    """``comment``, ``dispensation`` or ``baseline``."""
    reason: str
    until: str | None = None
    """The last day on which the suppression applies, as written."""


class RuleInfo(NamedTuple):
    """What reporters need to know about a rule."""

    id: str
    name: str
    guideline: str
    severity: Severity
    summary: str
    help: str
    preview: bool = False
    """Whether it is new and off by default."""


class GuidelineInfo(NamedTuple):
    """What reporters need to know about a guideline."""

    id: str
    title: str
    order: int


class Coverage(NamedTuple):
    """The outcome of one measure of alignment."""

    name: str
    guideline: str
    title: str
    held: float
    """Number of nodes that conform, or the amount of money if ``unit`` is set."""
    broken: float
    """The same for those that do not conform."""
    unknown: float
    """The same for those that cannot be judged because a fact is missing."""
    lacking: tuple[str, ...]
    """References of the nodes that do not conform, in the order of the files."""
    unjudged: tuple[str, ...]
    """References of the nodes that cannot be judged."""
    unit: str = ""
    """The currency of a measure of money; empty if nodes are counted."""
    threshold: float | None = None
    """The lowest accepted percentage; None if none is configured."""
    is_required: bool = False
    """Whether the threshold is also missed if there is nothing to measure."""
    conforming: tuple[str, ...] = ()
    """References of the nodes that conform."""

    @property
    def total(self) -> float:
        """The sum of held, broken and unknown."""
        return self.held + self.broken + self.unknown

    @property
    def percent(self) -> float | None:
        """The percentage of the total that conforms, rounded down to a tenth; None if the total is
        0."""
        return self.held * 1000 // self.total / 10 if self.total else None

    @property
    def fails(self) -> bool:
        """Whether the threshold is not met."""
        if not self.threshold:
            return False
        if self.unmeasurable:
            return self.is_required
        return (self.percent or 0) < self.threshold

    @property
    def unmeasurable(self) -> bool:
        """Whether there is a threshold but nothing that could be judged."""
        return self.threshold is not None and not self.held + self.broken


class Lacking(NamedTuple):
    """A definition, or nested node, that lacks a fact."""

    reference: str
    title: str
    owner: str | None
    """The title of the owner; None if nobody is responsible."""
    owner_reference: str | None
    """The reference of the owner; None if nobody is responsible."""
    path: str
    """The file that it is in."""
    rules: tuple[str, ...]
    """The rules that need the missing fact."""
    verdicts: int
    """Number of verdicts that need it."""


class Gap(NamedTuple):
    """A fact that is missing from the model, and what cannot be judged without it."""

    kind: str
    fact: str
    """The property that would hold it, as a path: ``vendorSupport/endOfSupport``.

    Empty if the model has no definition of the kind."""
    lacking: tuple[Lacking, ...]
    """Sorted by the number of verdicts that need them, then by closeness to the business."""
    total: int
    """Number of definitions of the kind."""
    waiting: tuple[tuple[str, int], ...]
    """Ids of the rules that need it, each with its number of verdicts."""

    @property
    def verdicts(self) -> int:
        """Number of verdicts that need it."""
        return sum(count for _, count in self.waiting)


class Judged(NamedTuple):
    """How much of a model could be judged."""

    rules: int
    """Number of rules that gave at least one verdict."""
    waiting: tuple[str, ...]
    """Ids of the rules that need a missing fact."""
    definitions: int
    """Number of definitions that could not be judged completely."""
    gaps: tuple[Gap, ...]
    """The missing facts, those that most verdicts need first."""
    judging: frozenset[str] = frozenset()
    """Ids of the rules that gave at least one verdict."""
    elsewhere: int = 0
    """Number of facts left out of ``gaps`` because they only concern unchanged definitions."""
    unjudged: frozenset[tuple[str, str]] = frozenset()
    """In a comparison with a revision: rule ids with references of nodes each cannot judge."""


ALL_JUDGED = Judged(0, (), 0, ())
"""Everything could be judged."""


class Since(NamedTuple):
    """The earlier revision that the findings of a run were compared with."""

    revision: str
    """The revision as the user wrote it."""
    commit: str
    """The commit that it resolves to."""
    known: int
    """Number of findings left out because they existed before."""
    fixed: int
    """Number of earlier findings that are gone."""
    ahead: tuple[str, ...] = ()
    """One sentence for each future finding that was brought forward or postponed."""
    loosened: tuple[str, ...] = ()
    """One sentence for each way in which the set-up is less strict than it was."""


class Owner(NamedTuple):
    """A person or unit that is responsible for something."""

    reference: str
    name: str
    title: str
    """The display name."""


def _nobody(_: str) -> None:
    """No owner and no title: the default of a report."""


class Report(NamedTuple):
    """The result of one run."""

    findings: tuple[Finding, ...]
    """Sorted by path, line, column and rule."""
    suppressed: tuple[Suppressed, ...]
    files: int
    """Number of files read."""
    documents: int
    """Number of definitions in them."""
    nodes: int
    """Number of nodes in the graph."""
    rules: tuple[RuleInfo, ...]
    """Every active rule."""
    guidelines: tuple[GuidelineInfo, ...]
    """Sorted by their order."""
    as_of: date
    lines: Callable[[str], Lines]
    """The lines of a file that was read, by path; no lines for any other path."""
    idle: tuple[str, ...] = ()
    """Active rules whose target does not occur in the workspace; empty for several workspaces."""
    without_definitions: tuple[str, ...] = ()
    """Files that were read and contain no definition."""
    seconds: Mapping[str, float] = MappingProxyType({})
    """Run time of each rule about nodes, by rule id."""
    coverage: tuple[Coverage, ...] = ()
    """The measures of alignment, if requested."""
    foreign: frozenset[str] = frozenset()
    """Files of other tools that contain definitions; they are never edited."""
    unread: tuple[str, ...] = ()
    """Files that could not be read completely: earlier findings there may still exist."""
    doubtful: frozenset[str] = frozenset()
    """References of nodes in definitions that violate their schema: some rules skip them."""
    judged: Judged = ALL_JUDGED
    """How much of the model could be judged."""
    linked: bool = True
    """Whether any definition refers to another; otherwise nothing can be aligned."""
    owner: Callable[[str], Owner | None] = _nobody
    """The owner of an entity, by its reference; None if nobody is responsible."""
    title: Callable[[str], str | None] = _nobody
    """The title of an entity, by its reference; None if there is no such entity."""
    owners: Callable[[], tuple[Owner, ...]] = tuple
    """All owners in the model, computed on demand."""
    stopped: frozenset[str] = frozenset()
    """Ids of rules that exceeded their step limit and report that instead of findings."""
    since: Since | None = None
    """Set if only findings that are new since an earlier revision are reported."""

    whole: Report | None = None
    """Set with ``since``: the report with all findings, new or not."""

    @property
    def records(self) -> tuple[Finding, ...]:
        """The findings for formats with one place per record.

        If known findings are left out, each place is a record of its own.
        """
        if self.since is None and all(entry.by != BASELINE for entry in self.suppressed):
            return self.findings
        return tuple(sorted(places(self.findings), key=_place))


NO_FINDING = "none"
"""Used instead of a severity: no findings, only the rest of a report such as coverage."""


def at_least(lowest: str, report: Report) -> Report:
    """The report with only the findings of at least a severity, or with none for ``NO_FINDING``."""
    if lowest == NO_FINDING:
        return report._replace(findings=())
    rank = Severity(lowest).rank
    kept = (finding for finding in report.findings if finding.severity.rank <= rank)
    return report._replace(findings=tuple(kept))


def _place(finding: Finding) -> tuple[str, int, int]:
    return (finding.location.path, finding.location.span.line, finding.location.span.column)
