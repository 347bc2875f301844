"""A sample of the inputs of each area; ``python -m tests.fuzz`` tries as many as one likes."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import settings

from tests.fuzz import AREAS

FEW = {"readers": 200, "model": 40, "setup": 30, "protocol": 40}
NIGHTLY = 1_000
"""The examples of the nightly profile."""
TIMES = 200
"""How many times as many inputs it tries, of another seed."""


@pytest.mark.parametrize("area", AREAS)
def test_whatever_comes_is_answered(area: str) -> None:
    if area == "protocol":
        pytest.importorskip("pygls", reason="the language server is an extra")
    nightly = settings().max_examples >= NIGHTLY
    count, seed = FEW[area] * (TIMES if nightly else 1), 2 if nightly else 1
    try_, tried, number = AREAS[area](), 0, 0
    while tried < count:
        tried += try_(Random(f"{seed} {number}"))
        number += 1
