"""What a plain scalar means, and which ones YAML 1.1 reads otherwise."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bizalign_lint.core import conditions
from bizalign_lint.parsing.yaml.core_schema import yaml11_reading

from .reading import HEAD, document, read, same, shown, span_of, told, value

CORE: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "nULL": "nULL",
    "true": True,
    "True": True,
    "TRUE": True,
    "tRUE": "tRUE",
    "false": False,
    "False": False,
    "FALSE": False,
    "0": 0,
    "-0": 0,
    "+3": 3,
    "-19": -19,
    "0o14": 12,
    "0x1F": 31,
    "0xg": "0xg",
    "-0o14": "-0o14",
    "0O14": "0O14",
    "1.5": 1.5,
    "1.": 1.0,
    ".5": 0.5,
    "-.5": -0.5,
    "+.5": 0.5,
    "1e3": 1000.0,
    "12E03": 12000.0,
    "-2.5e-3": -0.0025,
    "0e0": 0.0,
    "1e": "1e",
    ".": ".",
    ".e1": ".e1",
    ".inf": math.inf,
    "+.INF": math.inf,
    "-.Inf": -math.inf,
    ".nan": math.nan,
    ".NaN": math.nan,
    ".NAN": math.nan,
    "nan": "nan",
    "inf": "inf",
    "infinity": "infinity",
    "1e400": math.inf,
    "12345678901234567890123": 12345678901234567890123,
    "2026-06-30": "2026-06-30",
    "2026-06-30T10:00:00Z": "2026-06-30T10:00:00Z",
    "1.2.3": "1.2.3",
    "1 000": "1 000",
    "1,5": "1,5",
    "truth": "truth",
    "nothing": "nothing",
    "é": "é",
}


@pytest.mark.parametrize("text", CORE)
def test_core_schema(text: str) -> None:
    for body in (f"k: {text}\n", f"k: {text} # why\n", f"k:\n  {text}\nl: 1\n", f"'k': {text}\r\n"):
        assert same(value(body)["k"], CORE[text])
    # A second document that takes the exact path takes the first one with it.
    first, _ = read(f"{HEAD}k: {text}\n---\n{HEAD}k: &a 1\n").documents
    assert same(first.value["k"], CORE[text])


@pytest.mark.parametrize("text", [text for text in CORE if text])
def test_in_quotes_it_is_text(text: str) -> None:
    for body in (f'k: "{text}"\n', f"k: '{text}'\n", f"k: >-\n  {text}\n", f"k: !!str {text}\n"):
        assert value(body) == {"k": text}
        assert read(HEAD + body).flaws == []


@pytest.mark.parametrize("text", [text for text in CORE if text])
def test_a_key_is_text(text: str) -> None:
    for body in (f"{text}: 1\n", f'"{text}": 1\n', f"? {text}\n: 1\n"):
        assert value(body) == {text: 1}


AMBIGUOUS = {
    "y": "true",
    "Y": "true",
    "yes": "true",
    "On": "true",
    "n": "false",
    "No": "false",
    "NO": "false",
    "off": "false",
    "012": "10 (octal)",
    "-012": "-10 (octal)",
    "00": "0 (octal)",
    "0_7": "7 (octal)",
    "089": "89 (decimal, by YAML 1.2)",
    "1_000": "1000",
    "1_000.5": "1000.5",
    f"1_{'0' * 38}": f"1{'0' * 38}",
    "12:30": "750 (base 60)",
    "1:30:00": "5400 (base 60)",
    "-1:30": "-90 (base 60)",
    "1:30.5": "90.5 (base 60)",
    "0b101": "5 (binary)",
    "-0x1F": "-31 (hexadecimal)",
    "0x_1F": "31 (hexadecimal)",
}


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_what_yaml_11_reads_otherwise_is_reported(text: str) -> None:
    for body in (
        f"k: {text}\n",
        f"k: {text}  # why\n",
        f"k: [a, {text}]\n",
        f"k: {{a: {text}}}\n",
        f"k:\n- {text}\n",
        f"k:\n  {text}\n",
        f"{text}: 1\n",
        f"k: {{{text}: 1}}\n",
    ):
        (flaw,) = read(HEAD + body).flaws
        assert flaw.condition == conditions.AMBIGUOUS_SCALAR
        assert flaw.details == {"value": text, "reading": AMBIGUOUS[text]}
        assert flaw.subject == text
        assert shown(HEAD + body, span_of(flaw.place)).endswith(f": {text}")
    assert value(f"k: {text}\n") == {"k": text}


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_in_quotes_it_is_not(text: str) -> None:
    for body in (f'k: "{text}"\n', f"k: '{text}'\n", f"k: |-\n  {text}\n", f"k: !!str {text}\n"):
        assert read(HEAD + body).flaws == []


@pytest.mark.parametrize(
    "text",
    [
        *("24:61x", "12:60", "1_", "2026-06-30", "0x", "0b2", "yes please", "nO", "oN", "1.2_"),
        f"1_{'0' * 39}",  # nobody writes such numbers
    ],
)
def test_near_misses_are_no_misses(text: str) -> None:
    assert yaml11_reading(text) in (None, "12", "1", "1.2")
    if yaml11_reading(text) is None:
        assert read(f"{HEAD}k: {text}\n").flaws == []


@pytest.mark.parametrize("number", ["1" * 5000, f"0x{'1' * 4500}", f"0o{'1' * 6000}"])
def test_a_number_of_many_digits(number: str) -> None:
    """Turning such a text into a number, or the number into text, takes time that grows with the
    square of its length."""
    text = f"{HEAD}k: {number}\n"
    assert document(f"k: {number}\n").value["k"] == number
    ((place, problem),) = told(text)
    assert place.startswith(f"2: {number[:3]}")
    assert problem == "this number is too long; if it is a code, put it in quotes"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!!int '12'", 12),
        ('!!int "0x1F"', 31),
        ("!!float 3", 3.0),
        ("!!float 1e2", 100.0),
        ("!!bool True", True),
        ("!!null ''", None),
        ("!!str", ""),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("! yes", "yes"),
        ("!<tag:yaml.org,2002:int> 7", 7),
        ("!!map {a: 1}", {"a": 1}),
        ("!!seq [a]", ["a"]),
    ],
)
def test_tags_of_the_core_schema(text: str, expected: Any) -> None:
    assert same(value(f"k: {text}\n")["k"], expected)


@pytest.mark.parametrize(
    ("text", "tag", "problem"),
    [
        ("!Ref x", "!Ref", "the tag !Ref is not supported"),
        ("!!binary aGk=", "!!binary", "the tag !!binary is not supported"),
        ("!!timestamp 2026-06-30", "!!timestamp", "the tag !!timestamp is not supported"),
        ("!!set {a}", "!!set", "the tag !!set is not supported"),
        ("!<tag:example.org,2026:x> y", "!<tag:example.org,2026:x>", "the tag tag:example.org"),
        ("!!int x", "!!int", "the tag !!int requires a whole number, but “x” is not"),
        ("!!int 1.5", "!!int", "the tag !!int requires a whole number"),
        ("!!bool yes", "!!bool", "the tag !!bool requires true or false"),
        ("!!map x", "!!map", "the tag !!map does not fit the value after it"),
        ("!!str {a: b}", "!!str", "the tag !!str does not fit the value after it"),
        ("&a !x y", "!x", "the tag !x is not supported"),
    ],
)
def test_other_tags_are_reported_and_the_value_is_kept(text: str, tag: str, problem: str) -> None:
    ((place, said),) = told(f"{HEAD}k: {text}\nl: 1\n")
    assert place == f"2: {tag}"
    assert said.startswith(problem)
    assert value(f"k: {text}\nl: 1\n")["l"] == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("k: |\n  a\n    b\n\n  c\n", "a\n  b\n\nc\n"),
        ("k: |-\n  a\n\n", "a"),
        ("k: |+\n  a\n\n", "a\n\n"),
        ("k: >\n  a\n  b\n\n  c\n", "a b\nc\n"),
        ("k: |2\n    a\n", "  a\n"),
        ("k: |\n  a", "a"),
        ("k: a\n  b\n\n  c\n", "a b\nc"),
        ('k: "a\n  b\\n\\u00e9 \\\n  c"\n', "a b\né c"),
        ("k: 'a\n\n  it''s'\n", "a\nit's"),
        ('k: "\\U0001F600\\x41\\/"\n', "😀A/"),
        ("k: a # b\n", "a"),
        ("k: a#b\n", "a#b"),
        ("k: http://a.b/c?d=e&f=g#h\n", "http://a.b/c?d=e&f=g#h"),
        ("k: a\u2028b\u2029c\u0085d\n", "a\u2028b\u2029c\u0085d"),
        ("k: 'no\u0085d'\nl: no\n", "no\u0085d"),
        ("k: |\r\n  a\r\n  b\r\n", "a\nb\n"),
        ('k: "a\r\n  b"\r\n', "a b"),
        ("k:\tb\n", "b"),
    ],
)
def test_text_of_several_lines_and_strange_characters(body: str, expected: str) -> None:
    assert value(body)["k"] == expected
