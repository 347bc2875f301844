"""A document and its schema flaws → a document that later stages can rely on."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.limits import MAX_DEFECTS
from bizalign_lint.core.types import Document, Flaw, Place, Pointer
from bizalign_lint.core.words import texts
from bizalign_lint.schema.ontology import Ontology, property_at


class Checked(NamedTuple):
    """A document that can be linked: values that violate its schema were removed."""

    document: Document
    flawed: tuple[tuple[Pointer, Flaw], ...] = ()
    """The pointers to these values, with the flaws."""


class Sanitized(NamedTuple):
    """What is left of a flawed document; ``checked`` is None if it cannot be linked at all."""

    checked: Checked | None
    doubtful: Mapping[str, Flaw]
    """The words in everything that was removed, with the flaws."""


def sanitize(ontology: Ontology, document: Document, flaws: Sequence[Flaw]) -> Sanitized:
    """Remove values that violate the schema, and record where they were.

    One mistake, one finding: rules do not report flawed properties, and the linker does not report
    references to names among the removed words.
    """
    kind = document.value.get("kind")
    metadata = document.value.get("metadata")
    if (
        not isinstance(kind, str)
        or kind not in ontology.kinds
        or not isinstance(metadata, dict)
        or not isinstance(metadata.get("name"), str)
        or len(flaws) > MAX_DEFECTS
    ):
        return Sanitized(None, dict.fromkeys(texts(document.value), flaws[0]))
    value = copy.deepcopy(document.value)
    removed: dict[str, Flaw] = {}
    flawed: list[tuple[Pointer, Flaw]] = []
    for flaw in flaws:
        if not isinstance(flaw.place, Place):
            continue
        pointer = flaw.place.pointer
        if flaw.condition == conditions.UNKNOWN_FIELD:
            near = flaw.details["near"]
            flawed.append(((*pointer[:-1], near or pointer[-1]), flaw))
            # A property of another section would otherwise be read as part of this one.
            removed |= dict.fromkeys(texts(_get(value, pointer)), flaw)
            _remove(value, pointer)
        elif flaw.place.key:
            flawed.append(((*pointer, flaw.subject), flaw))
        else:
            flawed.append((pointer, flaw))
            if pointer != ("metadata", "name") and not _has_form(ontology, kind, value, pointer):
                removed |= dict.fromkeys(texts(_get(value, pointer)), flaw)
                _remove(value, pointer)
    if not isinstance(value.get("spec"), dict):
        value["spec"] = {}
    sanitized = replace(document, value=value)
    return Sanitized(Checked(sanitized, tuple(flawed)), removed)


def _has_form(ontology: Ontology, kind: str, value: Any, pointer: Pointer) -> bool:
    """Whether a value has the right form for its property, and only its contents violate the
    schema."""
    property_ = property_at(ontology, kind, pointer)
    found = _get(value, pointer)
    if property_ is None or isinstance(pointer[-1], int):
        return isinstance(found, dict) and property_ is not None and property_.block is not None
    if property_.many:
        return isinstance(found, list)
    return isinstance(found, dict) and property_.object is not None


def _get(value: Any, pointer: Iterable[str | int]) -> Any:
    for step in pointer:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _remove(value: Any, pointer: Pointer) -> None:
    """Remove a value; list items are replaced by None, so that others keep their indexes."""
    holder = _get(value, pointer[:-1])
    last = pointer[-1] if pointer else None
    if isinstance(holder, dict):
        holder.pop(last, None)
    elif isinstance(holder, list) and isinstance(last, int):
        holder[last] = None
