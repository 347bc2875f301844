"""A property in the section where it does not belong is a finding there, whatever its value is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import run
from tests.workspace import DAY, findings, shipped

VALUES: list[Any] = [
    *("production", "2026-01-31", "", 3, -1.5, True, None),
    *([], ["x"], [[1]], [{"name": "x"}], [None, 2]),
    *({}, {"de": "A"}, {"active": "2026-01-01"}, {"name": ["x"], "current": "x", "target": {}}),
]
OTHER = {"metadata": "spec", "spec": "metadata"}


def misplaced(kind: str) -> Iterator[dict[str, Any]]:
    """A definition for each property and each value of it, in the section that has no such one."""
    example = shipped().ontology.kinds[kind].schema["examples"][0]
    for property_ in shipped().ontology.kinds[kind].type.properties.values():
        if property_.section is None:
            continue
        for number, value in enumerate(VALUES):
            document = json.loads(json.dumps(example))
            document["metadata"]["name"] = f"{property_.name.lower()}-{number}"
            document[property_.section].pop(property_.name, None)
            document[OTHER[property_.section]][property_.name] = value
            yield document


@pytest.mark.sampled(2, 12)
@pytest.mark.parametrize("kind", shipped().ontology.kinds)
def test_is_reported_and_never_breaks_a_rule(kind: str) -> None:
    sources = [
        Source(f"{number}.yaml", json.dumps(document).encode())
        for number, document in enumerate(misplaced(kind))
    ]
    assert len(sources) >= 10 * len(VALUES)
    report = run(shipped(), sources, Settings(as_of=DAY))
    told = {f.location.path for f in report.findings if f.rule == "MOD107"}
    assert told == {source.path for source in sources}


def test_says_where_it_belongs() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: a, lifecycle: {active: 2020-01-01}}
        spec: {title: A}
        """
    assert findings(model, "MOD107") == [
        "model.yaml:4:21 MOD107 unknown property lifecycle; it belongs under spec",
        "model.yaml:5:8 MOD107 unknown property title; it belongs under metadata",
    ]
