"""A part of a model as a flowchart of Mermaid (https://mermaid.js.org/)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bizalign_lint.exporters.around import Part
from bizalign_lint.reporters.glyphs import clean

MOST_LINES = 500
"""So many edges does Mermaid draw unless its ``maxEdges`` says otherwise."""
_OTHER = re.compile(r"_|[^\w ,.()/+\u2013-]|[-+.)](?= )")
"""What is a sign, or may be one of a list in Markdown."""


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
    """A text in which nothing is a sign of Mermaid's, of Markdown's or of HTML's."""
    return _OTHER.sub(lambda found: f"#{ord(found[0])};", clean(said))
