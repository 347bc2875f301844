"""Rules about the workspace, where there is nothing in it."""

from __future__ import annotations

import json

from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import load
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
LOADED = load(rules=[Source("rules/workspace-without-capability.yaml", json.dumps(RULE).encode())])


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
