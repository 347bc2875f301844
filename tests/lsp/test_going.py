"""After an action the cursor is where somebody writes on, in editors that can be led there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.core.types import Edit, Location, Source, Span
from bizalign_lint.ide.caret import caret

from .wire import Wire

HEAD = "apiVersion: bizalign/v1\nkind: {}\nmetadata: {{name: {}}}\nspec: {}\n"
TEXT = "# é😀\n" + HEAD.format("Capability", "sell", "{level: 1}")
CAN = {
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}},
    "window": {"showDocument": {"support": True}},
}


@pytest.mark.parametrize(
    ("text", "line", "before"),
    [
        ("  # bizalign: ignore[BAS101] -- \n", 1, "  # bizalign: ignore[BAS101] -- "),
        ("  budget:\n    amount: \n    currency: \n", 2, "    amount: "),
        ("  keyResults:\n    - name: \n", 2, "    - name: "),
        ("  a: 1\n  rules: []\n", 2, "  rules: ["),
        ("x: {to: , share: }\n", 1, "x: {to: "),
        ("kind: Capability\nspec: {}\n", 2, "spec: {}"),
        ("", 0, ""),
    ],
)
def test_the_first_place_to_fill_in(text: str, line: int, before: str) -> None:
    source = Source("a.yaml", b"first: 1\nlast: 2\n")
    edit = Edit(Location("a.yaml", Span(2, 1, 2, 1)), text)
    found = caret({"a.yaml": source}, edit)
    assert found == (("a.yaml", line + 1, before) if line else None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".bizalign.yaml").write_text('asOf: "2026-06-30"\nselect: [MOD108, MOD109]\n')
    (tmp_path / "sell.yaml").write_text(HEAD.format("Capability", "sell", "{level: 1}"))
    return tmp_path


def offered(wire: Wire, path: Path, code: str) -> dict[str, Any]:
    (found,) = (d for d in wire.told[path.as_uri()] if d["code"] == code)
    asked = {
        "textDocument": {"uri": path.as_uri()},
        "range": found["range"],
        "context": {"diagnostics": []},
    }
    answer = wire.ask("textDocument/codeAction", asked)["result"]
    return {action["title"].split(",")[0]: action for action in answer}


def shown(wire: Wire, action: Mapping[str, Any]) -> tuple[str, Any]:
    """Where the editor is led by the command of an action."""
    command = {key: action["command"][key] for key in ("command", "arguments")}
    wire.send("workspace/executeCommand", command, id="go")
    params = wire.until(lambda said: said.get("method") == "window/showDocument")["params"]
    assert params["takeFocus"]
    return Path(params["uri"]).name, params["selection"]["start"]


@pytest.mark.process
def test_an_editor_is_led_on(wire: Wire, root: Path) -> None:
    announced = wire.begin(root, can=CAN)
    assert announced["executeCommandProvider"]["commands"] == ["bizalign.goTo", "bizalign.chain"]
    path = root / "typed.yaml"
    text = TEXT + "---\n" + HEAD.format("Application", "shop", "\n  supports: [buy]")
    wire.open(path, text)
    wire.wait(lambda: len(wire.codes(path)) == 2)
    found = offered(wire, path, "MOD108")
    other = found["Go to the other definition"]
    assert "edit" not in other
    assert shown(wire, other) == ("sell.yaml", {"line": 2, "character": 17})
    accepted = found["Suppress MOD108 here"]
    (edit,) = accepted["edit"]["documentChanges"][0]["edits"]
    assert edit["newText"].endswith("# bizalign: ignore[MOD108] -- ")
    end = edit["range"]["start"]["character"] + len(edit["newText"])
    assert shown(wire, accepted) == ("typed.yaml", {"line": 3, "character": end})
    made = offered(wire, path, "MOD109")["Define the capability buy"]
    assert shown(wire, made)[0] == "buy.yaml"
    # No other program is started by way of the editor.
    asked = {"command": "bizalign.goTo", "arguments": ["http://example.com", other_range()]}
    assert wire.ask("workspace/executeCommand", asked)["result"] is None


def other_range() -> Any:
    start = {"line": 0, "character": 0}
    return {"start": start, "end": start}


@pytest.mark.process
def test_an_editor_that_cannot_be_led_is_not(wire: Wire, root: Path) -> None:
    wire.begin(root)
    path = root / "typed.yaml"
    wire.open(path, TEXT)
    wire.wait(lambda: wire.codes(path) == ["MOD108"])
    found = offered(wire, path, "MOD108")
    assert "Go to the other definition" not in found
    assert not any("command" in action for action in found.values())
