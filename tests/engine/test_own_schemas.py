"""An organisation's own schema files: a kind, an extension, and what is told of a wrong one."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from bizalign_lint.core.errors import SchemaError
from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import Loaded, load
from tests.workspace import findings

KIND = textwrap.dedent("""\
    $schema: https://json-schema.org/draft/2020-12/schema
    $id: urn:acme:DataProduct
    title: Data product
    description: Data that is offered like a product.
    x-kind: {perspective: technology}
    type: object
    required: [apiVersion, kind, metadata, spec]
    additionalProperties: false
    properties:
      apiVersion: {$ref: "urn:bizalign:v1:common#/$defs/apiVersion"}
      kind: {const: DataProduct, description: The kind.}
      metadata: {$ref: "urn:bizalign:v1:common#/$defs/metadata"}
      spec:
        type: object
        description: What it is.
        additionalProperties: false
        properties:
          servedBy:
            description: The application that serves it.
            $ref: "urn:bizalign:v1:common#/$defs/reference"
            x-relation: {to: [Application], inverse: dataProducts}
          lifecycle:
            description: When each phase begins.
            $ref: "urn:bizalign:v1:common#/$defs/lifecycle"
        x-derived:
          phase: {description: The phase., type: string, phaseOf: lifecycle}
    """)
REFERENCE = '$ref: "urn:bizalign:v1:common#/$defs/reference"'
META = '{$ref: "urn:bizalign:v1:common#/$defs/metadata"'
RELATION = "type: string, x-relation: {to: [Aplication], inverse: data}}"
EXTENSION = textwrap.dedent("""\
    x-extends: Application
    properties:
      spec:
        properties:
          dataOwner: {description: Who answers for the data., type: string}
        x-derived:
          weight:
            description: Fit times fit.
            type: number
            productOf: [functionalFit, technicalFit]
    """)
RULE = """\
id: HSE101
guideline: scope-alignment
severity: warning
summary: An application serves a data product that is gone.
rationale: What nobody uses should not be served.
target: Application
where: {path: weight, minInclusive: 6, minCount: 1}
path: dataProducts/phase
in: [plan, phaseIn, active]
message: "{title} ({dataOwner}) serves what is in {value}"
help: Stop serving it.
"""
MODEL = """
    apiVersion: bizalign/v1
    kind: DataProduct
    metadata: {name: prices}
    spec: {servedBy: hub, lifecycle: {active: 2020-01-01, phaseOut: 2026-01-01}}
    ---
    apiVersion: bizalign/v1
    kind: Application
    metadata: {name: hub}
    spec: {dataOwner: Sales, functionalFit: 2, technicalFit: 3}
    """


def load_own(*schemas: str) -> Loaded:
    return load(
        [Source(f"schemas/{n}.yaml", text.encode()) for n, text in enumerate(schemas)],
        [Source("rules/own.yaml", RULE.encode())] if schemas == (KIND, EXTENSION) else [],
    )


def test_a_kind_an_extension_and_a_rule_of_ones_own() -> None:
    loaded = load_own(KIND, EXTENSION)
    assert findings(MODEL, "HSE", loaded=loaded) == [
        "model.yaml:9:18 HSE101 hub (Sales) serves what is in phaseOut"
    ]
    wrong = MODEL.replace("servedBy: hub", "servedBy: hubb").replace("dataOwner: Sales", "fit: 2")
    assert [t.split()[1] for t in findings(wrong, "MOD107", "MOD109", loaded=loaded)] == [
        "MOD109",
        "MOD107",
    ]


@pytest.mark.parametrize(
    ("base", "old", "new", "line", "message"),
    [
        (KIND, "x-kind: {perspective: technology}", "x-kind: {perspective: data}", 5, "one of"),
        (
            KIND,
            "to: [Application]",
            "to: [Aplication]",
            21,
            "kind; did you mean Application?",
        ),
        (
            KIND,
            "inverse: dataProducts",
            "inverse: owner",
            21,
            "has owner, as a property",
        ),
        (KIND, "inverse: dataProducts", "inverse: costs", 21, "as the inverse of costObject"),
        (
            KIND,
            "additionalProperties: false",
            "additionalProperties: true",
            8,
            "must be false, not",
        ),
        (KIND, "$id: urn:", "$id: urx:", 2, "is not a valid identifier of a kind: use urn:"),
        (KIND, REFERENCE, "type: array", 18, "items is missing"),
        (KIND, "phaseOf: lifecycle", "phaseOf: lifecycl", 26, "did you mean lifecycle?"),
        (KIND, "$defs/lifecycle", "$defs/lifecykle", 24, "refers to a schema that does not exist"),
        (KIND, "urn:acme:DataProduct", "urn:bizalign:v1:Risk", 2, "is already used by"),
        (KIND, "const: DataProduct", "const: Risk", 11, "extend it with x-extends: Risk"),
        (
            KIND,
            "const: DataProduct",
            "const: Data product",
            11,
            "is not a valid name of a kind: use one word",
        ),
        (KIND, "    description: What it is.\n", "", 13, "description is missing"),
        (KIND, "title: Data product", "titel: Data product", 3, "did you mean title?"),
        (KIND, "kind: {const", "kind: [const", 11, "for the ["),
        (KIND, META, META + ', allOf: [{$ref: "file:///x"}]', 12, "unknown key allOf"),
        (KIND, 'defs/apiVersion"', 'defs/apiVersion", if: {}', 10, "unknown key if"),
        (KIND, REFERENCE, "$ref: file:///x#/a", 20, "is not a shape of a schema that was read"),
        (
            KIND,
            REFERENCE,
            "$ref: http://[::1]/x#/a",
            20,
            "is not a shape of a schema that was read",
        ),
        (
            KIND,
            REFERENCE,
            '$ref: "urn:acme:gone#/a"',
            20,
            "urn:acme:gone#/a refers to a schema that does not exist",
        ),
        (
            KIND,
            REFERENCE,
            '$ref: "#/$defs/gone"',
            20,
            "#/$defs/gone refers to a schema that does not exist",
        ),
        (
            EXTENSION,
            "type: string}",
            'type: object, additionalProperties: {$ref: "urn:acme:gone#/a"}}',
            5,
            "urn:acme:gone#/a refers to a schema that does not exist",
        ),
        (EXTENSION, "type: string}", RELATION, 5, "Aplication, which is not a kind"),
        (EXTENSION, "type: string}", 'type: string, pattern: "["}', 5, "'[' is not a regular"),
        (EXTENSION, "type: string}", 'type: string, pattern: "(?=a)b"}', 5, "supported"),
        (EXTENSION, "type: string}", "type: string, maxLength: 1.5}", 5, "must be a whole number"),
        (
            EXTENSION,
            "productOf: [functionalFit, technicalFit]",
            "phaseOf: functionalFit",
            10,
            "functionalFit has no ordered dates",
        ),
        (KIND, "kind: {const: DataProduct, description: The kind.}", "kind: true", 11, "a mapping"),
        (EXTENSION, "Application", "Aplication", 1, "did you mean Application?"),
        (EXTENSION, "[functionalFit,", "[functionalfit,", 10, "did you mean functionalFit?"),
        (
            EXTENSION,
            "functionalFit",
            "lifecycle/active/day",
            10,
            "active has no properties, so it cannot have day",
        ),
    ],
)
def test_what_is_wrong_is_reported_with_its_place(
    base: str, old: str, new: str, line: int, message: str
) -> None:
    assert old in base
    with pytest.raises(SchemaError) as raised:
        load_own(base.replace(old, new))
    assert message in raised.value.message
    assert raised.value.location is not None
    assert raised.value.location.path == "schemas/0.yaml"
    assert raised.value.location.span.line == line


@pytest.mark.parametrize("letter", "aA")
def test_a_pattern_takes_no_time_that_grows_with_the_text(letter: str) -> None:
    """Neither where a value is checked, nor where it is asked what was meant: in capitals, say."""
    pattern = f'type: string, pattern: "^({letter}+)+$"}}'
    loaded = load_own(EXTENSION.replace("type: string}", pattern))
    model = """
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: a, title: A}
        spec: {dataOwner: %s!}
        """
    for length in (40, 5000):
        found = findings(model % ("a" * length), "MOD106", loaded=loaded)
        assert len(found) == 1
        assert "does not have the form" in found[0]


def test_all_that_is_wrong_is_reported_at_once() -> None:
    wrong = EXTENSION.replace("properties:\n    spec", "propertis:\n    spec") + "x-extend: A\n"
    wrong = wrong.replace("type: string}", "type: text, minLength: -1}")
    with pytest.raises(SchemaError) as raised:
        load_own(wrong)
    errors = (raised.value, *raised.value.others)
    assert [error.location and error.location.span.line for error in errors] == [5, 5, 11]


def test_no_file_is_fetched_from_where_no_schema_is_expected(tmp_path: Path) -> None:
    """A default may hold anything, and be referred to as if it were a schema."""
    secret = tmp_path / "secret.json"
    secret.write_text('{"token": {"type": "string"}}')
    extension = f"""\
