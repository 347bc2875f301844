"""``export archimate``, ``backstage``, ``mermaid``, ``likec4``: their owners accept them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bizalign_lint.cli.edge import run
from bizalign_lint.core import shipped
from bizalign_lint.core.types import Source
from bizalign_lint.engine.model import read_model
from bizalign_lint.exporters import archimate, backstage
from bizalign_lint.exporters.backwards import backwards
from bizalign_lint.exporters.comparands import NotExpressible
from bizalign_lint.exporters.content import Derived, entities
from bizalign_lint.exporters.entries import Backwards, Entry, Names
from bizalign_lint.exporters.patterns import portable
from bizalign_lint.mapping.language import Rules
from bizalign_lint.mapping.read import read_rules
from bizalign_lint.rules.compiled.steps import Walker
from tests import workspace
from tests.conftest import Call
from tests.workspace import chain

from . import EXAMPLES, HOSTILE, MERIDIAN, Said, hostile, model, read_back

HERE = Path(__file__).parent
DAY = ("--as-of", "2026-06-30")
NAMES: dict[str, Callable[[Sequence[Entry]], Names]] = {
    "archimate": lambda _: archimate.Names(),
    "backstage": backstage.Names,
}
FILES = {"archimate": "model.xml", "backstage": "catalog-info.yaml"}
SPACE = "{http://www.opengroup.org/xsd/archimate/3.0/}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NODE = shutil.which("node")
SCHEMAS = Path(os.environ.get("BIZALIGN_ARCHIMATE_XSD", "/nowhere")) / "archimate3_Diagram.xsd"


@pytest.fixture(scope="module", params=NAMES)
def export(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of meridian; its folder has the format's name."""
    path: Path = tmp_path_factory.mktemp("others") / request.param / FILES[request.param]
    assert run(["export", request.param, str(MERIDIAN), "-o", str(path), *DAY]) == 0
    return path


def rules(name: str) -> Rules:
    source = shipped.mappings()[f"{name}-export"]
    return read_rules(source, name, workspace.shipped().ontology)


@cache
def made(name: str) -> Backwards:
    """The records that meridian becomes, and what is left out."""
    sources = [Source(str(p), p.read_bytes()) for p in sorted(MERIDIAN.rglob("*.yaml"))]
    graph = read_model(workspace.shipped(), sources).graph
    walker = Walker(workspace.shipped().ontology, DAY[1])
    nodes = [node for _, held in entities(graph) for node in held]
    return backwards(rules(name), nodes, NAMES[name], Derived(walker).of)


def bare(value: Any) -> Any:
    """A value whose references leave out the namespace that they need not name."""
    if isinstance(value, list):
        return sorted(map(str, map(bare, value)))
    return re.sub(r"^((?:\w+:)?)default/", r"\1", value) if isinstance(value, str) else value


def lost(ours: Said, theirs: Said) -> set[str]:
    """What is not read back as it was, as the exports call it."""
    found = set()
    for reference, said in ours.items():
        kind = reference.partition(":")[0]
        if reference not in theirs:
            found.add(f"definition of the kind {kind}")
            continue
        for way, value in said.items():
            if bare(theirs[reference].get(way)) != bare(value):
                found.add(f"{'.'.join(way[1:])} of {kind}")
    return found


def test_what_is_lost_is_what_is_said(export: Path) -> None:
    name = export.parent.name
    back = read_back(export, f"{name}-export")
    assert (back.flaws, back.dropped) == ([], {})
    ours = model(MERIDIAN)
    assert set(back.said) <= set(ours)
    assert lost(ours, back.said) == set(made(name).left_out)


def test_the_landscape_is_kept(export: Path) -> None:
    ours, theirs = model(MERIDIAN), read_back(export, f"{export.parent.name}-export").said
    for kind in ("Application", "Capability", "ITComponent", "OrganizationUnit", "Interface"):
        names = {reference for reference in ours if reference.startswith(f"{kind}:")}
        assert names == {reference for reference in theirs if reference.startswith(f"{kind}:")}
    for way in (("spec", "supports"), ("spec", "lifecycle", "active"), ("metadata", "owner")):
        kept = [r for r in theirs if bare(theirs[r].get(way)) == bare(ours[r].get(way))]
        assert len(kept) == len(theirs)


