"""Definitions linked one by one, so that each can be removed from the graph and added again."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

from bizalign_lint.core.types import Flaw
from bizalign_lint.graph.integrity import has_value_checks, value_flaws
from bizalign_lint.graph.linker import Linker, Plan, duplicate
from bizalign_lint.graph.nodes import Node, qualified
from bizalign_lint.graph.trust import Reasons
from bizalign_lint.schema.ontology import ObjectType, Ontology
from bizalign_lint.schema.sanitize import Checked

Key = tuple[str, str]
"""A kind and a qualified name."""


@dataclass(slots=True, eq=False)
class Entry:
    """One definition: its node and, once it is in the graph, everything that belongs to it."""

    checked: Checked
    node: Node
    members: list[Node] = field(default_factory=list)
    """The node and those nested in it that have names or references."""
    pending: list[tuple[Node, Plan]] = field(default_factory=list)
    named: list[Node] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    """The flaws of the names in it."""
    valued: list[tuple[Node, list[Flaw]]] = field(default_factory=list)
    """The flaws of the values in it, which do not depend on other definitions."""
    distrusted: dict[Node, Reasons] = field(default_factory=dict)
    """The properties that are not trusted, whatever other definitions contain."""

    @property
    def path(self) -> str:
        """The path of its file."""
        return self.checked.document.source.path

    @property
    def key(self) -> Key:
        """The kind and name that no other definition may have."""
        return self.node.type.name, qualified(self.node.namespace, self.node.name)

    @property
    def place(self) -> tuple[str, int]:
        """Its position in the order of all definitions: path, and index in the file."""
        return self.path, self.checked.document.index


by_place = attrgetter("place")


class EntryLinker(Linker):
    """Links definitions one by one, and records in each what belongs to it."""

    def __init__(self, ontology: Ontology) -> None:
        super().__init__(ontology, {})
        self.entry: Entry
        self._declaring: dict[ObjectType, bool] = {}

    def _declares(self, type_: ObjectType) -> bool:
        known = self._declaring.get(type_)
        if known is None:
            known = self._declaring[type_] = has_value_checks(type_)
        return known

    def enter(self, checked: Checked) -> Entry:
        """An entry for a definition that is not in the graph yet."""
        return Entry(checked, self.make(checked))

    def fill(self, entry: Entry, ontology: Ontology) -> None:
        """Make the nodes of a definition, and find its own flaws."""
        self.pending = entry.pending
        self.entry = entry
        self.register(entry.node)
        self.expand(entry.node)
        self.distrust(entry.node, entry.checked)
        for node in entry.named:
            if self._declares(node.type) and (
                found := value_flaws(node, ontology, self.graph.trust)
            ):
                entry.valued.append((node, found))
        for node in entry.members:
            if node.distrusted:
                entry.distrusted[node] = {**node.distrusted}

    def clear(self, entry: Entry) -> None:
        """Reset a definition to a new node that is not in the graph."""
        entry.node = self.make(entry.checked)
        entry.members, entry.pending, entry.named = [], [], []
        entry.flaws, entry.valued, entry.distrusted = [], [], {}

    def register(self, node: Node) -> bool:
        """Register a node's name within its definition; False if the name is taken."""
        for other in self.entry.named:
            if other.name == node.name and other.type is node.type:
                self.entry.flaws.append(duplicate(node, other))
                return False
        self.entry.named.append(node)
        return True

    def expand(self, node: Node) -> None:
        """Make the nodes of the objects that a node holds, and record them."""
        self.entry.members.append(node)
        super().expand(node)
