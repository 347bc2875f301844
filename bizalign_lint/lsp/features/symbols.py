"""Symbols of a file and of the workspace, as the protocol has them."""

from __future__ import annotations

from lsprotocol import types

from bizalign_lint.core.types import Location
from bizalign_lint.ide.symbols import Symbol, document_symbols, workspace_symbols
from bizalign_lint.lsp.features import Feature, Request


def of_file(request: Request) -> list[types.DocumentSymbol]:
    """The outline of a file."""
    found = document_symbols(request.snapshot, request.path)
    return [_symbol(request, symbol, types.SymbolKind.Class) for symbol in found]


def _symbol(request: Request, symbol: Symbol, kind: types.SymbolKind) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=symbol.name,
        detail=symbol.detail,
        kind=kind,
        range=request.translate.range(Location(request.path, symbol.span)),
        selection_range=request.translate.range(Location(request.path, symbol.selection)),
        children=[_symbol(request, child, types.SymbolKind.Field) for child in symbol.children],
    )


def of_workspace(request: Request) -> list[types.WorkspaceSymbol]:
    """The definitions that go with what is typed."""
    return [
        types.WorkspaceSymbol(
            location=request.translate.location(named.location),
            name=named.name,
            kind=types.SymbolKind.Class,
            container_name=named.container,
        )
        for named in workspace_symbols(request.snapshot, request.params.query)
    ]


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, of_file),
    Feature(types.WORKSPACE_SYMBOL, of_workspace),
)
