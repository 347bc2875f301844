"""What an editor is told, through the real server: across files, buffers and folders."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Call
from .wire import Wire

pytestmark = pytest.mark.process

UNIT = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata:
  name: sales-team
  title: Sales
spec: {}
"""
CAPABILITY = """\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: order-management
  title: Order management
  owner: sales-team
spec:
  level: 1
"""
CONFIG = 'asOf: "2026-06-30"\nselect: [model]\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".bizalign.yaml").write_text(CONFIG)
    (tmp_path / "unit.yaml").write_text(UNIT)
    (tmp_path / "capability.yaml").write_text(CAPABILITY)
    return tmp_path


def _told(wire: Wire) -> list[tuple[Any, ...]]:
    """Everything told, as the command line would order it."""
    found = [
        (uri, d["range"]["start"]["line"] + 1, d["code"], d["message"], d["data"]["fingerprint"])
        for uri, diagnostics in wire.told.items()
        for d in diagnostics
    ]
    return sorted(found)


def _checked(root: Path, call: Call) -> list[tuple[Any, ...]]:
    """The same by ``check``."""
    _, out, _ = call("check", ".", "--format", "jsonl")
    return sorted(
        (
            (root / f["path"]).as_uri(),
            f["range"]["start"]["line"],
            f["rule"],
            f["message"],
            f["fingerprint"],
        )
        for f in map(json.loads, out.splitlines())
    )


def test_an_edit_shows_and_clears_what_it_breaks_elsewhere(wire: Wire, root: Path) -> None:
    wire.begin(root)
    unit, capability = root / "unit.yaml", root / "capability.yaml"
    wire.open(unit, UNIT.replace("sales-team", "sails-team"))
    wire.wait(lambda: "MOD109" in wire.codes(capability))
    wire.change(unit, {"text": UNIT})
    wire.wait(lambda: wire.codes(capability) == [])
    # What is open no more counts as it is on disk.
    wire.change(unit, {"text": ""})
    wire.wait(lambda: "MOD109" in wire.codes(capability))
    wire.send("textDocument/didClose", {"textDocument": {"uri": unit.as_uri()}})
    wire.wait(lambda: wire.codes(capability) == [])
    assert wire.end() == 0


def test_a_syntax_error_does_not_lose_the_rest(wire: Wire, root: Path) -> None:
    """What the broken text may define is not reported missing elsewhere."""
    wire.begin(root)
    wire.open(root / "unit.yaml", UNIT.replace("spec: {}", "spec: {"))
    wire.wait(lambda: len(wire.codes(root / "unit.yaml")) == 1)
    wire.hush()
    assert wire.codes(root / "capability.yaml") == []


def test_reports_what_the_command_line_reports(
    wire: Wire, root: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    (root / "unit.yaml").write_text(UNIT.replace("title: Sales", "titel: 'Sälés 😀'"))
    (root / "more.yaml").write_text(CAPABILITY.replace("level: 1", "level: x") + "---\n" + UNIT)
    wire.begin(root)
    wire.hush()
    assert _told(wire) == _checked(root, call) != []
    # Saved, after it has been edited away and back.
    wire.open(root / "unit.yaml", UNIT)
    wire.hush()
    (root / "unit.yaml").write_text(UNIT + "  nothing: here\n")
    wire.change(root / "unit.yaml", {"text": UNIT + "  nothing: here\n"})
    wire.send("textDocument/didSave", {"textDocument": {"uri": (root / "unit.yaml").as_uri()}})
    wire.hush()
    assert _told(wire) == _checked(root, call) != []


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("encoding", "codec", "width"),
    [("utf-8", "utf-8", 1), ("utf-16", "utf-16-le", 2), ("utf-32", "utf-32-le", 4)],
)
def test_counts_as_agreed(wire: Wire, root: Path, encoding: str, codec: str, width: int) -> None:
    """Emoji, combining characters and CRLF before a finding, and an edit behind them."""
    can = {"general": {"positionEncodings": [encoding]}}
    assert wire.begin(root, can=can)["positionEncoding"] == encoding
    before = "spec: {'😀e\u0301😀é': 1, "
    text = CAPABILITY.replace("spec:\n  level: 1", f"{before}leve: 1}}").replace("\n", "\r\n")
    path = root / "capability.yaml"
    wire.open(path, text)
    wire.wait(lambda: len(wire.codes(path)) >= 2)
    wanted = len(before.encode(codec)) // width
    at = {"line": 6, "character": wanted}
    assert at in [d["range"]["start"] for d in wire.told[path.as_uri()]]
    end = {"line": 6, "character": wanted + 4}
    wire.change(path, {"range": {"start": at, "end": end}, "text": "level"})
    wire.wait(lambda: len(wire.codes(path)) == 1)


def test_links_to_the_page_of_the_rule(wire: Wire, root: Path) -> None:
    """The one that hover links to; a page of the workspace's own comes first."""
    path = root / "capability.yaml"
    wire.begin(root)
    wire.open(path, CAPABILITY.replace("sales-team", "nobody"))
    wire.wait(lambda: wire.codes(path) == ["MOD109"])
    (told,) = wire.told[path.as_uri()]
    page = told["codeDescription"]["href"]
    assert page.startswith("file:///") and Path(page.removeprefix("file://")).is_file()
    at = {"textDocument": {"uri": path.as_uri()}, "position": told["range"]["start"]}
    assert f"[MOD109]({page})" in wire.ask("textDocument/hover", at)["result"]["contents"]["value"]
    own = root / "docs" / "rules" / "MOD109.md"
    own.parent.mkdir(parents=True)
    own.write_text("# Ours\n")
    wire.change(path, {"text": CAPABILITY.replace("sales-team", "noone")})
    wire.wait(lambda: wire.told[path.as_uri()][0]["codeDescription"]["href"] == own.as_uri())
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    asked = {"textDocument": at["textDocument"], "range": everything}
    answer = wire.ask("textDocument/codeAction", {**asked, "context": {"diagnostics": []}})
    links = {d["codeDescription"]["href"] for a in answer["result"] for d in a["diagnostics"]}
    assert links == {own.as_uri()}


