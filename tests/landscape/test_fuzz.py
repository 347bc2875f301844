"""Readers take whatever they are given: a sample here, 100,000 inputs a format in the nightly."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.landscape.fuzz import FORMATS, WORKBOOKS, inputs, read

NIGHTLY = 1_000
"""The examples of the nightly profile."""


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_spoilt_is_read_to_the_end(format_: str) -> None:
    if format_ in WORKBOOKS:
        pytest.importorskip("python_calamine")
    count = 100_000 if settings().max_examples >= NIGHTLY else 60
    for number, sources in enumerate(inputs(format_, count, seed=20)):
        read(format_, sources, entirely=number % 20 == 0)
