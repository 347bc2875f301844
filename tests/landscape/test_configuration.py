"""What is wrong with sources and mappings is told with its place, and stops the check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Call

MAPPING = """\
extends: backstage
elements:
  - from: {type: component}
    to: Application
    name: metadata.name
    set:
      criticality:
        field: [metadata, labels, example.com/tier]
        words: {"1": missionCritical, "2": administrativeService}
"""
CATALOG = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  labels:
    example.com/tier: {}
spec:
  type: library
"""


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def refused(call: Call, config: str, mapping: str = MAPPING) -> str:
    """What is said of a set-up that is wrong."""
    Path(".bizalign.yaml").write_text(config, "utf-8")
    Path("own.yaml").write_text(mapping, "utf-8")
    Path("catalog-info.yaml").write_text(CATALOG.replace("{}", '"1"'), "utf-8")
    code, out, err = call("check")
    assert (code, out) == (2, "")
    return err


@pytest.mark.parametrize(
    ("entry", "place", "message"),
    [
        ("{read: x, as: backstgae}", "1:25", "unknown shipped mapping backstgae"),
        ("{read: x}", "1:11", "give either as"),
        ("{read: x, as: backstage, mapping: own.yaml}", "1:11", "give either as"),
        ("{raed: x, as: backstage}", "1:12", "unknown key raed; did you mean read?"),
        ("{read: x, as: backstage, open: [Persn]}", "1:43", "unknown kind Persn"),
        ("{read: x, as: backstage, assume: {Person/x: 1}}", "1:", "Person has no property x"),
        (
            "{read: x, as: backstage, assume: {Application/lifecycle.phase: b}}",
            "1:",
            "b is not a value",
        ),
        ("{read: x, mapping: none.yaml}", "1:30", "no such file or folder: none.yaml"),
        (
            "{read: x, as: technologies, columns: {produkt: Produkt}}",
            "1:49",
            "unknown column produkt",
        ),
        ("{read: x, as: backstage, columns: {a: b}}", "1:46", "unknown column a"),
        ("{read: x, as: backstage, namespace: A_B}", "1:47", "is not a valid namespace"),
    ],
)
def test_a_wrong_source(entry: str, place: str, message: str, call: Call) -> None:
    said = refused(call, f"sources: [{entry}]\n")
    assert f".bizalign.yaml:{place}" in said
    assert message in said


@pytest.mark.parametrize(
    ("right", "wrong", "place", "message"),
    [
        ("backstage", "backstag", "1:10", "unknown mapping backstag"),
        ("to: Application", "to: Aplication", "4:9", "unknown kind Aplication"),
        (
            "      criticality",
            "      critcality",
            "7:7",
            "unknown property critcality of Application",
        ),
        ("missionCritical", "missionCritcal", "9:", "missionCritcal is not a value of criticality"),
        ("extends: backstage", "reader: backstgae", "1:9", "unknown reader backstgae"),
        ("extends: backstage\n", "", "1:1", "give reader"),
        ("    to: Application\n", "", "3:5", "give either to"),
        ("  - from: {type: component}", "  - form: {type: component}", "3:5", "unknown key form"),
        ("elements:", "elements: [", "", ""),
    ],
)
def test_a_wrong_mapping(right: str, wrong: str, place: str, message: str, call: Call) -> None:
    said = refused(
        call,
        "sources: [{read: catalog-info.yaml, mapping: own.yaml}]\n",
        MAPPING.replace(right, wrong),
    )
    assert f"own.yaml:{place}" in said
    assert message in said


@pytest.mark.parametrize(
    ("fill", "message"),
    [
        ("source/supports", "supports of Application cannot refer to an Application"),
        ("source/criticality", "criticality of Application cannot refer to an Application"),
        ("target/suports", "unknown relation suports of Application"),
    ],
)
def test_a_relation_fills_a_property_that_refers_to_the_kind(
    fill: str, message: str, call: Call
) -> None:
    said = refused(
        call,
        "sources: [{read: catalog-info.yaml, mapping: own.yaml}]\n",
        f"{MAPPING}relations:\n"
        f"  - {{of: x, source: Application, target: Application, fill: {fill}}}\n",
    )
    assert "own.yaml:11:61" in said
    assert message in said


@pytest.mark.parametrize("fill", ["source/parent", "target/parent"])
def test_a_relation_of_an_unknown_kind_is_wrong_once(fill: str, call: Call) -> None:
    relation = f"  - {{of: x, source: Aplication, target: Application, fill: {fill}}}\n"
    said = refused(
        call,
        "sources: [{read: catalog-info.yaml, mapping: own.yaml}]\n",
        f"{MAPPING}relations:\n{relation}",
    )
    assert "own.yaml:11:21: error: unknown kind Aplication" in said
    assert said.count("error") == 1


