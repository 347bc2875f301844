"""Lists of references that are not in alphabetical order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Flaw, Place, Pointer
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.schema.ontology import ObjectType, Ontology, Property


class _Ways(NamedTuple):
    """What of an object has to be looked at."""

    sets: tuple[Property, ...]
    """The lists of references whose order means nothing: no entry may be there twice."""
    objects: tuple[tuple[Property, _Ways], ...]


def flaws(graph: Graph, ontology: Ontology) -> Iterator[Flaw]:
    """The first reference in each such list that is after one that comes after it."""
    for kind in ontology.kinds.values():
        ways = _ways(kind.type)
        for node in graph.kinds[kind.name]:
            yield from _within(node, ways, node.values, None)


def _ways(type_: ObjectType) -> _Ways:
    properties = type_.properties.values()
    inner = ((p, _ways(p.object)) for p in properties if p.object is not None)
    return _Ways(
        tuple(p for p in properties if p.relation is not None and p.unique),
        tuple((p, ways) for p, ways in inner if any(ways)),
    )


def _within(
    node: Node, ways: _Ways, values: Mapping[str, Any], within: Pointer | None
) -> Iterator[Flaw]:
    for property_ in ways.sets:
        value = values.get(property_.name)
        if isinstance(value, list):
            yield from _out_of_order(node, property_, value, _pointer(node, property_, within))
    for property_, inner in ways.objects:
        value = values.get(property_.name)
        pointer = _pointer(node, property_, within)
        if isinstance(value, dict):
            yield from _within(node, inner, value, pointer)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _within(node, inner, item, (*pointer, index))


def _pointer(node: Node, property_: Property, within: Pointer | None) -> Pointer:
    return node.pointer_to(property_) if within is None else (*within, property_.name)


def _out_of_order(
    node: Node, property_: Property, texts: list[Any], pointer: Pointer
) -> Iterator[Flaw]:
    if not all(isinstance(text, str) for text in texts) or len(set(texts)) < len(texts):
        return  # that is reported already
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
