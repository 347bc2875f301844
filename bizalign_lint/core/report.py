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
    """What a reporter tells of a rule."""

    id: str
    name: str
    guideline: str
    severity: Severity
    summary: str
    help: str


class GuidelineInfo(NamedTuple):
    """What a reporter tells of a guideline."""

    id: str
    title: str
    order: int


class Coverage(NamedTuple):
    """The outcome of one measure of alignment."""

    name: str
    guideline: str
    title: str
    satisfied: int
    total: int
    lacking: tuple[str, ...]
    """References of the nodes that do not conform, in the order of the files."""
    threshold: float | None = None
    """The least percentage that is accepted; None where nobody has said."""

    @property
    def percent(self) -> float | None:
        """The share that conforms, rounded down to a tenth; None when there is nothing to count."""
        return self.satisfied * 1000 // self.total / 10 if self.total else None

    @property
    def fails(self) -> bool:
        """Whether the share is below the threshold."""
        percent, threshold = self.percent, self.threshold
        return percent is not None and threshold is not None and percent < threshold


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
    unread: tuple[str, ...] = ()
    """Files of which not everything could be read: what was found there before may be there yet."""
    doubtful: frozenset[str] = frozenset()
    """References of what is in a definition that breaks its schema: not every rule speaks of it."""
    since: Since | None = None
    """Set when only findings are told that were not there at an earlier revision."""

    @property
    def records(self) -> tuple[Finding, ...]:
        """What is told in records of one place: each place of what is new, else the findings."""
        if self.since is None and all(entry.by != BASELINE for entry in self.suppressed):
            return self.findings
        return tuple(sorted(places(self.findings), key=_place))


def _place(finding: Finding) -> tuple[str, int, int]:
    return (finding.location.path, finding.location.span.line, finding.location.span.column)
