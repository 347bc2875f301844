"""Finds the definitions and kinds that users name."""

from __future__ import annotations

from collections.abc import Sequence

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint, nearest, suggestion
from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, Graph, Node
from bizalign_lint.graph.references import candidates, parse
from bizalign_lint.schema.ontology import Ontology


def find_definition(text: str, graph: Graph, ontology: Ontology) -> Node:
    """The definition that a text names: ``Kind:name``, or a unique name.

    Raises UsageError if there is none, with the nearest name, or more than one.
    """
    if not text.strip():
        raise UsageError(
            "the name of a definition is empty", hint="give one such as Application:erp"
        )
    reference = parse(text)
    kinds = [*graph.names]
    if reference.kind is not None:
        kind = ontology.spelling.get(reference.kind.lower(), reference.kind)
        check_kind(kind, ontology)
        kinds = [kind]
    found = [
        node
        for kind in kinds
        for node in [next(candidates(reference, kind, DEFAULT_NAMESPACE, graph), None)]
        if node is not None
    ]
    if not found:
        near = _near(text, reference.kind is not None, kinds, graph)
        raise UsageError(
            f"no definition is named {text}",
            hint=suggestion(near) or "`bizalign-lint query KIND` lists the definitions of a kind",
        )
    if len(found) > 1:
        listed = ", ".join(f"{node.type.name}:{text}" for node in found)
        raise UsageError(f"several definitions are named {text}", hint=f"choose from {listed}")
    return found[0]


def check_kind(kind: str, ontology: Ontology) -> None:
    """Raise UsageError, with the nearest name, for an unknown kind."""
    if kind not in ontology.types:
        otherwise = "`bizalign-lint kind list` lists all kinds"
        raise UsageError(f"unknown kind {kind}", hint=hint(kind, ontology.types, otherwise))


def _near(text: str, with_kind: bool, kinds: Sequence[str], graph: Graph) -> str | None:
    """The name nearest to a text; with a kind if the text has one."""
    names = {name for kind in kinds for name in graph.names.get(kind, ())}
    near = nearest(text.rpartition(":")[2], names)
    return f"{kinds[0]}:{near}" if near and with_kind else near
