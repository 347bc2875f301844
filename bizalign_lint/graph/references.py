"""References, ``[kind:][namespace/]name`` with ``name#nested`` for nested nodes, and their
targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, Graph, Node, qualified
from bizalign_lint.schema.ontology import Ontology, Relation


class Reference(NamedTuple):
    """The parts of a reference; None for those it leaves out."""

    kind: str | None
    namespace: str | None
    name: str

    def __str__(self) -> str:
        kind = f"{self.kind}:" if self.kind else ""
        namespace = f"{self.namespace}/" if self.namespace else ""
        return f"{kind}{namespace}{self.name}"


def parse(text: str) -> Reference:
    """Split a reference, which the schema must have found well-formed."""
    kind, colon, rest = text.rpartition(":")
    namespace, slash, name = rest.rpartition("/")
    return Reference(kind if colon else None, namespace if slash else None, name)


def kind_of(reference: Reference, relation: Relation, ontology: Ontology) -> str | None:
    """The kind of a reference's target; None if it gives none and the relation has no default."""
    if reference.kind is not None:
        return ontology.spelling.get(reference.kind.lower(), reference.kind)
    return relation.default


def lookup(
    text: str, relation: Relation, namespace: str, graph: Graph, ontology: Ontology
) -> Node | None:
    """The target of a reference in a namespace; None if it dangles."""
    # The hot path of linking: ``parse``, ``kind_of`` and ``candidates`` without allocations.
    prefix, colon, rest = text.rpartition(":")
    kind = ontology.spelling.get(prefix.lower(), prefix) if colon else relation.default
    if kind is None or kind not in relation.to:
        return _by_alias(text, relation, graph)
    qualifier, slash, name = rest.rpartition("/")
    names = graph.names.get(kind, {})
    if slash:
        return names.get(qualified(qualifier, name))
    return names.get(qualified(namespace, name)) or names.get(name)


def _by_alias(text: str, relation: Relation, graph: Graph) -> Node | None:
    """The node with a name in another tool, if its kind is allowed."""
    found = graph.aliases.get(text.lower()) if graph.aliases else None
    return found if found is not None and found.type.name in relation.to else None


def candidates(reference: Reference, kind: str, namespace: str, graph: Graph) -> Iterator[Node]:
    """The nodes of a kind that a reference may mean, nearest namespace first."""
    namespaces = (
        (namespace, DEFAULT_NAMESPACE) if reference.namespace is None else (reference.namespace,)
    )
    names = graph.names.get(kind, {})
    for qualifier in namespaces:
        if found := names.get(qualified(qualifier, reference.name)):
            yield found
