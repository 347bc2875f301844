"""Words of messages: lists that are shortened in one way, wherever one is."""

from __future__ import annotations

import re

import pytest

from bizalign_lint.core.words import and_more, first_of
from bizalign_lint.graph.wording import either
from tests.modules import MODULES, PACKAGE

INTO_A_LIST = re.compile(r"""(\}|f['"]) and \{[^}]*\} more\b""")
"""A count within a text, not on a line of its own."""


@pytest.mark.parametrize(
    ("count", "most", "said"),
    [
        (0, 2, ""),
        (1, 1, "t0"),
        (2, 2, "t0, t1"),
        (3, 2, "t0, t1 and 1 more"),
        (1002, 1, "t0 and 1,001 more"),
    ],
)
def test_a_long_list_is_shortened(count: int, most: int, said: str) -> None:
    texts = [f"t{number}" for number in range(count)]
    assert first_of(texts, most) == said
    assert and_more(texts[:most], count - most) == said


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("A", "A"),
        ("AB", "A or B"),
        ("ABCD", "A, B, C or D"),
        ("ABCDE", "A, B, C or one of 2 other kinds"),
    ],
)
def test_one_of_several_kinds(kinds: str, said: str) -> None:
    assert either(kinds) == said


def test_no_other_module_shortens_a_list_by_itself() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path in MODULES
        for line in path.read_text("utf-8").splitlines()
        if INTO_A_LIST.search(line) and "core/words" not in path.as_posix()
    ]
    assert found == []
