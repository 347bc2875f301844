"""Landscapes as other tools keep them, of so many records; each by path, with its configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator

NATIVE = 'xmlns:archimate="http://www.archimatetool.com/archimate"'
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_PARTS = 10
"""So many applications support one capability, and so many records are in one file."""
_APIS = 4
"""So many of them are interfaces; each of the others provides one."""
_ENTITY = """\
apiVersion: backstage.io/v1alpha1
kind: {0}
metadata:
  name: {1}-{2}
  title: {0} {2}
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


def backstage(records: int) -> Iterator[tuple[str, str]]:
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
            f"  providesApis: [api-{part}-{number}]\n"
            for part in range(_PARTS - len(texts))
        ]
        yield f"s{number}/catalog-info.yaml", "---\n".join(texts)


def archimate(records: int) -> Iterator[tuple[str, str]]:
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


def coarchi(records: int) -> Iterator[tuple[str, str]]:
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


def csv(records: int) -> Iterator[tuple[str, str]]:
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


def as_json(records: int) -> Iterator[tuple[str, str]]:
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


FORMATS = {
    "Backstage": backstage,
    "Archi": archimate,
    "coArchi": coarchi,
    "CSV": csv,
    "JSON": as_json,
}
