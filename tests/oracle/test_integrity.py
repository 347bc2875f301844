"""The engine and a naive reading of the schemas find the same between definitions."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from bizalign_lint.core.conditions import INTEGRITY
from bizalign_lint.core.types import Place
from tests.oracle import integrity
from tests.oracle.integrity import Told
from tests.oracle.models import Trial, changed, originals
from tests.oracle.seeded import seeded

SHARES = 2


def _ours(trial: Trial) -> set[Told] | None:
    """What the engine tells; None where a definition is wrong in itself."""
    told = set()
    for flaw in trial.read().flaws:
        if flaw.condition not in integrity.JUDGED:
            return None
        assert isinstance(flaw.place, Place)
        value = flaw.place.document.value
        metadata = value["metadata"]
        name = f"{metadata.get('namespace', 'default')}/{metadata['name']}"
        told.add((flaw.condition, f"{value['kind']}:{name}"))
    return told


@cache
def _seeded(share: int) -> Counter[str]:
    """How often each condition was met, after both have judged the models of a share."""
    met: Counter[str] = Counter()
    for trial in seeded(share, SHARES):
        ours = _ours(trial)
        if ours is not None:
            assert ours == integrity.judge(trial.definitions), f"{trial.name}:\n{trial.text}"
            met.update({condition for condition, _ in ours} or {""})
    return met


@pytest.mark.parametrize("share", range(SHARES))
def test_both_find_the_same_in_models_with_seeded_faults(share: int) -> None:
    met = _seeded(share)
    assert {condition for condition, times in met.items() if times >= 3} == {"", *integrity.JUDGED}
    assert met.total() > 500


def test_both_find_nothing_in_sound_models() -> None:
    for trial in (*originals(0, 2), *changed(0, 2)):
        assert integrity.judge(trial.definitions) == set(), trial.text


def test_all_is_judged_that_rule_list_says() -> None:
    assert integrity.JUDGED == INTEGRITY