x-extends: Application
properties:
  spec:
    properties:
      one:
        description: One.
        type: object
        default: {{items: {{$ref: "{secret.as_uri()}#/token"}}}}
      two: {{description: Two., $ref: "#/properties/spec/properties/one/default"}}
"""
    with pytest.raises(SchemaError) as raised:
        load_own(extension)
    assert "refers to a schema that was not read" in raised.value.message


def test_an_extension_may_ask_for_more_and_takes_nothing_back() -> None:
    extension = """\
x-extends: Cost
properties:
  spec:
    required: [reason]
    properties:
      reason: {description: Why., type: string}
      spendType: {description: What it is spent for., type: string}
"""
    loaded = load([Source("schemas/own.yaml", extension.encode())])
    model = """
        apiVersion: bizalign/v1
        kind: Cost
        metadata: {name: hub}
        spec: {spendType: fun}
        """
    said = [line.partition("MOD106 ")[2] for line in findings(model, "MOD106", loaded=loaded)]
    assert sorted(line.partition(" must")[0] for line in said) == [
        "amount is missing",
        "currency is missing",
        "reason is missing",
        "spendType",
    ]
    (cost,) = (kind for kind in loaded.ontology.kinds.values() if kind.name == "Cost")
    assert cost.type.properties["spendType"].description == "What it is spent for."


LOOP = """
$defs:
  box:
    type: object
    description: A box.
    additionalProperties: false
    properties: {inner: {description: What is in it., $ref: "#/$defs/box"}}
