"""What editors say, whole, odd and broken, to a server in this process.

Each request has one answer, none is an internal error, and nothing is written to the log.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from lsprotocol import types

from bizalign_lint.lsp.features import features
from tests.lsp.inside import framed, talk
from tests.lsp.test_fuzz import TOLD, noise, params
from tests.lsp.test_robust import OTHERS, mutilated
from tests.lsp.wire import CAN

LENGTH = 40
"""How many messages a conversation has."""
OWN = {
    ".bizalign.yaml": "select: [model, BAS]\nrules: [lint]\n",
    "lint/guideline.yaml": "id: house\ntitle: House\norder: 90\nsummary: A.\nrationale: B.\n",
}


@cache
def _folder() -> TemporaryDirectory[str]:
    made = TemporaryDirectory()
    for name, text in {**OTHERS, **OWN}.items():
        path = Path(made.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return made


def one(random: Random) -> int:
    """A conversation."""
    folder = Path(_folder().name).resolve()
    said, requests = _conversation(random, folder)
    try:
        heard = talk(said)
        assert not heard.log, heard.log[0]
        answers = heard.answers()
        missing = {*requests} - answers.keys()
        assert not missing, f"not answered: {missing}"
        for answer in answers.values():
            code = answer.get("code") if isinstance(answer, dict) else None
            assert code != types.ErrorCodes.InternalError.value, answer
    except AssertionError as error:
        error.add_note(repr(said)[:20_000])
        raise
    return LENGTH


def _conversation(random: Random, folder: Path) -> tuple[bytes, list[int]]:
    """What an editor sends, and the requests in it that have to be answered."""
    methods = [*TOLD, *(feature.method for feature in features())]
    files = [*OTHERS, *OWN, "new.yaml", "none/at/all.yaml"]
    texts = {name: OTHERS.get(name) or OWN.get(name, "") for name in files}
    said, requests = [], []

    def send(method: str, given: Any, **more: Any) -> None:
        message = framed(method, given, **more)
        said.append(message if random.random() < 0.5 else _other_head(message))

    def ask(method: str, given: Any) -> None:
        requests.append(1000 + len(said))
        send(method, given, id=requests[-1])

    root = {"uri": folder.as_uri(), "name": "a"}
    begin = {"processId": None, "rootUri": None, "capabilities": CAN, "workspaceFolders": [root]}
    if random.random() < 0.9:
        ask(types.INITIALIZE, begin)
    opened: list[str] = []
    for _ in range(LENGTH):
        name = random.choice(opened or files)
        uri = random.choice(((folder / name).as_uri(),) * 8 + ("untitled:1", "file:///%00", ""))
        whole = params(random, uri)
        chance = random.random()
        if chance < 0.04:
            said.append(noise(random))
        elif chance < 0.3 and isinstance(whole, dict) and "textDocument" in whole:
            opened.append(random.choice(files))
            uri = (folder / opened[-1]).as_uri()
            text = mutilated(random, texts[opened[-1]] or OTHERS[next(iter(OTHERS))])
            item = {"uri": uri, "languageId": "yaml", "version": len(said), "text": text}
            send(types.TEXT_DOCUMENT_DID_OPEN, {"textDocument": item})
        elif chance < 0.4:
            send(random.choice(TOLD), whole)
        else:
            method = random.choice(methods)
            (send if method in TOLD else ask)(method, whole)
    if random.random() < 0.5:
        ask(types.SHUTDOWN, None)
        send(types.EXIT, None)
    return b"".join(said), requests


def _other_head(message: bytes) -> bytes:
    """The same message, as some editors write it."""
    head, _, body = message.partition(b"\r\n\r\n")
    return head.lower() + b"\n\n" + body
