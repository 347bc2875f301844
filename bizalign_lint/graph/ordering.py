"""Lists of references that are not in alphabetical order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Flaw, Place, Pointer
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.schema.ontology import ObjectType, Ontology, Property


class _Lists(NamedTuple):
    """The properties of an object type that contain lists to check."""

    sets: tuple[Property, ...]
    """Lists of references whose order has no meaning: their entries are unique."""
    objects: tuple[tuple[Property, _Lists], ...]


def flaws(graph: Graph, ontology: Ontology) -> Iterator[Flaw]:
    """The first reference in each list that should come before its predecessor."""
    for kind in ontology.kinds.values():
        lists = _lists_in(kind.type)
        for node in graph.kinds[kind.name]:
            yield from _within(node, lists, node.values, None)


def _lists_in(type_: ObjectType) -> _Lists:
    properties = type_.properties.values()
    inner = ((p, _lists_in(p.object)) for p in properties if p.object is not None)
    return _Lists(
        tuple(p for p in properties if p.relation is not None and p.unique),
        tuple((p, lists) for p, lists in inner if any(lists)),
    )


def _within(
    node: Node, lists: _Lists, values: Mapping[str, Any], within: Pointer | None
) -> Iterator[Flaw]:
    for property_ in lists.sets:
        value = values.get(property_.name)
        if isinstance(value, list):
            yield from _out_of_order(node, property_, value, node.pointer_to(property_, within))
    for property_, inner in lists.objects:
        value = values.get(property_.name)
        pointer = node.pointer_to(property_, within)
        if isinstance(value, dict):
            yield from _within(node, inner, value, pointer)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _within(node, inner, item, (*pointer, index))


def _out_of_order(
    node: Node, property_: Property, texts: list[Any], pointer: Pointer
) -> Iterator[Flaw]:
    if not all(isinstance(text, str) for text in texts) or len(set(texts)) < len(texts):
        return  # reported by the schema
    for index, (before, text) in enumerate(pairwise(texts), start=1):
        if text < before:
            assert node.document is not None
            yield Flaw(
                conditions.REFERENCE_ORDER,
                Place(node.document, (*pointer, index)),
                {"value": text, "before": before, "property": property_.name},
                subject=f"{property_.name} {text}",
            )
            return
