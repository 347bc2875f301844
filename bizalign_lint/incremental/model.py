"""A workspace that changes: its graph and findings are those of a fresh run at any time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from bizalign_lint.core.report import Judged
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Document, Finding, Flaw, Source
from bizalign_lint.engine.judge import compile_rules, is_selected, on_demand
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import parsed
from bizalign_lint.findings.assemble import assemble
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.titles import with_names
from bizalign_lint.incremental.comments import LiveComments
from bizalign_lint.incremental.findings import CachingDrafter, CachingFinisher, Known
from bizalign_lint.incremental.graph import LiveGraph
from bizalign_lint.incremental.graph_flaws import GraphFlaws
from bizalign_lint.incremental.kept import keep
from bizalign_lint.incremental.rules import Affected, IsOver, LiveRules
from bizalign_lint.rules.gaps import Unjudged, conditional, judged
from bizalign_lint.rules.run import reporting
from bizalign_lint.schema.file_result import FileResult, file_result
from bizalign_lint.schema.ontology import WORKSPACE


class LiveModel:
    """The definitions of a workspace, and the findings about them.

    ``change`` updates the graph, which is quick; ``judge`` then updates the findings.
    """

    def __init__(
        self,
        loaded: Loaded,
        settings: Settings,
        sources: Iterable[Source],
        unreadable: Sequence[Flaw] = (),
    ) -> None:
        self.loaded = loaded
        self.settings = settings
        self.unreadable = unreadable
        self.sources: dict[str, Source] = {}
        """By path, in the order of paths."""
        self.documents: dict[str, Sequence[Document]] = {}
        self._completing: set[str] = set()
        """Our files with additions to definitions of other tools' files."""
        self._results: dict[str, FileResult] = {}
        self._flawed: set[str] = set()
        """The files that have flaws by themselves."""
        self._live = LiveGraph(loaded.ontology)
        self._graph_flaws = GraphFlaws(self._live, loaded.ontology)
        self._flaws: list[Flaw] = []
        self._rules = LiveRules(
            compile_rules(loaded, settings), self._live.graph, self._live.ranks.__getitem__
        )
        self._active = [
            rule
            for rule in loaded.rules.rules.values()
            if is_selected(rule, settings) and not rule.transition
        ]
        self._affected: Affected = {}
        self._removed: set[Node] = set()
        self._drafter = CachingDrafter(self._live)
        self._comments = LiveComments(self._live)
        self._known: Known = {}
        self._is_judged = False
        self.change({source.path: source for source in sources})

    @property
    def graph(self) -> Graph:
        """The current graph."""
        return self._live.graph

    def change(self, changes: Mapping[str, Source | None]) -> None:
        """Replace the contents of files, by path; None removes a file."""
        is_first = not self._is_judged
        self._replace_sources(changes)
        changes = self._with_neighbours(changes)
        self._flawed.difference_update(changes)
        before = {path: self._results.pop(path, None) for path in changes}
        for path in changes:
            self.documents.pop(path, None)
        sources = [source for source in changes.values() if source is not None]
        for (path, _), parsed_file in zip(sources, parsed(self.loaded, sources), strict=True):
            known = before[path]
            if known is not None:
                keep(parsed_file, known)
            result = file_result(parsed_file, self.loaded.ontology, self.loaded.validator)
            self._results[path] = result
            if result.flaws or result.doubtful:
                self._flawed.add(path)
            self.documents[path] = result.documents
        change = self._live.change(
            {
                path: self._results[path].checked if path in self._results else ()
                for path in changes
            },
            lambda nodes: None if is_first else self._rules.affected(nodes, self._affected),
        )
        doubtful = self._doubtful()
        doubted = self._doubted(self.graph.trust.words.keys() ^ doubtful.keys())
        self.graph.trust.distrust_names(doubtful)
        self._flaws, flawed = self._graph_flaws.update(change)
        if not is_first:
            self._rules.affected((*change.added, *change.relinked), self._affected)
            self._rules.trust_changed((*flawed, *doubted), self._affected)
        self._removed |= change.removed
        self._rules.graph_changed()
        moved = {
            node.document.source.path
            for node in (*change.removed, *change.added)
            if node.document is not None
        }
        self._comments.change({*changes, *moved}, self.documents)

    def advance(self, is_over: IsOver) -> bool:
        """Do part of the work of ``judge``, until ``is_over``; False if there is more to do.

        The files may change between two calls.
        """
        self._is_judged = True
        if not self._rules.run(self._affected, self._removed, is_over):
            return False
        self._affected, self._removed = {}, set()
        if not self._rules.make_drafts(is_over):
            return False
        finisher = CachingFinisher(self.settings, self.sources, self._known)
        while self._rules.new_drafts:
            finisher.preload(self._rules.new_drafts.pop())
            if is_over():
                return False
        return True

    def judge(self) -> Sequence[Finding]:
        """The findings of a fresh run over the files as they are now."""
        settings, graph = self.settings, self.graph
        self.advance(lambda: False)
        by_condition = reporting(self._active)
        own = [flaw for path in sorted(self._flawed) for flaw in self._results[path].flaws]
        flaws = with_names(own, graph, self.loaded.ontology)
        self._drafter.start_round()
        drafts = [
            *self._drafter.drafts(
                (
                    *self.unreadable,
                    *flaws,
                    *self._flaws,
                    *on_demand(self.loaded, graph, self._active, settings),
                ),
                by_condition,
            ),
            *self._rules.drafts(),
        ]
        finisher = CachingFinisher(settings, self.sources, self._known)
        assembled = assemble(
            drafts,
            self._comments.all(),
            graph,
            self.loaded.ontology,
            self._active,
            self.loaded.rules.rules,
            settings,
            self._rules.lacks(),
            lambda flaws: self._drafter.drafts(flaws, by_condition),
            finisher,
        )
        self._known = finisher.seen
        return assembled.findings

    def judged(self) -> Judged:
        """How much could be judged when the files were last judged."""
        return judged(
            self._rules.unjudged(),
            [*self._rules.judging(), *conditional(self._active)],
            self.graph,
            self.loaded.ontology,
            self.settings.reports,
        )

    def unjudged_of(self, node: Node) -> Sequence[Unjudged]:
        """The rules that could not judge a node when it was last judged."""
        return self._rules.unjudged_of(node)

    def _with_neighbours(self, changes: Mapping[str, Source | None]) -> Mapping[str, Source | None]:
        """The changes with all files of other tools if one of them changes.

        A record may refer to one in any of these files.
        """
        landscape = self.loaded.landscape
        if landscape is None:
            return changes
        completing = {path for path, source in changes.items() if landscape.matters(source)}
        touched = completing or not self._completing.isdisjoint(changes)
        self._completing = self._completing.difference(changes) | completing
        if not touched and not any(map(landscape.claims, changes)):
            return changes
        known = {
            path: source
            for path, source in self.sources.items()
            if landscape.claims(path) or path in self._completing
        }
        return {**known, **changes}

    def _replace_sources(self, changes: Mapping[str, Source | None]) -> None:
        there = {path: source for path, source in changes.items() if source is not None}
        if there.keys() <= self.sources.keys():
            self.sources.update(there)
        else:
            # A new dictionary, as others may hold the former one.
            self.sources = dict(sorted((self.sources | there).items()))
        for path in changes.keys() - there.keys():
            self.sources.pop(path, None)

    def _doubtful(self) -> dict[str, Flaw]:
        """The words in definitions that could not be read, each with the flaw."""
        found: dict[str, Flaw] = {}
        for path in sorted(self._flawed):
            found |= self._results[path].doubtful
        return found

    def _doubted(self, words: Set[str]) -> list[Node]:
        """The nodes whose trust changes if these words become doubtful or cease to be."""
        if not words:
            return []
        found = [
            node
            for nodes in self.graph.kinds.values()
            for node in nodes
            if not words.isdisjoint(node.name.split("#"))
        ]
        workspace = self.graph.workspace
        assert workspace.type.name == WORKSPACE
        return found if words.isdisjoint(workspace.type.properties) else [*found, workspace]
