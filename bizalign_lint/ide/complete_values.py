"""Completion of values: enumerations, terms of vocabularies, true and false."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from bizalign_lint.core.types import Pointer
from bizalign_lint.core.words import match_rank, prose
from bizalign_lint.ide.cursor import Cursor
from bizalign_lint.ide.items import Item, ItemType, Offer, ranked
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.yaml.write import plain
from bizalign_lint.schema.ontology import Ontology, Property

_MOST = 200
_SHORT = 40
_COMMON = "metadata"


def values(
    ontology: Ontology, at: Cursor, property_: Property, lead: str, others: Sequence[str]
) -> Offer | None:
    """The values that a property may have; None if they cannot be listed."""
    typed = at.typed.lower()
    found: list[tuple[int, Item]] = []
    for label, about in _choices(ontology, at, property_):
        rank = match_rank(typed, label.lower())
        if rank is None or label in others:
            continue
        default = property_.schema.get("default")
        preset = default is not None and label == _written(default)
        detail = "default" if preset else ""
        sort = ItemType.VALUE if property_.vocabulary is None else ItemType.TERM
        item = Item(label=label, sort=sort, text=lead + label, detail=detail, about=about)
        found.append((rank, item))
    if not found:
        return None
    return Offer(at.span, ranked(found)[:_MOST], complete=len(found) <= _MOST)


def used_values(
    snapshot: Snapshot,
    at: Cursor,
    steps: Pointer,
    property_: Property,
    lead: str,
    others: Sequence[str],
) -> Offer | None:
    """The values of the same property in other definitions, the most frequent first.

    Values of shared vocabularies, such as tags, namespaces and currencies, are offered if they are
    used once, other texts only if they are used twice.
    """
    if (
        property_.datatype not in ("string", "date")
        or not property_.name
        or steps[-1:] == ("name",)
    ):
        return None
    keys = tuple(step for step in steps if isinstance(step, str))
    used: Counter[str] = Counter()
    for documents in snapshot.documents.values():
        for document in documents:
            used.update(_texts_at(document.value, keys))
    typed, shared = at.typed.lower(), _is_shared(property_)
    offered = [
        (rank, Item(value, ItemType.VALUE, lead + plain(value), _times(count)))
        for value, count in used.most_common()
        # A value that is used once may be the one that is being typed.
        if (count > 1 or (shared and value != at.value))
        and value not in others
        and len(value) <= _SHORT
        and (rank := match_rank(typed, value.lower())) is not None
    ]
    return Offer(at.span, ranked(offered)[:_MOST], complete=False) if offered else None


def _is_shared(property_: Property) -> bool:
    """Whether the values of a property are meant to be reused.

    That holds for currencies, and for common metadata that is a list or has a pattern, such as tags
    and namespaces.
    """
    schema = property_.schema
    in_common = property_.section == _COMMON and (property_.many or "pattern" in schema)
    return bool(schema.get("x-currency")) or in_common


def _times(count: int) -> str:
    return "used once" if count == 1 else f"used {count} times"


def _texts_at(value: Any, keys: Sequence[str]) -> Iterator[str]:
    """The texts that keys lead to; lists on the path are followed item by item."""
    if isinstance(value, list):
        for item in value:
            yield from _texts_at(item, keys)
    elif keys and isinstance(value, dict):
        yield from _texts_at(value.get(keys[0]), keys[1:])
    elif not keys and isinstance(value, str):
        yield value


def _choices(ontology: Ontology, at: Cursor, property_: Property) -> list[tuple[str, str]]:
    """Each possible value as it is written, with its meaning."""
    if property_.enum is not None:
        meanings = property_.schema.get("x-enum-descriptions", {})
        return [(_written(value), prose(meanings.get(value))) for value in property_.enum]
    if property_.datatype == "boolean":
        return [("true", ""), ("false", "")]
    if property_.vocabulary is not None:
        beside = at.part.parent if at.part is not None and at.part.parent else at.holder
        version = at.page.sketch.value(beside.child(property_.vocabulary.version))
        terms = ontology.vocabularies.get(version, {}).get(property_.vocabulary.list, ())
        return [(plain(term), version) for term in sorted(terms)]
    if _names_a_version(ontology, property_):
        return [(plain(version), "") for version in sorted(ontology.vocabularies)]
    default = property_.schema.get("default")
    return [(_written(default), "")] if default is not None else []


def _names_a_version(ontology: Ontology, property_: Property) -> bool:
    """Whether a property names the vocabulary version of another property beside it."""
    return any(
        beside.vocabulary is not None and beside.vocabulary.version == property_.name
        for kind in ontology.kinds.values()
        if kind.type.properties.get(property_.name) is property_
        for beside in kind.type.properties.values()
    )


def _written(value: object) -> str:
    """A value as YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, str) else str(value)
