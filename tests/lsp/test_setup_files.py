"""Configurations, rules and mappings are completed, explained and checked while they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bizalign_lint.core.types import Source
from bizalign_lint.editors.setup_schema import setup_schema
from bizalign_lint.engine.load import names
from bizalign_lint.ide.setup_files import complete, hover

from ..workspace import shipped
from .editor import MARK, marked
from .wire import Wire


def labels(text: str, name: str = "config") -> list[str]:
    plain, position = marked(text)
    schema = setup_schema(name, names(shipped()))
    offer = complete(Source("file.yaml", plain.encode()), schema, position)
    return [item.label for item in offer.items] if offer is not None else []


def told(text: str, name: str = "config") -> str:
    plain, position = marked(text)
    found = hover(
        Source("file.yaml", plain.encode()), setup_schema(name, names(shipped())), position
    )
    return found.text if found is not None else ""


@pytest.mark.parametrize(
    ("text", "some"),
    [
        (f"sel{MARK}", "select"),
        (f"failOn: {MARK}\n", "never"),
        (f"select: [BAS1{MARK}]\n", "BAS101"),
        (f"select:\n  - BAS1{MARK}\n", "BAS101"),
        (f"severity:\n  BAS1{MARK}\n", "BAS101"),
        (f"severity:\n  BAS101: {MARK}\n", "warning"),
        (f"severity:\n  BAS101:\n    {MARK}\n", "error"),
        (f"overrides:\n  - paths: [x]\n    {MARK}\n", "ignore"),
    ],
)
def test_what_may_stand_in_a_configuration(text: str, some: str) -> None:
    assert some in labels(text)


def test_what_is_there_is_not_offered_again() -> None:
    assert "select" not in labels(f"select: []\n{MARK}")


def test_what_may_stand_in_a_rule() -> None:
    assert "Capability" in labels(f"target: Cap{MARK}\n", "rule")
    assert {"minCount", "target"} <= {*labels(MARK, "rule")}


def test_keys_and_rules_are_explained() -> None:
    summary = shipped().rules.rules["BAS101"].summary
    assert summary in told(f"select: [BAS{MARK}101]\n")
    assert "Lowest severity" in told(f"fail{MARK}On: error\n")


@pytest.mark.process
def test_a_configuration_is_checked_while_it_is_typed(wire: Wire, tmp_path: Path) -> None:
    config = tmp_path / ".bizalign.yaml"
    config.write_text("select: [MOD109]\n")
    wire.begin(tmp_path)
    wire.open(config, "selct: [MOD109]\n")
    wire.wait(lambda: len(wire.told.get(config.as_uri(), ())) == 1)
    (found,) = wire.told[config.as_uri()]
    assert "did you mean select" in found["message"]
    at = {"textDocument": {"uri": config.as_uri()}, "position": {"line": 0, "character": 3}}
    items = wire.ask("textDocument/completion", at)["result"]["items"]
    assert "select" in [item["label"] for item in items]
    wire.change(config, {"text": "select: ["})
    wire.wait(lambda: "selct" not in str(wire.told[config.as_uri()]))
    assert len(wire.told[config.as_uri()]) == 1
    wire.change(config, {"text": "select: [MOD109]\n"})
    wire.wait(lambda: wire.told[config.as_uri()] == [])


@pytest.mark.process
def test_a_kind_is_completed_and_explained_while_it_is_typed(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / ".bizalign.yaml").write_text("schemas: [schemas]\n")
    (tmp_path / "schemas").mkdir()
    wire.begin(tmp_path)
    kind = tmp_path / "schemas" / "robot.schema.yaml"
    wire.open(kind, "properties:\n  spec:\n    properties:\n      runsOn:\n        \n")
    at = {"textDocument": {"uri": kind.as_uri()}, "position": {"line": 4, "character": 8}}
    items = wire.ask("textDocument/completion", at)["result"]["items"]
    assert {"x-relation", "description", "enum"} <= {item["label"] for item in items}
    wire.change(kind, {"text": "x-aliases: [Machine]\n"})
    at["position"] = {"line": 0, "character": 3}
    said = wire.ask("textDocument/hover", at)["result"]["contents"]["value"]
    assert said.startswith("**x-aliases**")
