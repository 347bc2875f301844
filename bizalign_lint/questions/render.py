"""Impact and paths as text, and as JSON, version 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bizalign_lint.core.words import counted, plural
from bizalign_lint.graph.nodes import Node
from bizalign_lint.questions.hops import Hop
from bizalign_lint.questions.reach import Reached
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.json import document
from bizalign_lint.reporters.view import View

VERSION = 1


def impact_text(start: Node, found: Sequence[Reached], view: View) -> Iterator[str]:
    """The nodes that depend on a node as text, by distance, each with the path to it."""
    for distance, those in groupby(found, key=lambda reached: reached.distance):
        yield view.style("strong", f"{counted(distance, 'relation')} away") + "\n"
        for reached in those:
            yield f"  {_node(reached.node, view)}\n"
            yield f"    {view.style('faint', _way(start, reached.way))}\n"
    verb = plural(len(found), "depends", "depend")
    yield f"{counted(len(found), 'definition')} {verb} on {clean(start.title)}\n"


def paths_text(start: Node, found: Sequence[tuple[Hop, ...]], view: View) -> Iterator[str]:
    """The paths from one node to another as text, one line each."""
    for way in found:
        yield f"{_way(start, way)}  {view.style('faint', '/'.join(hop.step for hop in way))}\n"


def impact_json(start: Node, found: Sequence[Reached]) -> Iterator[str]:
    """The nodes that depend on a node, as one JSON object."""
    yield document(
        VERSION,
        {
            "of": start.reference,
            "dependents": [
                {
                    "entity": reached.node.reference,
                    "title": reached.node.title,
                    "distance": reached.distance,
                    "way": _steps(reached.way),
                }
                for reached in found
            ],
        },
    )


def paths_json(start: Node, end: Node, found: Sequence[tuple[Hop, ...]]) -> Iterator[str]:
    """The paths from one node to another, as one JSON object."""
    ways = [_steps(way) for way in found]
    yield document(VERSION, {"from": start.reference, "to": end.reference, "ways": ways})


def _steps(way: Sequence[Hop]) -> list[dict[str, str]]:
    return [{"step": hop.step, "entity": hop.node.reference} for hop in way]


def _node(node: Node, view: View) -> str:
    return f"{view.style('faint', node.type.name)} {clean(node.title)}"


def _way(start: Node, way: Sequence[Hop]) -> str:
    return " → ".join(clean(node.title) for node in (start, *(hop.node for hop in way)))
