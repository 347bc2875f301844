"""How messages about references name kinds, and what a definition holds of a kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bizalign_lint.core.suggest import suggestion
from bizalign_lint.core.words import spaced
from bizalign_lint.graph.nodes import Node, qualified

_MOST_KINDS = 3
"""So many kinds are named in a message before it counts the others."""
_MOST_PARTS = 5


def either(kinds: Sequence[str]) -> str:
    """Some kinds, of which one is meant."""
    shown = [*kinds]
    if len(shown) > _MOST_KINDS + 1:
        shown = [*shown[:_MOST_KINDS], f"one of {len(shown) - _MOST_KINDS} other kinds"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def parts_of(node: Node, kinds: Collection[str]) -> tuple[str, list[str]] | None:
    """What a node calls its parts of one of these kinds, and their names; None if it has no such.

    Empty where it might have some, and has none.
    """
    for property_ in node.type.properties.values():
        if property_.object is not None and property_.object.name in kinds:
            names = [qualified(part.namespace, part.name) for part in node.child(property_)]
            return spaced(property_.name), names
    return None


def parts_instead(node: Node, kinds: Collection[str]) -> tuple[str, str]:
    """The sentence that offers the parts of a node in its place, and the part if there is one."""
    found = parts_of(node, kinds)
    if found is None:
        return "", ""
    called, names = found
    if len(names) == 1:
        return suggestion(names[0]), names[0]
    if not names:
        return f"it has no {called}", ""
    more = len(names) - _MOST_PARTS
    shown = f"{', '.join(names[:_MOST_PARTS])}{f' and {more:,} more' if more > 0 else ''}"
    return f"its {called} are {shown}", ""
