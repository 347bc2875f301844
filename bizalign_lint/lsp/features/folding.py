"""Folding, as the protocol has it."""

from __future__ import annotations

from lsprotocol import types

from bizalign_lint.ide.folding import folds
from bizalign_lint.lsp.features import Feature, Request


def answer(request: Request) -> list[types.FoldingRange]:
    """What can be folded in a file."""
    return [
        types.FoldingRange(
            fold.first - 1,
            fold.last - 1,
            kind=types.FoldingRangeKind.Comment if fold.comment else types.FoldingRangeKind.Region,
        )
        for fold in folds(request.snapshot, request.path)
    ]


FEATURES = (Feature(types.TEXT_DOCUMENT_FOLDING_RANGE, answer),)
