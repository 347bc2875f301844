"""What is offered for a finding mends it: tried on the bad case of every rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Finding, Source, places
from bizalign_lint.engine.judge import run
from bizalign_lint.ide.actions import Action, actions
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.trial import changed, subjects
from bizalign_lint.incremental.model import LiveModel
from bizalign_lint.rules.language.rule import Rule

from ..workspace import DAY, shipped

RULES = [rule for rule in shipped().rules.rules.values() if not rule.transition]
PATH = "model.yaml"


class Case:
    """The bad case of a rule, as an editor has it, all rules in force."""

    def __init__(self, rule: Rule) -> None:
        self.settings = Settings(
            as_of=rule.as_of or DAY, extend_select=(rule.id,) if rule.optional else ()
        )
        self.source = Source(PATH, rule.bad.encode())
        self.live = live(self.settings.as_of, self.settings.extend_select)
        self.live.change({PATH: self.source})
        self.findings = [*places(self.live.judge())]

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot(
            Path("/workspace"),
            shipped(),
            self.settings,
            self.live.sources,
            self.live.documents,
            self.live.graph,
            self.findings,
            judge=self.judge,
        )

    def judge(self, changes: Mapping[str, Source]) -> list[Finding]:
        before = {path: self.live.sources.get(path) for path in changes}
        self.live.change(changes)
        found = [*self.live.judge()]
        self.live.change(before)
        return found

    def after(self, action: Action) -> list[Finding]:
        """What is found once an action is done."""
        return [*places(self.judge(changed({PATH: self.source}, action.edits)))]

    def run_after(self, action: Action) -> list[Finding]:
        """What a run by itself finds once an action is done."""
        sources = {PATH: self.source} | changed({PATH: self.source}, action.edits)
        return [*places(run(shipped(), [*sources.values()], self.settings).findings)]

    def offered(self, id_: str) -> list[Action]:
        """What is offered for the findings of a rule."""
        spans = [f.location.span for f in self.findings if f.rule == id_]
        found = [a for span in spans for a in actions(self.snapshot, PATH, span)]
        return [a for a in found if a.finding is not None and a.finding.rule == id_]


@cache
def live(as_of: date, more: tuple[str, ...]) -> LiveModel:
    """A workspace without files. The rules are compiled once for each day."""
    return LiveModel(shipped(), Settings(as_of=as_of, extend_select=more), [])


def is_good(case: Case, action: Action, found: list[Finding]) -> bool:
    """Whether the finding is gone and no other has come; what a definition makes known of others
    that has been missing may be told of the workspace."""
    assert action.finding is not None
    then, now = subjects(case.findings), subjects(found)
    subject = action.finding.rule, action.finding.entity
    new = {rule for rule, entity in now - then if entity is not None or not action.creations}
    return now[subject] < then[subject] and not new


@pytest.mark.sampled(40)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_action_removes_its_finding_and_brings_none(rule: Rule) -> None:
    case = Case(rule)
    offered = [action for action in case.offered(rule.id) if not action.is_open]
    bad = [a.title for a in offered if not is_good(case, a, case.after(a))]
    assert bad == []
    # What is tried in a model that changes is as well what a run by itself says.
    assert all(is_good(case, action, case.run_after(action)) for action in offered[:1])


MENDED = {
    "BAS113": ["Change reviewedOn to today, 2026-06-30"],
    "DIS110": [f"Add severity: {level}" for level in ("low", "medium", "high", "critical")],
    "FIN101": ["Change share from 30 to 40, so that all add up to 100"],
    "FIN114": ["Add budget, to be filled in"],
    "MOD102": ["Remove this tier", "Remove the other tier"],
    "MOD108": ["Go to the other definition, in model.yaml:4"],
    "MOD109": [
        "Change it to order-management",
        "Define the capability order-managment, in order-managment.yaml",
    ],
    "MOD112": ["Change level to 2"],
    "MOD113": ["Swap endOfLife and phaseOut"],
    "MOD116": ["Remove this comment"],
    "MOD117": ["Add a reason to this comment", "Remove this comment"],
    "MOD119": ["Add owner: sales"],
    "OUT101": ["Add keyResults, to be filled in"],
    "OUT134": ["Add baseline, to be filled in"],
    "SCO102": ["Add it to the capabilities of the strategy cloud-first"],
    "SCO111": ["Add supports: order-management"],
}


@pytest.mark.parametrize("id_", MENDED)
def test_a_person_is_offered_what_mends(id_: str) -> None:
    found = Case(shipped().rules.rules[id_]).offered(id_)
    titles = [action.title for action in found]
    assert [title for title in titles if title in MENDED[id_]] == MENDED[id_]
    suppress = f"Suppress {id_} here, with a reason"
    is_about_suppression = id_ in ("MOD116", "MOD117")
    assert titles.index(suppress) == len(titles) - 1 if suppress in titles else is_about_suppression
    preferred = [action.title for action in found if action.preferred]
    assert preferred == (MENDED[id_][:1] if id_ == "MOD109" else [])
