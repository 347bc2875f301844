"""Additions merged into the definitions that they complete; each value keeps its place.

An addition is a definition with the annotation ``bizalign/adds-to``, or one of another source whose
mapping joins it by a key. Nothing is joined by its title.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Document, Flaw, Place, Pointer, Related
from bizalign_lint.core.words import with_article
from bizalign_lint.mapping.names import DEFAULT
from bizalign_lint.mapping.origin import RecordOrigin
from bizalign_lint.parsing.documents import Parsed
from bizalign_lint.readers.yaml_locator import YamlLocator

ADDS_TO = "bizalign/adds-to"
_MARK = ADDS_TO.encode()
_ANNOTATIONS: Pointer = ("metadata", "annotations")
_IDENTITY = ("name", "namespace")


def completes(content: bytes) -> bool:
    """Whether the content of a definition file may have an addition."""
    return _MARK in content


def with_additions(parsed: Collection[Parsed]) -> list[Parsed]:
    """The parsed files, with all additions merged into the definitions that they complete."""
    additions = {
        id(document): target
        for one in parsed
        for document in one.documents
        if (target := _target(document))
    }
    if not additions:
        return list(parsed)
    known = _known(document for one in parsed for document in one.documents)
    found = []
    for one in parsed:
        kept, flaws = [], list(one.flaws)
        for document in one.documents:
            wanted = additions.get(id(document), "")
            base = known.get(wanted)
            if not wanted:
                kept.append(document)
            elif base is None or base is document or id(base) in additions:
                kept.append(document)
                if document.origin is None:
                    flaws.append(_unknown(document, wanted))
            else:
                flaws += _merge(base, document)
        found.append(replace(one, documents=kept, flaws=flaws))
    return found


def _target(document: Document) -> str:
    """The name of the definition that an addition completes; empty for other definitions."""
    if isinstance(document.origin, RecordOrigin) and document.origin.joins:
        return document.origin.joins
    metadata = document.value.get("metadata")
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    target = annotations.get(ADDS_TO) if isinstance(annotations, dict) else None
    return target if isinstance(target, str) else ""


def _known(documents: Iterator[Document]) -> dict[str, Document]:
    """The definitions of other tools' files, by all their names and aliases."""
    found: dict[str, Document] = {}
    for document in documents:
        metadata = document.value.get("metadata")
        if document.origin is None or not isinstance(metadata, dict):
            continue
        kind, name = document.value.get("kind"), metadata.get("name")
        namespace = metadata.get("namespace", DEFAULT)
        names = [f"{kind}:{namespace}/{name}"]
        if namespace == DEFAULT:
            names += [f"{kind}:{name}", str(name)]
        for one in (*names, *document.origin.aliases):
            found.setdefault(one, document)
    return found


def _unknown(document: Document, target: str) -> Flaw:
    place = Place(document, (*_ANNOTATIONS, ADDS_TO))
    problem = f"no definition of another tool is named {target}"
    return Flaw(conditions.DANGLING, place, {"problem": problem}, target)


def _merge(base: Document, addition: Document) -> Iterator[Flaw]:
    """Merge an addition into a definition. Yields a flaw for each value that differs."""
    origin = base.origin
    assert isinstance(origin, RecordOrigin)
    base.value = deepcopy(base.value)
    if addition.value.get("kind") != base.value.get("kind"):
        other = Related("the definition to complete", Place(base, ("metadata", "name")))
        key = f"kind (it completes {with_article(str(base.value.get('kind')))})"
        yield Flaw(
            condition=conditions.DUPLICATE_KEY,
            place=Place(addition, ("kind",)),
            details={"key": key},
            subject=key,
            related=(other,),
        )
        return
    for section in ("metadata", "spec"):
        values = addition.value.get(section)
        if isinstance(values, Mapping):
            here = _bare(values) if section == "metadata" else values
            there = base.value.setdefault(section, {})
            yield from _merge_section(base, origin, addition, (section,), there, here)


def _bare(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata of an addition without its name, namespace and the annotation ``adds-to``."""
    bare = {key: value for key, value in metadata.items() if key not in _IDENTITY}
    annotations = bare.pop("annotations", None)
    if isinstance(annotations, Mapping):
        rest = {key: value for key, value in annotations.items() if key != ADDS_TO}
        return {**bare, "annotations": rest} if rest else bare
    return bare


def _merge_section(
    base: Document,
    origin: RecordOrigin,
    addition: Document,
    at: Pointer,
    there: dict[str, Any],
    here: Mapping[str, Any],
) -> Iterator[Flaw]:
    for key, value in here.items():
        pointer = (*at, key)
        held = there.get(key)
        if held is None:
            there[key] = deepcopy(value)
            _set_place(origin, pointer, addition, pointer)
        elif isinstance(held, dict) and isinstance(value, Mapping):
            yield from _merge_section(base, origin, addition, pointer, held, value)
        elif isinstance(held, list) and isinstance(value, list):
            for index, item in enumerate(value):
                if item not in held:
                    _set_place(origin, (*pointer, len(held)), addition, (*pointer, index))
                    held.append(deepcopy(item))
        elif held != value and not _is_default_title(pointer, held, base):
            words = f"{key} (“{value}” here, “{held}” in {base.source.path})"
            related = (Related("the value of the other source", Place(base, pointer)),)
            yield Flaw(
                condition=conditions.DUPLICATE_KEY,
                place=Place(addition, pointer),
                details={"key": words},
                subject=words,
                related=related,
            )


def _is_default_title(pointer: Pointer, held: Any, base: Document) -> bool:
    """Whether a title only repeats the name because its source has no title."""
    return pointer == ("metadata", "title") and held == base.value["metadata"].get("name")


def _set_place(origin: RecordOrigin, pointer: Pointer, addition: Document, field: Pointer) -> None:
    """Record that the place of a value is in the addition."""
    if isinstance(addition.origin, RecordOrigin):
        found = addition.origin.found(field)
        if found is None:
            origin.fields[pointer] = (addition.origin.record.locator, addition.origin.name)
        else:
            (locator, its_field), rest = found
            origin.fields[pointer] = (locator, (*its_field, *rest))
    else:
        value = addition.value
        origin.fields[pointer] = (YamlLocator(addition.source, addition.index, value), field)
    origin.elsewhere[pointer] = addition.source.path
