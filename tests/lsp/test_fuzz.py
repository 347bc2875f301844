"""Whatever is said to the server, in whatever order: it stays, and speaks only the protocol.

Each request has one answer.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from bizalign_lint.lsp.features import features

from .wire import Wire

TEXT = "apiVersion: bizalign/v1\nkind: Capability\nmetadata:\n  name: a-b\nspec: {level: 1}\n"
TOLD = (
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "workspace/didChangeConfiguration",
    "initialized",
    "$/cancelRequest",
    "$/setTrace",
    "no/such/method",
)


def _odd(random_: random.Random, depth: int = 0) -> Any:
    plain = [None, True, -1, 2**70, 1.5, "", "😀", "file:///", "file:///%00", "http://x/", "\ud800"]
    if depth > 2 or random_.random() < 0.5:
        return random_.choice(plain)
    keys = ("uri", "text", "range", "start", "line", "character", "version", "id", "jsonrpc")
    if random_.random() < 0.5:
        return [_odd(random_, depth + 1) for _ in range(random_.randrange(3))]
    return {random_.choice(keys): _odd(random_, depth + 1) for _ in range(random_.randrange(4))}


def params(random_: random.Random, uri: str) -> Any:
    """Parameters that are nearly right."""
    far = random_.choice([0, 1, 3, 99, 2**31 - 1])
    position = {"line": random_.choice([0, 2, 4, 99]), "character": far}
    whole: dict[str, Any] = {
        "textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": TEXT},
        "position": position,
        "range": {"start": position, "end": {"line": 0, "character": 0}},
        "contentChanges": [
            {"text": "x", "range": {"start": position, "end": {"line": 1, "character": far}}}
        ],
        "context": {"diagnostics": [], "includeDeclaration": True},
        "changes": [{"uri": uri, "type": random_.randrange(1, 4)}],
        "event": {"added": [], "removed": []},
        "query": "a",
        "newName": "b-c",
        "settings": {"bizalign": _odd(random_)},
        "item": {"uri": uri, "name": "a", "kind": 1, "range": _odd(random_)},
        "id": random_.choice([1, "x"]),
    }
    if random_.random() < 0.4:
        whole[random_.choice([*whole])] = _odd(random_)
    if random_.random() < 0.2:
        del whole[random_.choice([*whole])]
    return whole if random_.random() < 0.9 else _odd(random_)


def noise(random_: random.Random) -> bytes:
    """What is no message."""
    body = random_.choice(
        [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 5000, b'{"jsonrpc": "1.0"}']
    )
    body = random_.choice([body, json.dumps({"jsonrpc": "2.0", "id": _odd(random_)}).encode()])
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body) if body else b"X-Header: 1\r\n"


@pytest.mark.process
@pytest.mark.parametrize("seed", range(3))
def test_survives_anything(tmp_path: Path, seed: int) -> None:
    random_ = random.Random(seed)
    (tmp_path / ".bizalign.yaml").write_text("select: [model]\n")
    file = tmp_path / "a.yaml"
    file.write_text(TEXT)
    methods = [*TOLD, *(feature.method for feature in features())]
    requests: list[int] = []
    wire = Wire()
    try:
        if seed:  # otherwise all of it comes before the editor has introduced itself
            wire.begin(tmp_path)
        for number in range(150):
            if random_.random() < 0.1:
                wire.write(noise(random_))
            method = random_.choice(methods)
            uri = random_.choice([file.as_uri(), (tmp_path / "none.yaml").as_uri(), "untitled:1"])
            more = {"id": 1000 + number} if method not in TOLD else {}
            requests += more.values()
            wire.send(method, params(random_, uri), **more)
        if seed:
            again = wire.introduce(tmp_path)
            assert again["error"]["code"] == types.ErrorCodes.InvalidRequest
        else:
            wire.begin(tmp_path)
        wire.open(file, TEXT.replace("bizalign/v1", "bizalign/v9"))
        wire.wait(lambda: "MOD112" in wire.codes(file) or bool(wire.codes(file)))
        assert wire.end() == 0
        assert [id_ for id_ in wire.answered if id_ in requests] == requests
    finally:
        wire.kill()
