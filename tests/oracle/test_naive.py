"""The engine and the naive evaluation find the same, node for node, whatever the rule says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.oracle import disagreement, naive, verdicts
from tests.oracle.models import Trial, trials
from tests.oracle.rules import Book, of_the_corners, of_the_product
from tests.oracle.values import AS_OF
from tests.oracle.verdicts import Verdict

SHARES = 2


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("book", [of_the_product, of_the_corners])
def test_both_find_the_same(book: Callable[[], Book], share: int) -> None:
    rules = book()
    for model in trials(share, SHARES):
        if _differ(rules, model):
            pytest.fail(
                disagreement.told(model, lambda m: _differ(rules, m), "engine and naive evaluation")
            )


def _differ(book: Book, model: Trial) -> set[Verdict]:
    ours = verdicts.judge(book.compiled, model.read().graph)
    theirs = naive.judge(book.raw, model.definitions, AS_OF)
    return (theirs ^ ours.broken) | (theirs ^ ours.reported)


def test_every_rule_is_broken_and_kept() -> None:
    """By some node of some model: a rule that is never tried both ways is not compared."""
    book = of_the_product()
    rules = {compiled.rule.id for compiled in book.compiled}
    broken: set[str] = set()
    kept: set[str] = set()
    models: set[str] = set()
    for model in trials(0, 1):
        verdict = verdicts.judge(book.compiled, model.read().graph)
        broken |= {rule for rule, _ in verdict.broken}
        kept |= verdict.kept
        models.add(model.text)
    assert rules - broken == set()
    assert rules - kept == set()
    assert len(models) >= 500