def test_what_is_left_out_is_counted(call: Call) -> None:
    _, _, err = call("export", "backstage", str(MERIDIAN), *DAY)
    first, *rest = err.splitlines()
    total = made("backstage").left_out.total()
    assert first == (
        f"note: {total} values are left out: the format has no place for them, or no target"
    )
    assert rest[0] == "  90 × definition of the kind Cost"
    counts = [int(line.split()[0].replace(",", "")) for line in rest]
    assert sum(counts) == total
    shown = "\n".join([first, *rest[:3]])
    assert shown in (MERIDIAN.parent.parent / "docs" / "exports.md").read_text("utf-8")


def test_what_a_link_says_is_said_once() -> None:
    found = made("archimate")
    assert "Realization" in {link.type for link in found.links}
    said = {name for record in found.records for name in record.fields.get("property", {})}
    assert "owner" in said
    assert not said & {"supports", "parent", "realizes"}


def test_the_same_model_gives_the_same_bytes(export: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert run(["export", export.parent.name, str(MERIDIAN), "-o", str(again), *DAY]) == 0
    assert again.read_bytes() == export.read_bytes()


def test_identities_do_not_depend_on_others(tmp_path: Path, call: Call) -> None:
    """Whoever follows an element finds it again when others come and go."""
    root = hostile(tmp_path / "ws")
    before = set(identifiers(xml(call, root)))
    text = (root / "model.yaml").read_text("utf-8")
    (root / "model.yaml").write_text(text.partition("\n---\n")[2], "utf-8")
    after = set(identifiers(xml(call, root)))
    assert after < before


@pytest.mark.parametrize("name", NAMES)
def test_titles_are_only_text(name: str, tmp_path: Path, call: Call) -> None:
    root = hostile(tmp_path / "ws")
    assert call("export", name, str(root), "-o", str(tmp_path / "out"))[0] == 0
    back = read_back(tmp_path / "out", f"{name}-export")
    assert back.flaws == []
    assert lost(model(root), back.said) == set()
    titles = Counter(said["metadata", "title"] for said in back.said.values())
    assert all(titles[title] == 2 for title in HOSTILE)


@pytest.mark.parametrize("name", NAMES)
def test_links_of_a_type_between_two_kinds_mean_one_thing(name: str) -> None:
    ends = [(one.type, one.source, one.target) for one in rules(name).relations]
    assert len(set(ends)) == len(ends)


@pytest.mark.parametrize(
    ("export", "type_", "name", "field"),
    [
        ("archimate", "ApplicationComponent", "[property, name]", "property"),
        ("archimate", "ApplicationComponent", "name", "property"),
        ("backstage", "component", "metadata.name", "metadata"),
        ("backstage", "component", "metadata.name", "metadata.name.short"),
    ],
)
def test_a_mapping_that_writes_a_value_over_fields_is_refused(
    export: str, type_: str, name: str, field: str, tmp_path: Path, call: Call
) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        f"extends: {export}-export\nelements:\n"
        f"  - {{from: {{type: {type_}}}, to: Application, name: {name}, "
        f"set: {{criticality: {field}}}}}\n"
    )
    code, out, err = call("export", export, str(MERIDIAN), *DAY, "--mapping", str(mapping))
    mixed = field.removesuffix(".short")
    assert (code, out) == (2, "")
    assert f"the mapping writes a value to {mixed}, which has fields of its own" in err
    assert f"hint: name one of them, as in {mixed}.NAME" in err


def xml(call: Call, root: Path, *options: str) -> ElementTree.Element:
    code, out, _ = call("export", "archimate", str(root), *DAY, *options)
    assert code == 0
    return ElementTree.fromstring(out)


def identifiers(tree: ElementTree.Element) -> list[str]:
    return [one.attrib["identifier"] for one in tree.iter() if "identifier" in one.attrib]


