"""Near misses: the right name, and not at any price; and names that match what is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from bizalign_lint.core import suggest as near
from bizalign_lint.core.suggest import Names, nearest, suggestion
from bizalign_lint.core.words import match_rank

ALIKE = [f"order-management-of-region-{number:04}" for number in range(3_000)]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("order-management-of-region-1234", "order-management-of-region-1234"),
        ("order-managment-of-region-2718", "order-management-of-region-2718"),
        ("order-management-of-regoin-0042", "order-management-of-region-0042"),
        ("Order-Management-of-region-0042", "order-management-of-region-0042"),
        ("payroll", None),
    ],
)
def test_among_many_that_begin_alike(word: str, name: str | None) -> None:
    assert Names(ALIKE).nearest(word) == name


def test_among_many_short_names_that_end_alike() -> None:
    others = [f"{first}{second}le" for first in "bcdfghjk" for second in "bcdfghjkmn"]
    assert Names([*others, "sale"]).nearest("sxle") == "sale"


def test_of_many_that_begin_alike_few_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0

    def count(positions: Iterable[int]) -> Counter[int]:
        nonlocal looked_at
        counted = Counter(positions)
        looked_at += counted.total()
        return counted

    monkeypatch.setattr(near, "Counter", count)
    names = Names(ALIKE)
    for number in range(10):
        assert names.nearest(f"order-managment-of-region-{number:04}") == ALIKE[number]
    assert 0 < looked_at <= 10 * 500


def test_among_few() -> None:
    assert nearest("Capabilty", ["Capability", "Application"]) == "Capability"
    assert nearest("xyz", ["Capability", "Application"]) is None
    assert nearest("xyz", []) is None
    assert nearest("capability", ["Capability"]) == "Capability"
    assert (suggestion("Capability"), suggestion(None)) == ("did you mean Capability?", "")


def test_a_message_and_a_hint_name_what_is_near() -> None:
    kinds = ["Capability", "Application"]
    said = near.with_nearest("unknown kind", "Capabilty", kinds)
    assert said == "unknown kind; did you mean Capability?"
    assert near.with_nearest("unknown kind", "xyz", kinds) == "unknown kind"
    assert near.hint("Capabilty", kinds, "see kinds") == "did you mean Capability?"
    assert near.hint("xyz", kinds, "see kinds") == "see kinds"
    assert near.listed(kinds) == "choose from Capability, Application"


@pytest.mark.parametrize(
    ("typed", "texts", "rank"),
    [
        ("", ("sales",), 0),
        ("sa", ("sales",), 0),
        ("sa", ("web-sales",), 1),
        ("ales", ("web-sales",), 2),
        ("sa", ("nausal", "web sales"), 1),
        ("sa", ("web sales", "nausal"), 1),
        ("sa", ("nausal", "sales"), 0),
        ("sales web", ("web-sales",), 3),
        ("sales shop", ("web-sales", "shop"), 3),
        ("sales shop", ("web-sales", "chop"), None),
        ("shop", ("web-sales",), None),
    ],
)
def test_how_well_texts_match_what_is_typed(
    typed: str, texts: tuple[str, ...], rank: int | None
) -> None:
    assert match_rank(typed, *texts) == rank
