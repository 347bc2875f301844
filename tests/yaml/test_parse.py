"""What of a file is ours, what is left alone, and what is told of it."""

from __future__ import annotations

import pytest

from bizalign_lint.core import conditions
from bizalign_lint.core.errors import BizalignError, ConfigError
from bizalign_lint.core.types import Place
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.parsing.yaml import fast

from .reading import HEAD, read, shown, source, span_of, told

OURS = "apiVersion: bizalign/v1\nkind: Capability\n"
POD = "apiVersion: v1\nkind: Pod\n"
ODD = "answer: no\n"
"""Sends a file to the exact path."""


@pytest.mark.parametrize("body", ["kind: Capability\n", ODD])
def test_documents_are_ours_by_what_they_say(body: str) -> None:
    parsed = read(f"# models\n{POD}---\n{HEAD}{body}---\n- a list\n---\n---\nx: 1\n---\n{OURS}")
    assert [d.index for d in parsed.documents] == [1, 5]
    assert [d.value["apiVersion"] for d in parsed.documents] == ["bizalign/v1"] * 2
    assert parsed.unread == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment\n",
        "\n\n\n",
        "---\n",
        "kind: Capability\n",
        "a: [1, 2\n",
        "bizalign: {}\nanswer: no\n",
        POD,
        POD + "a: [1, 2\n",
        POD + "a: 1\na: 2\nb: no\n",
        "apiVersion: {{ .Values.version }}\nkind: [\n",
        "apiVersion: [bizalign/v1]\n",
        "apiVersion: 1\n",
        "apiVersion:\n",
        "a text that speaks of apiVersion and bizalign/v1\n",
        "apiVersion: bizagi/v1\n",
        "apiVersion: apps/v1 # not bizalign\nkind: [\n",
        "name: x\nversion: bizalign/v1\n",
    ],
)
def test_other_files_are_left_alone(text: str) -> None:
    parsed = read(text)
    assert (parsed.documents, parsed.flaws, parsed.unread) == ([], [], [])


@pytest.mark.parametrize(
    "said",
    [
        "bizalign/v2",
        "bizalign/v1beta1",
        "bizalign/V1",
        "bizalign/1",
        "bizalign",
        "Bizalign/v1",
        "bizaling/v1",
        "bizalgin/v1",
        "biz-align/v1",
        "bizalign.io/v1",
        "bizaling.dev/v1",
        "bizalign v1",
        "bizalign/v1/",
    ],
)
@pytest.mark.parametrize("rest", ["kind: Capability\n", ODD, "a: 1\na: 2\n"])
def test_what_is_meant_to_be_ours_is_reported(said: str, rest: str) -> None:
    text = f"{OURS}---\napiVersion: {said}\n{rest}"
    parsed = read(text)
    assert len(parsed.documents) == 1
    (flaw,) = parsed.flaws
    assert flaw.condition == conditions.API_VERSION
    assert flaw.details["problem"] == f"unknown apiVersion {said}; did you mean bizalign/v1?"
    assert shown(text, span_of(flaw.place)) == f"4: {said}"
    assert parsed.unread == [f"---\napiVersion: {said}\n{rest}"]


@pytest.mark.parametrize("key", ["apiversion", "ApiVersion", "api-version", "api_version"])
def test_a_misspelt_key_is_reported(key: str) -> None:
    text = f"{key}: bizalign/v1\nkind: Capability\n"
    (flaw,) = read(text).flaws
    assert flaw.condition == conditions.API_VERSION
    wanted = f"unknown key {key}; did you mean apiVersion: bizalign/v1?"
    assert flaw.details["problem"] == wanted
    assert shown(text, span_of(flaw.place)) == f"1: {key}"


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_broken_document_of_ours_is_reported_and_its_text_is_kept(quote: str) -> None:
    text = f"{OURS}---\n{{apiVersion: {quote}bizalign/v1{quote}, a: [\n---\n{OURS}"
    parsed = read(text)
    assert [d.index for d in parsed.documents] == [0, 2]
    assert [flaw.condition for flaw in parsed.flaws] == [conditions.SYNTAX]
    assert parsed.unread == [f"---\n{{apiVersion: {quote}bizalign/v1{quote}, a: [\n"]


