"""Columns in the units that editors count in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizalign_lint.lsp.buffers import replaced
from bizalign_lint.lsp.units import MEASURES, column, units

LINE = "a: é 😀e\u0301 ☃ z"
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@pytest.mark.parametrize(("encoding", "wanted"), [("utf-8", 18), ("utf-16", 12), ("utf-32", 11)])
def test_counts_an_emoji_and_a_combining_character(encoding: str, wanted: int) -> None:
    assert units(LINE, LINE.index("z"), MEASURES[encoding]) == wanted - 1
    assert units(LINE, LINE.index("z") + 1, MEASURES[encoding]) == wanted


@given(st.text(), st.sampled_from(sorted(CODECS)), st.integers(0, 30))
def test_agrees_with_the_codecs_of_python(line: str, encoding: str, index: int) -> None:
    line = line.encode("utf-8", "ignore").decode()
    codec, width = CODECS[encoding]
    counted = units(line, index + 1, MEASURES[encoding])
    assert counted == len(line[:index].encode(codec)) // width
    assert column(line, counted, MEASURES[encoding]) == min(index, len(line)) + 1


def test_within_a_character_is_where_it_begins() -> None:
    assert column("😀z", 1, MEASURES["utf-16"]) == 1
    assert column("😀z", 2, MEASURES["utf-16"]) == 2
    assert column("😀z", 99, MEASURES["utf-16"]) == 3


@given(
    st.lists(st.sampled_from(["é", "😀", "a", "\r\n", "\n", "\r", "\u2028", "\x0c"])).map("".join),
    st.sampled_from(sorted(CODECS)),
    st.data(),
)
def test_replaces_what_the_editor_means(text: str, encoding: str, data: st.DataObject) -> None:
    """Lines end where the protocol says, which is not where Python's splitlines says."""
    codec, width = CODECS[encoding]
    breaks = [i for i in range(len(text) + 1) if text[i - 1 : i + 1] != "\r\n" or i == 0]

    def place(index: int) -> tuple[int, int]:
        before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
        line = before.rpartition("\n")[2]
        return before.count("\n"), len(line.encode(codec)) // width

    start, end = sorted(data.draw(st.tuples(st.sampled_from(breaks), st.sampled_from(breaks))))
    found = replaced(text, place(start), place(end), "X", MEASURES[encoding])
    assert found == text[:start] + "X" + text[end:]
