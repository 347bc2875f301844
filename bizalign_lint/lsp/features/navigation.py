"""Definition, references and highlights, as the protocol has them."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from bizalign_lint.core.types import Location
from bizalign_lint.ide import goto
from bizalign_lint.ide.cursor import Position
from bizalign_lint.lsp.features import Feature, Request, always


def _locations(request: Request, found: Iterable[Location]) -> list[types.Location]:
    return [request.translate.location(location) for location in found]


def definition(request: Request) -> list[types.Location] | None:
    """Where it is defined."""
    if request.at is None:
        return None
    found = goto.definition(request.snapshot, request.path, Position(*request.at))
    return _locations(request, found)


def references(request: Request) -> list[types.Location] | None:
    """Where it is referred to."""
    if request.at is None:
        return None
    with_definition = request.params.context.include_declaration
    at = Position(*request.at)
    found = goto.references(request.snapshot, request.path, at, with_definition)
    return _locations(request, found)


def highlights(request: Request) -> list[types.DocumentHighlight] | None:
    """Where in the file it is named."""
    if request.at is None:
        return None
    found = goto.highlights(request.snapshot, request.path, Position(*request.at))
    return [types.DocumentHighlight(request.translate.range(location)) for location in found]


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DEFINITION, definition, looks=always),
    Feature(types.TEXT_DOCUMENT_REFERENCES, references, looks=always),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlights),
)
