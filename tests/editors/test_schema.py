"""The schema for editors: says what our validator says, explains itself, leaves others in peace."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bizalign_lint.core.conditions import STRUCTURE
from bizalign_lint.core.types import Document, Source
from bizalign_lint.editors.schema import entry_schema
from bizalign_lint.editors.snippets import whole
from bizalign_lint.engine.load import Loaded, load
from bizalign_lint.parsing.documents import parse
from tests.conftest import Call
from tests.faults.generated import generated
from tests.faults.meridian import fresh
from tests.workspace import shipped

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
OWN = EXAMPLES / "own-kinds"
STRANGE: tuple[Any, ...] = (None, True, 3, 2.5, "Some text", "2026-02-30", [None], {"a": 1})


def own() -> Loaded:
    paths = sorted((OWN / "schemas").glob("*.yaml"))
    return load([Source(str(path), path.read_bytes()) for path in paths])


def validator(loaded: Loaded) -> Draft7Validator:
    schema = entry_schema(loaded.ontology)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def examples() -> list[Any]:
    """Every definition of the large example, and every example of a schema."""
    written = [
        document.value
        for path in sorted((EXAMPLES / "meridian").rglob("*.yaml"))
        for document in parse(Source(str(path), path.read_bytes())).documents
    ]
    shown = [e for kind in shipped().ontology.kinds.values() for e in kind.schema["examples"]]
    assert len(written) > 300
    return [*written, *shown]


def changed(value: Any) -> Iterator[Any]:
    """A definition with one thing in it changed, in every place and in many ways."""
    for holder, key in list(places(value)):
        before = holder[key]
        for strange in STRANGE:
            holder[key] = strange
            yield value
        holder[key] = before
        if isinstance(holder, dict):
            del holder[key]
            yield value
            holder[f"{key}s"] = before
            yield value
            del holder[f"{key}s"]
            holder[key] = before
        if isinstance(before, list) and before:
            before.append(before[0])
            yield value
            before.pop()


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in value if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


def test_accepts_every_example() -> None:
    check = validator(shipped())
    assert [value for value in examples() if not check.is_valid(value)] == []


@pytest.mark.parametrize("loaded", [shipped(), own()], ids=["shipped", "own kinds"])
def test_agrees_with_our_validator_on_every_change(loaded: Loaded) -> None:
    check = validator(loaded)
    source = Source("model.yaml", b"")
    tried = refused = 0
    for kind in loaded.ontology.kinds.values():
        for value in changed(copy.deepcopy(kind.schema["examples"][0])):
            if value.get("apiVersion") != "bizalign/v1":
                assert check.is_valid(value), "what is not ours is left in peace"
                continue
            ours = not loaded.validator.flaws(Document(source, 0, value))
            assert check.is_valid(value) == ours, value
            tried += 1
            refused += not ours
    assert tried > 5000
    assert tried * 0.5 < refused < tried * 0.99


def test_agrees_with_our_validator_on_seeded_faults() -> None:
    check = validator(shipped())
    refused = 0
    for fault in generated():
        if shipped().rules.rules[fault.rule].condition not in STRUCTURE:
            continue
        model = fresh()
        fault.make(model)
        for path in model.changed():
            for value in model.files[path]:
                if value["apiVersion"] == "bizalign/v1":
                    flaws = shipped().validator.flaws(Document(Source(path, b""), 0, value))
                    assert check.is_valid(value) == (not flaws), fault.name
                    refused += bool(flaws)
    assert refused > 50


@pytest.mark.parametrize(
    "value",
    [None, 3, "text", [], {}, {"kind": 3}, {"apiVersion": "v1", "kind": "Pod", "spec": []}],
)
def test_leaves_other_documents_in_peace(value: Any) -> None:
    assert validator(shipped()).is_valid(value)


def test_needs_nothing_but_itself() -> None:
    text = json.dumps(entry_schema(own().ontology))
    assert '"$ref"' not in text
    assert '"$id"' not in text
    assert not re.search(r'"(?:oneOf|anyOf|format|x-[a-z-]+|deprecationMessage)":', text)


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


def test_explains_every_value_of_every_enumeration() -> None:
    enumerations = [part for part in parts(entry_schema(own().ontology)) if "enum" in part]
    assert len(enumerations) > 40
    for part in enumerations:
        assert len(part["markdownEnumDescriptions"]) == len(part["enum"])
        assert all(part["markdownEnumDescriptions"])


def test_every_message_of_a_pattern_is_a_sentence() -> None:
    told = {p["patternErrorMessage"] for p in parts(entry_schema(own().ontology)) if "pattern" in p}
    assert "This is not a date; use year-month-day such as 2026-06-30." in told
    assert all(re.fullmatch(r"This [a-z].*\.", message) for message in told)


def test_shows_plain_references_in_new_definitions() -> None:
    """Though examples have blocks in their place."""
    kind = shipped().ontology.kinds["Application"]
    assert isinstance(kind.schema["examples"][0]["spec"]["supports"][0], dict)
    assert whole(kind)["spec"]["supports"] == ["${4:order-management}"]


def test_says_where_a_relation_leads() -> None:
    spec = _spec(entry_schema(own().ontology), "DataProduct")
    assert spec["properties"]["sources"]["markdownDescription"] == (
        "The applications that the data comes from.\n\n"
        "Refers to `Application`; the inverse is `dataProducts`."
    )
    assert "dataClassification" in _spec(entry_schema(own().ontology), "Application")["properties"]


def _spec(schema: dict[str, Any], kind: str) -> dict[str, Any]:
    for branch in schema["then"]["allOf"]:
        if branch["if"]["properties"]["kind"]["const"] == kind:
            found: dict[str, Any] = branch["then"]["properties"]["spec"]
            return found
    raise AssertionError(kind)


def test_follows_shapes_of_a_kind_and_marks_what_is_old() -> None:
    source = OWN / "schemas" / "DataProduct.schema.yaml"
    text = source.read_text(encoding="utf-8").replace(
        "      classification:\n",
        """\
      rank: {$ref: "#/$defs/rank", description: The rank.}
      place: {$ref: "urn:talbus:v1:DataProduct#/$defs/rank", deprecated: true}
      classification:
""",
    )
    text += "$defs: {rank: {description: A rank., type: integer, minimum: 1}}\n"
    properties = _spec(
        entry_schema(load([Source(str(source), text.encode())]).ontology), "DataProduct"
    )["properties"]
    assert properties["rank"] == {
        "type": "integer",
        "minimum": 1,
        "description": "The rank.",
        "markdownDescription": "The rank.",
        "errorMessage": "rank must be a whole number.",
    }
    assert properties["place"]["doNotSuggest"] is True
    assert properties["place"]["markdownDescription"] == "**Deprecated.**\n\nA rank."


def test_writes_to_standard_output_or_a_file(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(OWN)
    code, out, err = call("schema")
    assert (code, err) == (0, "")
    assert "DataProduct" in json.loads(out)["then"]["properties"]["kind"]["enum"]
    assert call("schema", "--output", str(tmp_path / "new" / "schema.json")) == (0, "", "")
    assert (tmp_path / "new" / "schema.json").read_text(encoding="utf-8") == out
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["schema.json"]


def test_conditions_that_the_schema_takes_over() -> None:
    assert {"schema-violation", "unknown-field", "unknown-kind"} < STRUCTURE
    assert "unknown-api-version" not in STRUCTURE, "the schema is silent about what is not ours"
