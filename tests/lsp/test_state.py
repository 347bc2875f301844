"""What the server tells of itself: only an editor that asks for it, and never before its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .test_below import changed, model
from .wire import CAN, Wire

pytestmark = pytest.mark.process

METHOD = "experimental/serverStatus"
ASKS = {**CAN, "experimental": {"serverStatusNotification": True}}


def told(wire: Wire, is_quiescent: bool = True) -> Any:
    def wanted(said: dict[str, Any]) -> bool:
        return said.get("method") == METHOD and said["params"]["quiescent"] is is_quiescent

    return wire.until(wanted)["params"]


def test_models_and_whether_they_are_judged(wire: Wire, tmp_path: Path) -> None:
    file = model(tmp_path / "deep/shop")
    model(tmp_path / "other")
    answer = wire.introduce(tmp_path, can=ASKS)
    assert "capabilities" in answer["result"]
    wire.send("initialized", {})
    first = told(wire)
    assert first == {
        "quiescent": True,
        "health": "ok",
        "message": "shop: 1 definition\nother: 1 definition",
    }
    wire.open(file, file.read_text())
    wire.change(file, {"text": ""})
    assert told(wire, False)["message"] == first["message"]
    assert told(wire)["message"] == "shop: 0 definitions\nother: 1 definition"


def test_a_set_up_that_cannot_be_read_is_told(wire: Wire, tmp_path: Path) -> None:
    config = model(tmp_path / "shop").parent / ".bizalign.yaml"
    wire.begin(tmp_path, can=ASKS)
    assert told(wire)["health"] == "ok"
    config.write_text("selct: [MOD109]\n")
    changed(wire, config)
    wrong = told(wire)
    assert wrong["health"] == "error"
    assert "selct" in wrong["message"]


def test_who_does_not_ask_is_told_nothing(wire: Wire, tmp_path: Path) -> None:
    file = model(tmp_path / "shop")
    wire.begin(tmp_path)
    said: list[Any] = []

    def done(message: dict[str, Any]) -> bool:
        said.append(message.get("method"))
        return bool(wire.codes(file))

    wire.until(done)
    wire.hush()
    assert METHOD not in said
