"""Looking at the disk for what nobody reports: at once, when a file is opened or saved, when
idle."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import perf_counter

from bizalign_lint.lsp.folder import Folder
from bizalign_lint.lsp.session import Session

_OFTEN = 2.0
"""How many seconds there are between two looks of a server whose editor does not watch."""
_SHARE = 50
"""A look that takes long comes the more rarely: it takes one part in so many of the time."""


def now(session: Session, folder: Folder) -> None:
    """Bring a folder up to date with the disk."""
    if folder.has_other_setup():
        session.reopen(folder)
        session.soon(folder)
    elif folder.is_set_up and folder.look(folder.found()):
        session.soon(folder)


async def again(session: Session) -> None:
    """Look at all folders, while requests go on."""
    with suppress(asyncio.CancelledError):  # the editor has left
        await _again(session)


async def _again(session: Session) -> None:
    for folder in session.folders:
        if folder.has_other_setup():
            session.reopen(folder)
            session.soon(folder)
        elif folder.is_set_up:
            found = await asyncio.to_thread(folder.found)
            if folder.look(found):
                session.soon(folder)
    session.follow_nested()


async def go_on(session: Session) -> None:
    """Look again and again, for an editor that reports nothing of what changes on disk."""
    rest = _OFTEN
    with suppress(asyncio.CancelledError):  # the editor has left
        while not session.is_shut_down:
            await asyncio.sleep(rest)
            start = perf_counter()
            await _again(session)
            rest = max(_OFTEN, _SHARE * (perf_counter() - start))
