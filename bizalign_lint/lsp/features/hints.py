"""Inlay hints, as the protocol has them."""

from __future__ import annotations

from lsprotocol import types

from bizalign_lint.ide.hints import hints
from bizalign_lint.lsp.features import Feature, Request
from bizalign_lint.lsp.plain import markup


def answer(request: Request) -> list[types.InlayHint]:
    """The hints in a stretch of a file."""
    translate, markdown = request.translate, request.client.markdown_hovers
    stretch = translate.span(request.path, request.params.range)
    return [
        types.InlayHint(
            position=translate.position(request.path, (hint.line, hint.column)),
            label=hint.text,
            tooltip=markup(hint.about, markdown) if hint.about else None,
            padding_left=True,
        )
        for hint in hints(request.snapshot, request.path, stretch)
    ]


FEATURES = (Feature(types.TEXT_DOCUMENT_INLAY_HINT, answer),)
