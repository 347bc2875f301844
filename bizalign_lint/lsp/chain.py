"""A picture of what a definition hangs together with, for an editor to show beside the text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from lsprotocol import types  # noqa: TC002  # what pygls reads arguments by

from bizalign_lint.core.types import Severity
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.chain import Chain, chain
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.nodes import definition_location
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.lsp.session import Session
from bizalign_lint.lsp.translate import Translator, path_of
from bizalign_lint.schema.ontology import kind_title

CHAIN = "bizalign.chain"
"""Our command: a URI and a position are its arguments."""

_WIDTH, _HEIGHT, _ACROSS, _DOWN, _EDGE = 190, 44, 60, 12, 16
_LONGEST = 26
_TONES = {Severity.ERROR: "#c53030", Severity.WARNING: "#b7791f", Severity.INFO: "#2b6cb0"}
_CALM = "#718096"


def register(session: Session) -> None:
    """Let the editor ask for the picture."""
    session.command(CHAIN)(partial(_chain, session))


def _chain(session: Session, uri: str, position: types.Position) -> dict[str, str] | None:
    """Its title, and the picture as SVG; None where no definition is."""
    path = path_of(uri)
    if path is None:
        return None
    folder = session.folders.of(path)
    snapshot, relative = folder.snapshot(), folder.relative(path) or ""
    if snapshot is None:
        return None
    translate = session.translator(folder)
    found = chain(snapshot, relative, Position(*translate.at(relative, position)))
    if found is None:
        return None
    return {"title": found.centre.title, "svg": "".join(drawn(snapshot, found, translate))}


def drawn(snapshot: Snapshot, found: Chain, translate: Translator) -> Iterator[str]:
    """The picture. Each definition says by ``data-uri`` and ``data-line`` where it is, and by
    ``data-severity`` how bad the worst finding is in it, if there is one."""
    sizes = zip(found.columns, found.more, strict=True)
    tallest = max(len(column) + (more > 0) for column, more in sizes)
    height = 2 * _EDGE + tallest * (_HEIGHT + _DOWN) - _DOWN
    width = 2 * _EDGE + len(found.columns) * (_WIDTH + _ACROSS) - _ACROSS
    places: dict[Node, tuple[int, int]] = {}
    notes: list[str] = []
    for number, (column, more) in enumerate(zip(found.columns, found.more, strict=True)):
        x = _EDGE + number * (_WIDTH + _ACROSS)
        rows = len(column) + (more > 0)
        y = (height - rows * (_HEIGHT + _DOWN) + _DOWN) // 2
        for node in column:
            places[node] = x, y
            y += _HEIGHT + _DOWN
        if more:
            notes.append(_text(x + 10, y + 26, f"and {more:,} more"))
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="12" '
        f'fill="currentColor"><title>{escape(found.centre.title)}</title>'
    )
    for one, other in found.lines:
        yield _line(places[one], places[other])
    for node, place in places.items():
        yield from _box(snapshot, found, translate, node, place)
    yield from (*notes, "</svg>")


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    x0, y0, x1, y1 = start[0] + _WIDTH, start[1] + _HEIGHT // 2, end[0], end[1] + _HEIGHT // 2
    middle = (x0 + x1) // 2
    return (
        f'<path d="M{x0} {y0}C{middle} {y0} {middle} {y1} {x1} {y1}" fill="none" '
        f'stroke="{_CALM}" stroke-opacity="0.7"/>'
    )


def _box(
    snapshot: Snapshot, found: Chain, translate: Translator, node: Node, place: tuple[int, int]
) -> Iterator[str]:
    x, y = place
    worst = found.worst.get(node)
    tone = _CALM if worst is None else _TONES[worst]
    kind = kind_title(snapshot.loaded.ontology, node.type.name)
    about = f"{kind} {node.reference}" + (f", {worst}" if worst is not None else "")
    at = definition_location(node)
    where = f'data-uri="{escape(translate.uri(at.path))}" data-line="{at.span.line}"'
    if worst is not None:
        where += f' data-severity="{worst}"'
    yield f'<g class="definition" {where}><title>{escape(about)}</title>'
    yield (
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" fill="{tone}" '
        f'fill-opacity="0.12" stroke="{tone}" stroke-width="{3 if node is found.centre else 1}"/>'
    )
    yield _text(x + 10, y + 18, node.title)
    yield f'<g opacity="0.7">{_text(x + 10, y + 34, kind)}</g></g>'


def _text(x: int, y: int, text: str) -> str:
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return f'<text x="{x}" y="{y}">{escape(short)}</text>'