def test_a_broken_document_of_others_is_not() -> None:
    parsed = read(f"{OURS}---\n{POD}a: [\n---\n{OURS}")
    assert [d.index for d in parsed.documents] == [0, 2]
    assert parsed.flaws == []
    assert parsed.unread == []


@pytest.mark.parametrize(
    "broken",
    [
        "a: [1, 2",
        'a: "never closed',
        "a: 'never closed",
        "a: b: c",
        "\ta: b",
        "a: *nothing",
        "a: {b: {c: d}",
        "a: |\n  x\n y",
        "a: @x",
        "? [a]\n: b",
        "a: " + "[" * 200,
        'a: "\\q"',
    ],
)
def test_one_broken_document_does_not_hide_the_others(broken: str) -> None:
    """Neither those before it nor those behind it, their own flaws included."""
    text = f"{OURS}a: 1\na: 2\n---\n{OURS}{broken}\n---\n{OURS}b: no\n---\n{OURS}{broken}"
    parsed = read(text)
    assert [d.index for d in parsed.documents] == [0, 2]
    assert [flaw.condition for flaw in parsed.flaws] == [
        conditions.DUPLICATE_KEY,
        conditions.SYNTAX,
        conditions.AMBIGUOUS_SCALAR,
        conditions.SYNTAX,
    ]
    starts = [text.count("\n", 0, at) + 1 for at in (text.index("a: 2"), text.index("b: no"))]
    assert [span_of(flaw.place).line for flaw in parsed.flaws][::2] == starts
    assert len(parsed.unread) == 2
    assert all(broken in unread and "b: no" not in unread for unread in parsed.unread)


def test_flaws_of_values_have_places_in_the_document() -> None:
    """So that a comment beside them can accept them."""
    parsed = read(f"{HEAD}a: no\nb:\n  - {{c: 1, c: 2}}\nyes: 1\n")
    assert [flaw.place for flaw in parsed.flaws] == [
        Place(parsed.documents[0], ("a",)),
        Place(parsed.documents[0], ("b", 0, "c"), key=True),
        Place(parsed.documents[0], ("yes",), key=True),
    ]


def test_a_value_that_another_one_hides_has_its_place_all_the_same() -> None:
    text = f"{HEAD}a: no\na: [off]\na: 012\n"
    assert told(text) == [
        ("2: no", "ambiguous-scalar no"),
        ("3: a", "duplicate-key a"),
        ("3: off", "ambiguous-scalar off"),
        ("4: a", "duplicate-key a"),
        ("4: 012", "ambiguous-scalar 012"),
    ]


def test_many_documents_in_a_file() -> None:
    """More than fit into one piece of the fast path."""
    text = "".join(f"---\n{OURS}number: {n}\ntext: {'x' * 200}\n" for n in range(1000))
    assert fast.read(text.encode()) is not None
    parsed = read(text)
    assert [(d.index, d.value["number"]) for d in parsed.documents] == [(n, n) for n in range(1000)]


def test_standard_error_stays_silent(capfd: pytest.CaptureFixture[str]) -> None:
    """rapidyaml speaks there by itself."""
    assert fast.read(b"a: [\n  b\n") is None
    assert fast.read(b"a: b: c\n") is None
    assert capfd.readouterr() == ("", "")


def test_a_file_of_the_set_up() -> None:
    assert read_document(source("a: {b: 012}\n")).value == {"a": {"b": "012"}}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty"),
        ("# nothing\n", 1, "the file is empty"),
        ("---\n", 1, "the file is empty"),
        ("- a\n", 1, "the file is not a mapping"),
        ("a: 1\n---\nb: 1\n", 1, "the file has more than one document"),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "c appears twice"),
        ("a: 1\nb: [\n", 2, "this [ is never closed; ] is missing"),
        ("a: !x y\n", 1, "the tag !x is not supported"),
        ("a: \x01\n", 1, "the control character U+0001 is not allowed"),
    ],
)
def test_what_is_wrong_with_a_file_of_the_set_up(text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_document(source(text), ConfigError)
    assert raised.value.message.startswith(message)
    assert raised.value.location is not None
    assert raised.value.location.span.line == line
    with pytest.raises(BizalignError):
        read_document(source(text))
