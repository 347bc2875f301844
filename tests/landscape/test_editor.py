"""Other tools' files in an editor: diagnostics in them, ways into them, and no edits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.landscape.test_archimate import NATIVE
from tests.landscape.test_backstage import CONFIG, SHOP, TEAM
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
