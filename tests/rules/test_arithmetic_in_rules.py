"""What rules compute with (docs/rule-language.md): one number each side, or nothing is computed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import Loaded, load
from tests.workspace import findings


def _load(target: str, path: Any) -> Loaded:
    rule = {
        "id": "ZZZ101",
        "guideline": "model",
        "severity": "warning",
        "summary": "Something about targets.",
        "rationale": "Only a test.",
        "target": target,
        "property": [{"path": path, "minInclusive": 10}],
        "message": "{title}",
        "help": "None.",
    }
    return load(rules=[Source("rules/targets.yaml", json.dumps(rule).encode())])


def _found(loaded: Loaded, *targets: int) -> int:
    results = [{"name": f"r{i}", "target": target} for i, target in enumerate(targets)]
    definition = {
        "apiVersion": "bizalign/v1",
        "kind": "Objective",
        "metadata": {"name": "o"},
        "spec": {"keyResults": results},
    }
    return len(findings(json.dumps(definition), "ZZZ101", loaded=loaded))


@pytest.mark.parametrize(
    ("path", "below", "above"),
    [
        ({"difference": ["keyResults/target", 1]}, 10, 11),
        ({"distance": [20, "keyResults/target"]}, 11, 10),
        ({"percent": ["keyResults/target", 50]}, 4, 5),
    ],
)
def test_of_several_there_is_none_to_compute_with(path: Any, below: int, above: int) -> None:
    loaded = _load("Objective", path)
    assert _found(loaded, below) == 1
    assert _found(loaded, above) == 0
    assert _found(loaded) == 0
    assert _found(loaded, below, below - 1) == 0


def test_a_value_of_the_node_itself() -> None:
    loaded = _load("KeyResult", {"difference": ["target", 1]})
    assert _found(loaded, 10, 11, 3) == 2
