"""The server: everything that it answers, put together and set going."""

from __future__ import annotations

import gc
import logging
import os
import sys
from typing import BinaryIO, TextIO, cast

from bizalign_lint.lsp import chain, going, notifications, questions
from bizalign_lint.lsp.cancellation import CancellableInput
from bizalign_lint.lsp.features import features
from bizalign_lint.lsp.session import Session


def make_session() -> Session:
    """A server that answers everything."""
    session = Session()
    notifications.register(session)
    going.register(session)
    chain.register(session)
    for feature in features():
        questions.register(session, feature)
    return session


def own_log() -> TextIO:
    """Standard error by a descriptor of its own.

    While a thread parses, the usual one leads nowhere (see ``parsing.yaml.fast``), and what other
    threads say is to be heard.
    """
    return os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")


def serve() -> int:
    """Serve on standard input and output until the editor leaves."""
    if sys.stdin is None or sys.stdout is None:
        return 1  # it has left before it came
    sys.stderr = own_log()
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
    # Standard output belongs to the protocol: whatever else would be written there, is not.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    session = make_session()
    # The collector of dead objects, which the command line has switched off, is switched on once
    # the first model has been read: see Session.publish.
    ahead = CancellableInput(sys.stdin.fileno())
    session.protocol.cancelled = ahead.cancelled
    session.start_io(cast("BinaryIO", ahead), out)
    gc.disable()
    return int(not session.is_shut_down)
