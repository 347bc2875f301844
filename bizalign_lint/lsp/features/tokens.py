"""Semantic tokens, as the protocol has them."""

from __future__ import annotations

from lsprotocol import types

from bizalign_lint.core.types import Location
from bizalign_lint.ide.tokens import MODIFIERS, TYPES, tokens
from bizalign_lint.lsp.features import Feature, Request


def answer(request: Request) -> types.SemanticTokens:
    """The tokens of a file: each as five numbers, the place as seen from the one before."""
    data: list[int] = []
    line = column = 0
    for token in tokens(request.snapshot, request.path):
        range_ = request.translate.range(Location(request.path, token.span))
        start, length = range_.start, range_.end.character - range_.start.character
        if start.line != line:
            line, column, down = start.line, 0, start.line - line
        else:
            down = 0
        modifiers = sum(1 << MODIFIERS.index(name) for name in token.modifiers)
        data += (down, start.character - column, length, TYPES.index(token.type), modifiers)
        column = start.character
    return types.SemanticTokens(data)


FEATURES = (
    Feature(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
        answer,
        types.SemanticTokensLegend([*TYPES], [*MODIFIERS]),
    ),
)
