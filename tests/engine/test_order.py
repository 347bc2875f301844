"""Dates in order, wherever a schema of one's own says that they are."""

from __future__ import annotations

import re
from functools import cache

import pytest

from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import Loaded, load
from tests.workspace import findings

from .test_own_schemas import KIND

PROPERTIES = """\
      window: &span
        description: From when to when.
        type: object
        additionalProperties: false
        x-order: [opens, closes]
        properties:
          opens: {description: d, $ref: "urn:bizalign:v1:common#/$defs/date"}
          closes: {description: d, $ref: "urn:bizalign:v1:common#/$defs/date"}
      windows:
        description: Several of them.
        type: array
        items: *span
      plan:
        description: What holds one.
        type: object
        additionalProperties: false
        properties: {inner: *span, note: {description: d, type: string}}
"""


@cache
def loaded() -> Loaded:
    kind = KIND.replace("      servedBy:\n", f"{PROPERTIES}      servedBy:\n")
    return load([Source("schemas/own.yaml", kind.encode())])


WRONG = "{opens: 2026-02-01, closes: 2026-01-01}"
RIGHT = "{opens: 2026-01-01, closes: 2026-01-01}"


@pytest.mark.parametrize(
    ("spec", "wrong"),
    [
        (f"{{window: {WRONG}}}", 1),
        (f"{{window: {RIGHT}}}", 0),
        ("{window: {closes: 2026-01-01}}", 0),
        (f"{{windows: [{RIGHT}, {WRONG}, {{}}, {WRONG}]}}", 2),
        (f"{{plan: {{inner: {WRONG}}}}}", 1),
        (f"{{plan: {{note: x, inner: {RIGHT}}}}}", 0),
        ("{plan: {}}", 0),
    ],
)
def test_dates_in_nested_values(spec: str, wrong: int) -> None:
    model = f"apiVersion: bizalign/v1\nkind: DataProduct\nmetadata: {{name: a}}\nspec: {spec}\n"
    found = findings(model, "MOD113", loaded=loaded())
    line = f"spec: {spec}"
    columns = [there.end() + 1 for there in re.finditer("opens: 2026-02-01, closes: ", line)]
    assert len(columns) == wrong
    assert [text.split(" ")[0] for text in found] == [f"model.yaml:4:{n}" for n in columns]
    assert all("2026-02-01" in text and "2026-01-01" in text for text in found)
