"""Targets that lack a fact → what is reported for them: one finding for all, or one each.

While no target of a kind has the fact, the rule cannot judge them, unless alignment depends on the
fact. While few have it, they share one finding; later, each has its own. Adding a fact therefore
adds at most ``MOST`` findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bizalign_lint.core.words import first_of
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.language.message import fill
from bizalign_lint.rules.language.rule import Rule

MOST = 5
"""Up to this many targets have findings of their own; more share one."""
_NAMED = 3


class AbsentFact(NamedTuple):
    """A fact that targets of a kind lack."""

    compiled: CompiledRule
    kind: str
    total: int
    """The number of targets of the kind."""
    lacking: int
    """The number of those that lack it."""
    reported: int
    """The number of those that would have to state it; the others inherit it from them."""

    @property
    def cause(self) -> str:
        """The cause of the findings about these targets."""
        return cause(self.compiled.rule, self.kind)

    @property
    def is_usual(self) -> bool:
        """Whether enough targets have the fact for the others to be expected to have it."""
        assert self.compiled.absence is not None
        return (self.total - self.lacking) * 100 >= self.compiled.absence.share * self.total

    @property
    def one_by_one(self) -> bool:
        """Whether each of the targets has a finding of its own."""
        return self.is_usual and self.reported <= MOST

    def heading(self, nodes: Iterable[Node]) -> str:
        """The message for all targets together; ``nodes`` are those that it may name."""
        assert self.compiled.absence is not None
        absence = self.compiled.absence.rule
        template = absence.none if self.lacking == self.total else absence.some
        titles = [node.title for node in by_severity(nodes)]
        return heading(template, self.kind, titles, count=self.lacking, total=self.total)


def heading(template: str, kind: str, titles: Sequence[str], **counts: int) -> str:
    """The message for several targets of a kind together; ``titles`` start with the most severe."""
    values = {"kind": kind, "gravest": _listed(titles)}
    values |= {name: f"{count:,}" for name, count in counts.items()}
    return fill(template, values.__getitem__)


def cause(rule: Rule, kind: str) -> str:
    """The cause shared by the findings of a rule that are reported together for a kind."""
    return f"{rule.name}: {kind}"


class AbsenceReport(NamedTuple):
    """What is reported about the targets of a kind that lack a fact."""

    nodes: Sequence[Node]
    """The targets that findings are about."""
    unjudged: Sequence[Node]
    """The targets that cannot be judged."""
    absent_fact: AbsentFact | None
    """The fact that is reported as absent; None if nothing is reported."""


def report_absence(
    compiled: CompiledRule, kind: str, total: int, lacking: Sequence[Node]
) -> AbsenceReport:
    """What is reported about the targets of a kind that lack the fact, in the order given."""
    absence = compiled.absence
    assert absence is not None
    if not lacking:
        return AbsenceReport((), (), None)
    if len(lacking) == total and absence.share and not absence.reports_none:
        return AbsenceReport((), lacking, None)
    nodes = lacking
    if absence.above is not None:
        above, among = absence.above, set(lacking)
        nodes = [n for n in lacking if not any(up in among for up in above(n) if up is not n)]
        # A cycle has no top.
        nodes = nodes or lacking[:1]
    return AbsenceReport(
        nodes,
        (),
        AbsentFact(compiled, kind, total=total, lacking=len(lacking), reported=len(nodes)),
    )


def by_severity(nodes: Iterable[Node]) -> list[Node]:
    """The nodes, the most severe first as their schemas define it, else in the order given."""
    return sorted(nodes, key=_severity)


def _severity(node: Node) -> tuple[float, ...]:
    return tuple(
        _rank(property_.enum, property_.grave, node.values.get(property_.name))
        for property_ in node.type.properties.values()
        if property_.grave
    )


def _rank(enum: Sequence[object] | None, grave: str, value: object) -> float:
    """The sort key of a value: lower if it is more severe; infinite if there is no value."""
    if enum is not None and value in enum:
        position = float(enum.index(value))
    elif isinstance(value, int | float) and enum is None:
        position = float(value)
    else:
        return float("inf")
    return position if grave == "first" else -position


def _listed(titles: Sequence[str]) -> str:
    if len(titles) > _NAMED:
        return first_of(titles, _NAMED)
    return " and ".join(filter(None, (", ".join(titles[:-1]), *titles[-1:])))
