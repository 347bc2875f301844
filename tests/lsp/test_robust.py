"""Whatever is in a file, and wherever in it one asks: an answer, never an exception."""

from __future__ import annotations

import logging
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from bizalign_lint.core.types import Edit, Location, Span
from bizalign_lint.ide import (
    actions,
    completion,
    folding,
    goto,
    hierarchy,
    hover,
    lenses,
    rename,
    symbols,
    tokens,
)
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.refused import RefusedError
from bizalign_lint.ide.snapshot import Snapshot

from .editor import applied, example, snapshot
from .inside import framed, talk

BITS = [
    *":-[]{}#\"'|>&*!?, \n\t\r\\~1",
    "\r\n",
    "😀",
    "e\u0301",
    "\0",
    "\ufeff",
    "\ud800",
    "---\n",
    "...\n",
    "kind: ",
    "name: ",
    "spec:\n",
    "metadata:\n",
    "null",
    "<<: *a",
    "&a ",
    "!!str ",
    "apiVersion: bizalign/v1\n",
    "# bizalign: ignore[",
    "a" * 200,
]
OTHERS = dict([*example().items()][:6])


def mutilated(chance: random.Random, text: str) -> str:
    """A text with pieces taken away, put in and moved."""
    start = chance.randrange(max(1, len(text) - 500))
    text = text[start : start + 500] if chance.random() < 0.5 else text[:500]
    for _ in range(chance.randrange(8)):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0 | 1:
                text = text[:at] + chance.choice(BITS) + text[at:]
            case 2:
                text = text[:at] + text[at + chance.randrange(60) :]
            case _:
                other = chance.randrange(len(text) + 1)
                piece = text[min(at, other) : max(at, other)][:80]
                text = text[:at] + piece + text[at:]
    return text[: chance.randrange(len(text) + 1)] if chance.random() < 0.2 else text


def _positions(text: str) -> Iterator[Position]:
    """Every position of a text, and some that are beyond it."""
    for number, line in enumerate(text.splitlines(), start=1):
        for column in range(1, len(line) + 3):
            yield Position(number, column)
    yield from (Position(0, 0), Position(-1, -1), Position(1, 999), Position(999, 1))


def _rename(files: Snapshot, path: str, position: Position) -> list[Any]:
    try:
        rename.prepare(files, path, position)
        return rename.rename(files, path, position, "new-name")
    except RefusedError:
        return []


AT: tuple[Callable[[Snapshot, str, Position], Any], ...] = (
    completion.completion,
    hover.hover,
    goto.definition,
    goto.references,
    goto.highlights,
    hierarchy.prepare_types,
    hierarchy.prepare_calls,
    _rename,
)
WHOLE: tuple[Callable[[Snapshot, str], Any], ...] = (
    symbols.document_symbols,
    lenses.lenses,
    folding.folds,
    tokens.tokens,
)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("seed", range(8))
def test_every_feature_at_every_position(seed: int) -> None:
    chance = random.Random(seed)
    text = mutilated(chance, chance.choice([*example().values()]))
    files = snapshot({**OTHERS, "a.yaml": text}, judged=True)
    for position in _positions(text):
        for ask in AT:
            ask(files, "a.yaml", position)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_manymutilated_files(seed: int) -> None:
    chance = random.Random(1000 + seed)
    for _ in range(30):
        text = mutilated(chance, chance.choice([*example().values()]))
        files = snapshot({"a.yaml": text}, judged=True)
        places = [*_positions(text)]
        for position in chance.sample(places, min(20, len(places))):
            for ask in AT:
                ask(files, "a.yaml", position)
        for ask_whole in WHOLE:
            ask_whole(files, "a.yaml")
        for lens in lenses.lenses(files, "a.yaml"):
            lenses.counted(files, lens)
        for action in actions.actions(files, "a.yaml", Span(1, 1, 999, 1)):
            assert action.edits


@pytest.mark.parametrize("seed", range(6))
def test_what_is_offered_can_be_put_there(seed: int) -> None:
    """The stretch that an item replaces lies on the line of the cursor, and holds it."""
    chance = random.Random(2000 + seed)
    text = mutilated(chance, chance.choice([*example().values()]))
    files = snapshot({**OTHERS, "a.yaml": text})
    for position in _positions(text):
        offer = completion.completion(files, "a.yaml", position)
        if offer is not None and offer.items and 0 < position.line < 999:
            span = offer.span
            assert span.line == span.end_line == position.line
            assert span.column <= position.column
            location = Location("a.yaml", span)
            edit = Edit(location, offer.items[0].text)
            assert offer.items[0].text in applied(files, [edit])["a.yaml"]


TALKING = """
import sys
from bizalign_lint.lsp.server import own_log
from bizalign_lint.parsing.yaml import fast

sys.stderr = own_log()
parse = fast.ryml.parse_in_arena

def beside(*arguments):
    print("said by another thread meanwhile", file=sys.stderr)
    return parse(*arguments)

fast.ryml.parse_in_arena = beside
assert fast.read_unguarded([b"a: ["]) is None
"""


@pytest.mark.process
def test_the_log_holds_what_is_said_while_a_file_is_read() -> None:
    """And nothing that the parser itself writes about a broken one."""
    done = subprocess.run(
        [sys.executable, "-c", TALKING], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "said by another thread meanwhile\n")


def test_a_refusal_is_an_answer_and_no_error_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Though the library logs the exceptions of all requests, with their traces."""
    caplog.set_level(logging.INFO, "bizalign_lint.lsp.protocol")
    caplog.set_level(logging.INFO, "pygls.protocol.json_rpc")
    (tmp_path / "a.yaml").write_text("# nothing to rename\n", "utf-8")
    at = {
        "textDocument": {"uri": (tmp_path / "a.yaml").as_uri()},
        "position": {"line": 0, "character": 3},
    }
    begin: dict[str, Any] = {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}}
    said = talk(
        framed(types.INITIALIZE, begin, id=1)
        + framed(types.INITIALIZED, {})
        + framed(types.TEXT_DOCUMENT_PREPARE_RENAME, at, id=2)
    )
    assert said.answers()[2]["message"] == "there is nothing to rename here"
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
    assert "request 2 is refused: there is nothing to rename here" in caplog.messages


NO_IDS: tuple[Any, ...] = ({}, [], None, 1.5)
ODD = (b"null", b"[]", b'"x"', b"7", b"[[[", b"{}", b'{"jsonrpc": "2.0"}')


def test_what_is_odd_is_answered_or_passed_over(tmp_path: Path) -> None:
    """And nothing is written to the log, nor on the way out."""
    uri = tmp_path.as_uri()
    lens = {"range": {"start": {"line": 1, "character": 1}, "end": {"line": 1, "character": 2}}}
    begin: dict[str, Any] = {"processId": None, "rootUri": uri, "capabilities": {}}
    said = talk(
        framed(types.INITIALIZE, begin, id=1)
        + framed(types.INITIALIZED, {})
        + b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(odd), odd) for odd in ODD)
        + b"".join(framed(types.CANCEL_REQUEST, {"id": id_}) for id_ in NO_IDS)
        + framed(types.CODE_LENS_RESOLVE, lens, id=2)
        + framed(types.CODE_LENS_RESOLVE, {**lens, "data": {"uri": "untitled:1"}}, id=3)
        + framed(types.CODE_LENS_RESOLVE, {**lens, "data": [1]}, id=4)
    )
    answers = said.answers()
    assert said.log == []
    assert [answers[id_]["range"] for id_ in (2, 3, 4)] == [lens["range"]] * 3
