"""Phrases for messages about references: lists of kinds, and parts of a node to use instead."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bizalign_lint.core.suggest import suggestion
from bizalign_lint.core.words import first_of, spaced
from bizalign_lint.graph.nodes import Node, qualified

_MAX_KINDS = 3
"""Maximum number of kinds that a message names; further ones are counted."""
_MAX_PARTS = 5


def either(kinds: Sequence[str]) -> str:
    """Alternatives, joined with "or"; shortened if there are many."""
    shown = [*kinds]
    if len(shown) > _MAX_KINDS + 1:
        shown = [*shown[:_MAX_KINDS], f"one of {len(shown) - _MAX_KINDS} other kinds"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def parts_of(node: Node, kinds: Collection[str]) -> tuple[str, list[str]] | None:
    """The property with a node's parts of given kinds, in words, and the names of these parts.

    None if it has no such property; the list is empty if the property has no parts.
    """
    for property_ in node.type.properties.values():
        if property_.object is not None and property_.object.name in kinds:
            names = [qualified(part.namespace, part.name) for part in node.child(property_)]
            return spaced(property_.name), names
    return None


def parts_instead(node: Node, kinds: Collection[str]) -> tuple[str, str]:
    """A hint to use a part of a node instead of it, and the part's name if there is only one."""
    found = parts_of(node, kinds)
    if found is None:
        return "", ""
    noun, names = found
    if len(names) == 1:
        return suggestion(names[0]), names[0]
    if not names:
        return f"it has no {noun}", ""
    return f"its {noun} are {first_of(names, _MAX_PARTS)}", ""
