"""The parts of a mapping that exports use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bizalign_lint.core.types import Pointer
from bizalign_lint.mapping.columns import BETWEEN, NAME, NAMESPACE, columns
from bizalign_lint.mapping.language import Rules, Setting, Value
from bizalign_lint.schema.ontology import ObjectType


def links(mapping: Mapping[str, Any], base: Rules | None) -> tuple[str, Mapping[str, Any]]:
    """The name of the sheet of links, and the constant cells of its rows, by column."""
    sheets = mapping.get("links", {})
    sheet, write = ("", {}) if base is None else (base.links, base.link_write)
    return sheets.get("sheet", sheet), sheets.get("write", write)


def rest(kind: ObjectType, entry: Mapping[str, str] | None) -> Iterator[Setting]:
    """Settings for all plain properties of a kind, each in its own field under ``rest``."""
    if entry is None:
        return
    for column in columns(kind):
        property_ = column.property
        is_text = property_.object is None and property_.datatype not in ("object", "any")
        if is_text and column.name not in (NAME, NAMESPACE):
            field = (*field_pointer(entry["field"]), f"{entry.get('prefix', '')}{column.name}")
            split = BETWEEN if property_.many else ""
            yield Setting(column.pointer, property_, (Value(field, split=split),), is_rest=True)


def field_pointer(path: Any) -> Pointer:
    """The pointer of a field that is written as parts joined by dots or as a list of parts."""
    return tuple(path.split(".")) if isinstance(path, str) else tuple(path)
