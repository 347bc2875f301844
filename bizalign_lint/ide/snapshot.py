"""The state of a workspace at one moment: everything that a feature of the server may read."""

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


def _none_unjudged(_: Node) -> Sequence[Unjudged]:
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
    """The documents of each file that could be read, including those that break their schema."""
    graph: Graph
    findings: Sequence[Finding]
    """Sorted by path, line, column and rule. They may be one edit behind the rest."""
    unjudged_of: Callable[[Node], Sequence[Unjudged]] = _none_unjudged
    """Gives the rules that could not judge a node; the answer may be one edit behind as well."""
    judge: Judge | None = None
    """Gives the findings if some files were changed; None if that cannot be tried."""
    unreadable: Sequence[str] = ()
    """The paths of files that are part of the model but cannot be read."""