"""
NESTED = """
      parts:
        description: What it is made of.
        type: array
        items:
          type: object
          description: A part.
          additionalProperties: false
          required: [name]
          properties: {name: {description: Its name., type: string}}
        x-nested: {kind: %s, parent: holder}
"""
LINK = f"      a: {{description: %s., {REFERENCE},\n        x-relation: {{to: %s}}}}"
LINKS = """\
      a: {description: A., type: array, items: {description: I., %s},
        x-relation: {to: [Capability], inverse: as, entries: %s}}
"""
BLOCK = f"""$ref: "urn:bizalign:v1:common#/$defs/referenceOrBlock", type: [string, object],
        required: [b], additionalProperties: false, properties:
        {{b: {{description: B., {REFERENCE}, x-relation: {{to: [Capability], inverse: bs}}}}}}"""
ALIASES = """\
      a: {description: A., type: string, enum: [up, down],
        x-enum-descriptions: {up: U., down: D.}, x-value-aliases: {high: upp}}
"""
SUPPRESSES = "x-suppresses: {rules: gone, targets: gone, until: gone, reason: gone}\n"


@pytest.mark.parametrize(
    ("properties", "more", "line", "message"),
    [
        ('      a: {description: A., $ref: "#/$defs/box"}', LOOP, 5, "box contains itself"),
        (
            '      a: {description: A., type: array, items: {$ref: "#/$defs/box"}}',
            LOOP,
            5,
            "box contains itself",
        ),
        (
            ALIASES,
            "",
            6,
            "a has no value upp; did you mean up?",
        ),
        (NESTED % "Capability", "", 15, "there is a kind Capability already"),
        (NESTED % "Workspace", "", 15, "there is a kind Workspace already"),
        ("      a: {description: A., type: string}", SUPPRESSES, 6, "unknown property gone"),
        (
            LINK % ("Gone", '["G\\x6fne"], inverse: as'),
            "# Gone\n",
            6,
            "a refers to Gone, which is not a kind",
        ),
        (LINKS % (BLOCK, "hosting"), "", 8, "hosting is already a property beside a"),
        (LINKS % (REFERENCE, "parts"), "", 6, "the items of a must be objects with a reference"),
        (
            LINK % ("A", "[Capability, Risk], inverse: as, default: Application"),
            "",
            6,
            "cannot refer to an Application",
        ),
        (
            "      lifecycle: {description: W, type: array, items: {description: I, type: string}}",
            "",
            1,
            "lifecycle has no properties, so it cannot have ",
        ),
    ],
)
def test_what_is_wrong_with_an_extension_is_reported_in_it(
    properties: str, more: str, line: int, message: str
) -> None:
    head = "x-extends: Application\nproperties:\n  spec:\n    properties:\n"
    with pytest.raises(SchemaError) as raised:
        load_own(f"{head}{properties}\n{more}")
    assert message in raised.value.message
    assert raised.value.location is not None
    assert (raised.value.location.path, raised.value.location.span.line) == ("schemas/0.yaml", line)


def test_an_extension_adds_its_annotations_to_the_kind() -> None:
    extension = "x-aliases: [Tool]\nx-changes: {successor: heir}\n" + EXTENSION.replace(
        "dataOwner", "heir"
    )
    kind = load_own(extension).ontology.kinds["Application"]
    assert kind.changes.successor == "heir"
    assert kind.changes.ends, "what the kind says itself stays"
    model = """
        apiVersion: bizalign/v1
        kind: Tool
        metadata: {name: a, title: A}
        """
    (line,) = findings(model, "MOD105", loaded=load_own(extension))
    assert "Application" in line
