"""Type and call hierarchies, as the protocol has them."""

from __future__ import annotations

from typing import Any, TypeVar

from lsprotocol import types

from bizalign_lint.core.types import Location
from bizalign_lint.ide import hierarchy
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.hierarchy import Call, Entry
from bizalign_lint.lsp.features import Feature, Request

Item = TypeVar("Item", types.TypeHierarchyItem, types.CallHierarchyItem)


def _item(request: Request, entry: Entry, form: type[Item]) -> Item:
    return form(
        name=entry.title,
        kind=types.SymbolKind.Class,
        uri=request.translate.uri(entry.path),
        range=request.translate.range(Location(entry.path, entry.span)),
        selection_range=request.translate.range(Location(entry.path, entry.selection)),
        detail=entry.detail,
        data={"reference": entry.reference},
    )


def _reference(request: Request) -> str:
    """The node that an item stands for."""
    data: Any = request.params.item.data
    reference = data.get("reference") if isinstance(data, dict) else None
    return reference if isinstance(reference, str) else ""


def types_at(request: Request) -> list[types.TypeHierarchyItem] | None:
    """The node at a position, if its kind is a tree."""
    if request.at is None:
        return None
    found = hierarchy.prepare_types(request.snapshot, request.path, Position(*request.at))
    return [_item(request, entry, types.TypeHierarchyItem) for entry in found] or None


def supertypes(request: Request) -> list[types.TypeHierarchyItem]:
    """What it is part of."""
    found = hierarchy.supertypes(request.snapshot, _reference(request))
    return [_item(request, entry, types.TypeHierarchyItem) for entry in found]


def subtypes(request: Request) -> list[types.TypeHierarchyItem]:
    """Its parts."""
    found = hierarchy.subtypes(request.snapshot, _reference(request))
    return [_item(request, entry, types.TypeHierarchyItem) for entry in found]


def calls_at(request: Request) -> list[types.CallHierarchyItem] | None:
    """The node at a position."""
    if request.at is None:
        return None
    found = hierarchy.prepare_calls(request.snapshot, request.path, Position(*request.at))
    return [_item(request, entry, types.CallHierarchyItem) for entry in found] or None


def incoming(request: Request) -> list[types.CallHierarchyIncomingCall]:
    """What leads to it."""
    return [
        types.CallHierarchyIncomingCall(
            _item(request, call.entry, types.CallHierarchyItem), _ranges(request, call)
        )
        for call in hierarchy.incoming(request.snapshot, _reference(request))
    ]


def outgoing(request: Request) -> list[types.CallHierarchyOutgoingCall]:
    """What it leads to."""
    return [
        types.CallHierarchyOutgoingCall(
            _item(request, call.entry, types.CallHierarchyItem), _ranges(request, call)
        )
        for call in hierarchy.outgoing(request.snapshot, _reference(request))
    ]


def _ranges(request: Request, call: Call) -> list[types.Range]:
    return [request.translate.range(place) for place in call.places]


FEATURES = (
    Feature(types.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY, types_at),
    Feature(types.TYPE_HIERARCHY_SUPERTYPES, supertypes),
    Feature(types.TYPE_HIERARCHY_SUBTYPES, subtypes),
    Feature(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, calls_at),
    Feature(types.CALL_HIERARCHY_INCOMING_CALLS, incoming),
    Feature(types.CALL_HIERARCHY_OUTGOING_CALLS, outgoing),
)
