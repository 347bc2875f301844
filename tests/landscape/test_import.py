"""``import``: once, with provenance, and again without changing a byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Call
from tests.landscape.test_archimate import EXCHANGE, NATIVE

SHOP = """\
apiVersion: bizalign/v1
kind: Application
metadata:
  name: web-shop
  title: Web shop
  annotations:
    bizalign/imported-from: m.archimate
    bizalign/imported-id: "archimate:a1"
spec:
  supports: [order-taking]
"""


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m.archimate").write_text(NATIVE)
    Path(".bizalign.yaml").write_text("asOf: 2026-06-30\n")


def files() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path("model").rglob("*") if path.is_file()}


def test_definitions_become_files_that_say_where_they_came_from(call: Call) -> None:
    code, out, err = call("import", "m.archimate", "--as", "archimate", "--dry-run")
    assert (code, err) == (0, "")
    assert "would write 2 definitions of the kind Capability in model\n" in out
    assert not Path("model").exists()
    assert call("import", "m.archimate", "--as", "archimate")[0] == 0
    assert sorted(files()) == [
        "model/application/web-shop.yaml",
        "model/capability/order-taking.yaml",
        "model/capability/selling.yaml",
    ]
    assert Path("model/application/web-shop.yaml").read_text() == SHOP
    assert call("check", "--select", "model", "--ignore", "MOD123")[0] == 0


def test_a_second_import_changes_no_byte(call: Call) -> None:
    call("import", "m.archimate", "--as", "archimate")
    before = files()
    code, out, _ = call("import", "m.archimate", "--as", "archimate")
    assert code == 0
    assert "kept 3 definitions that exist already\n" in out
    assert files() == before


def test_what_was_changed_or_moved_by_hand_is_kept_and_what_is_new_is_added(call: Call) -> None:
    call("import", "m.archimate", "--as", "archimate")
    moved = Path("model/shop.yaml")
    Path("model/application/web-shop.yaml").rename(moved)
    moved.write_text(SHOP.replace("Web shop", "Shop").replace("web-shop", "shop"))
    new = '<element xsi:type="archimate:Capability" name="Buying" id="c3"/></folder>'
    Path("m.archimate").write_text(NATIVE.replace("</folder>", new, 1))
    before = files()
    call("import", "m.archimate", "--as", "archimate")
    assert files().keys() - before.keys() == {"model/capability/buying.yaml"}
    assert before.items() <= files().items()


def test_a_definition_of_that_name_is_not_written_over(call: Call) -> None:
    ours = Path("model/capability/selling.yaml")
    ours.parent.mkdir(parents=True)
    ours.write_text("# ours\n")
    call("import", "m.archimate", "--as", "archimate")
    assert ours.read_text() == "# ours\n"


def test_all_that_the_configuration_names(call: Call) -> None:
    Path(".bizalign.yaml").write_text("sources: [{read: m.archimate, as: archimate}]\n")
    code, out, _ = call("import", "--to", "ours")
    assert code == 0
    assert "next: remove these files from sources" in out
    assert len([*Path("ours").rglob("*.yaml")]) == 3


def test_a_folder_and_a_namespace(call: Call) -> None:
    Path("models").mkdir()
    Path("models/a b.xml").write_text(EXCHANGE)
    said = ("import", "models", "--as", "archimate", "--namespace", "ea")
    assert call(*said)[0] == 0
    assert "model/ea/application/web-shop.yaml" in files()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["m.archimate"], 2, "give either --as"),
        (["m.archimate", "--as", "archimat"], 2, "did you mean archimate?"),
        (["none", "--as", "archimate"], 2, "no such file or folder: none"),
        (["m.archimate", "--mapping", "none.yaml"], 2, "no such file: none.yaml"),
        (["--as", "archimate"], 2, "need files to read"),
        ([], 3, "the configuration names no sources"),
        ([".bizalign.yaml", "--as", "archimate"], 3, ".bizalign.yaml:1:1: invalid XML"),
        (["m.archimate", "--as", "archimate", "--to", "link"], 2, "is a symbolic link"),
    ],
)
def test_what_cannot_be_imported(
    arguments: list[str], code: int, said: str, call: Call, tmp_path: Path
) -> None:
    Path("link").symlink_to(tmp_path.parent)
    found, _, err = call("import", *arguments)
    assert found == code
    assert said in err
