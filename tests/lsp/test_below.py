"""A folder is open above the model: the server looks for workspaces downwards."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from .wire import Wire

pytestmark = pytest.mark.process

CONFIG = 'asOf: "2026-06-30"\nselect: [MOD109]\n'
SHOP = (
    "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: shop}\nspec: {supports: [sell]}\n"
)


def model(folder: Path) -> Path:
    """Make a folder a workspace with one finding; its file."""
    folder.mkdir(parents=True)
    (folder / ".bizalign.yaml").write_text(CONFIG)
    (folder / "shop.yaml").write_text(SHOP)
    return folder / "shop.yaml"


def changed(wire: Wire, *paths: Path) -> None:
    events = [{"uri": path.as_uri(), "type": 3 - 2 * path.exists()} for path in paths]
    wire.send("workspace/didChangeWatchedFiles", {"changes": events})


def test_workspaces_below_are_judged_each_by_itself(wire: Wire, tmp_path: Path) -> None:
    files = [model(tmp_path / name) for name in ("a", "deep/er/b", "deep/er/b/inner")]
    wire.begin(tmp_path)
    wire.wait(lambda: len(wire.told) == 3)
    assert [wire.codes(file) for file in files] == [["MOD109"]] * 3


def test_a_workspace_that_comes_and_goes_below(wire: Wire, tmp_path: Path) -> None:
    first = model(tmp_path / "a")
    wire.begin(tmp_path)
    wire.wait(lambda: wire.codes(first) == ["MOD109"])
    second = model(tmp_path / "deep/b")
    changed(wire, second.parent / ".bizalign.yaml", second)
    wire.wait(lambda: wire.codes(second) == ["MOD109"])
    shutil.rmtree(tmp_path / "deep")
    changed(wire, tmp_path / "deep")
    wire.wait(lambda: wire.codes(second) == [])
    assert wire.codes(first) == ["MOD109"]


def test_without_its_configuration_a_folder_is_part_of_the_one_above(
    wire: Wire, tmp_path: Path
) -> None:
    file = model(tmp_path / "a")
    (tmp_path / ".bizalign.yaml").write_text("select: [MOD113]\n")
    wire.begin(tmp_path)
    wire.wait(lambda: wire.codes(file) == ["MOD109"])
    wire.open(file, SHOP)
    (tmp_path / "a/.bizalign.yaml").unlink()
    changed(wire, tmp_path / "a/.bizalign.yaml")
    wire.wait(lambda: wire.codes(file) == [])
    (tmp_path / "a/.bizalign.yaml").write_text(CONFIG)
    changed(wire, tmp_path / "a/.bizalign.yaml")
    wire.wait(lambda: wire.codes(file) == ["MOD109"])


def test_a_closed_folder_takes_along_what_is_below(wire: Wire, tmp_path: Path) -> None:
    files = [model(tmp_path / name) for name in ("a", "b/inner")]
    wire.begin(tmp_path / "a", tmp_path / "b")
    wire.wait(lambda: all(wire.codes(file) for file in files))
    gone = {"uri": (tmp_path / "b").as_uri(), "name": "b"}
    wire.send("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [gone]}})
    wire.wait(lambda: wire.codes(files[1]) == [])
    wire.hush(0.2)
    assert wire.codes(files[0]) == ["MOD109"]


def test_files_are_named_as_the_editor_names_the_folder(wire: Wire, tmp_path: Path) -> None:
    model(tmp_path / "real/a b")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    wire.begin(link)
    wire.wait(lambda: bool(wire.told))
    assert [unquote(uri) for uri in wire.told] == [f"file://{link}/a b/shop.yaml"]
