"""References: ``[kind:][namespace/]name``, nested ones ``name#nested``, and what they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, Graph, Node, qualified
from bizalign_lint.schema.ontology import Ontology, Relation


class Reference(NamedTuple):
    """A reference taken apart; what it leaves out is None."""

    kind: str | None
    namespace: str | None
    name: str

    def __str__(self) -> str:
        kind = f"{self.kind}:" if self.kind else ""
        namespace = f"{self.namespace}/" if self.namespace else ""
        return f"{kind}{namespace}{self.name}"


def parse(text: str) -> Reference:
    """The parts of a reference that the schema has found well-formed."""
    kind, colon, rest = text.rpartition(":")
    namespace, slash, name = rest.rpartition("/")
    return Reference(kind if colon else None, namespace if slash else None, name)


def kind_of(reference: Reference, relation: Relation, ontology: Ontology) -> str | None:
    """The kind that a reference means; None when it names none and the relation has no default."""
    if reference.kind is not None:
        return ontology.spelling.get(reference.kind.lower(), reference.kind)
    return relation.default


def lookup(
    text: str, relation: Relation, namespace: str, graph: Graph, ontology: Ontology
) -> Node | None:
    """The node that a reference leads to, seen from a namespace; None when it leads nowhere."""
    # The hot path of linking: what ``parse``, ``kind_of`` and ``named`` say, with nothing made.
    said, colon, rest = text.rpartition(":")
    kind = ontology.spelling.get(said.lower(), said) if colon else relation.default
    if kind is None or kind not in relation.to:
        return _alias(text, relation, graph)
    space, slash, name = rest.rpartition("/")
    names = graph.names.get(kind, {})
    if slash:
        return names.get(qualified(space, name))
    return names.get(qualified(namespace, name)) or names.get(name)


def _alias(text: str, relation: Relation, graph: Graph) -> Node | None:
    """The node that another tool knows by a text, if the relation may lead there."""
    found = graph.aliases.get(text.lower()) if graph.aliases else None
    return found if found is not None and found.type.name in relation.to else None


def named(reference: Reference, kind: str, namespace: str, graph: Graph) -> Iterator[Node]:
    """The nodes of that kind that a reference may mean, nearest namespace first."""
    spaces = (
        (namespace, DEFAULT_NAMESPACE) if reference.namespace is None else (reference.namespace,)
    )
    names = graph.names.get(kind, {})
    for space in spaces:
        if found := names.get(qualified(space, reference.name)):
            yield found
