"""Where rules about the workspace report, as the workspace has no place of its own."""

from __future__ import annotations

import json
from typing import Any

from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import Loaded, load
from tests.workspace import findings

RULE = {
    "id": "ZZZ101",
    "guideline": "model",
    "severity": "warning",
    "summary": "There is no capability.",
    "rationale": "Everything hangs on them.",
    "target": "Workspace",
    "path": "Capability",
    "minCount": 1,
    "message": "There is no capability",
    "help": "Write one.",
}


def _load(**more: Any) -> Loaded:
    text = json.dumps({**RULE, **more})
    return load(rules=[Source("rules/workspace-without-capability.yaml", text.encode())])


LOADED = _load()


def test_a_rule_without_evidence_needs_a_place() -> None:
    """Nothing that can be understood: the flaws have been told, and nothing else can be."""
    misspelt = "apiVersion: bizalign/v1\nkind: Capabilty\nmetadata: {name: sell}\n"
    assert findings(misspelt, "ZZZ101", loaded=LOADED) == []
    assert findings("other: yaml\n", "ZZZ101", loaded=LOADED) == []


def test_it_is_at_the_first_definition() -> None:
    strategy = "apiVersion: bizalign/v1\nkind: Strategy\nmetadata: {name: grow}\nspec: {}\n"
    assert findings(strategy, "ZZZ101", loaded=LOADED) == [
        "model.yaml:3:18 ZZZ101 There is no capability"
    ]


def test_it_is_at_the_first_definition_among_its_evidence() -> None:
    model = (
        "apiVersion: bizalign/v1\nkind: Strategy\nmetadata: {name: grow, title: Grow}\nspec: {}\n"
        "---\napiVersion: bizalign/v1\nkind: Objective\nmetadata: {name: more}\nspec: {}\n"
    )
    for evidence, line in ((["Strategy/title"], 8), (["Strategy/title", "Strategy"], 3)):
        loaded = _load(evidence=evidence)
        assert findings(model, "ZZZ101", loaded=loaded) == [
            f"model.yaml:{line}:18 ZZZ101 There is no capability"
        ]
