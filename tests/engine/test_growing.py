"""A model that grows kind by kind gains findings kind by kind: none about what it cannot know."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import pytest

from bizalign_lint.graph.references import kind_of, parse
from bizalign_lint.schema.ontology import ObjectType
from tests.faults.meridian import fresh
from tests.workspace import findings, report, shipped

ONTOLOGY = shipped().ontology
NEEDED = {"Cost": "amount: 1, currency: EUR", "Dispensation": "targets: ['Risk:a']"}
ABOUT_ITSELF = {
    "Disruption": {"DIS101"},
    "Objective": {"OUT101"},
    "Dispensation": {"MOD109", "MOD124", "MOD126", "MOD127", "MOD128"},
}
"""What is said of a definition that says no more than its name: only what it could say alone."""


@pytest.mark.parametrize("kind", ONTOLOGY.kinds)
def test_a_bare_definition_is_asked_for_nothing_else(kind: str) -> None:
    spec = NEEDED.get(kind, "")
    model = f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata: {{name: one}}\nspec: {{{spec}}}\n"
    found = {finding.rule for finding in report(model).findings}
    assert found == ABOUT_ITSELF.get(kind, set())


@pytest.mark.sampled(8)
@pytest.mark.parametrize(
    "kinds",
    [
        # A dispensation has to name what it is for.
        *((kind,) for kind in ONTOLOGY.kinds if kind != "Dispensation"),
        ("Capability", "Application"),
        ("Capability", "Objective"),
        ("Capability", "Application", "Strategy", "Objective"),
        ("Capability", "Application", "OrganizationUnit"),
        ("Disruption", "Capability", "Strategy"),
        ("Initiative", "Objective"),
        ("Application", "ITComponent", "Provider", "Dispensation", "Policy", "Initiative"),
        ("Account", "CostPool", "Tower"),
    ],
    ids="-".join,
)
def test_a_part_of_a_clean_model_is_clean(kinds: tuple[str, ...]) -> None:
    assert findings(_part(kinds)) == []


def _part(kinds: Collection[str]) -> str:
    """The definitions of the example of some kinds, without what they say of others."""
    kept = {
        type_.name
        for kind in kinds
        for type_ in (ONTOLOGY.kinds[kind].type, *ONTOLOGY.kinds[kind].nested)
    }
    left = []
    for kind in kinds:
        type_ = ONTOLOGY.kinds[kind].type
        for value in fresh().each(kind):
            sections = {part: _without(value[part], type_, kept) for part in ("metadata", "spec")}
            left.append(value | sections)
    assert {value["kind"] for value in left} == set(kinds)
    return "\n---\n".join(json.dumps(value, indent=1) for value in left)


def _without(value: dict[str, Any], type_: ObjectType, kept: Collection[str]) -> dict[str, Any]:
    """An object without references to other kinds, and without what is nothing then."""
    left = {name: _left(part, name, type_, kept) for name, part in value.items()}
    missing = {name for name in value if left[name] in (None, [], {})}
    needed = {name for name, property_ in type_.properties.items() if property_.required}
    return {} if missing & needed else {n: v for n, v in left.items() if n not in missing}


def _left(value: Any, name: str, type_: ObjectType, kept: Collection[str]) -> Any:
    if isinstance(value, list):
        items = (_left(item, name, type_, kept) for item in value)
        return [item for item in items if item not in (None, {})]
    property_ = type_.properties.get(name)
    if property_ is None:
        return value
    if property_.relation is not None:
        return value if kind_of(parse(value), property_.relation, ONTOLOGY) in kept else None
    if property_.object is not None and isinstance(value, dict):
        return _without(value, property_.object, kept)
    return value
