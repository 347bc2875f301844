"""Definitions of a changed file that are as they were: they are kept, with all that is known."""

from __future__ import annotations

from bizalign_lint.core.types import Document
from bizalign_lint.parsing.documents import Parsed
from bizalign_lint.schema.file_result import FileResult


def keep(parsed: Parsed, before: FileResult) -> None:
    """Replace parsed definitions with equal ones from before.

    They may be on other lines now: from here on, their places are those in the new text. One that
    breaks its schema is not kept, as its flaws may depend on the text.
    """
    clean = {
        checked.document.index: checked.document
        for checked in before.checked
        if not checked.flawed and checked.document.origin is None
    }
    for number, document in enumerate(parsed.documents):
        known = clean.get(document.index)
        if known is not None and _is_same(known, document):
            known.source = document.source
            parsed.documents[number] = known


def _is_same(known: Document, document: Document) -> bool:
    # Compared as text, as the order of keys matters, and 1 is not the same as true.
    return document.origin is None and repr(known.value) == repr(document.value)
