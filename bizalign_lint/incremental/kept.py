"""What of a file is as it was: its definitions stay, and with them all that is known of them."""

from __future__ import annotations

from bizalign_lint.core.types import Document
from bizalign_lint.parsing.documents import Parsed
from bizalign_lint.schema.file_result import FileResult


def keep(held: Parsed, before: FileResult) -> None:
    """Put the definitions of a file from before in place of those that say the same.

    They may be on other lines now: their places are those in the new text from here on. One that
    its schema refuses does not stay: what is wrong with it may be said of the text.
    """
    clean = {
        checked.document.index: checked.document
        for checked in before.checked
        if not checked.flawed and checked.document.origin is None
    }
    for number, document in enumerate(held.documents):
        known = clean.get(document.index)
        if known is not None and _is_same(known, document):
            known.source = document.source
            held.documents[number] = known


def _is_same(known: Document, document: Document) -> bool:
    # As texts: a mapping in another order is another one, and so is 1 in place of true.
    return document.origin is None and repr(known.value) == repr(document.value)
