"""Other tools' files in an editor: diagnostics in them, ways into them, and no edits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.landscape.test_archimate import NATIVE
from tests.landscape.test_backstage import CONFIG, SHOP, TEAM
from tests.landscape.test_workbooks import book, sheet
from tests.lsp.wire import Wire

pytestmark = pytest.mark.process

INITIATIVE = """\
apiVersion: bizalign/v1
kind: Initiative
metadata: {name: renew, title: Renew, owner: shop-team}
spec:
  changes:
    - application: component:default/shop
"""


@pytest.fixture
def wire() -> Iterator[Wire]:
    made = Wire()
    yield made
    made.kill()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".bizalign.yaml").write_text(f"{CONFIG}select: [MOD109]\n")
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "catalog-info.yaml").write_text(SHOP)
    (tmp_path / "catalog-info.yaml").write_text(TEAM)
    (tmp_path / "renew.yaml").write_text(INITIATIVE)
    return tmp_path


def test_an_edit_of_one_catalog_shows_in_another(wire: Wire, root: Path) -> None:
    wire.begin(root)
    shop, team = root / "shop" / "catalog-info.yaml", root / "catalog-info.yaml"
    wire.open(team, TEAM.replace("Shop_Team", "sellers"))
    wire.wait(lambda: "MOD109" in wire.codes(shop))
    (found,) = wire.told[shop.as_uri()]
    assert found["range"]["start"] == {"line": 8, "character": 9}
    assert wire.codes(root / "renew.yaml") == ["MOD109"]
    wire.change(team, {"text": TEAM})
    wire.wait(lambda: wire.codes(shop) == [] and wire.codes(root / "renew.yaml") == [])


def test_an_alias_is_followed_after_every_edit(wire: Wire, root: Path) -> None:
    wire.begin(root)
    shop, ours = root / "shop" / "catalog-info.yaml", root / "renew.yaml"
    wire.open(shop, SHOP.replace("name: shop", "name: store"))
    wire.wait(lambda: wire.codes(ours) == ["MOD109"])
    wire.change(shop, {"text": SHOP})
    wire.wait(lambda: wire.codes(ours) == [])


def test_a_definition_is_found_in_the_catalog(wire: Wire, root: Path) -> None:
    wire.begin(root)
    wire.open(root / "renew.yaml", INITIATIVE)
    where = {"line": 5, "character": 36}
    ours = {"uri": (root / "renew.yaml").as_uri()}
    asked = {"textDocument": ours, "position": where}
    found = wire.ask("textDocument/definition", asked)["result"]
    place = found[0] if isinstance(found, list) else found
    assert place["uri"] == (root / "shop" / "catalog-info.yaml").as_uri()
    assert place["range"]["start"] == {"line": 3, "character": 8}
    assert "Web shop" in str(wire.ask("textDocument/hover", asked)["result"])
    refused = wire.ask("textDocument/rename", {**asked, "newName": "store"})
    assert "another tool" in str(refused)


def test_no_edit_is_offered_in_the_catalog(wire: Wire, root: Path) -> None:
    wire.begin(root)
    shop = root / "shop" / "catalog-info.yaml"
    wire.open(shop, SHOP.replace("shop_team", "shop-taem"))
    wire.wait(lambda: "MOD109" in wire.codes(shop))
    stretch = {"start": {"line": 8, "character": 9}, "end": {"line": 8, "character": 9}}
    said = {
        "textDocument": {"uri": shop.as_uri()},
        "range": stretch,
        "context": {"diagnostics": wire.told[shop.as_uri()]},
    }
    assert not wire.ask("textDocument/codeAction", said)["result"]


def test_an_edit_of_a_model_in_xml_shows_in_it(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / ".bizalign.yaml").write_text(
        "select: [MOD101]\nsources: [{read: m.archimate, as: archimate}]\n"
    )
    path = tmp_path / "m.archimate"
    path.write_text(NATIVE)
    wire.begin(tmp_path)
    wire.open(path, NATIVE.replace('id="c2"', 'id="c1"'))
    wire.wait(lambda: wire.codes(path) == ["MOD101"])
    (found,) = wire.told[path.as_uri()]
    assert found["range"]["start"] == {"line": 5, "character": 4}
    wire.change(path, {"text": NATIVE})
    wire.wait(lambda: wire.codes(path) == [])
    wire.change(path, {"text": NATIVE[:600]})
    wire.wait(lambda: wire.codes(path) == ["MOD101"])
    wire.change(path, {"text": NATIVE})
    wire.wait(lambda: wire.codes(path) == [])


TABLE = "Name,Owner,Fit\nShop,team,3\n"
MAPPING = """\
reader: csv
elements:
  - from: {}
    to: Application
    set: {title: {column: Name}, owner: {column: Owner}, technicalFit: {column: Fit}}
