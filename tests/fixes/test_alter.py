"""Values are exchanged in the text of a file; comments and layout stay."""

from __future__ import annotations

from typing import Any

import pytest

from bizalign_lint.core.types import Change, Operation, Source
from bizalign_lint.fixes.alter import altered

A = ("spec", "a")


def done(text: str, *changes: Change) -> str | None:
    """The text of a file with changes made; None where that takes more care."""
    source = altered(Source("a.yaml", text.encode()), changes)
    return None if source is None else source.content.decode()


def put(pointer: tuple[str | int, ...], value: Any) -> Change:
    return Change(0, pointer, Operation.PUT, value)


def removed(*pointer: str | int) -> Change:
    return Change(0, pointer, Operation.REMOVE)


def test_what_comes_after_a_block_stays() -> None:
    text = "spec:\n  list:\n    - a: 1\n      b: 2\n%s\n  # why\n  other: x\n"
    change = put(("spec", "list"), ["c"])
    assert done(text % "", change) == "spec:\n  list: [c]\n\n  # why\n  other: x\n"
    assert done(text % "      # of it\n      c: 3\n", change) is None


def test_what_is_merged_last_goes_with_the_block() -> None:
    text = "kind: &k {a: 1}\nspec:\n  one:\n    b: 2\n    <<: *k\n  other: x\n"
    wanted = "kind: &k {a: 1}\nspec:\n  one: 1\n  other: x\n"
    assert done(text, put(("spec", "one"), 1)) == wanted


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("spec: {a: 'x'}  # c\n", "y", "spec: {a: 'y'}  # c\n"),
        ("spec:\n  a: x\n  b: 1\n", 1, "spec:\n  a: 1\n  b: 1\n"),
        ("spec:\n  a: x\n", "no", 'spec:\n  a: "no"\n'),
        ("spec:\n  a: x\n", "one\ntwo", 'spec:\n  a: "one\\ntwo"\n'),
        ("spec:\n  a: 'x # y'\n", ["z"], "spec:\n  a: [z]\n"),
        ("spec:\n  a:\n    - x\n    - z\n", "one", "spec:\n  a: one\n"),
        ("spec:\n  a:\n    x: 1\n    z: 2\n  b: 1\n", {"w": 1}, "spec:\n  a: {w: 1}\n  b: 1\n"),
        ("spec:\n  a: {x: 1}  # c\n", {"w": 1}, "spec:\n  a: {w: 1}  # c\n"),
    ],
)
def test_a_value_takes_the_place_of_another(text: str, value: Any, wanted: str) -> None:
    assert done(text, put(A, value)) == wanted


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        (" [x]  # c\n", ["x", "v", 1], " [x, v, 1]  # c\n"),
        (" []  # c\n", ["x", "v"], " [x, v]  # c\n"),
        (" [x]  # c\n", ["v"], " [v]  # c\n"),
        (" [x]\n", ["v", "x"], " [v, x]\n"),
        ("\n  - x # c\n  b: 1\n", ["x", "v", "z"], "\n  - x # c\n  - v\n  - z\n  b: 1\n"),
        ("\n  - x", ["x", "v", "z"], "\n  - x\n  - v\n  - z"),
        ("\n  - x # c", ["x", "v"], "\n  - x # c\n  - v"),
        ("\r\n  -  x\r\n", ["x", "v"], "\r\n  -  x\r\n  -  v\r\n"),
        ("\r  - x\r  - w\r", ["x", "w", "v"], "\r  - x\r  - w\r  - v\r"),
        ("\n  - {x: 1}\n", [{"x": 1}, {"w": [2]}], "\n  - {x: 1}\n  - {w: [2]}\n"),
        ("\n  - x: 1\n    z: 2\n", [{"x": 1, "z": 2}, True], "\n  - x: 1\n    z: 2\n  - true\n"),
        ("\n  - x: 1\n", {"w": 1}, " {w: 1}\n"),
    ],
)
def test_items_are_put_at_the_end_of_a_list(text: str, value: Any, wanted: str) -> None:
    assert done(f"spec:\n  a:{text}", put(A, value)) == f"spec:\n  a:{wanted}"


