"""Anchors, aliases, merge keys, and duplicate keys."""

from __future__ import annotations

import pytest

from bizalign_lint.core import conditions
from bizalign_lint.core.limits import MAX_DEPTH, MAX_VALUES
from bizalign_lint.core.types import Location, Place
from bizalign_lint.parsing.positions import anchor_of, locate

from .reading import HEAD, document, read, shown, told, value


def test_aliases_stand_for_what_is_anchored() -> None:
    body = "a: &x {b: [1, two]}\nc: *x\nd: [*x, &y z, *y]\n*y : &e\nf: *e\ng: {*y : 1}\n"
    anchored = {"b": [1, "two"]}
    assert value(body) == {"a": anchored, "c": anchored, "d": [anchored, "z", "z"], "z": None,
                           "f": None, "g": {"z": 1}}  # fmt: skip


def test_an_anchor_may_be_set_again() -> None:
    assert value("a: &x 1\nb: *x\nc: &x 2\nd: *x\n") == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_a_key_may_be_anchored() -> None:
    """As a key it is text, as a value what it is."""
    assert value("&x 12: a\nb: *x\n&y yes: c\nd: [*y]\n? *x\n: e\n'f': 1\n") == {
        "12": "e", "b": 12, "yes": "c", "d": ["yes"], "f": 1,
    }  # fmt: skip


def test_an_anchor_does_not_reach_the_next_document() -> None:
    text = f"{HEAD}a: &x 1\n---\n{HEAD}b: *x\n"
    assert told(text) == [("5: *x", "no anchor &x before *x")]
    assert len(read(text).documents) == 1


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("a: *x\nb: &x 1\n", "no anchor &x before *x"),
        ("a: &x [*x]\n", "*x refers to a value that contains it"),
        ("a: &x\n  b: {c: *x}\n", "*x refers to a value that contains it"),
        ("a: &x {<<: *x}\n", "*x refers to a value that contains it"),
        ("a: &x [b]\n*x : c\n", "a list cannot be a key here; keys are text"),
        ("a: &x {b: c}\n? *x\n: c\n", "a mapping cannot be a key here; keys are text"),
    ],
)
def test_aliases_that_cannot_be(body: str, problem: str) -> None:
    ((_, said),) = told(HEAD + body)
    assert said == problem
    assert read(HEAD + body).documents == []


def test_keys_that_are_aliases_of_nothing_are_told_one_by_one() -> None:
    lost = "no anchor &x before *x"
    assert [said for _, said in told(f"{HEAD}*x : 1\n*y : 2\n")] == [lost, lost.replace("x", "y")]
    assert [said for _, said in told(f"{HEAD}*x : 1\n*x : 2\n")] == [lost, lost, "duplicate-key *x"]


@pytest.mark.parametrize("body", ["a: &b:c d\n", "&a: b\n", "a: [&b:c d]\n", "? &b:c d\n: e\n"])
def test_names_of_anchors(body: str) -> None:
    ((place, said),) = told(HEAD + body)
    assert place in ("2: &b:", "2: &a:")
    assert said == "an anchor's name can only contain letters, digits, - and _"


@pytest.mark.parametrize("text", ["&b", "&b-1_C d", "!!str &b d", "&b !!str d", "&b [c]", "&b {}"])
def test_near_misses_of_names(text: str) -> None:
    assert told(f"{HEAD}a: {text}\nl: [{text}, {text}]\nm: {{o: {text}}}\n") == []


def test_merge_keys() -> None:
    body = """\
base: &base {a: 1, b: 2}
more: &more {b: 3, c: 4}
one: {<<: *base, b: 9}
list: {<<: [*base, *more], d: 5}
inline: {<<: {a: 7}}
late: {b: 8, <<: *base}
chain: &chain {<<: *base, e: 6}
end: {<<: *chain}
two: {<<: *more, x: 1}
quoted: {"<<": 1}
tagged: {!!str <<: 1}
"""
    read_value = value(body)
    assert read_value["one"] == {"a": 1, "b": 9}
    assert read_value["list"] == {"a": 1, "b": 2, "c": 4, "d": 5}
    assert read_value["inline"] == {"a": 7}
    assert read_value["late"] == {"a": 1, "b": 8}
    assert read_value["end"] == {"a": 1, "b": 2, "e": 6}
    assert read_value["two"] == {"b": 3, "c": 4, "x": 1}
    assert read_value["quoted"] == read_value["tagged"] == {"<<": 1}
    assert read_value["base"] == {"a": 1, "b": 2}


@pytest.mark.parametrize("merged", ["1", "[1]", "", "*s", "[*m, *s]"])
def test_only_mappings_can_be_merged(merged: str) -> None:
    text = f"{HEAD}m: &m {{a: 1}}\ns: &s text\nx:\n  <<: {merged}\n  b: 1\n"
    ((place, said),) = told(text)
    assert place.startswith("5: ")
    assert said == "only mappings can be merged with <<"


