"""Hover, as the protocol has it."""

from __future__ import annotations

from lsprotocol import types

from ...model import Location
from ..language.cursor import Position
from ..language.hover import hover
from ..pages import pages
from . import Feature, Request


def answer(request: Request) -> types.Hover | None:
    """What the thing at a position is."""
    if request.at is None:
        return None
    link = pages(request.snapshot)
    found = hover(request.snapshot, request.path, Position(*request.at), link, request.structure)
    if found is None:
        return None
    text = types.MarkupContent(types.MarkupKind.Markdown, found.text)
    return types.Hover(text, request.translate.range(Location(request.path, found.span)))


FEATURES = (Feature(types.TEXT_DOCUMENT_HOVER, answer),)
