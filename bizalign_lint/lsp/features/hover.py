"""Hover, as the protocol has it."""

from __future__ import annotations

from functools import partial

from lsprotocol import types

from bizalign_lint.core.types import Location
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.hover import hover
from bizalign_lint.ide.nodes import definition_location
from bizalign_lint.ide.setup_files import hover as hover_setup
from bizalign_lint.lsp.features import Feature, Request
from bizalign_lint.lsp.outlook import about_date
from bizalign_lint.lsp.pages import pages
from bizalign_lint.lsp.plain import markup


def answer(request: Request) -> types.Hover | None:
    """What the thing at a position is."""
    if request.at is None:
        return None
    link, at = pages(request.snapshot), Position(*request.at)
    if request.setup is not None:
        found = hover_setup(*request.setup, at)
    else:
        found = hover(
            request.snapshot, request.path, at, link, request.structure, partial(_address, request)
        )
    if found is None:
        return None
    if ahead := about_date(request.snapshot, request.path, Position(*request.at)):
        found = found._replace(text=f"{found.text}\n\n---\n\n{ahead}")
    text = markup(found.text, request.client.markdown_hovers)
    return types.Hover(text, request.translate.range(Location(request.path, found.span)))


def _address(request: Request, node: Node) -> str | None:
    """Where a node is defined, as editors follow links."""
    if node.document is None or not request.client.markdown_hovers:
        return None
    at = definition_location(node)
    return f"{request.translate.uri(at.path)}#L{at.span.line}"


FEATURES = (Feature(types.TEXT_DOCUMENT_HOVER, answer),)
