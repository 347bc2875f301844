"""What a workspace is at one moment: all that a feature of the server may look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Document, Finding, Source
from bizalign_lint.engine.load import Loaded
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.ide.trial import Judge
from bizalign_lint.rules.gaps import Unjudged


def _for_nothing(_: Node) -> Sequence[Unjudged]:
    return ()


class Snapshot(NamedTuple):
    """The state of a workspace at one moment; features are pure functions of it.

    It holds until the next edit: the graph is then changed in place, so nothing of it may be kept
    from one request to another. Paths are relative to the root, with forward slashes.
    """

    root: Path
    loaded: Loaded
    settings: Settings
    sources: Mapping[str, Source]
    """The files by path; an unsaved buffer replaces its file."""
    documents: Mapping[str, Sequence[Document]]
    """What could be read of each file, documents that their schema refuses included."""
    graph: Graph
    findings: Sequence[Finding]
    """Sorted by path, line, column and rule. They may be one edit behind the rest."""
    unjudged_of: Callable[[Node], Sequence[Unjudged]] = _for_nothing
    """What could not be judged of a node; it may be one edit behind as well."""
    judge: Judge | None = None
    """What would be found if some files were other than they are; None where nobody can report."""
    unreadable: Sequence[str] = ()
    """The files that are part of the model and cannot be read."""
