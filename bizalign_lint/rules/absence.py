"""Targets that lack a fact → what is reported for them: all at once, or one by one.

As long as no target of a kind has the fact, it cannot be judged, unless alignment hangs on it; as
long as few have it, it is one finding; then one each. Adding a fact adds ``MOST`` findings at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.language.message import fill
from bizalign_lint.rules.language.rule import Rule

MOST = 5
"""So many targets are reported for one by one; of more, at once."""
_NAMED = 3


class AbsentFact(NamedTuple):
    """A fact that targets of a kind lack."""

    compiled: CompiledRule
    kind: str
    total: int
    """How many targets of the kind there are."""
    lacking: int
    """How many of them lack it."""
    reported: int
    """How many of them would have to say it; it is inherited by the others."""

    @property
    def cause(self) -> str:
        """What findings about these targets come from."""
        return cause(self.compiled.rule, self.kind)

    @property
    def is_usual(self) -> bool:
        """Whether so many have the fact that others are expected to."""
        assert self.compiled.absence is not None
        return (self.total - self.lacking) * 100 >= self.compiled.absence.share * self.total

    @property
    def one_by_one(self) -> bool:
        """Whether each of the targets is a finding of its own."""
        return self.is_usual and self.reported <= MOST

    def heading(self, nodes: Iterable[Node]) -> str:
        """What is reported for all the targets at once; ``nodes`` are those to be named."""
        assert self.compiled.absence is not None
        absence = self.compiled.absence.rule
        template = absence.none if self.lacking == self.total else absence.some
        titles = [node.title for node in by_gravity(nodes)]
        return heading(template, self.kind, titles, count=self.lacking, total=self.total)


def heading(template: str, kind: str, titles: Sequence[str], **counts: int) -> str:
    """What is reported for several targets of a kind at once; ``titles`` are the most severe
    first."""
    values = {"kind": kind, "gravest": _listed(titles)}
    values |= {name: f"{count:,}" for name, count in counts.items()}
    return fill(template, values.__getitem__)


def cause(rule: Rule, kind: str) -> str:
    """What the findings of a rule come from that are reported for a kind at once."""
    return f"{rule.name}: {kind}"


class AbsenceReport(NamedTuple):
    """The targets of a kind that lack a fact."""

    nodes: Sequence[Node]
    """Those that findings are about."""
    unjudged: Sequence[Node]
    """Those that cannot be judged."""
    absent_fact: AbsentFact | None
    """What is reported for them all; None where nothing is reported."""


def report_absence(
    compiled: CompiledRule, kind: str, total: int, lacking: Sequence[Node]
) -> AbsenceReport:
    """What is reported for the targets of a kind that lack the fact, in their order."""
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
        # A circle has no top.
        nodes = nodes or lacking[:1]
    return AbsenceReport(
        nodes,
        (),
        AbsentFact(compiled, kind, total=total, lacking=len(lacking), reported=len(nodes)),
    )


def by_gravity(nodes: Iterable[Node]) -> list[Node]:
    """The most severe first, by what their schemas say is severe; else in the order they
    came in."""
    return sorted(nodes, key=_gravity)


def _gravity(node: Node) -> tuple[float, ...]:
    return tuple(
        _rank(property_.enum, property_.grave, node.values.get(property_.name))
        for property_ in node.type.properties.values()
        if property_.grave
    )


def _rank(enum: Sequence[object] | None, grave: str, value: object) -> float:
    """Lower for what is more severe; what is not said comes last."""
    if enum is not None and value in enum:
        position = float(enum.index(value))
    elif isinstance(value, int | float) and enum is None:
        position = float(value)
    else:
        return float("inf")
    return position if grave == "first" else -position


def _listed(titles: Sequence[str]) -> str:
    named, more = titles[:_NAMED], len(titles) - _NAMED
    if more > 0:
        return f"{', '.join(named)} and {more:,} more"
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
