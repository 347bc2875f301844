"""A definition that is being made from a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bizalign_lint.core.types import Document, Pointer
from bizalign_lint.mapping.language import Element, Setting, Value, value_of
from bizalign_lint.mapping.names import reference
from bizalign_lint.mapping.origin import RecordOrigin
from bizalign_lint.mapping.values import match_name
from bizalign_lint.readers.records import Record


@dataclass(slots=True, eq=False)
class Mapped:
    """A definition that is being made from a record, with the places of its values."""

    element: Element
    record: Record
    document: Document
    origin: RecordOrigin
    kind: str
    namespace: str
    name: str = ""

    @property
    def value(self) -> dict[str, Any]:
        """The content of the definition so far."""
        return self.document.value

    def reference(self, default: str | None, namespace: str) -> str:
        """A reference to it from a namespace; it leaves out the kind if that is the default."""
        return reference(self.kind, self.namespace, self.name, default, namespace)

    def store(self, pointer: Pointer, value: Any, field: Pointer) -> None:
        """Set a value at a pointer; ``field`` is the field of the record that it came from."""
        holder: Any = self.value
        for step in pointer[:-1]:
            holder = holder.setdefault(step, {})
        holder[pointer[-1]] = value
        self.origin.fields[pointer] = (self.record.locator, field)

    def named(self, setting: Setting, spec: Value, text: str) -> str | None:
        """The name of the definition's object that a text means; None if that is unclear.

        The text has the form of a name. If there are no objects, it is returned unchanged.
        """
        objects = value_of(self.value, (*setting.pointer[:-1], spec.among))
        return match_name(text, [one["name"] for one in objects]) if objects else text

    def add(self, pointer: Pointer, many: bool, value: str, place: Any) -> bool:
        """Add a reference; ``place`` is the locator and field that it came from.

        False if the property takes one value and already has another.
        """
        held = value_of(self.value, pointer)
        if not many:
            if held is not None:
                return bool(held == value)
            self.store(pointer, value, ())
            self.origin.fields[pointer] = place
            return True
        if held is None:
            self.store(pointer, held := [], ())
            self.origin.fields[pointer] = place
        if value not in held:
            self.origin.fields[(*pointer, len(held))] = place
            held.append(value)
        return True