def test_leaves_structure_to_another_server(wire: Wire, root: Path) -> None:
    path = root / "capability.yaml"
    path.write_text(CAPABILITY.replace("level: 1", "level: x").replace("sales-team", "nobody"))
    wire.begin(root, options={"bizalign": {"structure": False}})
    wire.wait(lambda: wire.codes(path) == ["MOD109"])
    settings = {"settings": {"bizalign": {"structure": True}}}
    wire.send("workspace/didChangeConfiguration", settings)
    wire.wait(lambda: wire.codes(path) == ["MOD109", "MOD106"])


def test_a_mistake_in_the_configuration_is_reported_there(wire: Wire, root: Path) -> None:
    """The last good one stays in force."""
    config, path = root / ".bizalign.yaml", root / "capability.yaml"
    path.write_text(CAPABILITY.replace("sales-team", "nobody"))
    wire.begin(root)
    wire.wait(lambda: wire.codes(path) == ["MOD109"])
    config.write_text(CONFIG + "selct: [BAS]\n")
    change = {"changes": [{"uri": config.as_uri(), "type": 2}]}
    wire.send("workspace/didChangeWatchedFiles", change)
    wire.wait(lambda: wire.codes(config) == ["None"])
    assert wire.codes(path) == ["MOD109"]
    config.write_text(CONFIG + "ignore: [MOD109]\n")
    wire.send("textDocument/didSave", {"textDocument": {"uri": config.as_uri()}})
    wire.wait(lambda: wire.codes(config) == [] and wire.codes(path) == [])


def test_a_rule_that_means_nothing_is_reported_there(wire: Wire, root: Path) -> None:
    shipped = Path(__file__).parents[2] / "rules" / "model"
    known = next(p for p in sorted(shipped.glob("*.yaml")) if "\npath: " in p.read_text("utf-8"))
    rule = root / "house" / "rule-of-ours.yaml"
    rule.parent.mkdir()
    text = re.sub(r"(?m)^id: .*$", "id: HSE101", known.read_text("utf-8"))
    rule.write_text(text)
    (root / ".bizalign.yaml").write_text(CONFIG.replace("[model]", "[HSE]") + "rules: [house]\n")
    wire.begin(root)
    rule.write_text(re.sub(r"(?m)^path: .*$", "path: nothing-like-it", text))
    wire.send("textDocument/didSave", {"textDocument": {"uri": rule.as_uri()}})
    wire.wait(lambda: wire.codes(rule) == ["None"])
    rule.write_text(text)
    wire.send("textDocument/didSave", {"textDocument": {"uri": rule.as_uri()}})
    wire.wait(lambda: wire.codes(rule) == [])


def test_files_come_change_and_go_on_disk(wire: Wire, root: Path) -> None:
    unit, path, new = root / "unit.yaml", root / "capability.yaml", root / "new.yaml"
    wire.begin(root)
    wire.hush()
    unit.rename(root / "other.yml")
    changes = [{"uri": unit.as_uri(), "type": 3}]
    wire.send("workspace/didChangeWatchedFiles", {"changes": changes})
    wire.hush()
    assert wire.codes(path) == []
    (root / "other.yml").unlink()
    # An editor that tells of no files: they are looked at when one is opened.
    wire.open(path, CAPABILITY)
    wire.wait(lambda: wire.codes(path) == ["MOD109"])
    # A file that is not saved yet is part of the model already.
    wire.open(new, UNIT)
    wire.wait(lambda: wire.codes(path) == [])


def test_several_folders_and_a_file_in_none(
    wire: Wire, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other, away = (tmp_path_factory.mktemp(name) for name in ("other", "away"))
    (other / "unit.yaml").write_text(UNIT.replace("sales-team", "Bad Name"))
    (other / "capability.yaml").write_text(CAPABILITY)
    alone = away / "alone.yaml"
    wire.begin(root, other)
    wire.wait(lambda: "MOD106" in wire.codes(other / "unit.yaml"))
    assert wire.codes(root / "capability.yaml") == []
    wire.open(alone, CAPABILITY.replace("level: 1", "level: x"))
    wire.wait(lambda: "MOD106" in wire.codes(alone))
    wire.send("textDocument/didClose", {"textDocument": {"uri": alone.as_uri()}})
    wire.wait(lambda: wire.codes(alone) == [])
    event = {"added": [], "removed": [{"uri": other.as_uri(), "name": "other"}]}
    wire.send("workspace/didChangeWorkspaceFolders", {"event": event})
    wire.wait(lambda: wire.codes(other / "unit.yaml") == [])


def test_an_editor_may_ask_instead(wire: Wire, root: Path) -> None:
    path = root / "capability.yaml"
    path.write_text(CAPABILITY.replace("sales-team", "nobody"))
    can = wire.begin(root, options={"bizalign": {"diagnostics": "pull"}})
    assert can["diagnosticProvider"]["interFileDependencies"] is True
    answer = wire.ask("textDocument/diagnostic", {"textDocument": {"uri": path.as_uri()}})
    assert [item["code"] for item in answer["result"]["items"]] == ["MOD109"]
    answer = wire.ask("workspace/diagnostic", {"previousResultIds": []})
    assert [item["uri"] for item in answer["result"]["items"]] == [path.as_uri()]
    assert wire.told == {}