@pytest.mark.parametrize("example", ["meridian", "meridian-drift"])
def test_what_refers_finds_what_it_means(example: str, call: Call) -> None:
    tree = xml(call, EXAMPLES / example)
    known = identifiers(tree)
    assert len(set(known)) == len(known)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one, re.ASCII) for one in known)
    elements = {one.attrib["identifier"] for one in tree.iter(f"{SPACE}element")}
    for link in tree.iter(f"{SPACE}relationship"):
        assert {link.attrib["source"], link.attrib["target"]} <= elements
    defined = {one.attrib["identifier"] for one in tree.iter(f"{SPACE}propertyDefinition")}
    assert {p.attrib["propertyDefinitionRef"] for p in tree.iter(f"{SPACE}property")} == defined
    assert {n.attrib["elementRef"] for n in tree.iter(f"{SPACE}node")} <= elements


def test_the_map_draws_each_capability_within_its_parent(call: Call) -> None:
    tree = xml(call, MERIDIAN)
    drawn = [one.attrib["elementRef"] for one in tree.iter(f"{SPACE}node")]
    capabilities = [
        one.attrib["identifier"]
        for one in tree.iter(f"{SPACE}element")
        if one.attrib[TYPE] == "Capability"
    ]
    assert sorted(drawn) == sorted(capabilities)
    parents = {
        (link.attrib["source"], link.attrib["target"])
        for link in tree.iter(f"{SPACE}relationship")
        if link.attrib[TYPE] == "Composition" and link.attrib["target"] in capabilities
    }
    within = set()
    for outer in tree.iter(f"{SPACE}node"):
        inner = outer.findall(f"{SPACE}node")
        within |= {(outer.attrib["elementRef"], one.attrib["elementRef"]) for one in inner}
        for one in inner:
            assert _around(one, outer)
        assert not any(_overlap(one, two) for one in inner for two in inner if one is not two)
    assert within == parents


def _sides(node: ElementTree.Element) -> tuple[int, int, int, int]:
    x, y, w, h = (int(node.attrib[key]) for key in "xywh")
    return x, y, x + w, y + h


def _around(inner: ElementTree.Element, outer: ElementTree.Element) -> bool:
    x, y, right, bottom = _sides(inner)
    left, top, end, low = _sides(outer)
    return left < x and top < y and right < end and bottom < low


def _overlap(one: ElementTree.Element, two: ElementTree.Element) -> bool:
    x, y, right, bottom = _sides(one)
    left, top, end, low = _sides(two)
    return x < end and left < right and y < low and top < bottom


def test_a_circle_of_parents_is_drawn_beside_the_others(tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.yaml").write_text(
        "\n---\n".join(
            f"apiVersion: bizalign/v1\nkind: Capability\nmetadata: {{name: {name}}}\n"
            f"spec: {{parent: {parent}}}"
            for name, parent in (("a", "b"), ("b", "a"), ("c", "a"))
        )
    )
    assert len([*xml(call, tmp_path).iter(f"{SPACE}node")]) == 3


def test_what_is_very_deep_is_drawn_beside_the_others(tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.yaml").write_text(chain("Capability", 1_200))
    assert len([*xml(call, tmp_path).iter(f"{SPACE}node")]) == 1_200


needs_schemas = pytest.mark.skipif(
    not SCHEMAS.is_file(),
    reason="BIZALIGN_ARCHIMATE_XSD names no folder with the schemas; .ci/run fetches one",
)


@needs_schemas
@pytest.mark.parametrize("example", ["meridian", "meridian-drift", "hostile", "costs"])
def test_the_open_groups_schemas_accept_it(example: str, tmp_path: Path, call: Call) -> None:
    from lxml import etree

    root = EXAMPLES / example
    if example == "hostile":
        root = hostile(tmp_path)
    elif example == "costs":  # nothing of it is in ArchiMate
        root = tmp_path
        text = "apiVersion: bizalign/v1\nkind: Tower\nmetadata: {name: t}\nspec: {}\n"
        (root / "a.yaml").write_text(text)
    _, out, _ = call("export", "archimate", str(root), *DAY)
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS)))
    schema.assertValid(etree.fromstring(out.encode()))


needs_catalog_model = pytest.mark.skipif(
    NODE is None or not (HERE / "node_modules/@backstage/catalog-model").is_dir(),
    reason="no node, or not yet npm ci --prefix tests/exports",
)