"""
OURS = """\
apiVersion: bizalign/v1
kind: Initiative
metadata: {name: renew, title: Renew}
spec:
  changes:
    - application: shop
"""


def test_an_edit_of_a_table_shows_in_its_cell_and_our_yaml_leads_there(
    wire: Wire, tmp_path: Path
) -> None:
    (tmp_path / ".bizalign.yaml").write_text(
        "select: [MOD106, MOD109]\nsources: [{read: apps.csv, mapping: lint/apps.yaml,\n"
        "                                     open: [OrganizationUnit, Person]}]\n"
    )
    (tmp_path / "lint").mkdir()
    (tmp_path / "lint" / "apps.yaml").write_text(MAPPING)
    table, ours = tmp_path / "apps.csv", tmp_path / "renew.yaml"
    table.write_text(TABLE)
    ours.write_text(OURS)
    wire.begin(tmp_path)
    wire.open(table, TABLE.replace(",3", ",9"))
    wire.wait(lambda: wire.codes(table) == ["MOD106"])
    (found,) = wire.told[table.as_uri()]
    assert found["range"]["start"] == {"line": 1, "character": 10}
    said = {
        "textDocument": {"uri": table.as_uri()},
        "range": found["range"],
        "context": {"diagnostics": [found]},
    }
    assert not wire.ask("textDocument/codeAction", said)["result"]
    wire.change(table, {"text": TABLE})
    wire.wait(lambda: wire.codes(table) == [])
    wire.open(ours, OURS)
    asked = {"textDocument": {"uri": ours.as_uri()}, "position": {"line": 5, "character": 21}}
    place = wire.ask("textDocument/definition", asked)["result"]
    place = place[0] if isinstance(place, list) else place
    assert place["uri"] == table.as_uri()
    assert place["range"]["start"] == {"line": 1, "character": 0}
    assert "Shop" in str(wire.ask("textDocument/hover", asked)["result"])


def test_our_yaml_leads_into_a_model_in_xml(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / ".bizalign.yaml").write_text("sources: [{read: m.archimate, as: archimate}]\n")
    (tmp_path / "m.archimate").write_text(NATIVE)
    ours = tmp_path / "renew.yaml"
    text = OURS.replace("application: shop", "application: web-shop")
    ours.write_text(text)
    wire.begin(tmp_path)
    wire.open(ours, text)
    asked = {"textDocument": {"uri": ours.as_uri()}, "position": {"line": 5, "character": 21}}
    place = wire.ask("textDocument/definition", asked)["result"]
    place = place[0] if isinstance(place, list) else place
    assert place["uri"] == (tmp_path / "m.archimate").as_uri()
    assert place["range"]["start"]["line"] == 10
    assert "Web shop" in str(wire.ask("textDocument/hover", asked)["result"])


def test_a_finding_in_a_workbook_names_its_cell(wire: Wire, tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    (tmp_path / ".bizalign.yaml").write_text(
        "select: [MOD106]\nsources: [{read: b.xlsx, mapping: lint/apps.yaml}]\n"
    )
    (tmp_path / "lint").mkdir()
    (tmp_path / "lint" / "apps.yaml").write_text(MAPPING.replace("csv", "xlsx"))
    path = tmp_path / "b.xlsx"
    path.write_bytes(book({"Apps": sheet("Name;Owner;Fit", "Shop;team;9")}))
    wire.begin(tmp_path)
    wire.wait(lambda: wire.codes(path) == ["MOD106"])
    (found,) = wire.told[path.as_uri()]
    assert found["message"].startswith("Apps!C2: technicalFit must be")
