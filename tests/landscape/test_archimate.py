"""ArchiMate models as part of the model: both forms, and what is wrong with them."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.conftest import Call
from tests.expected import Golden

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples" / "archimate"
CONFIG = "asOf: 2026-06-30\nsources: [{read: '*.archimate', as: archimate}]\n"

NATIVE = """\
<?xml version="1.0" encoding="UTF-8"?>
<archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:archimate="http://www.archimatetool.com/archimate" name="M" id="m1" version="5.0.0">
  <folder name="Strategy" id="f1" type="strategy">
    <element xsi:type="archimate:Capability" name="Selling" id="c1"/>
    <element xsi:type="archimate:Capability" name="Order taking" id="c2">
      <documentation>To take orders.</documentation>
    </element>
  </folder>
  <folder name="Application" id="f2" type="application">
    <element xsi:type="archimate:ApplicationComponent" name="Web shop" id="a1">
      <property key="State" value="live"/>
    </element>
    <element xsi:type="archimate:ApplicationService" name="Ordering" id="s1"/>
  </folder>
  <folder name="Relations" id="f3" type="relations">
    <element xsi:type="archimate:CompositionRelationship" id="r1" source="c1" target="c2"/>
    <element xsi:type="archimate:RealizationRelationship" id="r2" source="a1" target="s1"/>
    <element xsi:type="archimate:ServingRelationship" id="r3" source="s1" target="c2"/>
  </folder>
  <folder name="Views" id="f4" type="diagrams">
    <element xsi:type="archimate:ArchimateDiagramModel" name="V" id="v1">
      <child xsi:type="archimate:DiagramObject" id="d1" archimateElement="c1"/>
    </element>
  </folder>
</archimate:model>
"""
EXCHANGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="id-m1">
  <name>M</name>
  <elements>
    <element identifier="id-c1" xsi:type="Capability"><name>Selling</name></element>
    <element identifier="id-c2" xsi:type="Capability">
      <name xml:lang="en">Order taking</name>
      <documentation>To take orders.</documentation>
    </element>
    <element identifier="id-a1" xsi:type="ApplicationComponent">
      <name>Web shop</name>
      <properties>
        <property propertyDefinitionRef="p1"><value xml:lang="en">live</value></property>
      </properties>
    </element>
    <element identifier="id-s1" xsi:type="ApplicationService"><name>Ordering</name></element>
  </elements>
  <relationships>
    <relationship identifier="id-r1" source="id-c1" target="id-c2" xsi:type="Composition"/>
    <relationship identifier="id-r2" source="id-a1" target="id-s1" xsi:type="Realization"/>
    <relationship identifier="id-r3" source="id-s1" target="id-c2" xsi:type="Serving"/>
  </relationships>
  <propertyDefinitions>
    <propertyDefinition identifier="p1" type="string"><name>State</name></propertyDefinition>
  </propertyDefinitions>
  <views><diagrams><view identifier="id-v1"><name>V</name></view></diagrams></views>
</model>
"""
MADE = """\
---
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: selling
  title: Selling
spec: {}
---
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: order-taking
  title: Order taking
  description: To take orders.
spec:
  parent: selling
---
apiVersion: bizalign/v1
kind: Application
metadata:
  name: web-shop
  title: Web shop
spec:
  supports: [order-taking]
  lifecycle:
    phase: active
"""
STATES = """\
extends: archimate
elements:
  - from: {type: ApplicationComponent}
    to: Application
    set: {lifecycle.phase: {property: State, words: {live: active}}}
"""


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".bizalign.yaml").write_text(CONFIG)


def zipped(text: str, name: str = "model.xml") -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return held.getvalue()


@pytest.mark.parametrize(
    "content",
    [NATIVE.encode(), EXCHANGE.encode(), zipped(NATIVE), NATIVE.encode("utf-16")],
    ids=["native", "exchange", "zipped", "utf-16"],
)
def test_the_same_model_in_any_form_is_the_same(content: bytes, call: Call) -> None:
    if b"UTF-8" not in content and not content.startswith(b"PK"):
        content = NATIVE.replace("UTF-8", "UTF-16").encode("utf-16")
    Path("m.archimate").write_bytes(content)
    Path("own.yaml").write_text(STATES)
    Path(".bizalign.yaml").write_text(CONFIG.replace("as: archimate", "mapping: own.yaml"))
    code, out, err = call("source", "print")
    assert (code, err) == (0, "")
    assert out == MADE


