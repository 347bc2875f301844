"""yaml-language-server and our own server beside each other: each mistake is told once."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.editors.schema import entry_schema
from tests.editors.client import Client
from tests.editors.neovim import Neovim, needs_neovim
from tests.editors.test_yaml_language_server import VERSIONS, served, server
from tests.workspace import shipped

pytest.importorskip("pygls", reason="the language server is an extra: pip install -e '.[dev]'")

MODEL = """\
apiVersion: bizalign/v1
kind: Application
metadata:
  name: Order Hub
  titel: Order hub
spec:
  supports: [order-managment]
  timeClassification: keep
  lifecycle: {active: 2026-03-01, phaseOut: 2025-01-01}
---
apiVersion: bizalign/v1
kind: Capabilty
metadata: {name: order-management}
spec: {}
---
apiVersion: bizalign/v2
kind: Capability
---
apiVersion: bizalign/v1
kind: Capability
metadata: {name: stock, name: stock}
spec: {parent: warehouse}
"""
STRUCTURE = [4, 5, 8, 12, 21]
"""The lines with a mistake that both could tell of."""
OURS = {7: "MOD109", 9: "MOD113", 16: "MOD104", 22: "MOD109"}
"""The lines with one that only the whole model tells of, or that the schema passes over."""


def lines(client: Client, path: Path) -> dict[int, list[Any]]:
    client.open(path, MODEL)
    told: dict[int, list[Any]] = {}
    for diagnostic in client.diagnostics(path):
        told.setdefault(diagnostic["range"]["start"]["line"] + 1, []).append(diagnostic)
    return told


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "a.yaml").write_text(MODEL)
    (tmp_path / ".bizalign.yaml").write_text("select: [model]\n")
    schema = json.dumps(entry_schema(shipped().ontology))
    (tmp_path / "bizalign.schema.json").write_text(schema, encoding="utf-8")
    return tmp_path


def ours(workspace: Path, **said: Any) -> dict[int, list[Any]]:
    command = [sys.executable, "-m", "bizalign_lint", "lsp"]
    with Client(command, workspace, {"bizalign": said}) as client:
        return lines(client, workspace / "model" / "a.yaml")


@pytest.mark.parametrize("version", VERSIONS)
def test_each_mistake_is_reported_by_one_of_both(workspace: Path, version: str) -> None:
    command = server(version)
    with served(command, workspace, workspace / "bizalign.schema.json") as client:
        theirs = lines(client, workspace / "model" / "a.yaml")
    left = ours(workspace, structure=False)
    assert [line for line, told in theirs.items() for _ in told] == STRUCTURE
    assert {line: [each["code"] for each in told] for line, told in left.items()} == {
        line: [rule] for line, rule in OURS.items()
    }


def test_alone_our_server_reports_all(workspace: Path) -> None:
    assert sorted(ours(workspace)) == sorted([*STRUCTURE, *OURS])


BESIDE = """(function()
  local given = vim.fn.json_decode([==[%s]==])
  local id = vim.lsp.start_client({
    name = "yaml-language-server",
    cmd = given.command,
    root_dir = vim.fn.getcwd(),
    workspace_folders = { { uri = vim.uri_from_fname(vim.fn.getcwd()), name = "model" } },
    settings = { yaml = { schemas = given.schemas, schemaStore = { enable = false, url = "" } } },
  })
  vim.lsp.buf_attach_client(0, id)
  return id
end)()"""
SEEN = """(function()
  local ours, theirs = {}, {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    table.insert(d.source == "bizalign-lint" and ours or theirs, d.lnum + 1)
  end
  table.sort(ours)
  table.sort(theirs)
  return { ours, theirs }
end)()"""


@needs_neovim
def test_in_an_editor_each_mistake_is_seen_once(workspace: Path, tmp_path: Path) -> None:
    given = {
        "command": server(VERSIONS[-1]),
        "schemas": {(workspace / "bizalign.schema.json").as_uri(): "model/*.yaml"},
    }
    with Neovim(workspace, tmp_path.resolve(), structure=False) as neovim:
        neovim.edit("model/a.yaml")
        neovim.lua(BESIDE % json.dumps(given))
        neovim.until(SEEN, [sorted(OURS), STRUCTURE])