@pytest.mark.parametrize(
    ("text", "pointer", "wanted"),
    [
        ("spec: { }\n", A, "spec: {a: 1}\n"),
        ("spec: {b: 2, c: 3 }\n", A, "spec: {b: 2, c: 3, a: 1 }\n"),
        ("spec: {b: 2, # two\n  }\n", A, "spec: {b: 2, a: 1, # two\n  }\n"),
        ("spec:\r\n  b: 2 # two\r\n", A, "spec:\r\n  b: 2 # two\r\n  a: 1\r\n"),
        ("spec:\n  b: {c: 2}\nx: y\n", A, "spec:\n  b: {c: 2}\n  a: 1\nx: y\n"),
        ("spec:\n  b: '2\r\n    3'\n", A, "spec:\n  a: 1\n  b: '2\r\n    3'\n"),
        ("spec:\n  b: [2,\n    3]\n", A, "spec:\n  a: 1\n  b: [2,\n    3]\n"),
        ("spec:\r  b: [2,\r    3]\r", A, "spec:\r  a: 1\r  b: [2,\r    3]\r"),
        ("spec:\n  b: |\n    x\n", A, "spec:\n  a: 1\n  b: |\n    x\n"),
        ("spec:\n  b: >-\n    x\nx: y\n", A, "spec:\n  a: 1\n  b: >-\n    x\nx: y\n"),
        ("spec:\n  b:\n    c: 2\n", A, "spec:\n  a: 1\n  b:\n    c: 2\n"),
        ("spec:\n  b:\n  - c\n", A, "spec:\n  a: 1\n  b:\n  - c\n"),
        ("spec:\n  b:\n", A, "spec:\n  a: 1\n  b:\n"),
        ("spec:\n  b: 2", A, "spec:\n  a: 1\n  b: 2"),
        ("spec: {}  # none\n", A, "spec: {a: 1}  # none\n"),
        ("spec:\n  b: 2\n", A, "spec:\n  b: 2\n  a: 1\n"),
        ("spec:\n  a: {}\n", (*A, "b", "c"), "spec:\n  a: {b: {c: 1}}\n"),
        ("spec:\n  a: {b: {d: 2}}\n", (*A, "b", "c"), "spec:\n  a: {b: {d: 2, c: 1}}\n"),
        ("spec:\n  b: 2\n", (*A, "c"), "spec:\n  b: 2\n  a:\n    c: 1\n"),
        ("spec:\n  - b: 2\n", ("spec", 0, "a"), "spec:\n  - b: 2\n    a: 1\n"),
    ],
)
def test_a_key_is_added_with_the_mappings_it_is_in(
    text: str, pointer: tuple[str | int, ...], wanted: str
) -> None:
    assert done(text, put(pointer, 1)) == wanted


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ({}, ["a: {}"]),
        ([], ["a: []"]),
        ([1, "no"], ['a: [1, "no"]']),
        ([{"b": True}, 1], ["a: [{b: true}, 1]"]),
        ({"b": {"c": []}, "no": None}, ["a:", "  b:", "    c: []", '  "no": null']),
        (
            [{"b": 1, "c": {"d": 2}}, {"b": "3"}],
            ["a:", "  - b: 1", "    c:", "      d: 2", '  - b: "3"'],
        ),
    ],
)
def test_what_is_added_is_written_in_lines(value: Any, lines: list[str]) -> None:
    added = "".join(f"  {line}\n" for line in lines)
    assert done("spec:\n  x: y\n", put(A, value)) == f"spec:\n  x: y\n{added}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("spec: {a: 1, b: 2, c: 3}\n", "spec: {b: 2, c: 3}\n"),
        ("spec: {b: 2, a: 1, c: 3}\n", "spec: {b: 2, c: 3}\n"),
        ("spec: {b: 2 , a: 1 }\n", "spec: {b: 2 }\n"),
        ("spec: {a: 1}\n", "spec: {}\n"),
        ("spec:\n  a: 1  # one\n  b: 2\n", "spec:\n  b: 2\n"),
        ("spec:\r\n  b: 2\r\n  a: 1", "spec:\r\n  b: 2\r\n"),
        ("spec:\r  a: 1\r  b: 2\r", "spec:\r  b: 2\r"),
        ("spec:\n  a: 1 # c\nb: 2\n", "spec: {} # c\nb: 2\n"),
        ("spec:\n  a: |\n    x\n\n  b: 2\n", "spec:\n  b: 2\n"),
        ("spec:\r  a: |\r    x\r  b: 2\r", "spec:\r  b: 2\r"),
        ("spec:\n  b: 2\n  a: >\n    x\n", "spec:\n  b: 2\n"),
        ("spec:\n  a:\n    x: 1\n    z: 2\n  b: 2\n", "spec:\n  b: 2\n"),
        ("k: &k {c: 1}\nspec:\n  <<: *k\n  a: 1\n", "k: &k {c: 1}\nspec: {c: 1}\n"),
    ],
)
def test_a_key_is_taken_out(text: str, wanted: str) -> None:
    assert done(text, removed(*A)) == wanted


