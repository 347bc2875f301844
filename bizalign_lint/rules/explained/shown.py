"""Values as a person would write them, for messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    Expression,
    Number,
    PathExpression,
)

_MOST = 5


_LONGEST = 80
_LONGEST_TITLE = 250
"""The limit of the schemas; a longer title is reported, but not repeated in other messages."""


def shown(value: Any) -> str:
    """A value as a person would write it: a node by its title, an unnamed object by its place."""
    match value:
        case Node():
            if value.type.name:
                return titled(value)
            return f"{titled(value.entity)} ({'/'.join(map(str, value.pointer[1:]))})"
        case bool():
            return "true" if value else "false"
        case float():
            # Two decimals are enough for a sentence, unless they would all be zero.
            return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.01 else f"{value:.2g}"
    return _cut(" ".join(str(value).split()), _LONGEST)


def titled(node: Node) -> str:
    """The title of a node, shortened to fit into a message."""
    return _cut(node.title, _LONGEST_TITLE)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def listed(values: Iterable[Any], more: bool = False) -> str:
    """Several values without duplicates, shortened if there are many; ``-`` for none.

    ``more`` means that there are more values than the given ones.
    """
    texts = list(dict.fromkeys(shown(value) for value in values))
    if not texts:
        return "-"
    if len(texts) > _MOST:
        rest = f"{'over ' if more else ''}{len(texts) - _MOST} more"
        return f"{', '.join(texts[:_MOST])} and {rest}"
    return ", ".join(texts)


def in_words(expression: Expression) -> str:
    """An expression in a few words, for messages and fingerprints."""
    match expression:
        case PathExpression():
            return expression.text
        case Number(value):
            return str(value)
        case Aggregate():
            return f"{expression.function} of {expression.values.text}"
        case Arithmetic(function, left, right):
            return f"{function} of {in_words(left)} and {in_words(right)}"
