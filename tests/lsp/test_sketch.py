"""The outline by indentation agrees with YAML where there is YAML, and bears everything else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizalign_lint.core.types import Pointer
from bizalign_lint.ide.cursor import pointer
from bizalign_lint.ide.sketch import Sketch
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.nodes import Node

ROOT = Path(__file__).parent.parent.parent
FILES = [
    path
    for folder in ("examples", "schemas", "rules")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
]

CursorContext = tuple[int, Pointer, bool]


def _exact(node: Node, way: Pointer) -> Iterator[CursorContext]:
    """Where keys and scalars stand, as YAML has it."""
    if node.target is not None:
        return
    for key, entry in (node.entries or {}).items():
        if entry.merged is None:
            yield entry.key.start, (*way, key), True
            yield from _exact(entry.node, (*way, key))
    for number, item in enumerate(node.items or ()):
        yield from _exact(item, (*way, number))
    if node.items is None and node.entries is None and node.start < node.end:
        yield node.start, way, False


def _read(text: str) -> int:
    return len(Sketch(text).documents)


def _sketched(found: Sketch, number: int) -> set[CursorContext]:
    spots = set()
    for part in found.everything(found.documents[number]):
        if part.key is not None:
            spots.add((part.start, pointer(part), True))
        if part.value_start < part.value_end and not part.flow and not part.parts:
            spots.add((part.value_start, pointer(part), False))
    return spots


def _disagreements(text: str) -> list[CursorContext]:
    read = stream.read(text.encode())
    found = Sketch(read.lines.all)
    assert len(found.documents) == len(read.trees)
    wrong = []
    for number, tree in enumerate(read.trees):
        sketched = _sketched(found, number)
        if tree.root is not None:
            wrong += [place for place in _exact(tree.root, ()) if place not in sketched]
    return wrong


@pytest.mark.slow
def test_agrees_with_yaml_on_all_our_files() -> None:
    assert len(FILES) > 300
    spots = 0
    for path in FILES:
        text = path.read_bytes().decode()
        assert _disagreements(text) == [], path
        spots += text.count(":")
    assert spots > 10_000


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\r\nb:\r\n  - c\r\n  - d: e\r\n    f: g\r\n",
        "a:\n- b\n- c: d\n  e: f\ng: h\n",
        "- - a\n  - b\n- c\n",
        "- a: b\n  c:\n    - d\n-\n  e: f\n",
        "a: 'it''s: # no comment' # one\nb: \"\\\" # x\" # two\n",
        "a: |\n  b: c\n\n  # text\nd: >-  # comment\n   e\nf: g\n",
        "a: [b, {c: d, e: [f]}, 'g, h', i: j]\nk: {l: m, n: }\n",
        "a: [b,\n  c, # d\n  e]\nf: g\n",
        "a: {\n  b: c,\n  d: e,\n  f: {\n    g: h },\n}\ni: [\n  j,\n  k: l\n  ]\nm: n\n",
        "a: http://b#c\nd: e #f\n'g h': i\n\"j: k\": l\n",
        "a: &x b\nc: !!str d\ne: &y\n  f: g\nh: &z [i]\n",
        "---\na: b\n---\n# only this\n---\nc: d\n...\n---\ne: f\n",
        "a: b\n  c d\ne: f\n",
        "😀: e\u0301\nb: [😀, c]\n",
        "a: b:c\nd:e: f\n-g: h\n",
    ],
)
def test_agrees_with_yaml_on(text: str) -> None:
    assert all(tree.root for tree in stream.read(text.encode()).trees if "only this" not in text)
    assert _disagreements(text) == []


YAML_BITS = st.lists(
    st.sampled_from(
        [
            *":-[]{}#,\"'|>&*!?~ \n\t\r",
            "\r\n",
            "  ",
            "- ",
            "a: ",
            "b",
            "😀",
            "\u0301",
            "---\n",
            "\0",
        ]
    ),
    max_size=60,
).map("".join)


@given(YAML_BITS)
def test_bears_everything(text: str) -> None:
    found = Sketch(text)
    for document in found.documents:
        for part in found.everything(document):
            assert 0 <= part.start <= len(text)
            assert part.value_start <= part.value_end <= len(text)
            assert part.parent is None or part in part.parent.parts


@given(YAML_BITS, st.integers(0, 100))
def test_one_document_is_read_as_among_all(text: str, index: int) -> None:
    index = min(index, len(text))
    everything, alone = Sketch(text), Sketch(text)
    assert everything.comments == Sketch(text).comments
    number, document, comments = alone.around(index)
    if number < len(everything.documents) and document.parts:
        there = everything.documents[number]
        assert [*map(pointer, alone.everything(document))] == [
            *map(pointer, everything.everything(there))
        ]
    assert {*comments} <= {*everything.comments}


@pytest.mark.slow
@pytest.mark.parametrize(
    "bit", ["[", "{", "- ", "a: [", '"', "'", "a: |\n", "? ", "#", " ", "a ", "\t"]
)
def test_takes_time_in_proportion(bit: str) -> None:
    """A text is not read again and again, whatever is left open in it."""

    def seconds(count: int) -> float:
        start = time.process_time()
        _read(bit * count)
        return time.process_time() - start

    seconds(1000)
    small = min(seconds(2000) for _ in range(5))
    assert min(seconds(20_000) for _ in range(3)) < 40 * max(small, 0.001)


def test_pointers_into_a_long_list_take_time_in_proportion() -> None:
    found = Sketch("a:\n" + "  - b\n" * 30_000)
    start = time.process_time()
    ways = [pointer(part) for part in found.everything(found.documents[0])]
    assert ways[-1] == ("a", 29_999)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("bit", ["[", "{a: ", "- "])
def test_bears_what_lies_deep(bit: str) -> None:
    found = Sketch(bit * 5000 + "x")
    (document,) = found.documents
    assert document.end <= len(found.text)
    assert sum(1 for _ in found.everything(document)) > 50
