"""The graph of a workspace that changes: nodes removed and added, and those that refer to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from bizalign_lint.graph.linker import DanglingReference
from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, Graph, Node, aliases, qualified
from bizalign_lint.graph.references import lookup
from bizalign_lint.incremental.entries import Entry, EntryLinker, Key, by_place
from bizalign_lint.schema.ontology import Ontology
from bizalign_lint.schema.sanitize import Checked

Rank = tuple[str, int, int]
"""The position of a node in the order of all nodes: file, document, position in the document."""


class GraphChange(NamedTuple):
    """The nodes that a change affects."""

    removed: frozenset[Node]
    """The nodes that are no longer in the graph."""
    added: tuple[Node, ...]
    """The nodes that are new in the graph."""
    relinked: tuple[Node, ...]
    """The other nodes with a reference that now leads to a different existing node."""


class LiveGraph:
    """Holds the graph and updates it; the result is what the linker would make from scratch."""

    def __init__(self, ontology: Ontology) -> None:
        self.linker = EntryLinker(ontology)
        self.graph: Graph = self.linker.graph
        self.entries: dict[str, list[Entry]] = {}
        """By file, including those whose name another definition has."""
        self.claims: dict[Key, list[Entry]] = {}
        """The definitions with a name, by name: the first of them gets it."""
        self.rivals: dict[Key, None] = {}
        """The names that several definitions have."""
        self.flawed: dict[Entry, None] = {}
        """The definitions with flaws of their own."""
        self.ranks: dict[Node, Rank] = {}
        self.unresolved: dict[Node, list[DanglingReference]] = {}
        self._ontology = ontology

    def winner(self, path: str, index: int) -> Node | None:
        """The node of a document; None if another definition got its name."""
        for entry in self.entries.get(path, ()):
            if entry.place[1] == index:
                return entry.node if self.claims[entry.key][0] is entry else None
        return None

    def change(
        self,
        changes: Mapping[str, Sequence[Checked]],
        before: Callable[[Iterable[Node]], None],
    ) -> GraphChange:
        """Replace the definitions of some files.

        ``before`` is called with the nodes to be removed or relinked, while the graph is still as
        it was.
        """
        leave, enter = self._claim_names(changes)
        removed = frozenset(node for entry in leave for node in entry.members)
        for entry in leave:
            self.flawed.pop(entry, None)
        for entry in enter:
            self.linker.fill(entry, self._ontology)
            if entry.distrusted or entry.valued or entry.flaws:
                self.flawed[entry] = None
        self._update_names(leave, enter)
        for node in removed:
            self.ranks.pop(node, None)
        for entry in enter:
            path, index = entry.place
            for number, node in enumerate(entry.members):
                self.ranks[node] = (path, index, number)
        added = tuple(node for entry in enter for node in entry.members)
        referrers = self._referrers(removed, enter)
        relinked = tuple(node for node, is_elsewhere in referrers.items() if is_elsewhere)
        before((*removed, *relinked))
        self._unlink(removed, referrers)
        self._link(enter, referrers)
        for entry in leave:
            if self.claims.get(entry.key) and entry in self.claims[entry.key]:
                # It still exists, but has lost its name to another definition.
                self.linker.clear(entry)
        return GraphChange(removed, added, relinked)

    def _claim_names(
        self, changes: Mapping[str, Sequence[Checked]]
    ) -> tuple[list[Entry], list[Entry]]:
        """The definitions that lose their names, and those that get one."""
        known = {
            entry.checked.document: entry
            for path in changes
            for entry in self.entries.get(path, ())
        }
        staying: set[Entry] = set()
        entering: list[Entry] = []
        for path, documents in changes.items():
            entries = []
            for checked in documents:
                entry = known.get(checked.document)
                if entry is None:
                    entry = self.linker.enter(checked)
                    entering.append(entry)
                else:
                    staying.add(entry)
                entries.append(entry)
            self.entries[path] = entries
            if not documents:
                del self.entries[path]
        old = {*known.values()} - staying
        wanted: dict[Key, list[Entry]] = {entry.key: [] for entry in old}
        for entry in entering:
            wanted.setdefault(entry.key, []).append(entry)
        leave, enter = [], []
        for key, new in wanted.items():
            now = self.claims.get(key, [])
            then = sorted([*(e for e in now if e not in old), *new], key=by_place)
            if now and (not then or now[0] is not then[0]):
                leave.append(now[0])
            if then and (not now or now[0] is not then[0]):
                enter.append(then[0])
            if then:
                self.claims[key] = then
            else:
                self.claims.pop(key, None)
            if len(then) > 1:
                self.rivals[key] = None
            else:
                self.rivals.pop(key, None)
        return leave, sorted(enter, key=by_place)

    def _update_names(self, leave: Iterable[Entry], enter: Iterable[Entry]) -> None:
        """Update the lists of nodes by kind and by name."""
        out: dict[str, list[Node]] = {}
        into: dict[str, list[Node]] = {}
        for entries, found in ((sorted(leave, key=by_place), out), (enter, into)):
            for entry in entries:
                for node in entry.named:
                    found.setdefault(node.type.name, []).append(node)
        for kind in {*out, *into}:
            nodes = self.graph.kinds[kind]
            removed, added = out.get(kind, []), into.get(kind, [])
            if removed:
                leaving = set(removed)
                nodes[:] = [node for node in nodes if node not in leaving]
            for node in added:
                _insert(nodes, node)
            self._update_aliases(removed, added)
            names = self.graph.names[kind]
            if list(map(_where_defined, removed)) == list(map(_where_defined, added)):
                for node in added:
                    names[qualified(node.namespace, node.name)] = node
                self.linker.dangling.forget_titles(kind)
            else:
                self.graph.names[kind] = {
                    qualified(node.namespace, node.name): node for node in nodes
                }
                self.linker.dangling.forget(kind)

    def _update_aliases(self, removed: Iterable[Node], added: Iterable[Node]) -> None:
        known = self.graph.aliases
        for node in removed:
            for alias in aliases(node):
                if known.get(alias) is node:
                    del known[alias]
        for node in added:
            for alias in aliases(node):
                known.setdefault(alias, node)

    def _referrers(self, removed: frozenset[Node], enter: Iterable[Entry]) -> dict[Node, bool]:
        """The nodes that remain but have to be linked again.

        The value is true if a reference of the node may move from or to a node that remains as
        well. Otherwise both ends of the move are among the removed and added nodes.
        """
        named = [node for entry in enter for node in entry.named]
        names = {*map(_key, named)}
        found: dict[Node, bool] = {}
        for node in removed:
            # A node in the default namespace may be found instead.
            is_elsewhere = node.namespace != DEFAULT_NAMESPACE and _key(node) not in names
            for referrer in (r for rs in node.into.values() for r in rs):
                found[referrer] = is_elsewhere or found.get(referrer, False)
        for node in named:
            # A node in the same namespace takes precedence over the default namespace.
            if node.namespace != DEFAULT_NAMESPACE:
                far = self.graph.names[node.type.name].get(node.name)
                if far is not None:
                    referrers = (r for rs in far.into.values() for r in rs)
                    found.update((r, True) for r in referrers if r.namespace == node.namespace)
        for node, references in self.unresolved.items():
            if node not in removed and any(map(self._is_found, references)):
                found.setdefault(node, False)
        return {node: elsewhere for node, elsewhere in found.items() if node not in removed}

    def _is_found(self, dangling: DanglingReference) -> bool:
        namespace = dangling.node.namespace
        target = lookup(dangling.text, dangling.relation, namespace, self.graph, self._ontology)
        return target is not None

    def _unlink(self, removed: frozenset[Node], relinked: Iterable[Node]) -> None:
        """Remove the references of these nodes, and the inverses at their targets."""
        back: dict[tuple[Node, str], set[Node]] = {}
        staying = set(relinked)
        for node in (*removed, *staying):
            self.unresolved.pop(node, None)
            for name, relation in self.linker.plan(node.type).relations:
                for target in node.edges.get(name, ()):
                    if target not in removed:
                        back.setdefault((target, relation.inverse), set()).add(node)
                if node in staying and name in node.edges:
                    del node.edges[name]  # type: ignore[attr-defined]  # a dict, as it has one
        for (target, inverse), nodes in back.items():
            left = [node for node in target.into[inverse] if node not in nodes]
            if left:
                target.into[inverse][:] = left
            else:
                del target.into[inverse]  # type: ignore[attr-defined]  # the same

    def _link(self, enter: Iterable[Entry], relinked: Iterable[Node]) -> None:
        """Link the references of these nodes; referrers stay in the order of files."""
        linker = self.linker
        linker.unresolved = []
        todo = [pending for entry in enter for pending in entry.pending]
        todo += [(node, linker.plan(node.type)) for node in relinked]
        is_first = len(todo) >= len(self.ranks) // 2
        if is_first:
            todo.sort(key=lambda pending: self.ranks[pending[0]])
        changed: dict[tuple[Node, str], None] = {}
        for node, plan in todo:
            linker.follow(node, plan)
            for name, relation in plan.relations:
                for target in node.edges.get(name, ()):
                    changed[target, relation.inverse] = None
        for target, inverse in changed:
            target.into[inverse].sort(key=self.ranks.__getitem__)
        for dangling in linker.unresolved:
            self.unresolved.setdefault(dangling.node, []).append(dangling)


def _insert(nodes: list[Node], node: Node) -> None:
    """Insert a node in the order of files."""
    place = _place(node)
    if not nodes or _place(nodes[-1]) <= place:
        nodes.append(node)
        return
    # After those of its own document, which are added in order.
    position = bisect_left(nodes, (place[0], place[1] + 1), key=_place)
    nodes.insert(position, node)


def _place(node: Node) -> tuple[str, int]:
    assert node.document is not None
    return node.document.source.path, node.document.index


def _key(node: Node) -> Key:
    return node.type.name, qualified(node.namespace, node.name)


def _where_defined(node: Node) -> tuple[str, str]:
    assert node.document is not None
    return node.document.source.path, qualified(node.namespace, node.name)
