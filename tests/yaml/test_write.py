"""What is written reads back equal with PyYAML, ruamel.yaml and rapidyaml."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import ruamel.yaml
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bizalign_lint.parsing.yaml import fast
from bizalign_lint.parsing.yaml.write import document, flow, plain, scalar
from tests.yaml.reading import exact

AMBIGUOUS = [
    *("yes", "No", "on", "y", "n", "TRUE", "~", "null", "Null", "", "=", "<<", ".", ".."),
    *("0o14", "0x1F", "012", "09", "12:30", "190:20:30", "1e3", "1.", "+3", "1_000", "0b1", "-1"),
    *(".inf", "-.INF", ".nan", "2020-01-01", "2020-01-01T10:00:00Z", "...", "---", "--- a"),
    *("a: b", "a:", ":", "a #b", "#a", "- a", "-", "? a", "?", "a, b", "[a", "{a}", "a]", "a}"),
    *("'a", "a'b", "it's", '"', 'a"b', "a\\b", "  a", "a ", "a  b", "%a", "@a", "`a", "&a", "*a"),
    *("!a", "|", ">", "a\nb", "a\tb", "\x7f", "\x85", "\xa0a", "a\u2028b", "\ufeffa", "日本", "ÄÖ"),
    *("٣", "Application:x", "https://example.org/a?b=c#d", "a/b", "//x", "100%", "(a)", "a & b"),
]
TEXTS = st.one_of(
    st.sampled_from(AMBIGUOUS),
    st.text("ab1- :#,[]{}'\"\\?!&*|>%@`.~=_é\n\t", max_size=8),
    st.text(st.characters(codec="utf-8"), max_size=8),
)
LEAVES = st.one_of(TEXTS, st.integers(-9999, 9999), st.booleans(), st.none())
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def everybody_reads(text: str) -> list[Any]:
    """What each reader makes of a text; where the fast path leaves it, what the exact one does."""
    read = fast.read(text.encode())
    ours = read if read is not None else exact(text) or []
    return [yaml.safe_load(text), ruamel.yaml.YAML(typ="safe", pure=True).load(text), *ours]


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_a_text_stays_the_text(text: str) -> None:
    expected = {"a": text, "b": [text, {text: text}]}
    lines = f"a: {scalar(text)}\nb: {flow(expected['b'])}\n"
    assert everybody_reads(lines) == [expected] * 3
    assert everybody_reads(document(expected)) == [expected] * 3


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=3))
def test_whatever_is_written_reads_back_equal(value: dict[str, Any]) -> None:
    assert everybody_reads(document(value)) == [value] * 3
    assert everybody_reads(f"a: {flow(value)}\n") == [{"a": value}] * 3


@given(TEXTS)
def test_what_an_edit_writes_is_the_text_or_the_date_that_people_write(text: str) -> None:
    for read in everybody_reads(f"a: [{plain(text)}, {plain(text)}]\n"):
        for found in read["a"]:
            assert found == text or isinstance(found, date)


def test_lays_out_short_lists_in_one_line() -> None:
    value = {
        "kind": "Capability",
        "spec": {"items": ["a", "b"], "objects": [{"name": "x", "level": 1}], "none": [], "x": {}},
        "long": ["a long text, " * 5 + "end", "another long text, " * 3 + "end"],
        "deep": [{"name": "x", "held": {"a": 1}}],
    }
    assert document(value) == (
        "kind: Capability\n"
        "spec:\n"
        "  items: [a, b]\n"
        "  objects:\n"
        "    - {name: x, level: 1}\n"
        "  none: []\n"
        "  x: {}\n"
        "long:\n"
        f"  - {'a long text, ' * 5}end\n"
        f"  - {'another long text, ' * 3}end\n"
        "deep:\n"
        "  - name: x\n"
        "    held:\n"
        "      a: 1\n"
    )


def test_what_ends_an_entry_in_brackets_is_quoted_only_there() -> None:
    assert scalar("a, b") == "a, b"
    assert scalar("a, b", in_brackets=True) == '"a, b"'
