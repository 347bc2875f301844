"""Symbols of a file and of the workspace, as the protocol has them."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from bizalign_lint.core.types import Location
from bizalign_lint.ide.symbols import Symbol, document_symbols, workspace_symbols
from bizalign_lint.lsp.features import Feature, Request


def of_file(request: Request) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """The outline of a file; as a mere list for an editor that shows no tree."""
    found = document_symbols(request.snapshot, request.path)
    if not request.client.outlines:
        return [one for symbol in found for one in _listed(request, symbol, "")]
    return [_symbol(request, symbol, _icon(request, symbol.kind)) for symbol in found]


def _symbol(request: Request, symbol: Symbol, kind: types.SymbolKind) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=symbol.name,
        detail=symbol.detail,
        kind=kind,
        range=request.translate.range(Location(request.path, symbol.span)),
        selection_range=request.translate.range(Location(request.path, symbol.selection)),
        children=[_symbol(request, child, types.SymbolKind.Field) for child in symbol.children],
    )


def _listed(request: Request, symbol: Symbol, within: str) -> Iterator[types.SymbolInformation]:
    yield types.SymbolInformation(
        location=request.translate.location(Location(request.path, symbol.selection)),
        name=symbol.name,
        kind=types.SymbolKind.Field if within else types.SymbolKind.Class,
        container_name=within or None,
    )
    for child in symbol.children:
        yield from _listed(request, child, symbol.name)


_ICONS = (
    types.SymbolKind.Class,
    types.SymbolKind.Interface,
    types.SymbolKind.Module,
    types.SymbolKind.Event,
    types.SymbolKind.Package,
    types.SymbolKind.Struct,
)
"""One for each perspective, as far as they go."""


def _icon(request: Request, kind: str) -> types.SymbolKind:
    """What an editor shows for a kind: the same for all of a perspective."""
    kinds = request.snapshot.loaded.ontology.kinds
    known = kinds.get(kind)
    if known is None:
        return types.SymbolKind.Field
    perspectives = sorted({each.perspective for each in kinds.values()})
    return _ICONS[perspectives.index(known.perspective) % len(_ICONS)]


def of_workspace(request: Request) -> list[types.WorkspaceSymbol]:
    """The definitions that go with what is typed."""
    return [
        types.WorkspaceSymbol(
            location=request.translate.location(named.location),
            name=named.name,
            kind=_icon(request, named.kind),
            container_name=named.container,
        )
        for named in workspace_symbols(request.snapshot, request.params.query)
    ]


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, of_file),
    Feature(types.WORKSPACE_SYMBOL, of_workspace),
)
