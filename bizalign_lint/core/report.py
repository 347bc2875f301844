"""What a run hands to whoever asked for it. Frozen values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from bizalign_lint.core.types import Finding, Severity, places

if TYPE_CHECKING:
    from bizalign_lint.core.lines import Lines


BASELINE = "baseline"
"""What a finding that the baseline knows is said to be suppressed by."""


class Suppressed(NamedTuple):
    """A finding that somebody has accepted."""

    finding: Finding
    by: str
    """``comment``, ``dispensation`` or ``baseline``."""
    reason: str
    until: str | None = None
    """The last day it holds, as written."""


class RuleInfo(NamedTuple):
    """What a reporter says about a rule."""

    id: str
    name: str
    guideline: str
    severity: Severity
    summary: str
    help: str
    preview: bool = False
    """Whether it is new, and off by default."""


class GuidelineInfo(NamedTuple):
    """What a reporter says about a guideline."""

    id: str
    title: str
    order: int


class Coverage(NamedTuple):
    """The outcome of one measure of alignment."""

    name: str
    guideline: str
    title: str
    held: float
    """How many nodes conform; of a measure of money, the amount that does."""
    broken: float
    """The same of those that do not."""
    unknown: float
    """The same of those that cannot be judged because a fact is missing."""
    lacking: tuple[str, ...]
    """References of the nodes that do not conform, in the order of the files."""
    unjudged: tuple[str, ...]
    """References of the nodes that cannot be judged."""
    unit: str = ""
    """The currency of a measure of money; empty where nodes are counted."""
    threshold: float | None = None
    """The least percentage that is accepted; None where nobody has said."""
    demanded: bool = False
    """Whether the threshold is missed, too, where there is nothing to measure."""
    conforming: tuple[str, ...] = ()
    """References of the nodes that conform."""

    @property
    def total(self) -> float:
        """All that is counted."""
        return self.held + self.broken + self.unknown

    @property
    def percent(self) -> float | None:
        """The share of all that conforms, rounded down to a tenth; None with nothing to count."""
        return self.held * 1000 // self.total / 10 if self.total else None

    @property
    def fails(self) -> bool:
        """Whether the threshold is not met."""
        if not self.threshold:
            return False
        if self.unmeasurable:
            return self.demanded
        return (self.percent or 0) < self.threshold

    @property
    def unmeasurable(self) -> bool:
        """Whether there is a threshold, and nothing to judge it by."""
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
    """The rules that wait for the fact."""
    verdicts: int
    """How many verdicts do."""


class Gap(NamedTuple):
    """A fact that is not in the model, and what cannot be judged without it."""

    kind: str
    fact: str
    """The property that would say it, as a path: ``vendorSupport/endOfSupport``.

    Empty where there is nothing of the kind."""
    lacking: tuple[Lacking, ...]
    """Those that most verdicts wait for first, then those nearest to the business."""
    total: int
    """How many definitions of the kind there are."""
    waiting: tuple[tuple[str, int], ...]
    """The rules that wait for it, by id, each with how many verdicts."""

    @property
    def verdicts(self) -> int:
        """How many verdicts wait for it."""
        return sum(count for _, count in self.waiting)


class Judged(NamedTuple):
    """How much of a model could be judged."""

    rules: int
    """How many of the rules gave a verdict on anything."""
    waiting: tuple[str, ...]
    """The rules that wait for a fact, by id."""
    definitions: int
    """How many definitions something could not be judged of."""
    gaps: tuple[Gap, ...]
    """The facts that would help, those that most verdicts wait for first."""
    judging: frozenset[str] = frozenset()
    """The rules that gave a verdict on anything, by id."""
    elsewhere: int = 0
    """How many facts are left out of ``gaps``, as only what has not changed waits for them."""
    unjudged: frozenset[tuple[str, str]] = frozenset()
    """Beside an earlier revision: rules, and references of what each of them cannot judge."""


EVERYTHING = Judged(0, (), 0, ())
"""Nothing is unknown."""


class Since(NamedTuple):
    """What the findings of a run were held against."""

    revision: str
    """As it was asked for."""
    commit: str
    """The commit that it means."""
    known: int
    """How many findings were there already, and so are left out."""
    fixed: int
    """How many are there no more."""
    ahead: tuple[str, ...] = ()
    """One sentence for each coming finding that is brought forward or postponed."""
    loosened: tuple[str, ...] = ()
    """What the set-up now lets pass that it did not let pass then, each in a sentence."""


class Owner(NamedTuple):
    """Whoever is responsible for something."""

    reference: str
    name: str
    title: str
    """What people call it."""


def _nobody(_: str) -> None:
    """There is nobody, and nothing."""


class Report(NamedTuple):
    """The outcome of one run."""

    findings: tuple[Finding, ...]
    """Sorted by path, line, column and rule."""
    suppressed: tuple[Suppressed, ...]
    files: int
    """How many files were read."""
    documents: int
    """How many documents in them are definitions."""
    nodes: int
    """How many nodes the graph has."""
    rules: tuple[RuleInfo, ...]
    """Every active rule."""
    guidelines: tuple[GuidelineInfo, ...]
    """In order."""
    as_of: date
    lines: Callable[[str], Lines]
    """The lines of a file that was read, by its path; no lines for any other path."""
    idle: tuple[str, ...] = ()
    """Active rules whose target does not occur in the workspace."""
    left_alone: tuple[str, ...] = ()
    """Files that were read and hold no definition."""
    seconds: Mapping[str, float] = MappingProxyType({})
    """How long each rule about nodes took, by its id."""
    coverage: tuple[Coverage, ...] = ()
    """The measures of alignment, when they were asked for."""
    foreign: frozenset[str] = frozenset()
    """Files of other tools with definitions in them: they are never edited."""
    unread: tuple[str, ...] = ()
    """Files of which not everything could be read: what was found there before may be there yet."""
    doubtful: frozenset[str] = frozenset()
    """References of what is in a definition that breaks its schema: not every rule reports it."""
    judged: Judged = EVERYTHING
    """What could be judged, and what could not."""
    linked: bool = True
    """Whether any definition refers to another; where none does, nothing can be aligned."""
    owner: Callable[[str], Owner | None] = _nobody
    """Whoever is responsible for an entity, by its reference; None if nobody is."""
    title: Callable[[str], str | None] = _nobody
    """What people call an entity, by its reference; None if there is none."""
    owners: Callable[[], tuple[Owner, ...]] = tuple
    """All who are responsible for anything, looked up when asked."""
    stopped: frozenset[str] = frozenset()
    """The rules that took too many steps, and say that instead of what they would have found."""
    since: Since | None = None
    """Set when only findings are reported that were not there at an earlier revision."""

    whole: Report | None = None
    """Set with ``since``: the report with all findings, new or not."""

    @property
    def records(self) -> tuple[Finding, ...]:
        """What is reported in records of one place: each place of what is new, else the
        findings."""
        if self.since is None and all(entry.by != BASELINE for entry in self.suppressed):
            return self.findings
        return tuple(sorted(places(self.findings), key=_place))


NO_FINDING = "none"
"""In place of a severity: what else a report holds, such as coverage, by itself."""


def at_least(least: str, report: Report) -> Report:
    """The report with the findings of a severity, and of more severe ones."""
    if least == NO_FINDING:
        return report._replace(findings=())
    rank = Severity(least).rank
    kept = (finding for finding in report.findings if finding.severity.rank <= rank)
    return report._replace(findings=tuple(kept))


def _place(finding: Finding) -> tuple[str, int, int]:
    return (finding.location.path, finding.location.span.line, finding.location.span.column)
