"""The fast path, the exact path and ruamel.yaml read the same out of the same text."""

from __future__ import annotations

import re
import warnings
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bizalign_lint.parsing.documents import Parsed, _read_exactly, parse
from bizalign_lint.parsing.yaml import fast, stream
from bizalign_lint.parsing.yaml.core_schema import resolve

from .reading import exact, same, source
from .texts import MODEL, SOUP, damaged, dumped

MANY = settings(max_examples=max(400, settings().max_examples))


def check_agreement(text: str) -> bool:
    """Whether the fast path decides; if it does, it says what the exact one says."""
    read = fast.read(text.encode())
    if read is None:
        return False
    found = exact(text)
    assert found is not None
    assert same(read, found)
    return True


@pytest.mark.slow
@MANY
@given(SOUP)
def test_any_tokens(text: str) -> None:
    check_agreement(text)
    check_agreement(f"k: {text}")
    check_agreement(f"k:\n  - {text}\n")


@pytest.mark.slow
@MANY
@given(damaged())
def test_damaged_files(text: str) -> None:
    check_agreement(text)


@pytest.mark.slow
@MANY
@given(dumped())
def test_values_in_any_style(written: tuple[str, Any]) -> None:
    """And what was written comes back, types included."""
    text, value = written
    check_agreement(text)
    found = stream.read(text.encode())
    assert same([tree.root.value for tree in found.trees if tree.root], [value])


TEXTS = st.lists(damaged() | SOUP | dumped().map(lambda written: written[0]), max_size=6)


@pytest.mark.slow
@MANY
@given(TEXTS)
def test_files_that_are_read_together_say_what_each_says_alone(texts: list[str]) -> None:
    contents = [text.encode() for text in texts]
    for content, read in zip(contents, fast.read_all(contents), strict=True):
        assert read is None or same(read, exact(content))


@pytest.mark.parametrize(
    "odd", ["a: 'b\n", "a: b\n---\n", "---\n", "# a\n", "a: [\n", "- a\n", "a: |\n  b"]
)
@pytest.mark.parametrize("place", [0, 3, 6])
def test_one_odd_file_does_not_change_the_others(odd: str, place: int) -> None:
    texts = [f"---\nname: {number}\n" for number in range(6)]
    texts.insert(place, odd)
    read = [*fast.read_all([text.encode() for text in texts])]
    assert read.pop(place) == fast.read(odd.encode())
    assert read == [[{"name": number}] for number in range(6)]


def test_files_are_not_taken_for_others_because_their_documents_are_as_many() -> None:
    contents = [b"a: 1", b"b: 2\n---\nc: 3\n"]
    assert [*fast.read_all(contents)] == [[{"a": 1}], [{"b": 2}, {"c": 3}]]


