"""Mutations of all shipped set-up files: each is refused with a place, or works.

``BIZALIGN_MUTATIONS`` says how many, and ``BIZALIGN_SEED`` which.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.doors.mutations import mutated
from tests.doors.setups import BASES, CHECKS, written, wrong

COUNT = int(os.environ.get("BIZALIGN_MUTATIONS", "1000"))
SEED = int(os.environ.get("BIZALIGN_SEED", "1"))
SHARES = {"config": 0.4, "rule": 0.4, "schema": 0.2, "mapping": 0.1}
"""How many of the mutations are of which files: a schema takes longest."""
BATCHES = 20


def _mutations(kind: str, batch: int) -> Iterator[Any]:
    random = Random(f"{SEED} {kind} {batch}")
    bases = BASES[kind]
    for _ in range(round(COUNT * SHARES[kind] / BATCHES)):
        yield mutated(random.choice(bases), bases, random)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.parametrize("kind", CHECKS)
def test_is_refused_with_its_place_or_works(kind: str, batch: int, tmp_path: Path) -> None:
    (tmp_path / "kinds").mkdir()
    (tmp_path / "lint").mkdir()
    for value in _mutations(kind, batch):
        text = written(value)
        assert not (said := wrong(CHECKS[kind], text, tmp_path)), f"{said} for {text.decode()}"
