"""A workspace that changes: its graph and findings are those of a fresh run at every moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..engine import Loaded, judge, read_model
from ..graph import Graph
from ..model import Document, Finding, Flaw, Source
from ..settings import Settings


class LiveModel:
    """The definitions of a workspace, and what there is to say of them."""

    def __init__(
        self,
        loaded: Loaded,
        settings: Settings,
        sources: Iterable[Source],
        unreadable: Sequence[Flaw] = (),
    ) -> None:
        self.loaded = loaded
        self.settings = settings
        self.sources: dict[str, Source] = {source.path: source for source in sources}
        self.documents: dict[str, Sequence[Document]] = {}
        self.unreadable = unreadable
        self.change({})

    @property
    def graph(self) -> Graph:
        """The graph as it is now."""
        return self._model.graph

    def change(self, changes: Mapping[str, Source | None]) -> None:
        """Put new contents in place of old ones; None takes a file away."""
        for path, source in changes.items():
            if source is None:
                self.sources.pop(path, None)
            else:
                self.sources[path] = source
        self.sources = dict(sorted(self.sources.items()))
        self._model = read_model(self.loaded, self.sources.values())
        self.documents = {}
        for document in self._model.documents:
            self.documents[document.source.path] = [
                *self.documents.get(document.source.path, ()),
                document,
            ]

    def judge(self) -> Sequence[Finding]:
        """The findings of a fresh run over the files as they are now."""
        sources = tuple(self.sources.values())
        report = judge(self.loaded, self._model, sources, self.settings, self.unreadable)
        return report.findings