def test_our_yaml_names_an_element_by_its_identity(call: Call) -> None:
    Path("m.archimate").write_text(NATIVE)
    ours = """\
apiVersion: bizalign/v1
kind: Initiative
metadata: {name: renew, title: Renew, owner: "Person:a"}
spec: {capabilities: ["archimate:c2", order-taking]}
---
apiVersion: bizalign/v1
kind: Person
metadata: {name: a, title: A, owner: "Person:a"}
spec: {}
"""
    Path("ours.yaml").write_text(ours)
    assert call("check", "--select", "MOD109")[0] == 0
    Path("ours.yaml").write_text(ours.replace("archimate:c2", "archimate:c3"))
    assert "archimate:c3" in call("check", "--select", "MOD109")[1]


def test_a_finding_opens_the_attribute_or_the_relationship(call: Call) -> None:
    Path("m.archimate").write_text(
        NATIVE.replace("Web shop", "Selling&#38;").replace('"a1"', '"a1"')
    )
    _, out, _ = call("check", "--select", "MOD123,SCO", "--format", "concise")
    assert "m.archimate:5:52: info[MOD123]" in out
    text = Path("m.archimate").read_text()
    Path("m.archimate").write_text(text.replace('name="Selling"', "name='Selling'"))
    _, out, _ = call("check", "--select", "MOD123,SCO", "--format", "concise")
    assert "m.archimate:5:52: info[MOD123]" in out
    loop = '<element xsi:type="archimate:CompositionRelationship" id="r9" source="c2" target="c1"/>'
    Path("m.archimate").write_text(NATIVE.replace('  <folder name="Views"', f"    {loop}\n<folder"))
    out = call("check", "--select", "model", "--format", "concise")[1]
    assert "m.archimate" in out


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (NATIVE[:700].encode(), "error[MOD101] this cannot be read: invalid XML"),
        (b"", "m.archimate:1:1: error[MOD101] this cannot be read: invalid XML"),
        (b"\xff\xfe\x00", "error[MOD101]"),
        (NATIVE.encode().replace(b"Selling", b"S\xe9lling"), "5:5"),
        (
            b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
            "m.archimate:1:13: error[MOD101] this cannot be read: document types and entities",
        ),
        (b"<x/>", "error[MOD101] this cannot be read: this is neither an Archi model"),
        (
            NATIVE.replace('id="c2"', 'id="c1"').encode(),
            "m.archimate:6:5: error[MOD101] this cannot be read: the identifier c1 appears twice",
        ),
        (
            NATIVE.replace(' id="c2"', "").encode(),
            "6:5: error[MOD101] this cannot be read: this element has no identifier",
        ),
        (zipped(NATIVE, "other.xml"), "it contains no model.xml"),
        (
            zipped(NATIVE)[:200],
            "error[MOD101] this cannot be read: this archive contains no readable model",
        ),
        (NATIVE.replace("UTF-8", "UTF-9").encode(), "1:1: error[MOD101]"),
        (
            zipped(NATIVE)[:60] + b"\xff" * 9 + zipped(NATIVE)[69:],
            "this archive contains no readable model",
        ),
        (zipped(" " * 11_000_000), "model.xml has more than"),
    ],
)
def test_bad_input_is_reported_with_its_place(content: bytes, found: str, call: Call) -> None:
    Path("m.archimate").write_bytes(content)
    code, out, err = call("check", "--format", "concise")
    assert (code, err) == (1, "")
    assert found in out


def test_folder_specialization_and_pattern_choose_elements(call: Call) -> None:
    model = NATIVE.replace('id="a1"', 'id="a1" profiles="p1"').replace(
        "</archimate:model>", '  <profile name="Micro service" id="p1"/>\n</archimate:model>'
    )
    Path("model.archimate").write_text(model, "utf-8")
    Path(".bizalign.yaml").write_text("sources: [{read: '*.archimate', mapping: own.yaml}]\n")
    for where, kinds in (
        ("folder: Application", ["Application"]),
        ("specialization: micro service", ["Application"]),
        ("name: 'Web *'", ["Application"]),
        ("name: '*shop', folder: 'App*'", ["Application"]),
        ("folder: Strategy", []),
        ("name: 'Web'", []),
    ):
        Path("own.yaml").write_text(
            "reader: archimate\nelements:\n"
            f"  - from: {{type: ApplicationComponent, where: {{{where}}}}}\n"
            "    to: Application\n    set: {title: name}\n"
        )
        code, out, err = call("source", "print")
        assert (code, err) == (0, "")
        assert [line[6:] for line in out.splitlines() if line.startswith("kind: ")] == kinds


def test_links_in_a_circle_end(call: Call) -> None:
    back = '<element xsi:type="archimate:ServingRelationship" id="r9" source="s1" target="a1"/>'
    Path("m.archimate").write_text(
        NATIVE.replace(
            '  </folder>\n  <folder name="Views"', f'{back}</folder><folder name="Views"'
        )
    )
    assert call("source", "list")[0] == 0


