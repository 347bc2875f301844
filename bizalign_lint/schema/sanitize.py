"""Schema flaws → a document that the later stages can rely on."""

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
    """A document that can be linked: what its schema refuses is gone, and remembered."""

    document: Document
    flawed: tuple[tuple[Pointer, Flaw], ...] = ()
    """Where that was, and why."""


class Sanitized(NamedTuple):
    """What is left of a flawed document; ``checked`` is None when it cannot be linked at all."""

    checked: Checked | None
    doubtful: Mapping[str, Flaw]
    """The words of everything that was taken out, and why."""


def sanitize(ontology: Ontology, document: Document, flaws: Sequence[Flaw]) -> Sanitized:
    """Take out what the schema refuses, and remember where it was.

    One mistake is one finding: rules keep silent about properties that are flawed, and the
    linker about names among the words that are gone.
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
    gone: dict[str, Flaw] = {}
    flawed: list[tuple[Pointer, Flaw]] = []
    for flaw in flaws:
        if not isinstance(flaw.place, Place):
            continue
        pointer = flaw.place.pointer
        if flaw.condition == conditions.UNKNOWN_FIELD:
            near = flaw.details["near"]
            flawed.append(((*pointer[:-1], near or pointer[-1]), flaw))
            # What belongs in another section would otherwise be read as part of this one.
            gone |= dict.fromkeys(texts(_get(value, pointer)), flaw)
            _remove(value, pointer)
        elif flaw.place.key:
            flawed.append(((*pointer, flaw.subject), flaw))
        else:
            flawed.append((pointer, flaw))
            if pointer != ("metadata", "name") and not _keeps(ontology, kind, value, pointer):
                gone |= dict.fromkeys(texts(_get(value, pointer)), flaw)
                _remove(value, pointer)
    if not isinstance(value.get("spec"), dict):
        value["spec"] = {}
    sanitized = replace(document, value=value)
    return Sanitized(Checked(sanitized, tuple(flawed)), gone)


def _keeps(ontology: Ontology, kind: str, value: Any, pointer: Pointer) -> bool:
    """Whether the value has the right form for its property, so that only its size is wrong."""
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
    """Take a value out; an item of a list leaves a gap, so that the others keep their places."""
    holder = _get(value, pointer[:-1])
    last = pointer[-1] if pointer else None
    if isinstance(holder, dict):
        holder.pop(last, None)
    elif isinstance(holder, list) and isinstance(last, int):
        holder[last] = None
