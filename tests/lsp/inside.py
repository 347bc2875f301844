"""A server in this process that is told everything an editor says at once."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from io import BytesIO
from threading import Thread
from typing import Any, BinaryIO, NamedTuple, cast

from pygls.exceptions import JsonRpcException, JsonRpcInternalError

from bizalign_lint.lsp import hold
from bizalign_lint.lsp.cancellation import CancellableInput
from bizalign_lint.lsp.server import make_session


class Said(NamedTuple):
    """What a server says until the editor has left."""

    messages: list[dict[str, Any]]
    log: list[str]
    """Its complaints, but for those of what is no JSON, or is refused with a reason."""

    def answers(self) -> dict[Any, Any]:
        """By request; KeyError of one that has two."""
        found: dict[Any, Any] = {}
        for message in self.messages:
            if "id" in message and "method" not in message:
                assert message["id"] not in found, f"two answers: {message}"
                found[message["id"]] = message.get("error", message.get("result"))
        return found


def framed(method: str, params: Any, **more: Any) -> bytes:
    """A message as it is sent."""
    body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def talk(said: bytes) -> Said:
    """What a server answers; it judges at once what has changed."""
    patience, hold.PATIENCE = hold.PATIENCE, 0.0
    heard, out = _Log(), _Out()
    # What pygls writes of messages that are none, is as it has to be.
    quiet, log = logging.getLogger("pygls"), logging.getLogger("bizalign_lint")
    level = quiet.level
    quiet.setLevel(logging.CRITICAL + 1)
    log.addHandler(heard)
    reading, writing = os.pipe()
    speaker = Thread(target=_speak, args=(writing, said))
    speaker.start()
    try:
        session = make_session()
        # Of this session alone, and the error itself: its type is not in what the server logs.
        session.report_server_error = heard.report  # type: ignore[method-assign]
        ahead = CancellableInput(reading)
        session.protocol.cancelled = ahead.cancelled
        session.start_io(cast("BinaryIO", ahead), cast("BinaryIO", out))
        while ahead.read(1 << 20):  # so that its thread has left the pipe
            pass
    finally:
        speaker.join()
        os.close(reading)
        log.removeHandler(heard)
        quiet.setLevel(level)
        hold.PATIENCE = patience
    return Said([*_messages(out.getvalue())], heard.said)


def _speak(writing: int, said: bytes) -> None:
    with os.fdopen(writing, "wb") as out:
        out.write(said)


def _messages(text: bytes) -> Iterator[dict[str, Any]]:
    while text:
        head, _, rest = text.partition(b"\r\n\r\n")
        length = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
        yield json.loads(rest[:length])
        text = rest[length:]


class _Out(BytesIO):
    def close(self) -> None:
        """Not at the end of a conversation: it is read after that."""


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """A folder that cannot be judged."""
        self.said.append(self.format(record))

    def report(self, error: Exception, source: Any) -> None:
        """A message that cannot be handled."""
        data = getattr(error, "data", "")
        if "workspace.update_text_document" in str(data):
            return  # a change of a file that is not open, which the library notes, and we leave out
        refused = isinstance(error, JsonRpcException) and not isinstance(
            error, JsonRpcInternalError
        )
        if not refused and not isinstance(error, (ValueError, RecursionError)):
            self.said.append(f"{source}: {error!r} {data}")