def test_a_mapping_of_ones_own_goes_before_the_shipped_one(call: Call) -> None:
    Path(".bizalign.yaml").write_text(
        "sources: [{read: catalog-info.yaml, mapping: own.yaml, namespace: ea,\n"
        "           assume: {Application/lifecycle.phase: active}}]\n"
    )
    Path("own.yaml").write_text(MAPPING)
    Path("catalog-info.yaml").write_text(CATALOG.replace("{}", '"1"'), "utf-8")
    code, out, err = call("source", "print", "Application:shop")
    assert (code, err) == (0, "")
    assert out == (
        "---\napiVersion: bizalign/v1\nkind: Application\nmetadata:\n  name: shop\n"
        "  namespace: ea\n  title: shop\nspec:\n  lifecycle:\n    phase: active\n"
        "  criticality: missionCritical\n"
    )


def test_a_relation_of_no_type_relates_nothing(call: Call) -> None:
    nothing = "  - {of: '', source: Application, target: Application, fill: source/parent}\n"
    Path(".bizalign.yaml").write_text("sources: [{read: '*.yaml', mapping: own.yaml}]\n", "utf-8")
    Path("own.yaml").write_text(f"{MAPPING}relations:\n{nothing}", "utf-8")
    Path("catalog-info.yaml").write_text(CATALOG.replace("{}", '"1"'), "utf-8")
    code, _, err = call("source", "list")
    assert (code, err) == (0, "")


def test_a_source_without_a_file_is_named_beside_other_definitions(call: Call) -> None:
    """Its path may be mistyped: then a whole landscape is missing."""
    Path(".bizalign.yaml").write_text("sources: [{read: catalogue.yaml, as: backstage}]\n", "utf-8")
    head = "apiVersion: bizalign/v1\nkind: Capability\n"
    own = f"{head}metadata: {{name: a, title: A}}\nspec: {{level: 1}}\n"
    Path("own.yaml").write_text(own, "utf-8")
    note = "note: catalogue.yaml, read as backstage: there is no such file\n"
    assert call("check")[2] == note
    Path("catalogue.yaml").write_text(CATALOG.replace("{}", '"1"'), "utf-8")
    assert call("check")[2] == ""


def test_without_sources_there_is_nothing_to_list(call: Call) -> None:
    Path(".bizalign.yaml").write_text("")
    code, _, err = call("source", "list")
    assert code == 3
    assert "the configuration names no sources" in err


def test_what_no_source_defines_is_reported(call: Call) -> None:
    Path(".bizalign.yaml").write_text("sources: [{read: catalog-info.yaml, as: backstage}]\n")
    Path("catalog-info.yaml").write_text(CATALOG.replace("library", "service"), "utf-8")
    code, _, err = call("source", "print", "shpo")
    assert code == 2
    assert "did you mean shop?" in err


def test_config_show_says_who_names_a_source(call: Call) -> None:
    Path(".bizalign.yaml").write_text("sources: [{read: catalog-info.yaml, as: backstage}]\n")
    _, out, _ = call("config", "show")
    assert "sources:\n  - read: catalog-info.yaml  # .bizalign.yaml:1:18\n" in out


@pytest.mark.parametrize(
    ("name", "mapping", "text"),
    [
        ("a.archimate", "archimate", "<archimate:model"),
        ("a.csv", "technologies", 'Product;Standing\n"Java;Hold\n'),
        ("a.yaml", "backstage", f"{CATALOG}---\nkind: {{\n"),
    ],
)
def test_the_list_says_what_could_not_be_read(
    name: str, mapping: str, text: str, call: Call
) -> None:
    Path(".bizalign.yaml").write_text(f"sources: [{{read: {name}, as: {mapping}}}]\n")
    Path(name).write_text(text)
    assert "MOD101" in call("check")[1]
    code, out, err = call("source", "list")
    assert (code, err) == (0, "")
    assert "  1 file could not be read in full: bizalign-lint check shows where\n" in out


def test_sources_without_a_file_are_told(call: Call) -> None:
    Path(".bizalign.yaml").write_text("sources: [{read: gone.csv, as: technologies}]\n")
    code, _, err = call("check")
    assert code == 3
    assert "bizalign-lint source list" in err
    assert "technologies: no file\n" in call("source", "list")[1]
