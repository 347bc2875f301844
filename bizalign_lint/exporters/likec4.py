"""A part of a model in the language of LikeC4 (https://likec4.dev/)."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.exporters.around import Part
from bizalign_lint.graph.nodes import Node
from bizalign_lint.reporters.glyphs import clean

_KIND = "kind"


def render(part: Part) -> Iterator[str]:
    """The specification, the model, and one view of all of it."""
    names = {node: f"n{number}" for number, node in enumerate(part.nodes, 1)}
    yield "specification {\n"
    for kind in sorted({node.type.name for node in part.nodes}):
        yield f"  element {_kind(kind)}\n"
    yield "}\n\nmodel {\n"
    for node, name in names.items():
        yield from _element(node, name)
    for line in part.lines:
        yield f"  {names[line.source]} -> {names[line.target]} {_text(line.label)}\n"
    yield "}\n\nviews {\n  view index {\n"
    yield f"    title {_text(part.start.title)}\n    include *\n  }}\n}}\n"


def _element(node: Node, name: str) -> Iterator[str]:
    description = node.values.get("description")
    yield f"  {name} = {_kind(node.type.name)} {_text(node.title)} {{\n"
    yield f"    technology {_text(node.type.name)}\n"
    if isinstance(description, str) and description.strip():
        yield f"    description {_text(description)}\n"
    yield "  }\n"


def _kind(name: str) -> str:
    """The name of a kind with a prefix, so that it is never a keyword of the language."""
    return f"{_KIND}_{name}"


def _text(said: str) -> str:
    """A text in quotes, without characters that could end it."""
    plain = clean(said.strip()).replace("\\", "/").replace("'", "\u2019")
    return f"'{plain}'"
