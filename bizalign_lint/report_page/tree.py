"""The tree: strategies, their objectives and key results, and the progress of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.known import Known, tone_of
from bizalign_lint.report_page.plan import Tree
from bizalign_lint.report_page.reader import Mention, Reader, day, number, title

_DEEPEST = 50
"""The most levels of strategies; a deeper one is drawn at the top level."""


class Result(NamedTuple):
    """A key result."""

    title: str
    course: str
    """Baseline, current value, target and unit, in words; empty if none is stated."""
    done: int | None
    """The progress in percent; None if it is not known."""
    due: str
    late: bool
    status: str
    work: Sequence[Mention]
    tone: str
    found: int


class Goal(NamedTuple):
    """An objective."""

    title: str
    results: Sequence[Result]
    tone: str
    found: int


class Branch(NamedTuple):
    """A strategy, with its objectives and the strategies below it."""

    title: str
    notes: str
    goals: Sequence[Goal]
    inner: Sequence[Branch]
    tone: str
    found: int


class Forest(NamedTuple):
    """All strategies, and the objectives that belong to none."""

    branches: Sequence[Branch]
    astray: Sequence[Goal]


class TreeBuilder:
    """Draws the tree of strategies, goals and results."""

    def __init__(self, reader: Reader, plan: Tree, known: Known, as_of: str) -> None:
        self._reader = reader
        self._plan = plan
        self._known = known
        self._as_of = as_of

    def draw(self) -> Forest:
        """All strategies from the topmost down, and the objectives without one."""
        reader, plan = self._reader, self._plan
        nodes = reader.of_kind(plan.kind)
        inner: dict[Node, list[Node]] = {}
        tops = []
        for node in nodes:
            above = reader.nodes(node, plan.above)
            if above:
                inner.setdefault(above[0], []).append(node)
            else:
                tops.append(node)
        seen: set[Node] = set()
        branches = [self._branch(node, inner, seen, _DEEPEST) for node in tops]
        branches += [self._branch(node, {}, seen, 0) for node in nodes if node not in seen]
        served = {goal for node in nodes for goal in reader.nodes(node, plan.goals)}
        kinds = {goal.type.name for goal in served}
        astray = [n for kind in sorted(kinds) for n in reader.of_kind(kind) if n not in served]
        return Forest(branches, [self._goal(node) for node in astray])

    def _branch(
        self, node: Node, inner: dict[Node, list[Node]], seen: set[Node], room: int
    ) -> Branch:
        """A strategy with those below it, up to ``room`` levels."""
        reader, plan = self._reader, self._plan
        seen.add(node)
        notes = [reader.word(node, path) for path in plan.notes]
        found = self._known.of([node])
        below = inner.get(node, ()) if room else ()
        return Branch(
            title=title(node),
            notes=" · ".join(note for note in notes if note),
            goals=[self._goal(goal) for goal in reader.nodes(node, plan.goals)],
            inner=[self._branch(one, inner, seen, room - 1) for one in below if one not in seen],
            tone=tone_of(found),
            found=len(found),
        )

    def _goal(self, node: Node) -> Goal:
        found = self._known.of([node])
        results = [self._result(one) for one in self._reader.nodes(node, self._plan.results)]
        return Goal(title(node), results, tone_of(found), len(found))

    def _result(self, node: Node) -> Result:
        reader, plan = self._reader, self._plan
        numbers = [reader.number(node, path) for path in (plan.baseline, plan.current, plan.target)]
        unit = reader.text(node, plan.unit)
        progress = reader.number(node, plan.progress)
        due = reader.text(node, plan.due)
        found = self._known.of([node])
        parts = ["?" if value is None else number(value) for value in numbers]
        measured = any(value is not None for value in numbers)
        course = f"{parts[0]} → {parts[1]} of {parts[2]}" if measured else ""
        done = None if progress is None else round(100 * min(max(progress, 0), 1))
        return Result(
            title=title(node),
            course=f"{course} {unit}".strip() if course else "",
            done=done,
            due=day(due),
            late=bool(due) and due < self._as_of and (done is None or done < 100),
            status=reader.word(node, plan.status),
            work=[
                reader.mention(one, plan.work.note) for one in reader.nodes(node, plan.work.path)
            ],
            tone=tone_of(found),
            found=len(found),
        )
