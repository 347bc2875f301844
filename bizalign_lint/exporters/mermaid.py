"""A part of a model as a flowchart of Mermaid (https://mermaid.js.org/)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bizalign_lint.exporters.around import Part
from bizalign_lint.reporters.glyphs import clean

MOST_LINES = 500
"""The most edges that Mermaid draws unless its ``maxEdges`` is raised."""
_OTHER = re.compile(r"_|[^\w ,.()/+\u2013-]|[-+.)](?= )")
"""Characters with a meaning, and those that may begin an item of a Markdown list."""


def render(part: Part) -> Iterator[str]:
    """The flowchart: a box for each node, an arrow for each relation."""
    names = {node: f"n{number}" for number, node in enumerate(part.nodes, 1)}
    yield "flowchart LR\n"
    for node, name in names.items():
        yield f'  {name}["{_text(node.title)}<br/>{_text(node.type.name)}"]\n'
    for line in part.lines:
        yield f'  {names[line.source]} -->|"{_text(line.label)}"| {names[line.target]}\n'
    yield f"  style {names[part.start]} stroke-width:4px\n"


def _text(said: str) -> str:
    """A text in which every character with a meaning in Mermaid, Markdown or HTML is escaped."""
    return _OTHER.sub(lambda found: f"#{ord(found[0])};", clean(said))