def test_an_empty_first_line_stays() -> None:
    for break_ in ("\n", "\r"):
        text = f"{break_}a: 1{break_}b: 2{break_}"
        assert done(text, removed("a")) == f"{break_}b: 2{break_}"


def test_a_list_within_a_list_is_written_in_brackets() -> None:
    assert done("spec:\n  - - x\n", put(("spec", 0), ["x", "v"])) == "spec:\n  - [x, v]\n"


def test_a_list_that_ends_the_text_gets_the_breaks_of_its_lines() -> None:
    wanted = "spec:\r\n  a:\r\n  - x\r\n  - v\r\n  - z"
    assert done("spec:\r\n  a:\r\n  - x", put(A, ["x", "v", "z"])) == wanted


def test_many_values_are_changed_at_once_or_else_one_by_one() -> None:
    text = "spec: {a: 1, b: 2, c: 3}\nlist: [x]\n"
    assert done(text, put(A, 4), removed("spec", "c"), put(("list",), ["v"])) == (
        "spec: {a: 4, b: 2}\nlist: [v]\n"
    )
    assert done(text, removed(*A), removed("spec", "b"), removed("spec", "c")) == (
        "spec: {}\nlist: [x]\n"
    )
    assert done(text, put(A, 4), removed("spec", "d")) is None
    new = [put(("more", name), 1) for name in "ab"]
    assert done(text, *new) == f"{text}more:\n  a: 1\n  b: 1\n"


def test_the_first_key_of_an_item_leaves_its_dash() -> None:
    text = "spec:\n  - a: 1\n    b: 2\n"
    assert done(text, removed("spec", 0, "a")) == "spec:\n  - {b: 2}\n"
    assert done(text, removed("spec", 0, "b")) == "spec:\n  - a: 1\n"


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("spec: {a: [x, # c\n  z]}\n", put(A, ["w"])),
        ("spec:\n  a:\n  - |\n    x\n  b: 1\n", put(A, ["x\n", "v"])),
        ("spec:\n  a: # c\n    x: 1\n", put(A, {"w": 1})),
        ("spec:\n  a: &k\n    x: 1\n", put(A, {"w": 1})),
        ("spec:\n  a: !!map\n    x: 1\n", put(A, {"w": 1})),
        ("spec:\n  # why\n  a: 1\n", removed(*A)),
        ("spec:\n", put(A, 1)),
        ("spec: {# none\n  }\n", put(A, 1)),
        ("? spec\n: b: 2\n", put(A, 1)),
        ("spec: 1\n", put(A, 1)),
        ("spec: [x]\n", put(("spec", 1), 1)),
        ("spec: [x]\n", put(("spec", 0, "a"), 1)),
        ("k: &k {a: 1}\nspec: *k\n", put((*A, "b"), 1)),
        ("k: &k {a: 1}\nspec:\n  <<: *k\n", put(A, 2)),
        ("spec: {b: 1}\n", removed(*A)),
        ("spec: 1\n", removed(*A)),
    ],
)
def test_what_takes_more_care_is_left_alone(text: str, change: Change) -> None:
    assert done(text, change) is None
