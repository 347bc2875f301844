"""What an editor shows: snapshots of small workspaces and of the example, positions by a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Edit, Finding, Location, Source
from bizalign_lint.engine.judge import judge
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import read_model
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.positions import lines

from ..workspace import DAY, shipped

MERIDIAN = Path(__file__).parent.parent.parent / "examples" / "meridian"
MARK = "▮"
"""Where the cursor stands."""


class Place(NamedTuple):
    """A workspace in which the cursor stands somewhere."""

    snapshot: Snapshot
    path: str
    position: Position


@cache
def example() -> Mapping[str, str]:
    """The files of the example."""
    return {
        path.relative_to(MERIDIAN).as_posix(): path.read_bytes().decode()
        for path in sorted(MERIDIAN.rglob("*.yaml"))
        if not path.name.startswith(".")
    }


def snapshot(
    files: Mapping[str, str], judged: bool = False, loaded: Loaded | None = None
) -> Snapshot:
    """A workspace with these files; with its findings only where they matter."""
    loaded = loaded or shipped()
    sources = {
        path: Source(path, text.encode("utf-8", "surrogatepass")) for path, text in files.items()
    }
    settings = Settings(as_of=DAY)
    model = read_model(loaded, sources.values())
    documents = {path: [d for d in model.documents if d.source.path == path] for path in sources}
    findings: Sequence[Finding] = ()
    if judged:
        findings = judge(loaded, model, [*sources.values()], settings).findings
    return Snapshot(Path("/workspace"), loaded, settings, sources, documents, model.graph, findings)


@cache
def meridian() -> Snapshot:
    """The example."""
    return snapshot(example(), judged=True)


def marked(text: str) -> tuple[str, Position]:
    """A text without its mark, and where that stood."""
    before, mark, after = text.partition(MARK)
    assert mark
    line = before.replace("\r\n", "\n").count("\n")
    return before + after, Position(line + 1, len(before.rpartition("\n")[2]) + 1)


def typing(text: str, others: Mapping[str, str] | None = None, judged: bool = False) -> Place:
    """The cursor at the mark in a file beside others."""
    plain, position = marked(text)
    files = {**(others or {}), "typed.yaml": plain}
    return Place(snapshot(files, judged), "typed.yaml", position)


def beside(text: str) -> Place:
    """The cursor at the mark in a file beside the example, whose own nodes do not matter."""
    plain, position = marked(text)
    source = Source("typed.yaml", plain.encode())
    files = meridian()
    return Place(
        files._replace(sources={**files.sources, source.path: source}), source.path, position
    )


def at(files: Snapshot, path: str, needle: str, into: int = 1) -> Place:
    """The cursor so many characters into the first occurrence of a text."""
    text = lines(files.sources[path]).all
    start = text.index(needle) + into
    line = text.count("\n", 0, start)
    return Place(files, path, Position(line + 1, start - text.rfind("\n", 0, start)))


def written(files: Snapshot, location: Location) -> str:
    """What stands at a location."""
    found = lines(files.sources[location.path])
    span = location.span
    return found.all[
        found.index(span.line, span.column) : found.index(span.end_line, span.end_column)
    ]


def applied(files: Snapshot, edits: list[Edit]) -> dict[str, str]:
    """The files after some edits."""
    texts = {path: source.content.decode() for path, source in files.sources.items()}
    for edit in sorted(edits, reverse=True):
        path, span, _ = edit.location
        found = lines(Source(path, texts.get(path, "").encode()))
        start = found.index(span.line, span.column)
        end = found.index(span.end_line, span.end_column)
        texts[path] = found.all[:start] + edit.text + found.all[end:]
    return texts
