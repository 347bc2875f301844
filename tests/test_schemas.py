"""The shipped schemas keep to their own contract (docs/adding-a-kind.md)."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from bizalign_lint.schema.derivations import FUNCTIONS

SCHEMAS = Path(__file__).parent.parent / "schemas"
COMMON = "urn:bizalign:v1:common"
Schema = dict[str, Any]


def _load(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


KIND_FILES = {
    path.name.removesuffix(".schema.yaml"): path
    for path in sorted(SCHEMAS.glob("*/*.schema.yaml"))
    if path.parent.name not in ("languages", "meta", "vocabularies")
}
KINDS: dict[str, Schema] = {kind: _load(path) for kind, path in KIND_FILES.items()}
SHARED: Schema = _load(SCHEMAS / "common.schema.yaml")
META: Schema = _load(SCHEMAS / "meta" / "kind.schema.yaml")
VOCABULARY_META: Schema = _load(SCHEMAS / "meta" / "vocabulary.schema.yaml")
VOCABULARIES: dict[str, Any] = {
    path.stem: _load(path) for path in sorted((SCHEMAS / "vocabularies").glob("*.yaml"))
}
REGISTRY: Registry = Registry().with_resource(COMMON, Resource.from_contents(SHARED))

each_kind = pytest.mark.parametrize("kind", KINDS)


def _resolve(schema: Schema) -> Schema:
    while "$ref" in schema:
        identifier, _, name = schema["$ref"].partition("#/$defs/")
        assert identifier == COMMON, f"{schema['$ref']} is not a shared shape"
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**SHARED["$defs"][name], **beside}
    return schema


@dataclass
class Node:
    """An entity or a nested one: its properties by name, the relations that leave it."""

    properties: dict[str, Schema] = field(default_factory=dict)
    relations: list[tuple[str, Schema]] = field(default_factory=list)
    derived: set[str] = field(default_factory=set)
    parent: str = ""

    @property
    def names(self) -> set[str]:
        return {*self.properties, *self.derived, *([self.parent] if self.parent else [])}


def _objects(schema: Schema, path: str = "") -> Iterator[tuple[str, Schema, Schema]]:
    """Every property below a schema: its path, its own schema, the object that holds it."""
    for name, raw in schema.get("properties", {}).items():
        property_ = _resolve(raw)
        yield f"{path}{name}", property_, schema
        item = _resolve(property_["items"]) if "items" in property_ else property_
        yield from _objects(item, f"{path}{name}/")


def _nodes() -> dict[str, Node]:
    nodes: dict[str, Node] = defaultdict(Node)

    def read(schema: Schema, kind: str, top: bool) -> None:
        for name, raw in schema.get("properties", {}).items():
            property_ = _resolve(raw)
            item = _resolve(property_["items"]) if "items" in property_ else property_
            if top:
                nodes[kind].properties[name] = property_
            if "x-relation" in property_:
                nodes[kind].relations.append((name, property_["x-relation"]))
            if nested := property_.get("x-nested"):
                nodes[nested["kind"]].parent = nested["parent"]
                read(item, nested["kind"], True)
            else:
                read(item, kind, False)
        if top:
            nodes[kind].derived |= set(schema.get("x-derived", {}))

    for kind, schema in KINDS.items():
        read(_resolve(schema["properties"]["metadata"]), kind, True)
        read(schema["properties"]["spec"], kind, True)
    return dict(nodes)


NODES = _nodes()
NESTED = {
    property_["x-nested"]["kind"]: (kind, name)
    for kind, node in NODES.items()
    for name, property_ in node.properties.items()
    if "x-nested" in property_
}
"""Nested kind → the kind that holds it, and the property it stands in."""


def test_every_kind_of_the_design_is_there() -> None:
    assert set(NODES) == {
        *("Strategy", "BusinessModel", "ValueStream", "ValueStreamStage", "OperatingModel"),
        *("OrganizationUnit", "Person", "BusinessProcess", "Disruption", "Objective", "KeyResult"),
        *("Capability", "Application", "Interface", "DataObject"),
        *("ITComponent", "ITService", "License", "Provider", "Risk", "Control"),
        *("Decision", "TargetArchitecture", "Initiative", "Policy", "Dispensation"),
        *("Account", "CostPool", "Tower", "Cost"),
    }


@pytest.mark.parametrize(
    "schema", [SHARED, META, VOCABULARY_META, *KINDS.values()], ids=lambda s: s["$id"]
)
def test_is_json_schema(schema: Schema) -> None:
    Draft202012Validator.check_schema(schema)


@each_kind
def test_keeps_to_the_form_of_a_kind_file(kind: str) -> None:
    schema = KINDS[kind]
    assert [error.message for error in Draft202012Validator(META).iter_errors(schema)] == []
    assert schema["properties"]["kind"]["const"] == kind
    assert schema["$id"] == f"urn:bizalign:v1:{kind}"
    assert schema["x-kind"]["perspective"] == KIND_FILES[kind].parent.name


def test_shared_shapes_keep_to_the_form_of_a_property() -> None:
    validator = Draft202012Validator({"$ref": "#/$defs/property", "$defs": META["$defs"]})
    for name, schema in SHARED["$defs"].items():
        assert [f"{name}: {error.message}" for error in validator.iter_errors(schema)] == []


@pytest.mark.parametrize(
    "path", [*KIND_FILES.values(), SCHEMAS / "common.schema.yaml"], ids=lambda p: p.name
)
def test_uses_no_anchors(path: Path) -> None:
    events = yaml.parse(path.read_bytes(), yaml.CSafeLoader)
    assert all(getattr(event, "anchor", None) is None for event in events)


@each_kind
def test_has_descriptions_and_complete_enumerations(kind: str) -> None:
    for path, property_, _ in _objects(KINDS[kind]):
        if path in ("apiVersion", "kind"):
            continue
        assert property_["description"][0].isalnum(), path
        assert property_["description"].endswith("."), f"{path}: {property_['description']}"
        if "enum" in property_:
            assert list(property_["x-enum-descriptions"]) == property_["enum"], path


@pytest.mark.parametrize("kind", NODES)
def test_relations_lead_to_kinds(kind: str) -> None:
    for name, relation in NODES[kind].relations:
        assert set(relation["to"]) <= set(NODES), f"{kind}.{name}"


def test_inverse_names_are_unique_and_free() -> None:
    sources: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, node in NODES.items():
        for name, relation in node.relations:
            holder = "metadata" if name in SHARED["$defs"]["metadata"]["properties"] else kind
            for target in relation["to"]:
                sources[target, relation["inverse"]].add(f"{holder}.{name}")
    assert {key: names for key, names in sources.items() if len(names) > 1} == {}
    assert [(kind, name) for kind, name in sources if name in NODES[kind].names] == []


@each_kind
def test_names_of_metadata_and_spec_do_not_clash(kind: str) -> None:
    spec = KINDS[kind]["properties"]["spec"]
    metadata = SHARED["$defs"]["metadata"]["properties"]
    assert set(metadata).isdisjoint(spec["properties"])
    assert set(spec.get("x-derived", {})).isdisjoint({*metadata, *spec["properties"]})


def test_reserved_names_are_free() -> None:
    assert [kind for kind, node in NODES.items() if "previous" in node.names] == []


@each_kind
def test_derivations_and_orders_name_properties(kind: str) -> None:
    spec = KINDS[kind]["properties"]["spec"]
    metadata = SHARED["$defs"]["metadata"]["properties"]
    for holder in _holders(spec):
        for name in holder.get("x-order", ()):
            assert _resolve(holder["properties"][name])["format"] == "date"
        for name, derived in holder.get("x-derived", {}).items():
            function = next(key for key in derived if key.endswith("Of"))
            paths = (
                derived[function] if isinstance(derived[function], list) else [derived[function]]
            )
            # What a definition is computed from may be in either part of it.
            also = metadata if holder is spec else {}
            found = [_at({"properties": {**also, **holder["properties"]}}, path) for path in paths]
            if function == "phaseOf":
                assert derived["enum"] == found[0]["x-order"], name
            elif function == "endingOf":
                assert len(found[0]["x-order"]) >= 2
                assert set(derived.get("declaredBy", ())) <= {
                    value for schema in found[1:] for value in schema["enum"]
                }
            elif function == "nearestOf":
                assert derived.get("enum") == found[0].get("enum"), name
                assert derived["type"] == found[0]["type"], name
                assert holder["properties"][derived["along"]]["x-relation"]["inverse"]
            elif function in ("languageOf", "foldedOf"):
                assert {schema["type"] for schema in found} == {"string"}
            elif function == "totalOf":
                assert found[0]["type"] == "number"
                assert set(found[1]["enum"]) == {"month", "quarter", "year"}
                assert {"start", "end"} <= set(found[2]["properties"])
            elif function == "dateOf":
                assert found[0]["format"] == "date"
                assert found[1]["pattern"] == SHARED["$defs"]["duration"]["pattern"]
            else:
                assert {schema["type"] for schema in found} <= {"integer", "number"}, name


def test_the_functions_of_derived_properties_are_the_same_everywhere() -> None:
    """The schema of schemas allows those that there are, and the page for authors has each."""
    allowed = [name for one in META["$defs"]["derivation"]["oneOf"] for name in one["required"]]
    assert sorted(allowed) == sorted(FUNCTIONS)
    page = (SCHEMAS.parent / "docs" / "adding-a-kind.md").read_text("utf-8")
    table = page.partition("| derivation | result |")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"`(\w+Of): ", table)) == sorted(FUNCTIONS)


def _holders(schema: Schema) -> Iterator[Schema]:
    yield schema
    for raw in schema.get("properties", {}).values():
        property_ = _resolve(raw)
        yield from _holders(_resolve(property_["items"]) if "items" in property_ else property_)


def _at(schema: Schema, path: str) -> Schema:
    for step in path.split("/"):
        schema = _resolve(schema["properties"][step])
    return schema


@each_kind
def test_vocabularies_are_there(kind: str) -> None:
    for path, property_, holder in _objects(KINDS[kind]["properties"]["spec"]):
        if annotation := property_.get("x-vocabulary"):
            assert annotation["version"] in holder["properties"], path
            for name, vocabulary in VOCABULARIES.items():
                assert annotation["list"] in vocabulary["lists"], name


@pytest.mark.parametrize("name", VOCABULARIES)
def test_vocabulary_files(name: str) -> None:
    vocabulary = VOCABULARIES[name]
    validator = Draft202012Validator(VOCABULARY_META)
    assert [error.message for error in validator.iter_errors(vocabulary)] == []
    assert name == f"{vocabulary['vocabulary']}-{vocabulary['version']}"
    for terms in vocabulary["lists"].values():
        names = list(_terms(terms))
        assert len(names) == len(set(names)), [n for n in names if names.count(n) > 1]


def _terms(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        yield entry if isinstance(entry, str) else entry["term"]
        if isinstance(entry, dict):
            yield from _terms(entry.get("narrower", []))


def test_there_are_several_versions_of_the_tbm_taxonomy() -> None:
    assert {"tbm-4.0", "tbm-5.0"} <= set(VOCABULARIES)


@each_kind
def test_examples_are_valid(kind: str) -> None:
    schema = KINDS[kind]
    slow = Draft202012Validator(schema, registry=REGISTRY)
    fast = jsonschema_rs.validator_for(schema, registry=jsonschema_rs.Registry([(COMMON, SHARED)]))
    for example in schema["examples"]:
        assert [f"{error.json_path}: {error.message}" for error in slow.iter_errors(example)] == []
        assert fast.is_valid(example)


@each_kind
def test_the_first_example_shows_every_property(kind: str) -> None:
    shown = set(_paths(KINDS[kind]["examples"][0]["spec"]))
    known = {path for path, _, _ in _objects(KINDS[kind]["properties"]["spec"])}
    assert known - shown == set()


def _paths(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{path}{key}"
            yield from _paths(inner, f"{path}{key}/")
    elif isinstance(value, list):
        for item in value:
            yield from _paths(item, path)


def test_examples_together_are_a_model_without_dangling_references() -> None:
    examples = [example for schema in KINDS.values() for example in schema["examples"]]
    known = {(example["kind"], example["metadata"]["name"]) for example in examples}
    assert len(known) == len(examples)
    for example in examples:
        schema = KINDS[example["kind"]]["properties"]["spec"]
        for path, property_, _ in _objects(
            {"properties": {"metadata": SHARED["$defs"]["metadata"], "spec": schema}}
        ):
            if "x-relation" not in property_:
                continue
            for reference in _values(example, path.split("/")):
                if isinstance(reference, dict):
                    continue  # a block: the reference in it is a property by itself
                assert _names(reference, property_["x-relation"], known), f"{path}: {reference}"


def _values(value: Any, steps: list[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _values(item, steps)
    elif not steps:
        yield value
    elif isinstance(value, dict) and steps[0] in value:
        yield from _values(value[steps[0]], steps[1:])


def _names(reference: str, relation: Schema, known: set[tuple[str, str]]) -> bool:
    prefix, _, name = reference.rpartition(":")
    default = [relation["default"]] if "default" in relation else relation["to"]
    (kind,) = [prefix] if prefix else default
    assert kind in relation["to"]
    name, _, nested = name.partition("#")
    if not nested:
        return (kind, name) in known
    holder, property_ = NESTED[kind]
    return any(
        item["name"] == nested
        for example in KINDS[holder]["examples"]
        if example["metadata"]["name"] == name
        for item in example["spec"].get(property_, [])
    )


@pytest.mark.parametrize(
    ("shape", "good", "bad"),
    [
        (
            "date",
            ["2026-02-28", "2024-02-29", "2026-12-31"],
            ["2026-13-01", "2026-01-32", "2026-04-31", "2026-2-1", ""],
        ),
        (
            "duration",
            ["P6M", "P1Y", "P35D", "P1Y6M", "P2W", "P1M15D"],
            ["6M", "P", "PT5M", "P6", "P1M1Y"],
        ),
        (
            "name",
            ["crm", "order-management", "tbm-4.0", "3d-printing"],
            ["CRM", "a b", "-a", "a-", "a--b", "a/b", ""],
        ),
        (
            "reference",
            [
                "crm",
                "Application:crm",
                "retail/crm",
                "application:retail/crm",
                "grow#share",
                "KeyResult:retail/grow#share",
            ],
            ["", "CRM", ":crm", "a/b/c", "crm#", "a b", "#share"],
        ),
        ("currency", ["EUR"], ["eur", "EURO"]),
        ("percent", [0, 12.5, 100], [-1, 100.1, "5"]),
        ("fit", [1, 4], [0, 5, 2.5]),
    ],
)
def test_shared_shapes_accept_good_and_refuse_bad(
    shape: str, good: list[Any], bad: list[Any]
) -> None:
    slow = Draft202012Validator(SHARED["$defs"][shape])
    fast = jsonschema_rs.validator_for(SHARED["$defs"][shape])
    for value in good:
        assert slow.is_valid(value) and fast.is_valid(value), value
    for value in bad:
        assert not slow.is_valid(value) and not fast.is_valid(value), value


def _broken(*steps: str, value: Any) -> Schema:
    schema = copy.deepcopy(KINDS["Application"])
    target: Any = schema
    for step in steps[:-1]:
        target = target[step]
    if value is None:
        del target[steps[-1]]
    else:
        target[steps[-1]] = value
    return schema


SPEC = ("properties", "spec")


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        (_broken("x-kind", "perspective", value="it"), "'it' is not one of"),
        (_broken("description", value=None), "'description' is a required property"),
        (
            _broken(*SPEC, "additionalProperties", value=None),
            "'additionalProperties' is a required property",
        ),
        (_broken(*SPEC, "additionalProperties", value=True), "False was expected"),
        (_broken(*SPEC, "anyOf", value=[{}]), "'anyOf' was unexpected"),
        (
            _broken(*SPEC, "properties", "supports", "description", value=None),
            "'description' is a required property",
        ),
        (
            _broken(*SPEC, "properties", "supports", "x-relation", "inverse", value=None),
            "'inverse' is a required",
        ),
        (
            _broken(*SPEC, "properties", "supports", "x-relation", "invers", value="a"),
            "'invers' was unexpected",
        ),
        (
            _broken(*SPEC, "properties", "disposition", "x-enum-descriptions", value=None),
            "'x-enum-descriptions' is",
        ),
        (
            _broken(*SPEC, "properties", "Shouting", value={"type": "string", "description": "A."}),
            "does not match",
        ),
        (
            _broken(*SPEC, "properties", "fee", value={"type": ["string"], "description": "A."}),
            "is not one of",
        ),
        (_broken(*SPEC, "x-derived", "phase", "phaseOf", value=None), "is not valid under any"),
        (_broken("x-extends", value="Capability"), "False schema does not allow"),
    ],
)
def test_a_broken_kind_file_is_refused_with_the_reason(schema: Schema, message: str) -> None:
    messages = [error.message for error in Draft202012Validator(META).iter_errors(schema)]
    assert any(message in text for text in messages), messages


def test_an_extension_may_be_short() -> None:
    extension = {
        "x-extends": "Application",
        "properties": {
            "spec": {
                "properties": {
                    "dataOwner": {"type": "string", "description": "Who answers for the data."}
                }
            }
        },
    }
    assert [error.message for error in Draft202012Validator(META).iter_errors(extension)] == []
