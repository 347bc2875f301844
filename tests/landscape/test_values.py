"""Values of records, as far as they can be what a property takes; else they stay as written."""

from __future__ import annotations

from typing import Any

import pytest

from bizalign_lint.mapping.values import cast, match_name


@pytest.mark.parametrize(
    ("raw", "datatype", "value"),
    [
        (16, "string", "16"),
        (16.0, "string", "16"),
        (16.5, "string", "16.5"),
        (True, "string", "true"),
        (False, "string", "false"),
        ([1], "string", [1]),
        ("2026-06-30T12:00:00Z", "date", "2026-06-30"),
        (" 2026-06-30 12:00 ", "date", "2026-06-30"),
        ("June", "date", "June"),
        (20260630, "date", "20260630"),
        (2.0, "integer", 2),
        (2.5, "integer", 2.5),
        (float("inf"), "integer", float("inf")),
        ("1,200", "integer", 1200),
        ("1 200", "integer", 1200),
        ("1.5", "integer", "1.5"),
        ("1,200.50", "number", 1200.5),
        (2.0, "number", 2.0),
        ("inf", "number", "inf"),
        ("NaN", "number", "NaN"),
        ("1e999", "number", "1e999"),
        ("9" * 400, "number", "9" * 400),
        ("9" * 400, "integer", "9" * 400),
        ("9" * 5000, "integer", "9" * 5000),
        ("", "number", ""),
        ("Yes", "boolean", True),
        ("no", "boolean", False),
        ("maybe", "boolean", "maybe"),
        ("x", "object", "x"),
    ],
)
def test_a_value_of_a_datatype(raw: Any, datatype: str, value: Any) -> None:
    found = cast(raw, datatype, ".")
    assert (type(found), found) == (type(value), value)


def test_a_decimal_comma() -> None:
    assert cast("1.200,50", "number", ",") == 1200.5


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("postgres-16", "postgres-16"),
        ("oracle", "oracle-19"),
        ("postgres", None),
        ("oracle-19-as-we-know-it", "oracle-19"),
        ("the-oracle-19-of-ours", "oracle-19"),
        ("kafka", None),
    ],
)
def test_a_name_that_is_shortened_or_extended(text: str, name: str | None) -> None:
    assert match_name(text, ["postgres-15", "postgres-16", "oracle-19"]) == name
