"""The fast path: rapidyaml → JSON → orjson, if that is certain to give what YAML 1.2 requires.

All files are read here first; ``guards`` decides what is left to the exact path.
"""

from __future__ import annotations

import os
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise
from threading import Lock
from typing import Any

import orjson
import ryml

from bizalign_lint.core.limits import MAX_DOCUMENTS, MAX_VALUES
from bizalign_lint.core.workers import Worker, processes, results, start_worker
from bizalign_lint.parsing.yaml.guards import allow_json, allow_text

_BOM = b"\xef\xbb\xbf"
_START = b"---\n"
_PIECE = 1 << 16
_MAX_SHORT = 1 << 12
_MAX_TOGETHER = 1 << 12
_MIN_SHARE = 1 << 20
"""Minimum number of bytes per process: for less, starting one costs more than it saves."""
_BATCH = 500
"""Number of files that a process reads before it sends their results."""
_COST_OF_RULES = 5 << 20
"""Bytes of definitions that take as long to read as the rules take to read and compile."""
_NEXT_DOCUMENT = re.compile(rb"\n---(?=[ \n]|\Z)")

_buffer = bytearray(4 * _PIECE)
_lock = Lock()
_nowhere = os.open(os.devnull, os.O_WRONLY)


def read(content: bytes) -> list[Any] | None:
    """The values of all documents of a file; None if the exact path is needed."""
    if content.startswith(_BOM):
        content = content[3:]
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n")
    if len(content) <= _PIECE:
        return _read(content)
    values: list[Any] = []
    for piece in _pieces(content):
        read_values = _read(piece)
        if read_values is None:
            return None
        values += read_values
    return values if len(values) <= MAX_DOCUMENTS else None


def read_all(contents: Sequence[bytes]) -> Iterator[list[Any] | None]:
    """The results of ``read`` for many files, in their order, but faster.

    Short files are read together, and parts in other processes, which have started when it returns.
    """
    own, *others = _parts(contents, processes(sum(map(len, contents)), _MIN_SHARE))
    batches = [[*_batches(part)] for part in others]
    workers = [start_worker(partial(_dump, part)) for part in batches]
    return _collect(own, batches, workers)


def _collect(
    own: Sequence[bytes],
    others: Sequence[Sequence[Sequence[bytes]]],
    workers: Sequence[Worker | None],
) -> Iterator[list[Any] | None]:
    yield from _read_in_order(own)
    for part, worker in zip(others, workers, strict=True):
        received = results(worker)
        for batch in part:
            values = next(received, None)
            if batch is part[-1]:
                # There is no more: this waits for the process to end.
                next(received, None)
            yield from _read_in_order(batch) if values is None else orjson.loads(values)


def _parts(contents: Sequence[bytes], count: int) -> list[Sequence[bytes]]:
    """The files split into parts for a number of processes; the first part is for this one.

    All others are of equal size; the first is smaller, as this process also reads the rules.
    """
    ends = [*accumulate(map(len, contents), initial=0)]
    size = ends[-1]
    other = min((size + _COST_OF_RULES) / count, size / max(count - 1, 1))
    bounds = [bisect(ends, size - other * part) - 1 for part in range(count - 1, 0, -1)]
    return [contents[start:end] for start, end in pairwise([0, *bounds, len(contents)])]


def _batches(contents: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (contents[i : i + _BATCH] for i in range(0, len(contents), _BATCH))


def _dump(batches: Sequence[Sequence[bytes]]) -> Iterator[bytes]:
    return (orjson.dumps([*_read_in_order(batch)]) for batch in batches)


def _read_in_order(contents: Sequence[bytes]) -> Iterator[list[Any] | None]:
    together: list[bytes] = []
    size = 0
    for content in contents:
        if not _is_short(content):
            yield from _read_together(together)
            together, size = [], 0
            yield read(content)
            continue
        together.append(content)
        size += len(content)
        if size > _MAX_TOGETHER:
            yield from _read_together(together)
            together, size = [], 0
    yield from _read_together(together)


def _is_short(content: bytes) -> bool:
    """Whether a file is short and seems to be one document that a ``---`` line can follow."""
    return (
        len(content) <= _MAX_SHORT
        and content.endswith(b"\n")
        and b"\n---" not in content
        and b"\r" not in content
        and not content.startswith(_BOM)
    )


def _read_together(contents: list[bytes]) -> list[list[Any] | None]:
    """The results for files that are read together if each is one mapping, else separately."""
    if len(contents) > 1:
        values = _read(_START.join(content.removeprefix(_START) for content in contents))
        if values is not None and _are_mappings(values, len(contents)):
            return [[value] for value in values]
    return [_read(content) for content in contents]


def _are_mappings(values: Sequence[Any], count: int) -> bool:
    return len(values) == count and set(map(type, values)) == {dict}


def _pieces(content: bytes) -> Iterator[bytes]:
    """A long file split at document starts, which is possible as a ``---`` line always starts
    one."""
    start = 0
    while (found := _NEXT_DOCUMENT.search(content, start + _PIECE)) is not None:
        yield content[start : found.start() + 1]
        start = found.start() + 1
    yield content[start:]


def _read(content: bytes) -> list[Any] | None:
    if not allow_text(content):
        return None
    json, is_stream = _to_json(content)
    if not json:
        return None if json is None else []
    if not allow_json(content, json):
        return None
    try:
        value = orjson.loads(json)
    except orjson.JSONDecodeError:
        return None
    # A duplicate key is lost, which leaves fewer colons than before.
    if json.count(b":") != orjson.dumps(value).count(b":"):
        return None
    if not is_stream:
        value = [value]
    # A document that is only a text is never ours, and the two paths may read it differently.
    return None if str in map(type, value) else value


def read_unguarded(contents: Sequence[bytes]) -> list[dict[str, Any]] | None:
    """The values of files that are one mapping each, without guards; None if any is not.

    Only for files that are known to be read equally by both paths.
    """
    json, is_stream = _to_json(_START.join(contents))
    if not json:
        return None
    try:
        value = orjson.loads(json)
    except orjson.JSONDecodeError:
        return None
    values = value if is_stream else [value]
    return values if _are_mappings(values, len(contents)) else None


def _to_json(content: bytes) -> tuple[bytes | None, bool]:
    """The JSON that rapidyaml makes of a text, and whether it is a list of documents.

    The JSON is None if rapidyaml fails; its error output is suppressed.
    """
    with _lock:
        try:
            before = os.dup(2)
        except OSError:
            before = -1
        else:
            # rapidyaml's handlers write each error to C's stderr before they raise it, and its
            # Python binding cannot replace them. Nothing else is silenced: commands have one
            # thread, and the language server's log has its own descriptor.
            os.dup2(_nowhere, 2)
        try:
            # Creating a tree is cheaper than clearing one, which costs as much as its capacity.
            tree = ryml.Tree()
            ryml.parse_in_arena(content, tree)
            if len(content) > MAX_VALUES and tree.size() > MAX_VALUES:
                return None, False
            is_stream = tree.is_stream(tree.root_id())
            try:
                buffer = _buffer if len(content) <= _PIECE else bytearray(4 * len(content))
                return bytes(ryml.emit_json_in_place(tree, buffer)), is_stream
            except IndexError:
                return ryml.emit_json(tree).encode(), is_stream
        except ryml.ExceptionBasic:
            return None, False
        finally:
            if before >= 0:
                os.dup2(before, 2)
                os.close(before)
