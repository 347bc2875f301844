"""Definitions and records in JSON: places, lists within, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizalign_lint.core.types import Source
from bizalign_lint.readers import formats
from tests.conftest import Call

APP = """\
{"apiVersion": "bizalign/v1", "kind": "Application",
 "metadata": {"name": "a", "title": "A"},
\t"spec": {"supports": ["b"], "functionalFit": 9}}
"""


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".bizalign.yaml").write_text("sources: [{read: '*.json', as: json}]\n")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (APP, ["a.json:3:24: error[MOD109]", "a.json:3:47: error[MOD106]"]),
        (f"\n[{{}}, {APP}]", ["a.json:4:24: error[MOD109]", "a.json:4:47: error[MOD106]"]),
        (APP.replace('"spec"', '"speck"'), ["a.json:3:2: error[MOD10"]),
        (APP.replace("Application", "Aplication"), ["a.json:1:39: error[MOD"]),
        (APP[:60], ["a.json:2:2: error[MOD101] this cannot be read: this is not valid JSON"]),
        ("", ["a.json:1:1: error[MOD101] this cannot be read: this is not valid JSON"]),
        ("[1]", ["a.json:1:2: error[MOD101] this cannot be read: expected an object here"]),
        ('{"a": NaN}', ["a.json:1:1: error[MOD101] this cannot be read: NaN is not valid JSON"]),
        ('{"a": 1, "a": 2}', ["error[MOD101] this cannot be read: duplicate key a in one object"]),
        ("[" * 100_000, ["error[MOD101] this cannot be read: this has more than 100 levels"]),
        ('{"a":' * 150 + "1" + "}" * 150, ["error[MOD101] this cannot be read: this has more"]),
        ('{"a": ' + "1" * 5000 + "}", ["error[MOD101]"]),
        (
            APP.encode("utf-16"),
            ["a.json:1:1: error[MOD101] this cannot be read: this is not UTF-8"],
        ),
    ],
)
def test_findings_open_the_value(text: str | bytes, found: list[str], call: Call) -> None:
    Path("a.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    code, out, err = call("check", "--select", "model", "--format", "concise")
    assert (code, err) == (1, "")
    for one in found:
        assert one in out


def test_records_in_a_list_of_a_file(call: Call) -> None:
    Path(".bizalign.yaml").write_text("sources: [{read: a.json, mapping: own.yaml}]\n")
    Path("own.yaml").write_text(
        "reader: json\noptions: {records: data.apps, type: sort, key: id}\nelements:\n"
        "  - {from: {type: app}, to: Application, set: {title: name, functionalFit: rating.fit}}\n"
    )
    value = {"data": {"apps": [{"id": "1", "sort": "app", "name": "A", "rating": {"fit": 7}}]}}
    Path("a.json").write_text(json.dumps(value, indent=1))
    _, out, _ = call("check", "--select", "MOD106", "--format", "concise")
    assert out.startswith("a.json:9:13: error[MOD106] functionalFit")
    Path("a.json").write_text("{}")
    _, out, _ = call("check", "--select", "MOD101", "--format", "concise")
    assert "this file has no data.apps" in out


def test_what_is_empty_in_a_list_is_no_value(call: Call) -> None:
    Path(".bizalign.yaml").write_text("sources: [{read: a.json, mapping: own.yaml}]\n")
    Path("own.yaml").write_text(
        "reader: json\noptions: {type: sort, key: id}\nelements:\n"
        "  - {from: {type: app}, to: Application, set: {tags: labels}}\n"
    )
    Path("a.json").write_text('{"id": "a", "sort": "app", "labels": ["x", "", null, "z"]}')
    assert "\n  tags: [x, z]\n" in call("source", "print")[1]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), VALUES, min_size=1), st.sampled_from([None, 1, "\t"]))
def test_each_value_is_found_where_it_is(value: dict[str, Any], indent: str | int | None) -> None:
    text = json.dumps(value, indent=indent)
    (record,) = formats.find("json").read(Source("a.json", text.encode()), {}).records
    for key, inner in value.items():
        if isinstance(inner, dict | list):
            continue
        span = record.locator.locate((key,), False)
        line = text.split("\n")[span.line - 1]
        assert json.loads(line[span.column - 1 : span.end_column - 1]) == inner


@pytest.mark.parametrize(
    ("pointer", "key", "at"),
    [
        (("a", "b", 1, "c"), False, "2"),
        (("a", "b", 1, "c"), True, '"c"'),
        (("a", "b", 0), False, "1"),
        (("a", "b", 0), True, "1"),
        (("a", "b"), False, '"b"'),
        (("a", "b", 1), False, '{"c": 2}'),
        (("d",), False, '"d"'),
        # What is not there is where it would be.
        (("a", "x"), False, '"a"'),
        (("a", "b", 1, "x", "y", "z"), False, '{"c": 2}'),
        (("a", "x", "y", "z"), False, '"a"'),
    ],
)
def test_a_place_is_a_plain_value_or_the_key_of_what_holds_others(
    pointer: tuple[str | int, ...], key: bool, at: str
) -> None:
    text = '{"a": {"b": [1, {"c": 2}]}, "d": []}'
    (record,) = formats.find("json").read(Source("a.json", text.encode()), {}).records
    span = record.locator.locate(pointer, key)
    assert text[span.column - 1 : span.end_column - 1] == at
