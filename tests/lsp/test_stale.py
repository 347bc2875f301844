"""What has changed on disk unnoticed: nothing is written from what was there before."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from .wire import Wire

pytestmark = pytest.mark.process

HEAD = "apiVersion: bizalign/v1\nkind: {}\nmetadata: {{name: {}}}\nspec: {}\n"
CAPABILITY = HEAD.format("Capability", "sell", "{level: 1}")
SHOP = HEAD.format("Application", "shop", "{supports: [sell]}")
PULLED = "# Pulled meanwhile.\n" * 5 + SHOP
VERSIONED = {"workspace": {"workspaceEdit": {"documentChanges": True}}}
CREATES = {
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}}
}
NAME = {"line": 2, "character": 18}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".bizalign.yaml").write_text('asOf: "2026-06-30"\nselect: [MOD109]\n')
    (tmp_path / "sell.yaml").write_text(CAPABILITY)
    (tmp_path / "shop.yaml").write_text(SHOP)
    return tmp_path


def begun(wire: Wire, root: Path, can: Any = VERSIONED) -> Wire:
    wire.begin(root, can=can)
    wire.open(root / "sell.yaml", CAPABILITY)
    wire.hush(0.3)
    return wire


def renamed(wire: Wire, root: Path) -> Any:
    document = {"uri": (root / "sell.yaml").as_uri()}
    asked = {"textDocument": document, "position": NAME, "newName": "sale"}
    return wire.ask("textDocument/rename", asked)


def steps(answer: Any) -> dict[str, Any]:
    """By file: the version, and where in it something is written."""
    return {
        Path(step["textDocument"]["uri"]).name: (
            step["textDocument"]["version"],
            [(e["range"]["start"]["line"], e["newText"]) for e in step["edits"]],
        )
        for step in answer["result"]["documentChanges"]
    }


def test_a_rename_is_of_the_text_that_is_on_disk_now(wire: Wire, root: Path) -> None:
    begun(wire, root)
    (root / "shop.yaml").write_text(PULLED)
    (root / "store.yaml").write_text(SHOP.replace("shop", "store"))
    assert steps(renamed(wire, root)) == {
        "sell.yaml": (1, [(2, "sale")]),
        "shop.yaml": (None, [(8, "sale")]),
        "store.yaml": (None, [(3, "sale")]),
    }
    wire.change(root / "sell.yaml", {"text": CAPABILITY})
    assert steps(renamed(wire, root))["sell.yaml"] == (2, [(2, "sale")])
    (root / "shop.yaml").unlink()
    assert {*steps(renamed(wire, root))} == {"sell.yaml", "store.yaml"}


def test_an_editor_that_knows_no_versions_gets_none(wire: Wire, root: Path) -> None:
    begun(wire, root, can={})
    changes = renamed(wire, root)["result"]["changes"]
    assert {Path(uri).name for uri in changes} == {"sell.yaml", "shop.yaml"}


def test_a_file_goes_with_its_definition_where_the_editor_can_do_that(
    wire: Wire, root: Path
) -> None:
    can = {"documentChanges": True, "resourceOperations": ["rename"]}
    begun(wire, root, {"workspace": {"workspaceEdit": can}})
    *edits, last = renamed(wire, root)["result"]["documentChanges"]
    assert len(edits) == 2 and (last["kind"], last["newUri"]) == (
        "rename",
        (root / "sale.yaml").as_uri(),
    )
    (root / "sale.yaml").write_text("another: file\n")
    steps = renamed(wire, root)["result"]["documentChanges"]
    assert not any("kind" in step for step in steps)


def test_references_and_definitions_are_where_they_are_now(wire: Wire, root: Path) -> None:
    begun(wire, root)
    (root / "shop.yaml").write_text(PULLED)
    document = {"uri": (root / "sell.yaml").as_uri()}
    context = {"includeDeclaration": False}
    asked = {"textDocument": document, "position": NAME, "context": context}
    (found,) = wire.ask("textDocument/references", asked)["result"]
    assert found["range"]["start"]["line"] == 8
    wire.open(root / "shop.yaml", PULLED)
    wire.send("textDocument/didClose", {"textDocument": document})
    (root / "sell.yaml").write_text("# Moved.\n" + CAPABILITY)
    asked = {
        "textDocument": {"uri": (root / "shop.yaml").as_uri()},
        "position": {"line": 8, "character": 20},
    }
    (found,) = wire.ask("textDocument/definition", asked)["result"]
    assert found["range"]["start"]["line"] == 3


def test_with_a_broken_set_up_nothing_is_written(wire: Wire, root: Path) -> None:
    begun(wire, root)
    (root / ".bizalign.yaml").write_text("selct: [MOD109]\n")
    error = renamed(wire, root)["error"]
    assert error["code"] == -32803 and "selct" in error["message"]
    (root / ".bizalign.yaml").write_text("select: [MOD109]\n")
    assert "result" in renamed(wire, root)


def test_all_fixes_are_those_of_the_disk_as_it_is(wire: Wire, root: Path) -> None:
    text = CAPABILITY.replace("sell}", "sell, title: on}")
    setup = root / ".bizalign.yaml"
    begun(wire, root).change(root / "sell.yaml", {"text": text})

    def asked() -> Any:
        end = {"line": 9, "character": 0}
        return wire.ask(
            "textDocument/codeAction",
            {
                "textDocument": {"uri": (root / "sell.yaml").as_uri()},
                "range": {"start": {"line": 0, "character": 0}, "end": end},
                "context": {"diagnostics": [], "only": ["source.fixAll"]},
            },
        )

    assert asked()["result"] == []
    setup.write_text("select: [MOD103]\n")
    (found,) = asked()["result"]
    (step,) = found["edit"]["documentChanges"]
    assert [edit["newText"] for edit in step["edits"]] == ['"on"']
    setup.write_text("selct: [MOD103]\n")
    assert "selct" in asked()["error"]["message"]


def test_a_definition_is_not_written_over_a_file_that_has_come(wire: Wire, root: Path) -> None:
    text = SHOP.replace("sell", "buy")
    begun(wire, root, CREATES).open(root / "shop.yaml", text)
    wire.wait(lambda: "MOD109" in wire.codes(root / "shop.yaml"))

    def asked() -> Any:
        place = wire.told[(root / "shop.yaml").as_uri()][0]["range"]
        document = {"uri": (root / "shop.yaml").as_uri()}
        request = {"textDocument": document, "range": place, "context": {"diagnostics": []}}
        found = wire.ask("textDocument/codeAction", request)["result"]
        return [a["edit"] for a in found if a["title"].startswith("Define")]

    (made,) = asked()
    kinds = [step.get("kind", "edit") for step in made["documentChanges"]]
    assert kinds == ["create", "edit"]
    shutil.copy(root / "sell.yaml", root / "buy.yaml")
    (made,) = asked()
    (step,) = made["documentChanges"]
    assert step["edits"][0]["newText"].startswith("---\n")


def test_an_editor_that_watches_nothing_is_told_all_the_same(wire: Wire, root: Path) -> None:
    begun(wire, root)
    (root / "shop.yaml").write_text(SHOP.replace("sell", "sale"))
    wire.wait(lambda: wire.codes(root / "shop.yaml") == ["MOD109"])
    (root / ".bizalign.yaml").write_text("select: [MOD101]\n")
    wire.wait(lambda: wire.codes(root / "shop.yaml") == [])


def test_a_folder_that_is_gone_takes_its_files_with_it(wire: Wire, root: Path) -> None:
    """VS Code tells of the folder alone."""
    (root / "parts").mkdir()
    (root / "sell.yaml").rename(root / "parts" / "sell.yaml")
    wire.begin(root, can={"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}})
    wire.until(lambda said: said.get("method") == "client/registerCapability")
    wire.hush(0.3)
    assert wire.codes(root / "shop.yaml") == []
    shutil.rmtree(root / "parts")
    gone = {"uri": (root / "parts").as_uri(), "type": 3}
    wire.send("workspace/didChangeWatchedFiles", {"changes": [gone]})
    wire.wait(lambda: wire.codes(root / "shop.yaml") == ["MOD109"])


def test_a_folder_that_is_moved_takes_its_files_with_it(wire: Wire, root: Path) -> None:
    (root / "parts").mkdir()
    (root / "shop.yaml").rename(root / "parts" / "shop.yaml")
    (root / "sell.yaml").unlink()
    wire.begin(root, can={"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}})
    wire.wait(lambda: wire.codes(root / "parts/shop.yaml") == ["MOD109"])
    (root / "parts").rename(root / "pieces")
    changes = [
        {"uri": (root / "pieces").as_uri(), "type": 1},
        {"uri": (root / "parts").as_uri(), "type": 3},
    ]
    wire.send("workspace/didChangeWatchedFiles", {"changes": changes})
    wire.wait(lambda: wire.codes(root / "pieces/shop.yaml") == ["MOD109"])
    wire.wait(lambda: wire.codes(root / "parts/shop.yaml") == [])
