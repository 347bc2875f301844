"""The suppressions of a workspace, read again only in files that have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bizalign_lint.core.types import Document
from bizalign_lint.findings.suppressions import (
    Suppression,
    has_comments,
    read_comments,
    read_records,
)
from bizalign_lint.graph.nodes import Node
from bizalign_lint.incremental.graph import LiveGraph
from bizalign_lint.parsing.ignore_comments import MARK


class LiveComments:
    """Suppressions by file: those that ``suppressions.read`` in ``findings`` would find."""

    def __init__(self, live: LiveGraph) -> None:
        self._live = live
        self._order = {kind: n for n, kind in enumerate(live.graph.kinds)}
        self._found: dict[str, list[Suppression]] = {}

    def change(self, paths: Iterable[str], documents: Mapping[str, Sequence[Document]]) -> None:
        """Update the suppressions of files whose content or nodes have changed."""
        for path in paths:
            self._found.pop(path, None)
            within = documents.get(path, ())
            found = [*read_records(within)]
            if within and MARK in within[0].source.content and has_comments(within[0]):
                found += read_comments(within, self._nested(path))
            if found:
                self._found[path] = found

    def _nested(self, path: str) -> Mapping[tuple[int, int], list[Node]]:
        found: dict[tuple[int, int], list[Node]] = {}
        for entry in self._live.entries.get(path, ()):
            document = entry.checked.document
            nested = [node for node in entry.named if node.holder is not None]
            nested.sort(key=lambda node: self._order[node.type.name])
            found[id(document.source), document.index] = nested
        return found

    def all(self) -> list[Suppression]:
        """All suppressions, each marked as unused."""
        return [replace(s, used=False) for path in sorted(self._found) for s in self._found[path]]
