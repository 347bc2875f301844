"""Kinds and their relations as Mermaid flowcharts, which GitHub draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bizalign_lint.docs.markdown import fence
from bizalign_lint.docs.outline import Outline
from bizalign_lint.schema.ontology import Kind, ObjectType, Ontology

_MOST = 3
"""A relation to more kinds than that is drawn once, to a box that lists them."""
_LISTED = 9
"""A box that would list more kinds than that counts them instead."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two kinds."""

    start: str
    end: tuple[str, ...]
    label: str


def relations(kinds: Iterable[Kind], titles: Mapping[str, str]) -> list[str]:
    """Some kinds and what they refer to."""
    kinds = list(kinds)
    edges = [edge for kind in kinds for edge in _edges(kind)]
    inside = {n for kind in kinds for n in (kind.name, *(nested.name for nested in kind.nested))}
    return _chart(_drawn(edges, inside, titles))


def spine(ontology: Ontology, outline: Outline, titles: Mapping[str, str]) -> list[str]:
    """The relations that join everything, with the kinds by perspective."""
    edges = [Edge(kind, (to,), name.replace("/", " / ")) for kind, name, to in outline.spine]
    names = dict.fromkeys(name for edge in edges for name in (edge.start, *edge.end))
    homes = {
        type_.name: kind.perspective
        for kind in ontology.kinds.values()
        for type_ in (kind.type, *kind.nested)
    }
    lines = []
    for perspective, (title, _) in outline.perspectives.items():
        lines.append(f'subgraph {perspective}["{title}"]')
        lines += [f'  {name}["{titles[name]}"]' for name in names if homes[name] == perspective]
        lines.append("end")
    return _chart([*lines, *_arrows(edges)])


def _edges(kind: Kind) -> Iterator[Edge]:
    """The relations of a kind, but for what every kind has."""
    for name, found in kind.type.properties.items():
        if found.section == "metadata":
            continue
        if found.relation is not None:
            yield Edge(kind.name, found.relation.to, name)
        elif found.object is not None:
            yield from _within(found.object, kind.name, name)


def _within(type_: ObjectType, holder: str, name: str) -> Iterator[Edge]:
    """The relations of what a definition holds."""
    if type_.name:
        yield Edge(holder, (type_.name,), name)
        holder, name = type_.name, ""
    for inner, found in type_.properties.items():
        label = f"{name} / {inner}" if name else inner
        if found.relation is not None:
            yield Edge(holder, found.relation.to, label)
        elif found.object is not None:
            yield from _within(found.object, holder, label)


def _drawn(edges: Iterable[Edge], inside: set[str], titles: Mapping[str, str]) -> Iterator[str]:
    """The lines of a chart. What is not ``inside`` gets rounded corners."""
    nodes: dict[str, str] = {}
    drawn: list[Edge] = []
    boxes = 0
    for edge in edges:
        nodes.setdefault(edge.start, titles[edge.start])
        if len(edge.end) <= _MOST:
            nodes.update({end: titles[end] for end in edge.end})
            drawn.append(edge)
            continue
        names = sorted(titles[end] for end in edge.end)
        boxes += 1
        box = f"many{boxes}"
        nodes[box] = f"{len(names)} kinds" if len(names) > _LISTED else "<br>".join(names)
        drawn.append(Edge(edge.start, (box,), edge.label))
    for node, title in nodes.items():
        left, right = ("[", "]") if node in inside else ("(", ")")
        yield f'{node}{left}"{title}"{right}'
    yield from _arrows(drawn)


def _arrows(edges: Iterable[Edge]) -> Iterator[str]:
    """One arrow between any two kinds, with all that it stands for."""
    labels: dict[tuple[str, str], list[str]] = {}
    for edge in edges:
        for end in edge.end:
            labels.setdefault((edge.start, end), []).append(edge.label)
    for (start, end), found in labels.items():
        yield f'{start} -->|"{"<br>".join(dict.fromkeys(found))}"| {end}'


def _chart(lines: Iterable[str]) -> list[str]:
    return fence("\n".join(["flowchart LR", *(f"  {line}" for line in lines)]), "mermaid")
