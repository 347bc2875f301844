"""Reading ahead, and the answers that a request always has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server is an extra")

from lsprotocol.types import ErrorCodes, LSPErrorCodes

from bizalign_lint.lsp.cancellation import CancellableInput

from .wire import Wire

pytestmark = pytest.mark.process

TEXT = "apiVersion: bizalign/v1\nkind: Capability\nmetadata:\n  name: a-b\nspec: {level: 1}\n"
CANCEL = "$/cancelRequest"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / ".bizalign.yaml").write_text("select: [model]\n")
    path = tmp_path / "a.yaml"
    path.write_text(TEXT)
    return path


def message(method: str, params: Any, **more: Any) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def hover(file: Path, id_: int | str) -> bytes:
    where = {"textDocument": {"uri": file.as_uri()}, "position": {"line": 1, "character": 8}}
    return message("textDocument/hover", where, id=id_)


def answer(wire: Wire, id_: int | str | None) -> dict[str, Any]:
    return wire.until(lambda said: said.get("id", "") == id_ and "method" not in said)


def begun(wire: Wire, file: Path) -> None:
    wire.begin(file.parent)
    wire.open(file, TEXT)


def test_what_is_called_off_in_time_is_not_done(wire: Wire, file: Path) -> None:
    begun(wire, file)
    # In one piece, so that the one is there when the turn of the other comes.
    wire.write(
        hover(file, 71)
        + hover(file, 72)
        + hover(file, "72")
        + message(CANCEL, {"id": 72})
        + hover(file, 73)
    )
    assert "Capability" in str(answer(wire, 71)["result"])
    assert answer(wire, 72)["error"]["code"] == LSPErrorCodes.RequestCancelled.value
    assert "Capability" in str(answer(wire, "72")["result"])
    assert "Capability" in str(answer(wire, 73)["result"])
    assert wire.end() == 0


def test_what_is_called_off_late_or_was_never_asked_is_no_harm(wire: Wire, file: Path) -> None:
    begun(wire, file)
    wire.write(hover(file, 71))
    assert "Capability" in str(answer(wire, 71)["result"])
    odd: list[Any] = [{"id": 71}, {"id": "never"}, {"id": None}, {"id": [1]}, {}, None, [], 7]
    for params in odd:
        wire.send(CANCEL, params)
    wire.write(b"".join(message(CANCEL, {"id": 71}) for _ in range(3)))
    # A number that is used again is another request.
    wire.write(hover(file, 71))
    assert "Capability" in str(answer(wire, 71)["result"])
    wire.change(file, {"text": TEXT.replace("Capability", "Capabilty")})
    wire.wait(lambda: wire.codes(file) == ["MOD105"])
    assert wire.end() == 0


def test_a_request_with_unreadable_parameters_is_answered(wire: Wire, file: Path) -> None:
    refused = [ErrorCodes.InvalidParams.value, ErrorCodes.InternalError.value]
    odd: list[Any] = [None, {"capabilities": 7}, {"processId": [], "capabilities": {"general": 1}}]
    for id_, params in enumerate(odd, start=500):
        wire.send("initialize", params, id=id_)
        assert answer(wire, id_)["error"]["code"] in refused
    begun(wire, file)
    for id_, params in enumerate([{"textDocument": {}}, [], "x"], start=600):
        wire.send("textDocument/hover", params, id=id_)
        assert answer(wire, id_)["error"]["code"] in refused
    wire.write(hover(file, 501))
    assert "Capability" in str(answer(wire, 501)["result"])


def test_nothing_is_done_before_the_editor_has_introduced_itself(wire: Wire, file: Path) -> None:
    wire.open(file, "{")
    wire.write(hover(file, 71))
    assert answer(wire, 71)["error"]["code"] == ErrorCodes.ServerNotInitialized.value
    begun(wire, file)
    wire.write(hover(file, 72))
    assert "Capability" in str(answer(wire, 72)["result"])


def test_nothing_is_done_after_the_end(wire: Wire, file: Path) -> None:
    begun(wire, file)
    wire.ask("shutdown")
    wire.write(hover(file, 71))
    assert answer(wire, 71)["error"]["code"] == ErrorCodes.InvalidRequest.value
    wire.send("exit")


def test_reads_what_a_stream_holds() -> None:
    """However it comes: in pieces, with garbage, with an end in the middle."""
    said = (
        b"X: 1\r\n\r\n"
        + message("a", {"text": "Content-Length: 7\r\n\r\n" * 9000})
        + b"Content-Type: x\r\n"
        + message(CANCEL, {"id": 1})
        + b"Content-Length: 5\r\n\r\nhello"
        + message(CANCEL, {"id": "é"})
        + message("x", {"id": 3, "method": CANCEL})
        + message(CANCEL, {"id": 4})
        + b"no end"
    )
    ours, theirs = os.pipe()
    ahead = CancellableInput(ours)
    for start in range(0, len(said), 1777):
        os.write(theirs, said[start : start + 1777])
        if not start:
            assert ahead.readline() == b"X: 1\r\n"
            read = b"X: 1\r\n"
        read += ahead.read(1000)
    os.close(theirs)
    while piece := ahead.read(900):
        read += piece
    os.close(ours)
    assert read == said
    assert ahead.readline() == ahead.read(9) == b""
    assert ahead.cancelled == {1, "é", 4}


def test_a_length_that_is_no_number_ends_nothing(wire: Wire, file: Path) -> None:
    begun(wire, file)
    wire.write(b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n" + hover(file, 71))
    assert "Capability" in str(answer(wire, 71)["result"])
    assert wire.end() == 0


@pytest.mark.parametrize("stream", ["<", ">"])
def test_an_editor_that_is_not_there(stream: str) -> None:
    command = f"exec {sys.executable} -m bizalign_lint lsp {stream}&-"
    done = subprocess.run(
        ["sh", "-c", command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
