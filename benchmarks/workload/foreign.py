"""Landscapes as other tools keep them, of so many records; each by path, with its configuration."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

File = tuple[str, str | bytes]
"""A path, and what is in the file."""
NATIVE = 'xmlns:archimate="http://www.archimatetool.com/archimate"'
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_PARTS = 10
"""So many applications support one capability, and so many records are in one file."""
_APIS = 4
"""So many of them are interfaces; the services provide them in turn, and use the next one's."""
_SERVICES = _PARTS - 3 - _APIS
_ENTITY = """\
apiVersion: backstage.io/v1alpha1
kind: {0}
metadata:
  name: {1}-{2}
  title: {1} {2}
  description: What {1} {2} is about.
spec:
"""
_LINK = """\
<archimate:ServingRelationship
    {0}
    {1}
    id="r{2}">
  <source
      xsi:type="archimate:X"
      href="X_e{2}.xml#e{2}"/>
  <target
      xsi:type="archimate:X"
      href="X_e{3}.xml#e{3}"/>
</archimate:ServingRelationship>
"""
_TABLE = """\
reader: csv
elements:
  - from: {where: {Kind: app}}
    to: Application
    set:
      title: {column: Name}
      supports: {column: Serves, split: "|"}
      lifecycle.active: {column: Since}
  - {from: {}, to: Capability, set: {title: {column: Name}}}
"""


def _config(read: str, how: str) -> tuple[str, str]:
    return ".bizalign.yaml", f"asOf: 2026-06-30\nsources:\n  - {{read: '{read}', {how}}}\n"


def backstage(records: int) -> Iterator[File]:
    """A catalog: a file for each ten entities."""
    yield _config("catalog-info.yaml", "as: backstage")
    yield (
        "team/catalog-info.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: team\n",
    )
    for number in range(records // _PARTS):
        texts = [
            _ENTITY.format("Domain", "domain", number) + "  owner: group:default/team\n",
            _ENTITY.format("System", "system", number)
            + f"  owner: team\n  domain: domain-{number}\n",
            _ENTITY.format("Resource", "db", number) + "  type: database\n  owner: team\n",
            *(
                _ENTITY.format("API", f"api-{part}", number)
                + "  type: openapi\n  lifecycle: production\n  owner: team\n  definition: none\n"
                for part in range(_APIS)
            ),
        ]
        texts += [
            f"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n"
            f"  name: service-{number}-{part}\n  title: Service {number} {part}\n"
            f"  description: Serves domain {number}.\n  tags: [java, core]\nspec:\n"
            f"  type: service\n  lifecycle: production\n  owner: group:default/team\n"
            f"  system: system-{number}\n  dependsOn: [resource:db-{number}]\n"
            f"  providesApis: {_apis(part, number)}\n  consumesApis: {_apis(part + 1, number)}\n"
            for part in range(_PARTS - len(texts))
        ]
        yield f"s{number}/catalog-info.yaml", "---\n".join(texts)


def _apis(part: int, number: int) -> str:
    """The interfaces that a service provides."""
    own = (f"api-{api}-{number}" for api in range(part % _SERVICES, _APIS, _SERVICES))
    return f"[{', '.join(own)}]"


def archimate(records: int) -> Iterator[File]:
    """One file of Archi with as many elements, and as many relations."""
    yield _config("*.archimate", "as: archimate")
    lines = [f'<archimate:model {_XSI} {NATIVE} name="M" id="m"><folder name="F" id="f">']
    for number in range(records):
        type_ = "Capability" if number % _PARTS == 0 else "ApplicationComponent"
        lines.append(
            f'  <element xsi:type="archimate:{type_}" name="Thing {number}" id="e{number}">\n'
            f"    <documentation>What {number} is.</documentation>\n  </element>"
        )
        lines.append(
            f'  <element xsi:type="archimate:ServingRelationship" id="r{number}" '
            f'source="e{number}" target="e{number // _PARTS * _PARTS}"/>'
        )
    yield "m.archimate", "\n".join([*lines, "</folder></archimate:model>\n"])


def coarchi(records: int) -> Iterator[File]:
    """A folder of coArchi: a file for each element and relation."""
    yield _config("model/**/*.xml", "as: archimate")
    for number in range(records // 2):
        type_ = "Capability" if number % _PARTS == 0 else "ApplicationComponent"
        yield (
            f"model/e/{type_}_e{number}.xml",
            f'<archimate:{type_}\n    {NATIVE}\n    name="Thing {number}"\n    id="e{number}"/>\n',
        )
        yield (
            f"model/r/ServingRelationship_r{number}.xml",
            _LINK.format(_XSI, NATIVE, number, number // _PARTS * _PARTS),
        )


def csv(records: int) -> Iterator[File]:
    """One table."""
    yield _config("apps.csv", "mapping: lint/apps.yaml")
    yield "lint/apps.yaml", _TABLE
    rows = [
        f"Thing {n},capability,,\n"
        if n % _PARTS == 0
        else f"Thing {n},app,Thing {n // _PARTS * _PARTS},2020-01-01\n"
        for n in range(records)
    ]
    yield "apps.csv", "Name,Kind,Serves,Since\n" + "".join(rows)


def as_json(records: int) -> Iterator[File]:
    """Definitions of ours in one file of JSON."""
    yield _config("*.json", "as: json")
    yield (
        "a.json",
        json.dumps(
            [
                {
                    "apiVersion": "bizalign/v1",
                    "kind": "Capability",
                    "metadata": {"name": f"thing-{n}", "title": f"Thing {n}"},
                    "spec": {},
                }
                for n in range(records)
            ],
            indent=1,
        ),
    )


_DECISION = """\
---
status: {}
date: 2026-01-15
---
# Decision {}

## Considered Options

* one
* two

## Decision Outcome

Chosen option: one
"""


def decisions(records: int) -> Iterator[File]:
    """Decisions in Markdown, a file each; every tenth one is superseded by the next."""
    yield _config("adr/*.md", "as: madr")
    for number in range(records):
        status = f"superseded by ADR-{number + 1}" if number % _PARTS == 0 else "accepted"
        yield (
            f"adr/{number:04}-decision.md",
            _DECISION.format(status, number),
        )


_SHEET = """\
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}\
</sheetData></worksheet>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BOOK = {
    "_rels/.rels": f"""\
<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""\
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_OFFICE}">\
<sheets><sheet name="List" sheetId="1" r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""\
<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/worksheet" \
Target="worksheets/sheet1.xml"/></Relationships>""",
}


def workbook(records: int) -> Iterator[File]:
    """A list of technologies in one sheet."""
    yield _config("list.xlsx", "as: technologies")
    rows = [("Product", "Version", "Standing", "Notes")]
    rows += [(f"Product {n}", str(n % 40), "Baseline", f"What {n} is for.") for n in range(records)]
    lines = []
    for number, row in enumerate(rows, 1):
        cells = (
            f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in zip("ABCD", row, strict=True)
        )
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, member in _BOOK.items():
            archive.writestr(name, member)
        archive.writestr("xl/worksheets/sheet1.xml", _SHEET.format("".join(lines)))
    yield "list.xlsx", held.getvalue()


FORMATS: dict[str, Callable[[int], Iterator[File]]] = {
    "Backstage": backstage,
    "Archi": archimate,
    "coArchi": coarchi,
    "CSV": csv,
    "JSON": as_json,
    "Markdown": decisions,
    "workbook": workbook,
}
