"""The engine and the naive evaluation find the same, node for node, whatever the rule says."""

from __future__ import annotations

from itertools import chain

import pytest

from tests.oracle import disagreement, naive, verdicts
from tests.oracle.models import Trial, changed, originals
from tests.oracle.rules import Book, of_the_corners, of_the_product
from tests.oracle.values import AS_OF
from tests.oracle.verdicts import Verdict

SHARES = 16


@pytest.mark.sampled(0, 1)
@pytest.mark.parametrize("share", range(SHARES))
def test_both_find_the_same(share: int) -> None:
    books = (of_the_product(), of_the_corners())
    for model in chain(originals(share, SHARES), changed(share, SHARES)):
        for book in books:
            if _differ(book, model):
                pytest.fail(_told(book, model))


def _told(book: Book, model: Trial) -> str:
    names = "engine and naive evaluation"
    return disagreement.told(model, lambda changed: _differ(book, changed), names)


def _differ(book: Book, model: Trial) -> set[Verdict]:
    ours = verdicts.judge(book.compiled, model.read().graph)
    theirs, told = naive.judge(book.raw, model.definitions, AS_OF)
    unknown = naive.unknown(book.raw, model.definitions, AS_OF)
    return (theirs ^ ours.broken) | (told ^ ours.reported) | (unknown ^ ours.unknown)


def test_every_rule_is_broken_and_kept_and_in_doubt_where_it_can_be() -> None:
    """By some node of some model: a rule that is never tried all ways is not compared."""
    book = of_the_product()
    rules = {compiled.rule.id for compiled in book.compiled}
    broken: set[str] = set()
    kept: set[str] = set()
    unknown: set[str] = set()
    models: set[str] = set()
    for model in originals(0, 1):
        verdict = verdicts.judge(book.compiled, model.read().graph)
        broken |= {rule for rule, _ in verdict.broken}
        kept |= verdict.kept
        unknown |= {rule for rule, _ in verdict.unknown}
        models.add(model.text)
    assert rules - broken == set()
    assert rules - kept == set()
    assert {c.rule.id for c in book.compiled if c.rule.needs} - unknown == set()
    assert len(models) >= 500
