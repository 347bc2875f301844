"""Where a place stands in the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizalign_lint.core import lines as texts
from bizalign_lint.core.lines import Lines
from bizalign_lint.core.types import Document, Place, Span
from bizalign_lint.parsing.positions import extent, lines, locate

from .reading import HEAD, read, shown, source

TEXT = """\
# A comment before it all.
apiVersion: bizalign/v1
kind: Capability
metadata: {name: "a b", tags: [x, 'y'], flow: {deep: [{er: 1}]}}
spec:
  level: 2
  empty:
  text: |
    one
    two

  folded: >-
    three

  plain: four
    five
  quoted: "six
    seven"
  items:
    - name: first
      share: 40
    - share: 50
    -
      - nested
    - - again
    - |
      text
    - null
    -
  "quoted key": 1
  ? explicit
  : value
  same: &anchor level
  tagged: !!str 12

# A comment behind it.
"""


@pytest.fixture
def document() -> Document:
    (found,) = read(TEXT).documents
    return found


@pytest.mark.parametrize(
    ("pointer", "value", "key"),
    [
        # the root has no key: its first entry stands for it
        ((), "2: apiVersion: bizalign/v1", "2: apiVersion: bizalign/v1"),
        (("kind",), "3: Capability", "3: kind"),
        # in brackets: the value itself
        (
            ("metadata",),
            "4: {name: \"a b\", tags: [x, 'y'], flow: {deep: [{er: 1}]}}",
            "4: metadata",
        ),
        (("metadata", "name"), '4: "a b"', "4: name"),
        (("metadata", "tags"), "4: [x, 'y']", "4: tags"),
        (("metadata", "tags", 1), "4: 'y'", "4: 'y'"),
        (("metadata", "flow", "deep", 0, "er"), "4: 1", "4: er"),
        # in a block: the key
        (("spec",), "5: spec", "5: spec"),
        (("spec", "level"), "6: 2", "6: level"),
        (("spec", "empty"), "7: empty", "7: empty"),
        (("spec", "text"), "8: text", "8: text"),
        (("spec", "folded"), "12: folded", "12: folded"),
        (("spec", "items"), "19: items", "19: items"),
        # text of several lines: its first line
        (("spec", "plain"), "15: four", "15: plain"),
        (("spec", "quoted"), '17: "six', "17: quoted"),
        # a list's element has no key: its first entry, or itself
        (("spec", "items", 0), "20: name: first", "20: name: first"),
        (("spec", "items", 0, "share"), "21: 40", "21: share"),
        (("spec", "items", 1), "22: share: 50", "22: share: 50"),
        (("spec", "items", 2), "24: nested", "24: nested"),
        (("spec", "items", 3), "25: again", "25: again"),
        (("spec", "items", 3, 0), "25: again", "25: again"),
        (("spec", "items", 4), "26: |", "26: |"),
        (("spec", "items", 5), "28: null", "28: null"),
        (("spec", "items", 6), "29: -", "29: -"),
        (("spec", "quoted key"), "30: 1", '30: "quoted key"'),
        (("spec", "explicit"), "32: value", "31: explicit"),
        (("spec", "same"), "33: level", "33: same"),
        (("spec", "tagged"), "34: 12", "34: tagged"),
        # what is not there: the nearest ancestor that is
        (("spec", "missing"), "5: spec", "5: spec"),
        (("spec", "missing", "deeper", 3), "5: spec", "5: spec"),
        (("missing",), "2: apiVersion: bizalign/v1", "2: apiVersion: bizalign/v1"),
        (("spec", "items", 9), "19: items", "19: items"),
        (("spec", "items", 0, "missing"), "20: name: first", "20: name: first"),
        (("spec", "items", "missing"), "19: items", "19: items"),
        (("spec", "level", "missing"), "6: level", "6: level"),
        (("metadata", "tags", 7), "4: tags", "4: tags"),
        (("metadata", "missing"), "4: metadata", "4: metadata"),
    ],
)
def test_place(document: Document, pointer: tuple[str | int, ...], value: str, key: str) -> None:
    assert shown(TEXT, locate(Place(document, pointer))) == value
    assert shown(TEXT, locate(Place(document, pointer, key=True))) == key


@pytest.mark.parametrize(
    ("pointer", "first", "last"),
    [
        ((), 1, 36),
        (("kind",), 3, 3),
        (("spec",), 5, 34),
        (("spec", "text"), 8, 10),
        (("spec", "folded"), 12, 13),
        (("spec", "plain"), 15, 16),
        (("spec", "items"), 19, 29),
        (("spec", "items", 0), 20, 21),
        (("spec", "items", 2), 24, 24),
        (("spec", "explicit"), 31, 32),
        (("spec", "empty"), 7, 7),
    ],
)
def test_extent(document: Document, pointer: tuple[str | int, ...], first: int, last: int) -> None:
    span = extent(document, pointer)
    assert (span.line, span.end_line) == (first, last)


def test_the_documents_of_a_file_share_its_lines_out() -> None:
    text = f"# one\n{HEAD}a: 1\n# still one\n--- # two\n{HEAD}b: 2\n\n---\nc: 3\n---\n{HEAD}d: 4"
    first, second, fourth = read(text).documents
    assert [(e.line, e.end_line) for e in (extent(d, ()) for d in (first, second, fourth))] == [
        (1, 4),
        (5, 8),
        (11, 13),
    ]
    assert shown(text, locate(Place(second, ("b",)))) == "7: 2"
    assert shown(text, locate(Place(fourth, ("d",)))) == "13: 4"


def test_extent_of_what_an_alias_brings_in() -> None:
    text = f"{HEAD}a: &x\n  b: 1\nc: *x\nd:\n  *x\ne:\n  <<: *x\n"
    (found,) = read(text).documents

    def rows(*pointer: str) -> tuple[int, int]:
        span = extent(found, pointer)
        return span.line, span.end_line

    assert rows("c") == (4, 4)
    assert rows("c", "b") == (4, 4)
    assert rows("d") == (5, 6)
    assert rows("e", "b") == (8, 8)
    assert rows("e") == (7, 8)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("odd", ["", "answer: no"])
def test_columns_are_code_points_whatever_ends_a_line(newline: str, bom: str, odd: str) -> None:
    rows = ["# Größe 😀", HEAD.strip(), "naïve: {😀: x, y😀: 'ü'}", "z: [\u2028, a]", odd, ""]
    text = bom + newline.join(rows)
    (found,) = read(text).documents
    assert locate(Place(found, ("naïve", "😀"), key=True)) == Span(3, 9, 3, 10)
    assert locate(Place(found, ("naïve", "😀"))) == Span(3, 12, 3, 13)
    assert locate(Place(found, ("naïve", "y😀"))) == Span(3, 19, 3, 22)
    assert locate(Place(found, ("z", 1))) == Span(4, 8, 4, 9)
    assert locate(Place(found, ("apiVersion",))) == Span(2, 13, 2, 24)


def test_lines_of_any_file() -> None:
    assert lines(source("a\r\nb\rc\nd")).text(3) == "c"
    assert lines(source("a\r\nb\rc\nd")).text(5) == ""
    assert lines(source(b"\xffa\nb")).text(2) == "b"
    assert lines(source("a: [\nb")).all == "a: [\nb"
    assert lines(source("\ufeffa")).text(1) == "a"


@given(st.text("ab \r\n", max_size=30), st.sampled_from([1, 2, 3, 7]))
def test_lines_are_counted_in_chunks(text: str, chunk: int) -> None:
    """Wherever the chunks of a text end, also between the two halves of a break."""
    whole = Lines(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_CHUNK", chunk)
        patch.setattr(texts, "_MAX_CACHED_CHUNKS", 2)
        lines = Lines(text)
        for start in range(len(text) + 2):
            assert lines.span(start, start + 2) == whole.span(start, start + 2)
            span = lines.span(start, start)
            assert lines.index(span.line, span.column) == min(start, len(text))
    split = re.split("\r\n|\r|\n", text)
    assert [lines.text(number) for number in range(len(split) + 2)] == ["", *split, ""]


def test_every_value_of_a_text_has_its_place() -> None:
    """Each scalar of the model above is found at the very characters that say it."""
    (found,) = read(TEXT).documents

    def visit(value: object, pointer: tuple[str | int, ...]) -> int:
        if isinstance(value, dict):
            return sum(visit(held, (*pointer, key)) for key, held in value.items())
        if isinstance(value, list):
            return sum(visit(held, (*pointer, index)) for index, held in enumerate(value))
        said = shown(TEXT, locate(Place(found, pointer))).partition(": ")[2]
        words = str(value).split()
        assert value is None or words[0] in said or said in ("text", "folded", "|"), pointer
        return 1

    assert visit(found.value, ()) == 24