def test_a_place_inside_an_alias_is_its_use() -> None:
    body = "base: &b\n  owner: {name: x}\n  list: [a]\nuse: *b\nm:\n  <<: *b\n  own: 1\n"
    found = document(body)
    text = HEAD + body

    def at(*pointer: str | int, key: bool = False) -> str:
        return shown(text, locate(Place(found, pointer, key)))

    assert at("use") == "5: *b"
    assert at("use", "owner") == "5: *b"
    assert at("use", "owner", "name") == "5: *b"
    assert at("use", "list", 0) == "5: *b"
    assert at("use", "missing") == "5: *b"
    assert at("use", key=True) == "5: use"
    assert at("m", "owner", "name") == "7: *b"
    assert at("m", "owner", key=True) == "7: *b"
    assert at("m", "own") == "8: 1"
    assert at("base", "owner", "name") == "3: x"


def test_the_anchor_is_the_other_end() -> None:
    body = "base: &b\n  x: 1\nagain: &again *b\nuse: *b\nm:\n  <<: [*b]\n  y: 1\nown: 2\n"
    body = body.replace("again: &again *b\n", "again: *b\n")
    found = document(body)
    text = HEAD + body

    def anchor(*pointer: str | int) -> str | None:
        place = anchor_of(Place(found, pointer))
        assert place is None or place.path == "model.yaml"
        return shown(text, place.span) if isinstance(place, Location) else None

    assert anchor("use") == "2: &b"
    assert anchor("use", "x") == "2: &b"
    assert anchor("again", "x") == "2: &b"
    assert anchor("m", "x") == "2: &b"
    assert anchor("m", "y") is None
    assert anchor("base", "x") is None
    assert anchor("own") is None
    assert anchor("nothing") is None


def test_all_duplicate_keys_are_reported_with_the_first_place() -> None:
    text = f"{HEAD}a: 1\nb: {{c: 1, 'c': 2}}\na: 2\n\"a\": 3\n1: x\n'1': z\n"
    flaws = read(text).flaws
    assert [flaw.condition for flaw in flaws] == [conditions.DUPLICATE_KEY] * 4
    assert [place for place, _ in told(text)] == ["3: 'c'", "4: a", '5: "a"', "7: '1'"]
    assert [flaw.details for flaw in flaws] == [{"key": k} for k in ("c", "a", "a", "1")]
    related = [flaw.related[0] for flaw in flaws]
    assert [r.message for r in related] == [f"{k} is first used here" for k in ("c", "a", "a", "1")]
    places = [r.place for r in related]
    assert all(isinstance(place, Location) for place in places)
    assert [shown(text, p.span) for p in places if isinstance(p, Location)] == [
        "3: c", "2: a", "2: a", "6: 1",
    ]  # fmt: skip
    assert read(text).documents[0].value["a"] == 3


def test_a_key_beside_a_merged_one_is_no_duplicate() -> None:
    assert told(f"{HEAD}x: &x {{a: 1}}\nz: {{<<: *x, a: 2}}\n") == []


def test_levels() -> None:
    allowed, more = MAX_DEPTH - 1, MAX_DEPTH
    assert value(f"a: {'[' * allowed}{']' * allowed}\n")["a"]
    assert value("a:\n" + "".join(f"{' ' * n}b:\n" for n in range(1, allowed + 1)))["a"]
    assert value(f"a: &a {'[' * allowed}{']' * allowed}\nb: *a\n")["b"]
    chained = "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, allowed))
    assert value(f"a0: &a0 [x]\n{chained}")[f"a{allowed - 1}"]
    for deep in (
        f"a: {'[' * more}{']' * more}\n",
        f"a: {'{b: ' * more}{'}' * more}\n",
        "a:\n" + "".join(f"{' ' * n}b:\n" for n in range(1, more + 1)) + " " * (more + 1) + "c: 1",
        "a:\n" + "- " * more + "x\n",
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, MAX_DEPTH)),
    ):
        ((_, said),) = told(HEAD + deep)
        assert f"{MAX_DEPTH} levels" in said


def test_a_laugh_is_cut_short() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    ((place, said),) = told(HEAD + "\n".join(lines))
    assert place == "7: *a4"
    assert said == f"*a4 expands the document to more than {MAX_VALUES:,} values"


def test_values_are_counted() -> None:
    body = "a:\n" + "- x\n" * (MAX_VALUES + 1)
    ((_, said),) = told(HEAD + body)
    assert said == f"this document has more than {MAX_VALUES:,} values; split it"
    assert len(value("a:\n" + "- x\n" * (MAX_VALUES - 10))["a"]) == MAX_VALUES - 10
