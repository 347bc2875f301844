"""Judging leaves room for what the editor asks meanwhile, and tells of what matters first."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from bizalign_lint.lsp import hold, judging
from bizalign_lint.lsp.client import Client
from bizalign_lint.lsp.session import Session

HEAD = "apiVersion: bizalign/v1\nkind: {}\nmetadata: {{name: {}}}\nspec: {}\n"
HUB = HEAD.format("Capability", "sell", "{level: 1}")
MANY = 12


class Watched:
    """A server whose words are kept, in place of an editor that reads them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
        (root / ".bizalign.yaml").write_text('asOf: "2026-06-30"\nselect: [MOD109]\n')
        (root / "hub.yaml").write_text(HUB)
        for number in range(MANY):
            text = HEAD.format("Application", f"app-{number}", "{supports: [sell]}")
            (root / f"app-{number}.yaml").write_text(text)
        self.root = root
        self.session = Session()
        self.said: list[Any] = []
        progress = self.session.work_done_progress
        monkeypatch.setattr(self.session, "text_document_publish_diagnostics", self.said.append)
        monkeypatch.setattr(progress, "create", lambda token, created: created())
        for name in ("begin", "end"):
            monkeypatch.setattr(progress, name, lambda _, value: self.said.append(value))

    def told(self) -> list[str]:
        """The files that were told of, in order; empty where there is nothing wrong in one."""
        return [
            Path(said.uri).name if said.diagnostics else ""
            for said in self.said
            if isinstance(said, types.PublishDiagnosticsParams)
        ]

    def open(self, name: str, text: str, version: int = 1) -> None:
        self.session.open_text((self.root / name).as_uri(), text, version)

    async def until(self, holds: Callable[[], bool]) -> int:
        """How often something else had its turn before that was so."""
        turns = 0
        async with asyncio.timeout(20):
            while not holds():
                turns += 1
                await asyncio.sleep(0.0005)
        return turns


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Watched:
    monkeypatch.setattr(judging, "_SLICE", -1.0)
    monkeypatch.setattr(judging, "_MANY", 4)
    monkeypatch.setattr(judging, "_CALM", 0.05)
    return Watched(monkeypatch, tmp_path)


def test_files_that_are_open_come_first_and_all_come(watched: Watched) -> None:
    async def typed() -> None:
        watched.session.add_folder(watched.root.as_uri())
        watched.open("app-7.yaml", (watched.root / "app-7.yaml").read_text())
        watched.open("hub.yaml", HUB.replace("sell", "sale"))
        await watched.until(lambda: len(watched.told()) == 1)
        # Nobody waits for what was not told before the next edit: only what is so in the end is.
        watched.open("hub.yaml", HUB.replace("sell", "sales"), 2)
        await watched.until(lambda: len(watched.told()) == MANY)

    asyncio.run(typed())
    assert watched.told()[0] == "app-7.yaml"
    assert sorted(watched.told()) == sorted(f"app-{number}.yaml" for number in range(MANY))


def test_what_comes_to_be_right_again_meanwhile_is_never_told(watched: Watched) -> None:
    async def typed() -> None:
        watched.session.add_folder(watched.root.as_uri())
        watched.open("app-7.yaml", (watched.root / "app-7.yaml").read_text())
        watched.open("hub.yaml", HUB.replace("sell", "sale"))
        await watched.until(lambda: len(watched.told()) == 1)
        watched.open("hub.yaml", HUB, 2)
        await watched.until(lambda: len(watched.told()) == 2)
        await asyncio.sleep(0.1)

    asyncio.run(typed())
    assert watched.told() == ["app-7.yaml", ""]


@pytest.mark.parametrize("can", [True, False])
def test_what_takes_long_is_shown_where_that_can_be_done(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, can: bool
) -> None:
    monkeypatch.setattr(judging, "_LONG", 0.0)

    (watched.root / ".bizalign.yaml").write_text('asOf: "2026-06-30"\n')

    async def judged() -> None:
        watched.session.client = Client(shows_progress=can)
        watched.session.add_folder(watched.root.as_uri())
        watched.open("hub.yaml", HUB.replace("sell", "sale"))
        assert await watched.until(lambda: len(watched.told()) >= MANY) > 10

    asyncio.run(judged())
    shown = [said.kind for said in watched.said if hasattr(said, "kind")]
    assert shown == (["begin", "end"] if can else [])


def typed_into(watched: Watched, line: int, start: int, end: int, text: str) -> None:
    """A change as editors report them while somebody types."""
    stretch = types.Range(types.Position(line, start), types.Position(line, end))
    change = types.TextDocumentContentChangePartial(text=text, range=stretch)
    watched.session.change_text((watched.root / "hub.yaml").as_uri(), [change], 2)


def test_what_a_definition_lacks_is_shown_when_nobody_types_in_it(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    (watched.root / ".bizalign.yaml").write_text('asOf: "2026-06-30"\nselect: [MOD106]\n')
    text = HUB + "---\n" + HUB.replace("sell", "buy")
    found: list[list[Any]] = []

    def codes() -> list[str]:
        last = [said for said in watched.said if isinstance(said, types.PublishDiagnosticsParams)]
        return [d.message for d in last[-1].diagnostics] if last else []

    async def typed() -> None:
        watched.session.add_folder(watched.root.as_uri())
        watched.open("hub.yaml", text)
        monkeypatch.setattr(hold, "PATIENCE", 0.6)
        typed_into(watched, 2, 0, 22, "metadata: {}")  # the name is missing now
        typed_into(watched, 3, 14, 15, "x")  # in the line that is typed, a level that is none
        await watched.until(lambda: bool(codes()))
        found.append(codes())
        await watched.until(lambda: len(codes()) > 1)
        found.append(codes())

    asyncio.run(typed())
    first, then = found
    assert len(first) == 1 and "level" in first[0]
    assert len(then) == 2 and "name" in " ".join(then)


def test_nothing_is_kept_of_a_folder_that_the_editor_has_closed(watched: Watched) -> None:
    async def closed() -> bool:
        session, uri = watched.session, watched.root.as_uri()
        (watched.root / "hub.yaml").unlink()
        session.add_folder(uri)
        (folder,) = map(weakref.ref, session.folders)
        await watched.until(lambda: len(watched.told()) == MANY)
        session.remove_folder(uri)
        gc.collect()
        return folder() is None

    assert asyncio.run(closed())
