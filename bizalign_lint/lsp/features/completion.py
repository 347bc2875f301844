"""Completion, as the protocol has it."""

from __future__ import annotations

import re

from lsprotocol import types

from bizalign_lint.core.types import Location
from bizalign_lint.ide.completion import completion
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.items import Item, ItemType, Offer
from bizalign_lint.ide.setup_files import complete
from bizalign_lint.lsp.features import Feature, Request
from bizalign_lint.lsp.plain import markup, without_places

_KINDS = {
    ItemType.KIND: types.CompletionItemKind.Class,
    ItemType.PROPERTY: types.CompletionItemKind.Property,
    ItemType.VALUE: types.CompletionItemKind.EnumMember,
    ItemType.TERM: types.CompletionItemKind.EnumMember,
    ItemType.REFERENCE: types.CompletionItemKind.Reference,
    ItemType.RULE: types.CompletionItemKind.Constant,
    ItemType.SNIPPET: types.CompletionItemKind.Snippet,
}

_GOES_ON = re.compile(r": ?(?:\[\$1\])?$|: ?\n *$")
"""A key alone: what it may hold is offered next."""

_STRUCTURE = frozenset({ItemType.KIND, ItemType.PROPERTY, ItemType.VALUE, ItemType.SNIPPET})
"""What a server offers as well that has the schema."""


def answer(request: Request) -> types.CompletionList | None:
    """What can be put where the cursor is."""
    if request.at is None:
        return None
    at = Position(*request.at)
    if request.setup is not None:
        offer = complete(*request.setup, at)
    else:
        offer = completion(request.snapshot, request.path, at)
    if offer is None:
        return None
    range_ = request.translate.range(Location(request.path, offer.span))
    offered = (item for item in offer.items if request.structure or item.sort not in _STRUCTURE)
    items = [_item(request, item, n, offer, range_) for n, item in enumerate(offered)]
    return types.CompletionList(is_incomplete=not offer.complete, items=items)


def _item(
    request: Request, item: Item, number: int, offer: Offer, range_: types.Range
) -> types.CompletionItem:
    snippet = item.snippet and request.client.snippets
    text = without_places(item.text) if item.snippet and not snippet else item.text
    return types.CompletionItem(
        label=item.label,
        kind=_KINDS[item.sort],
        detail=item.detail or None,
        label_details=types.CompletionItemLabelDetails(description=item.detail)
        if item.detail and request.client.label_details
        else None,
        documentation=markup(item.about, request.client.markdown_items) if item.about else None,
        filter_text=item.search or None,
        sort_text=f"{number:05}",
        insert_text_format=types.InsertTextFormat.Snippet
        if snippet
        else types.InsertTextFormat.PlainText,
        insert_text_mode=types.InsertTextMode.AdjustIndentation,
        text_edit=types.TextEdit(range_, text),
        command=types.Command("Suggest", request.client.suggests)
        if request.client.suggests and _GOES_ON.search(text)
        else None,
        preselect=True if item.first and len(offer.items) == 1 else None,
    )


FEATURES = (
    Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        answer,
        types.CompletionOptions(trigger_characters=[" ", ":", "[", ",", "#", "/", "-"]),
    ),
)
