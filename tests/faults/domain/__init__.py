"""Mistakes that people make in a model, written by hand: at least one for every shipped rule."""

from __future__ import annotations

from tests.faults.domain import (
    alignment,
    basics,
    disruptions,
    finance,
    integrity,
    landscape,
    outcomes,
)
from tests.faults.fault import Fault

FAULTS: tuple[Fault, ...] = (
    *integrity.FAULTS,
    *alignment.FAULTS,
    *outcomes.FAULTS,
    *basics.FAULTS,
    *landscape.FAULTS,
    *disruptions.FAULTS,
    *finance.FAULTS,
)