def judged(path: Path) -> dict[str, Any]:
    """What Backstage's own validators say of a catalog file."""
    assert NODE is not None
    result = subprocess.run(
        [NODE, str(HERE / "judge.mjs"), str(path)], capture_output=True, text=True, check=True
    )
    said: dict[str, Any] = json.loads(result.stdout)
    return said


@pytest.mark.process
@needs_catalog_model
@pytest.mark.parametrize("example", ["meridian", "meridian-drift", "hostile"])
def test_backstage_accepts_every_entity(example: str, tmp_path: Path, call: Call) -> None:
    root = hostile(tmp_path / "ws") if example == "hostile" else EXAMPLES / example
    file = tmp_path / "catalog-info.yaml"
    assert call("export", "backstage", str(root), "-o", str(file), *DAY)[0] == 0
    said = judged(file)
    assert said["objections"] == []
    assert said["entities"] > 40


@pytest.mark.process
@needs_catalog_model
def test_backstage_would_object(tmp_path: Path) -> None:
    file = tmp_path / "catalog-info.yaml"
    file.write_text(
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: a}\nspec: {type: x}\n"
    )
    assert judged(file)["objections"] != []


@pytest.mark.parametrize(
    ("length", "name"), [(63, "a{63}"), (64, "a{54}-[0-9a-f]{8}"), (90, "a{54}-[0-9a-f]{8}")]
)
def test_names_are_as_long_as_backstage_lets_them_be(
    length: int, name: str, tmp_path: Path, call: Call
) -> None:
    (tmp_path / "a.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Capability\n"
        f"metadata: {{name: {'a' * length}}}\nspec: {{}}\n"
    )
    _, out, _ = call("export", "backstage", str(tmp_path))
    assert re.search(rf"^  name: {name}$", out, re.MULTILINE)


def test_names_that_backstage_would_refuse(tmp_path: Path, call: Call) -> None:
    long = "-".join(["a" * 20] * 4)
    (tmp_path / "a.yaml").write_text(
        f"apiVersion: bizalign/v1\nkind: Capability\nmetadata: {{name: {long}}}\nspec: {{}}\n---\n"
        f"apiVersion: bizalign/v1\nkind: Capability\nmetadata: {{name: b, tags: [x, a.b]}}\n"
        f"spec: {{parent: {long}}}\n"
    )
    _, out, err = call("export", "backstage", str(tmp_path))
    name = re.search(r"  name: (a.*)\n", out)
    assert name is not None and len(name[1]) == 63
    assert re.fullmatch(r"[a-]+-[0-9a-f]{8}", name[1])
    assert f"subdomainOf: {name[1]}\n" in out
    assert "  1 × name of Capability\n  1 × tags of Capability\n" in err


def test_own_mapping_says_more(tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Tower\nmetadata: {name: t, title: T}\nspec: {}\n"
    )
    mapping = tmp_path / "own.yml"
    mapping.write_text(
        "extends: archimate-export\nelements:\n"
        "  - {from: {type: Resource}, to: Tower, name: [property, name]}\n"
    )
    tree = xml(call, tmp_path, "--mapping", str(mapping))
    assert [one.attrib[TYPE] for one in tree.iter(f"{SPACE}element")] == ["Resource"]
    code, _, err = call("export", "backstage", str(tmp_path), "--mapping", str(mapping))
    assert (code, err) == (
        2,
        (
            f"error: {mapping} maps the format archimate, but this export writes backstage\n"
            "  hint: use a mapping with reader: backstage\n"
        ),
    )
    code, _, err = call("export", "backstage", str(tmp_path), "--mapping", "gone.yaml")
    assert (code, err) == (2, "error: no such file: gone.yaml\n")


