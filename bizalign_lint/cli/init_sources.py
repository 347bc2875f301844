"""Which files of other tools a folder holds, and how a configuration names them as sources."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from bizalign_lint.core import shipped
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.types import Source
from bizalign_lint.parsing.documents import read_document

TABLES = ("*.csv", "*.xlsx", "*.xls", "*.ods")
"""What only a mapping of one's own can read, unless a shipped one knows it."""
_START = 100_000
"""So much of a file is looked at."""


class Proposal(NamedTuple):
    """An entry of ``sources``."""

    read: tuple[str, ...]
    name: str
    """The shipped mapping."""
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What the table calls columns of the mapping, where it does not know it by that."""
    open: tuple[str, ...] = ()
    """The kinds that it refers to and that nothing in the folder defines."""


def patterns() -> Globs:
    """The files that are worth a look."""
    said = {pattern for _, one in _descriptions() for pattern in _list(one["files"])}
    return Globs(sorted({*said, *TABLES}))


def propose(sources: Collection[Source]) -> tuple[list[Proposal], list[Source]]:
    """What the shipped mappings read, and the tables that none of them does."""
    proposals: dict[Proposal, None] = {}
    joined: dict[str, list[str]] = {}
    taken: set[str] = set()
    for name, said in _descriptions():
        if "plain" in said:
            continue
        files = Globs(_list(said["files"]))
        found = [
            source
            for source in sources
            if source.path not in taken and files.match(source.path) and _fits(source, said)
        ]
        taken.update(source.path for source in found)
        reads = [*_reads(found, said)]
        if said.get("joined"):
            joined.setdefault(name, []).extend(reads)
        else:
            proposals.update(dict.fromkeys(Proposal((read,), name) for read in reads))
    for name, reads in joined.items():
        if reads:
            proposals[Proposal((*reads,), name)] = None
    tables = Globs(TABLES)
    left = []
    for source in sources:
        if source.path not in taken and tables.match(source.path):
            plain = _plain(source)
            if plain is None:
                left.append(source)
            else:
                proposals[plain] = None
    return list(proposals), left


def plain_lists() -> Iterator[tuple[str, str]]:
    """The shipped mappings of plain lists, each with its column of what the rows are called."""
    wanted = {name: said["plain"][0] for name, said in _descriptions() if "plain" in said}
    yield from wanted.items()


def _plain(source: Source) -> Proposal | None:
    """How a table that is no tool's can be read by a shipped mapping."""
    from bizalign_lint.cli.init_tables import fit

    best, proposal = (0, 0), None
    for name, said in _descriptions():
        if "plain" in said and _fits(source, said):
            found = fit(source, read_document(shipped.mappings()[name]).value, said["plain"])
            if (found.named, found.rows) > best:
                best = found.named, found.rows
                proposal = Proposal((source.path,), name, found.columns)
    return proposal


def _descriptions() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What each shipped mapping says of the files that it reads."""
    for name, source in sorted(shipped.mappings().items()):
        for said in read_document(source).value.get("found", ()):
            yield name, said


def _fits(source: Source, said: Mapping[str, Any]) -> bool:
    """Whether a file holds what is said of those that a mapping reads."""
    start = source.content[:_START].decode(errors="replace")
    if not all(any(one in start for one in _list(words)) for words in said.get("holds", ())):
        return False
    columns = said.get("columns")
    if columns is None:
        return True
    from bizalign_lint.readers import formats

    records = formats.find("xlsx").read(source, {}).records
    return any(all(column in record.fields for column in columns) for record in records)


def _reads(found: Collection[Source], said: Mapping[str, Any]) -> Iterator[str]:
    """How a configuration names these files."""
    paths = sorted(source.path for source in found)
    if not paths:
        return
    by = said.get("by", "pattern")
    if by == "file":
        yield from paths
    elif by == "folder":
        for folder in sorted({posixpath.dirname(path) for path in paths}):
            yield posixpath.join(folder, _list(said["files"])[0])
    elif by == "tree":
        top = posixpath.commonpath([posixpath.dirname(path) or "." for path in paths])
        ending = posixpath.splitext(paths[0])[1]
        yield f"{top}/**/*{ending}" if top and top != "." else f"**/*{ending}"
    else:
        yield from (
            p for p in _list(said["files"]) if any(Globs([p]).match(path) for path in paths)
        )


def _list(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else list(said)