def test_short_files_are_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is what makes a check of many fast."""
    calls = []

    def allow(content: bytes) -> bool:
        calls.append(content)
        return True

    monkeypatch.setattr(fast, "allow_text", allow)
    assert [*fast.read_all([b"a: 1\n"] * 100)] == [[{"a": 1}]] * 100
    assert len(calls) == 1


def test_the_fast_path_decides_what_is_ordinary() -> None:
    """Without this the tests above would hold for a path that never decides."""
    assert check_agreement(MODEL)
    assert check_agreement(MODEL.replace("\n", "\r\n"))
    assert check_agreement('a: "\\u00e9 b"\n')


# Found by comparing the two paths; each a guard of its own.
@pytest.mark.parametrize(
    "text",
    [
        "a: True\n", "a: ~\n", "a: Null\n", "a: 0o14\n", "a: 0x1F\n", "a: +3\n", "a: .nan\n",
        "a: -.inf\n", "a: inf\n", "a: nan\n", "a: 012\n", "a: -012\n", "a: 0e0\n", "a: 1_0\n",
        "a: 1:2\n", "a: no\n", "no: a\n", "012: a\n", "a: 123456789012345678901\n", "a: 1e400\n",
        "a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: ! c\n",
        "<<: {a: 1}\n", "? a\n: b\n", "%YAML 1.2\n---\na: b\n", "a: @b\n", "a: `b\n",
        "a: b\n...\n", "- - \n  ...\n", "a:\tb\n", "a: b\rc: d\n", "a: b\x01\n", "a: b\ufeffc\n",
        "a: b\x80\n", "a: ]b\n", "}a: b\n", "a: ,b\n", ": a\n", "a: [: b]\n", "a: {: b}\n",
        "a: [:b]\n", "a: {b: ?c}\n", "a: [?b]\n", "a: [\n  ?b]\n", "a: {b:, c: d}\n", "a: [b:]\n",
        "a: {b\n  c: d}\n", 'a: {"b\n  c": d}\n', 'a: {"b"\n  : c}\n', "a: [b, c] d\n",
        "- - [a]  - b: c\n", "a: {b: c #d\n  }\n", "a: {b #c: d}\n", "a: {\n  b: c\n\n  }\n",
        "a: [::\n  ]\n", '"a\n  b": c\n', 'a: "b\n  c": d\n', "a: 'b' c\n", "- 'a'  b:\n",
        'a:\n- "b\n  c" - d\n',
        "--- >\na\n", "--- |\n# a\n", "a: |\n  b", "a: |1\n  b\n", "a: > #c-\n  b\n", "a: |+1b\n",
        "a: > -\n  b\n", 'a: "b\\\n\n  c"\n', "  a:\n  - {b: c}\n    - {b: d}",
        f"a: {'[' * 90}{']' * 90}\n",
        "k" * 1100 + ": a\n", "a: |+\n  b\n   ",
    ],
)  # fmt: skip
def test_what_the_fast_path_once_read_otherwise(text: str) -> None:
    assert not check_agreement(text)
    assert not check_agreement(f"# x\n---\nx: [y]\n---\n{text}")


@pytest.mark.slow
@MANY
@given(damaged())
def test_documents_are_ours_on_both_paths(text: str) -> None:
    origin = source(text)
    quick, thorough = parse(origin), Parsed()
    if fast.read(origin.content) is None:
        return
    _read_exactly(origin, thorough)
    assert same(
        [(d.index, d.value) for d in quick.documents],
        [(d.index, d.value) for d in thorough.documents],
    )
    assert [(f.condition, f.details) for f in quick.flaws] == [
        (f.condition, f.details) for f in thorough.flaws
    ]


RUAMEL = settings(max_examples=3 * settings().max_examples)
# YAML 1.2 as ruamel.yaml has it: dates are dates, 012 is 12, 1_000 is 1000, and so on.
OTHER_NUMBERS = re.compile(r"[-+]?\.?[0-9][-+0-9_.:xobeEa-fA-F]*([Tt ][-+0-9:. Z]*)?")


@RUAMEL
@given(st.one_of(SOUP.map("k: {}".format), SOUP, damaged(), dumped().map(lambda d: d[0])))
@example(MODEL)
def test_the_exact_path_agrees_with_ruamel(text: str) -> None:
    """Wherever both accept a text, and but for the scalars that we read in another way."""
    # To ruamel.yaml these are line breaks, and a lone tag says nothing.
    if re.search("[\x85\u2028\u2029!]", text):
        return
    ours = exact_but_for_scalars(text)
    if ours is None:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = list(YAML(typ="safe", pure=True).load_all(text))
    except (YAMLError, AssertionError, ValueError):
        return
    if any(isinstance(value, str) for value in ours):
        # A document that is a block of text: libyaml takes its first line # for a comment.
        return
    assert len(ours) == len(theirs)
    for our, their in zip(ours, theirs, strict=True):
        assert_alike(our, their)


def exact_but_for_scalars(text: str) -> list[Any] | None:
    found = stream.read(text.encode())
    if found.bad is not None:
        return None
    conditions = {defect.condition for tree in found.trees for defect in tree.defects}
    if not conditions <= {"ambiguous-scalar"}:
        return None
    return [tree.root.value if tree.root is not None else None for tree in found.trees]


def assert_alike(our: Any, their: Any) -> None:
    if isinstance(our, dict):
        assert isinstance(their, dict)
        keys = {repr(key): key for key in their}
        assert len(our) >= len(their)
        for name, value in our.items():
            key = name if name in their else keys.get(repr(resolve(name)))
            assert key is not None or OTHER_NUMBERS.fullmatch(name) or resolve(name) is None
            if key is not None or None in their:
                assert_alike(value, their[key])
    elif isinstance(our, list):
        assert isinstance(their, list)
        assert len(our) == len(their)
        for one, other in zip(our, their, strict=True):
            assert_alike(one, other)
    elif isinstance(our, str) and not isinstance(their, str):
        assert OTHER_NUMBERS.fullmatch(our)
    else:
        assert same(our, their)
