"""Seeded mutations of a set-up file: values, keys and branches of its tree exchanged or lost."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

Path = tuple[str | int, ...]

_VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 2.5, 10**30, "", "x", "a" * 300, "TODO", "2026-13-45"),
    *("$asOf", "$params.x", "P1D", "P99999999Y", "BAS", "object", "array", "date"),
    *("[", "(a", "(?=a)b", "(a+)+$", "\\", "{a}", "{", "^", "a/b", "^a/b+", "(a|b)*"),
    *("../..", "a\0b", "\ud800", "[z-a]", "!", "**", "#/$defs/x", "urn:x#/y", "http://[::1"),
    *([], [[]], [None], ["x", "x"], [{"const": 1}], [1, "a", {}]),
    *({}, {"x": {}}, {"": ""}, {"$ref": "#/properties"}, {"path": "title"}, {"type": "array"}),
]


def mutated(value: Any, others: list[Any], random: Random) -> Any:
    """A copy with one to three changes; ``others`` are trees that branches are taken from."""
    changed = copy.deepcopy(value)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        _change(changed, others, random)
    return changed


def _change(tree: Any, others: list[Any], random: Random) -> None:
    paths = [path for path in _paths(tree) if path]
    if not paths:
        return
    path = random.choice(paths)
    holder, last = _at(tree, path[:-1]), path[-1]
    match random.randrange(7):
        case 0:
            del holder[last]
        case 1 | 2:
            holder[last] = copy.deepcopy(random.choice(_VALUES))
        case 3:  # a branch of the same file
            holder[last] = copy.deepcopy(_at(tree, random.choice(paths)))
        case 4:  # a branch of another file
            other = random.choice(others)
            holder[last] = copy.deepcopy(_at(other, random.choice([*_paths(other)])))
        case 5 if isinstance(holder, dict):
            name = random.choice([p[-1] for p in paths if isinstance(p[-1], str)] + ["x", ""])
            holder[name] = holder.pop(last)
        case 5:
            holder.insert(0, copy.deepcopy(holder[last]))
        case _ if isinstance(holder[last], str):
            text = holder[last]
            at = random.randrange(len(text) + 1)
            holder[last] = text[:at] + random.choice("$^/*+?|()[]{}#:.\\ -0a") + text[at + 1 :]
        case _:
            holder[last] = [holder[last]]


def _paths(tree: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _paths(value, (*path, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _paths(value, (*path, index))


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree
