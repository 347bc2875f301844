"""Heads of messages as editors may write them: names in any case, lines that end in any way."""

from __future__ import annotations

import json
import os

import pytest

from bizalign_lint.lsp.cancellation import CancellableInput
from tests.lsp.wire import Wire

HEADS = (
    b"Content-Length: %d\r\n\r\n",
    b"content-length: %d\r\n\r\n",
    b"CONTENT-LENGTH:%d\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
    b"Content-Type: x\ncontent-length:   %d \n\n",
    b"Content-Length: %d\n\n",
)


@pytest.mark.parametrize("head", HEADS)
def test_a_head_is_read_however_it_is_written(head: bytes) -> None:
    ours, theirs = os.pipe()
    body = json.dumps({"method": "$/cancelRequest", "params": {"id": 7}}).encode()
    with open(theirs, "wb") as editor:
        editor.write(head % len(body) + body)
    ahead = CancellableInput(ours)
    lines = iter(ahead.readline, b"")
    length = next(line for line in lines if line.startswith(b"Content-Length: "))
    assert length == b"Content-Length: %d\r\n" % len(body)
    assert not next(line for line in lines if not line.strip()).strip()
    assert ahead.read(len(body)) == body
    assert ahead.cancelled == {7}
    assert ahead.readline() == b""  # only then has its thread left the pipe
    os.close(ours)


def test_the_editor_introduces_itself_once() -> None:
    wire = Wire()
    said: dict[str, object] = {"processId": None, "rootUri": None, "capabilities": {}}
    assert "result" in wire.ask("initialize", said)
    assert "before" in wire.ask("initialize", said)["error"]["message"]