def test_what_a_field_cannot_hold_is_left_out_and_counted(tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: a, namespace: ns, title: AA}\n"
        "spec: {tier: supporting, maturity: {current: 2}}\n---\n"
        "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: b, description: ''}\n"
        "spec: {tier: strategic}\n"
    )
    mapping = tmp_path / "own.yml"
    mapping.write_text(
        "extends: archimate-export\nelements:\n"
        "  - from: {type: Capability}\n    to: Capability\n    name: [property, name]\n"
        "    set:\n"
        "      title: {property: short, form: name}\n"
        "      description: {property: about}\n"
        "      maturity: {property: stage}\n"
        "      tier: {property: weight, words: {heavy: strategic}}\n"
    )
    code, out, err = call("export", "archimate", str(tmp_path), "--mapping", str(mapping))
    assert code == 0
    assert re.findall(r"<value [^>]*>(.*?)<", out) == ["b", "heavy", "a"]
    assert err.splitlines()[1:] == [
        f"  1 × {name} of Capability"
        for name in ("description", "maturity", "namespace", "tier", "title")
    ]


# Around a definition

BOX = re.compile(r'  n\d+\["[^"\[\]]*<br/>\w+"\]')
ARROW = re.compile(r'  n\d+ -->\|"[\w/]+"\| n\d+')


def boxes(call: Call, *options: str) -> list[str]:
    code, out, _ = call("export", "mermaid", str(MERIDIAN), *options)
    assert code == 0
    return [line for line in out.splitlines() if BOX.fullmatch(line)]


def test_steps_lead_further(call: Call) -> None:
    at = ("--around", "Application:airaudit", "--steps")
    found = [boxes(call, *at, steps) for steps in ("0", "1", "2")]
    assert found[0] == ['  n1["AirAudit<br/>Application"]']
    assert len(found[0]) < len(found[1]) < len(found[2])
    assert boxes(call, *at[:2]) == found[1]


def test_what_belongs_together_is_drawn_together(call: Call) -> None:
    _, out, _ = call("export", "mermaid", str(MERIDIAN), "--around", "Objective:one-company")
    assert '-->|"keyResults"|' in out
    assert '|"owner"|' not in out


def test_a_flowchart_holds_no_sign_of_a_title(tmp_path: Path, call: Call) -> None:
    root = hostile(tmp_path / "ws")
    for number in range(len(HOSTILE)):
        _, out, _ = call("export", "mermaid", str(root), "--around", f"Application:a{number}")
        first, *lines, style = out.splitlines()
        assert (first, style) == ("flowchart LR", "  style n1 stroke-width:4px")
        assert [bool(BOX.fullmatch(one)) or bool(ARROW.fullmatch(one)) for one in lines] == [
            True
        ] * 3


def test_a_text_of_likec4_ends_where_it_ends(tmp_path: Path, call: Call) -> None:
    root = hostile(tmp_path / "ws")
    for number in range(len(HOSTILE)):
        _, out, _ = call("export", "likec4", str(root), "--around", f"Application:a{number}")
        outside = re.sub(r"'[^'\\\n]*'", "T", out)
        assert "'" not in outside
        assert outside.count("{") == outside.count("}") == 6
        assert re.findall(r"^  n\d+ -> n\d+ T$", outside, re.MULTILINE) == ["  n1 -> n2 T"]


def test_too_many_arrows_for_mermaid(call: Call) -> None:
    code, _, err = call(
        *("export", "mermaid", str(MERIDIAN), "--around", "Application:airaudit", "--steps", "6")
    )
    assert code == 0
    assert re.search(
        r"note: the flowchart has [\d,]+ arrows, and Mermaid draws at most 500 unless", err
    )


@pytest.mark.parametrize("name", ["mermaid", "likec4"])
def test_around_nothing(name: str, call: Call) -> None:
    code, _, err = call("export", name, str(MERIDIAN), "--around", "Application:airaudi")
    assert code == 2
    assert err == (
        "error: no definition is named Application:airaudi\n"
        "  hint: did you mean Application:airaudit?\n"
    )
    assert call("export", name, str(MERIDIAN))[0] == 2


def test_around_no_name(call: Call) -> None:
    code, out, err = call("export", "mermaid", str(MERIDIAN), "--around", "")
    assert (code, out) == (2, "")
    assert "the name of a definition is empty" in err


def test_patterns_that_sparql_cannot_match_are_not_exported() -> None:
    assert portable(r"(?:a|b)\.\d+") == r"(a|b)\.\d+"
    for pattern in (r"\bwhole", r"(a)\1", "(?=ahead)"):
        with pytest.raises(NotExpressible):
            portable(pattern)
