"""JSON Schema on a node's own values, where these are lists (docs/rule-language.md)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import Loaded, load
from tests.workspace import findings


def _load(**shape: Any) -> Loaded:
    rule = {
        "id": "ZZZ101",
        "guideline": "model",
        "severity": "warning",
        "summary": "Something about lenses.",
        "rationale": "Only a test.",
        "target": "Strategy",
        "message": "{title}",
        "help": "None.",
        **shape,
    }
    return load(rules=[Source("rules/lenses.yaml", json.dumps(rule).encode())])


def _strategy(lenses: list[str] | None) -> str:
    spec = {} if lenses is None else {"lenses": lenses}
    return json.dumps(
        {"apiVersion": "bizalign/v1", "kind": "Strategy", "metadata": {"name": "s"}, "spec": spec}
    )


def _found(loaded: Loaded, lenses: list[str] | None) -> bool:
    return bool(findings(_strategy(lenses), "ZZZ101", loaded=loaded))


@pytest.mark.parametrize(
    ("shape", "broken_by", "kept_by"),
    [
        ({"required": ["lenses"]}, [None, []], [["market"]]),
        ({"properties": {"lenses": {"minItems": 1}}}, [None, []], [["market"]]),
        (
            {"properties": {"lenses": {"contains": {"const": "market"}}}},
            [None, [], ["financial"]],
            [["financial", "market"]],
        ),
        (
            {"properties": {"lenses": {"enum": ["market", "financial"]}}},
            [["market", "operating-model"]],
            [None, [], ["market"]],
        ),
        (
            {"properties": {"lenses": {"not": {"contains": {"const": "market"}}}}},
            [["financial", "market"]],
            [None, [], ["financial"]],
        ),
    ],
)
def test_what_is_said_of_lists(
    shape: dict[str, Any], broken_by: list[list[str] | None], kept_by: list[list[str] | None]
) -> None:
    loaded = _load(**shape)
    assert [lenses for lenses in broken_by if not _found(loaded, lenses)] == []
    assert [lenses for lenses in kept_by if _found(loaded, lenses)] == []


def test_how_many_items_is_nothing_to_ask_of_each_item() -> None:
    with pytest.raises(RuleError, match="minItems applies to a list"):
        _load(properties={"lenses": {"not": {"minItems": 2}}})
