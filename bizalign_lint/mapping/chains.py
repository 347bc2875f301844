"""Links between records → pairs of definitions: joined directly, or by a chain of a few links."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from bizalign_lint.mapping.language import Relation
from bizalign_lint.mapping.mapped import Mapped
from bizalign_lint.readers.records import Link


class Reached(NamedTuple):
    """Two definitions that a relation joins, and the links between them."""

    relation: Relation
    source: Mapped
    target: Mapped
    links: tuple[Link, ...]


def follow(
    definitions: Sequence[Mapped],
    by_id: Mapping[str, Mapped | None],
    relations: Sequence[Relation],
    links: Sequence[Link],
) -> Iterator[Reached]:
    """The pairs that the relations of a mapping join, in the order of the relations.

    Each pair has its shortest chain. A chain never leads through another definition of the kind
    that it starts from: what supports one application does not support another through it.
    """
    for relation in relations:
        outgoing: dict[str, list[Link]] = {}
        for link in links:
            if link.type in relation.types:
                outgoing.setdefault(link.source, []).append(link)
        for one in definitions:
            if one.kind == relation.source:
                yield from _from(one, by_id, relation, outgoing)


def _from(
    start: Mapped,
    by_id: Mapping[str, Mapped | None],
    relation: Relation,
    outgoing: Mapping[str, Sequence[Link]],
) -> Iterator[Reached]:
    seen = {start.record.id}
    frontier: list[tuple[str, tuple[Link, ...]]] = [(start.record.id, ())]
    for _ in range(relation.steps):
        next_frontier: list[tuple[str, tuple[Link, ...]]] = []
        for at, chain in frontier:
            for link in outgoing.get(at, ()):
                if link.target in seen:
                    continue
                seen.add(link.target)
                found = by_id.get(link.target)
                if found is not None and found.kind == relation.target:
                    yield Reached(relation, start, found, (*chain, link))
                elif found is None or found.kind != relation.source:
                    next_frontier.append((link.target, (*chain, link)))
        frontier = next_frontier


def why_unused(link: Link, ends: Collection[str]) -> str:
    """Why a link is left out; ``ends`` are the ids of records and links."""
    if link.source not in ends or link.target not in ends:
        return "one of its ends is not in this source"
    return "the mapping has no relation for its ends"