def test_what_is_left_out_is_counted(call: Call) -> None:
    Path("m.archimate").write_text(NATIVE)
    _, out, _ = call("source", "list")
    assert "  3 of 4 records became definitions\n" in out
    assert "         1  ApplicationService: behaviour" in out


def test_real_model(call: Call) -> None:
    real = ROOT.parent / "shared/data/models/esdc/CommonSandbox.archimate"
    if not real.is_file():
        pytest.skip("the real model is not here")
    shutil.copyfile(real, "real.archimate")
    out = call("source", "list")[1]
    assert "  721 of 2,859 records became definitions\n" in out
    assert "  2,588 links between records were read\n" in out
    assert call("check")[0] == 0


@pytest.mark.parametrize("command", ["check --format concise", "source list"])
def test_the_example_gives_what_it_says(
    command: str, call: Call, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLE)
    _, out, err = call(*command.split())
    assert err == ""
    name = command.replace(" ", "-").replace("check---format-concise", "check")
    golden(EXAMPLE / f"expected.{name}.txt", out)


SPACE = 'xmlns:archimate="http://www.archimatetool.com/archimate"'
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
FILES = {
    "folder.xml": f'<archimate:model {SPACE} name="M" id="m1"/>',
    "s/folder.xml": f'<archimate:Folder {SPACE} name="Strategy" id="f1"/>',
    "s/Capability_c1.xml": f'<archimate:Capability {SPACE} name="Selling" id="c1"/>',
    "s/Capability_c2.xml": f'<archimate:Capability {SPACE}\n    name="Order taking"\n'
    '    id="c2"\n    documentation="To take orders."/>',
    "a/ApplicationComponent_a1.xml": f'<archimate:ApplicationComponent {SPACE} name="Web shop" '
    'id="a1">\n  <properties\n      key="State"\n      value="live"/>\n'
    "</archimate:ApplicationComponent>",
    "a/ApplicationService_s1.xml": f'<archimate:ApplicationService {SPACE} name="O" id="s1"/>',
    "d/ArchimateDiagramModel_v1.xml": f'<archimate:ArchimateDiagramModel {XSI} {SPACE} name="V" '
    'id="v1"><children xsi:type="archimate:DiagramObject" id="d1"><archimateElement '
    'xsi:type="archimate:Capability" href="Capability_c1.xml#c1"/></children>'
    "</archimate:ArchimateDiagramModel>",
} | {
    f"r/{type_}_{id_}.xml": f'<archimate:{type_} {XSI} {SPACE} id="{id_}">\n'
    f'  <source xsi:type="archimate:X" href="X.xml#{source}"/>\n'
    f'  <target xsi:type="archimate:X" href="X.xml#{target}"/>\n</archimate:{type_}>'
    for type_, id_, source, target in (
        ("CompositionRelationship", "r1", "c1", "c2"),
        ("RealizationRelationship", "r2", "a1", "s1"),
        ("ServingRelationship", "r3", "s1", "c2"),
    )
}


def folder(**changed: str) -> None:
    """The same model as coArchi keeps it."""
    for path, text in (FILES | changed).items():
        at = Path("model") / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')
    Path("own.yaml").write_text(STATES)
    Path(".bizalign.yaml").write_text(
        "asOf: 2026-06-30\nsources: [{read: 'model/**/*.xml', mapping: own.yaml}]\n"
    )


def test_the_folder_of_coarchi_is_the_same_model(call: Call) -> None:
    folder()
    code, out, err = call("source", "print")
    assert (code, err) == (0, "")
    parts = sorted(MADE.split("---\n")[1:])
    assert sorted(out.split("---\n")[1:]) == parts


def test_a_finding_opens_the_file_of_the_concept(call: Call) -> None:
    path = "a/ApplicationComponent_a1.xml"
    folder(**{path: FILES[path].replace("live", "dead")})
    _, out, _ = call("check", "--select", "MOD106", "--format", "concise")
    assert out.startswith(f"model/{path}:3:3: error[MOD106] the mapping does not map phase “dead”")
    folder(**{path: FILES[path][:120]})
    _, out, _ = call("check", "--select", "MOD101", "--format", "concise")
    assert out.startswith(f"model/{path}:")


def test_an_identity_in_two_files_is_reported_with_both(call: Call) -> None:
    folder(**{"s/Capability_c3.xml": FILES["s/Capability_c2.xml"]})
    _, out, _ = call("check", "--select", "MOD108")
    assert "model/s/Capability_c3.xml:3:11: error[MOD108]" in out
    assert "model/s/Capability_c2.xml:3:11" in out
