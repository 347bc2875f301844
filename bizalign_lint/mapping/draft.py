"""A definition on its way from a record to a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bizalign_lint.core.types import Document
from bizalign_lint.mapping.language import Element
from bizalign_lint.mapping.origin import RecordOrigin
from bizalign_lint.readers.records import Record


@dataclass(slots=True, eq=False)
class Draft:
    """A definition that is being made."""

    element: Element
    record: Record
    document: Document
    origin: RecordOrigin
    kind: str
    namespace: str
    name: str = ""

    @property
    def value(self) -> dict[str, Any]:
        """What it says so far."""
        return self.document.value
