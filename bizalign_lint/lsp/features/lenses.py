"""Code lenses, as the protocol has them."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from bizalign_lint.core.types import Location, Span
from bizalign_lint.ide.lenses import Lens, counted, lenses
from bizalign_lint.lsp.features import Feature, Request
from bizalign_lint.lsp.outlook import lenses_ahead

SHOW = "bizalign.showReferences"
"""The editor's command that shows places: a URI, a position and locations are its arguments."""


def answer(request: Request) -> list[types.CodeLens]:
    """The lenses of a file; the references of a count are looked up when it is shown."""
    found = lenses(request.snapshot, request.path)
    ahead = lenses_ahead(request.snapshot, request.path)
    return [_lens(request, lens) for lens in (*found, *ahead)]


def _lens(request: Request, lens: Lens) -> types.CodeLens:
    range_ = request.translate.range(Location(request.path, lens.span))
    data = {
        "uri": request.params.text_document.uri,
        "text": lens.text,
        "reference": lens.reference,
        "inverse": lens.inverse,
    }
    if lens.inverse:
        return types.CodeLens(range_, data=data)
    return types.CodeLens(range_, types.Command(lens.text, ""), data)


def resolved(request: Request) -> types.CodeLens:
    """A lens with its command."""
    asked: types.CodeLens = request.params
    data: Any = asked.data
    said = (data.get("text"), data.get("reference"), data.get("inverse"))
    text, reference, inverse = (part if isinstance(part, str) else "" for part in said)
    found = counted(request.snapshot, Lens(Span(1, 1, 1, 1), text, reference, inverse))
    locations = [request.translate.location(location) for location in found]
    command = types.Command(text, SHOW, arguments=[data["uri"], asked.range.start, locations])
    return types.CodeLens(asked.range, command, data)


FEATURES = (
    Feature(types.TEXT_DOCUMENT_CODE_LENS, answer, types.CodeLensOptions(resolve_provider=True)),
    Feature(types.CODE_LENS_RESOLVE, resolved),
)
