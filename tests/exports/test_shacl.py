"""What ``export shacl`` writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, SH, XSD, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral

from bizalign_lint.cli.edge import run
from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import Loaded, load
from bizalign_lint.engine.model import read_model
from bizalign_lint.exporters.comparands import NotExpressible
from bizalign_lint.exporters.paths import Predicates
from bizalign_lint.exporters.patterns import portable
from bizalign_lint.exporters.rdf import Exporter
from bizalign_lint.exporters.shacl import export, expressible
from bizalign_lint.exporters.turtle import Iri, Literal, Writer
from bizalign_lint.exporters.vocabulary import KIND, MODEL, PREFIXES, PROPERTY, RULE, literal, node
from bizalign_lint.rules.language.paths import parse
from tests.workspace import DAY, shipped, sources

P = PROPERTY


def _read(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


def _data(text: str) -> Graph:
    """A model, written and read again."""
    exporter = Exporter(
        read_model(shipped(), sources(text)).graph, shipped().ontology, DAY.isoformat()
    )
    writer = Writer(PREFIXES)
    return _read("".join([*writer.head(), *(writer.subject(*s) for s in exporter.subjects())]))


def _objects(graph: Graph, subject: str, predicate: str) -> list[Any]:
    return sorted(graph.objects(URIRef(f"{MODEL}{subject}"), URIRef(f"{P}{predicate}")))


# ---------------------------------------------------------------------------- terms


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_comes_back_as_it_was(text: str) -> None:
    writer = Writer({})
    written = writer.subject(Iri("urn:s"), [(Iri("urn:p"), Literal(text))])
    (found,) = _read(written).objects()
    assert str(found) == text


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back_as_they_were(number: float) -> None:
    written = Writer({}).subject(Iri("urn:s"), [(Iri("urn:p"), literal(number, "number"))])
    (found,) = _read(written).objects()
    assert isinstance(found, RdfLiteral)
    assert found.datatype in (XSD.integer, XSD.decimal)
    assert float(Decimal(str(found))) == float(number)


@given(st.integers(-(10**15), 10**15))
def test_equal_numbers_are_one_term(number: int) -> None:
    assert literal(number, "number") == literal(float(number), "integer")


def test_booleans_and_dates_and_what_knows_no_better() -> None:
    assert literal(True, "boolean").text == "true"
    assert literal("2026-06-30", "date").datatype == str(XSD.date)
    assert literal("2026-06-30", "string").datatype == str(XSD.string)
    assert literal({"b": 1, "a": 2}, "object") == Literal('{"a": 2, "b": 1}', f"{RDF}JSON")
    assert literal(float("inf"), "number") == Literal("INF", str(XSD.double))


def test_names_are_percent_encoded() -> None:
    iri = node(MODEL, "KeyResult", "default", "Ünlikely name#part <1>")
    assert iri.value == f"{MODEL}KeyResult/default/%C3%9Cnlikely%20name#part%20%3C1%3E"


# ---------------------------------------------------------------------------- the model

MODEL_TEXT = """
    apiVersion: bizalign/v1
    kind: Capability
    metadata: {name: sell, namespace: shop}
    spec: {maturity: {current: 2, target: 4}}
    ---
    apiVersion: bizalign/v1
    kind: Application
    metadata: {name: till, tags: [core, old]}
    spec:
      lifecycle: {active: "2020-01-01", endOfLife: "2026-06-30"}
      allocations:
        - {to: shop/sell, share: 50}
        - {to: shop/sell, share: 50.0}
    ---
    apiVersion: bizalign/v1
    kind: Objective
    metadata: {name: grow}
    spec: {keyResults: [{name: share}]}
    """


def test_objects_without_a_name_stay_apart_and_equal_values_do_not() -> None:
    graph = _data(MODEL_TEXT)
    parts = _objects(graph, "Application/default/till", "allocations")
    assert len(parts) == 2
    assert all(isinstance(part, BNode) for part in parts)
    shares = {share for part in parts for share in graph.objects(part, URIRef(f"{P}share"))}
    assert [str(share) for share in shares] == ["50"]


def test_derived_values_and_ways_back_are_there() -> None:
    graph = _data(MODEL_TEXT)
    assert list(map(str, _objects(graph, "Application/default/till", "phase"))) == ["endOfLife"]
    assert list(map(str, _objects(graph, "Capability/shop/sell", "maturityGap"))) == ["2"]
    back = URIRef("urn:bizalign:v1:inverse:chargingApplications")
    sell, till = (
        URIRef(f"{MODEL}{n}") for n in ("Capability/shop/sell", "Application/default/till")
    )
    assert list(graph.objects(sell, back)) == [till]
    key_result = URIRef(f"{MODEL}KeyResult/default/grow#share")
    holder = URIRef("urn:bizalign:v1:inverse:objective")
    assert list(graph.objects(key_result, holder)) == [URIRef(f"{MODEL}Objective/default/grow")]


def test_the_workspace_leads_to_every_node_of_a_kind() -> None:
    graph = _data(MODEL_TEXT)
    workspace = URIRef(f"{MODEL}Workspace")
    assert (workspace, RDF.type, URIRef(f"{KIND}Workspace")) in graph
    for kind in ("Capability", "Application", "Objective", "KeyResult"):
        nodes = set(graph.objects(workspace, URIRef(f"{P}{kind}")))
        assert nodes == set(graph.subjects(RDF.type, URIRef(f"{KIND}{kind}")))
        assert nodes


# ---------------------------------------------------------------------------- the rules


def test_patterns_are_those_of_sparql_or_are_refused() -> None:
    assert portable(r"^(?:a|b[(?]\()\s") == r"^(a|b[(?]\()\s"
    for pattern in (r"(?=a)b", r"(?P<x>a)", r"\bword", r"(a)\1", r"a\Z"):
        with pytest.raises(NotExpressible, match="SPARQL"):
            portable(pattern)


def test_a_step_that_the_data_does_not_have_is_refused() -> None:
    with pytest.raises(NotExpressible, match="no property or inverse named previous"):
        Predicates.of(shipped().ontology).path(parse("previous/status"))


def _loaded(shape: dict[str, Any]) -> Loaded:
    rule = {
        "id": "ZZZ101",
        "guideline": "model",
        "severity": "info",
        "summary": "Something.",
        "rationale": "A test.",
        "message": "x",
        "help": "None.",
        **shape,
    }
    return load(rules=[Source("rules/something.yaml", json.dumps(rule).encode())])


def _reason(**shape: Any) -> str | None:
    loaded = _loaded(shape)
    return expressible(loaded.rules.rules["ZZZ101"], loaded.ontology)


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ({"path": "supports", "minCount": 3}, None),
        ({"path": "allocations/share", "minCount": 1}, None),
        ({"path": "allocations/share", "minCount": 2}, "RDF keeps equal ones only once"),
        ({"path": "allocations/share", "maxCount": 0}, None),
        ({"path": "allocations/share", "maxCount": 1}, "RDF keeps equal ones only once"),
        ({"path": "functionalFit", "maxCount": 1}, None),
        ({"path": {"sum": "allocations/share"}, "minInclusive": 1}, "it needs sum"),
        ({"path": {"count": "supports"}, "maxExclusive": 0}, "less than no values"),
        ({"path": "supports|functionalFit", "minInclusive": 1}, "may not be comparable"),
        ({"path": "phase|functionalFit", "pattern": "a"}, "may not be text"),
        ({"path": "title", "pattern": r"\bold\b"}, r"the pattern uses \\b"),
        ({"path": "lifecycle/active|title", "in": ["2026-01-01"]}, "text and dates"),
        ({"path": "functionalFit", "lessThan": "title"}, "may not be comparable"),
        ({"path": "supports", "lessThan": "components"}, "may not be comparable"),
        ({"path": "allocations", "disjoint": "supports/^to"}, "objects without a name"),
        ({"path": "title", "uniqueValueWithin": "provider"}, "uniqueValueWithin"),
        ({"path": "title", "sameValueWithin": "provider"}, "sameValueWithin"),
        ({"minCount": 1}, "minCount without a path"),
    ],
)
def test_what_shacl_core_cannot_say_is_left_out(shape: dict[str, Any], reason: str | None) -> None:
    found = _reason(target="Application", **shape)
    assert found is None if reason is None else reason.replace("\\\\", "\\") in str(found)


@pytest.mark.parametrize(
    ("count", "keyword"),
    [
        ({"count": "supports"}, "maxCount"),
        ({"distinct": "name", "nodes": "supports"}, "maxCount"),
        ({"count": "name", "nodes": "supports"}, "qualifiedMaxCount"),
    ],
)
def test_a_count_is_bounded_by_what_shacl_has_for_it(count: dict[str, str], keyword: str) -> None:
    loaded = _loaded({"target": "Application", "path": count, "maxInclusive": 2})
    shapes = export([loaded.rules.rules["ZZZ101"]], loaded.ontology, "2026-06-30", {}, {})
    writer = Writer(PREFIXES)
    graph = _read("".join([*writer.head(), *(writer.subject(*s) for s in shapes.subjects)]))
    bounds = {
        name: int(str(most))
        for name in ("maxCount", "qualifiedMaxCount")
        for most in graph.objects(None, SH[name])
    }
    assert bounds == {keyword: 2}


def test_thresholds_and_severities_are_those_in_force() -> None:
    rules = [shipped().rules.rules["SCO114"]]
    from bizalign_lint.core.types import Severity

    shapes = export(
        rules,
        shipped().ontology,
        "2026-06-30",
        {"SCO114": {"above": 7}},
        {"SCO114": Severity.ERROR},
    )
    writer = Writer(PREFIXES)
    graph = _read("".join([*writer.head(), *(writer.subject(*s) for s in shapes.subjects)]))
    shape = URIRef(f"{RULE}SCO114")
    assert graph.value(shape, SH.severity) == SH.Violation
    assert str(graph.value(shape, SH.name)) == rules[0].name
    assert str(graph.value(shape, SH.message)) == rules[0].summary
    assert 7 in {int(str(most)) for most in graph.objects(None, SH.maxCount)}


# ---------------------------------------------------------------------------- the command


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-06-30\nignore: [finance]\n")
    text = "\n".join(line.removeprefix("    ") for line in MODEL_TEXT.splitlines())
    (tmp_path / "model.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _export(*arguments: str) -> int:
    return run(["export", "shacl", *arguments])


def test_it_writes_two_files(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _export("--shapes", "shapes.ttl", "--data", "model.ttl") == 0
    out, err = capsys.readouterr()
    assert out == ""
    shapes, data = ((workspace / name).read_text("utf-8") for name in ("shapes.ttl", "model.ttl"))
    assert "rule:BAS101 a sh:NodeShape" in shapes
    assert "FIN101" not in shapes
    assert "# Left out: OUT115 initiative-ending-after-key-results: it needs max" in shapes
    written = sum(1 for _ in _read(shapes).subjects(RDF.type, SH.NodeShape))
    left_out = shapes.count("# Left out: ")
    assert err == (
        f"note: {written} of {written + left_out} rules are expressed as shapes; "
        f"{left_out} are left out, see the comments in the shapes\n"
    )
    assert (URIRef(f"{MODEL}Application/default/till"), None, None) in _read(data)


def test_two_runs_write_the_same(workspace: Path) -> None:
    def once() -> Sequence[bytes]:
        assert _export("--shapes", "shapes.ttl", "--data", "model.ttl") == 0
        return [(workspace / name).read_bytes() for name in ("shapes.ttl", "model.ttl")]

    assert once() == once()


def test_it_prints_both_where_no_file_is_named(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _export("--select", "BAS101", "--as-of", "2026-06-29") == 0
    out, err = capsys.readouterr()
    graph = _read(out)
    assert (URIRef(f"{RULE}BAS101"), RDF.type, SH.NodeShape) in graph
    assert len(list(graph.subjects(RDF.type, SH.NodeShape))) == 1
    phase = graph.value(URIRef(f"{MODEL}Application/default/till"), URIRef(f"{P}phase"))
    assert str(phase) == "active"
    assert err == "note: 1 of 1 rules are expressed as shapes\n"


def test_it_reports_what_is_not_in_the_data(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "flawed.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: x}\nspec: {tier: top}\n"
    )
    assert _export("--select", "BAS101", "--data", "model.ttl") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "the model has errors (1, see bizalign-lint check); the values with errors" in err
    assert '"top"' not in (workspace / "model.ttl").read_text("utf-8")


def test_an_unknown_rule_is_an_error(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _export("--select", "BAZ101") == 2
    assert "BAZ101" in capsys.readouterr().err


def test_the_table_of_rules_says_what_judges_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "list", "--table", "MOD1", "OUT11"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["rule", "severity", "cases", "judged", "by", "name"]
    told = {line[:6]: line for line in lines}
    assert len(told) == len(lines) > 15
    assert "  SHACL, naive  " in told["OUT110"]
    assert "  naive  " in told["OUT115"]
    assert "  naive  " in told["MOD111"]
    assert "  its cases  " in told["MOD101"]
    assert int(told["OUT110"].split()[2]) >= 4
