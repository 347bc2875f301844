"""Ways to break a definition. A path is written as in rules: ``lifecycle/endOfLife``.

It begins in ``spec``, or with ``metadata``. In a list, a step names an item by any of its values
(without a namespace): ``keyResults/hit-rate/due``, ``changes/kompass/state``.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from tests.faults.fault import Edit
from tests.faults.meridian import Model


def put(of: str, path: str, value: Any) -> Edit:
    """Give a property another value."""

    def edit(model: Model) -> None:
        holder, key = _holder(model, of, path)
        assert holder.get(key) != value, f"{path} of {of} is {value!r} already"
        holder[key] = value

    return edit


def drop(of: str, *paths: str) -> Edit:
    """Take properties out."""

    def edit(model: Model) -> None:
        for path in paths:
            holder, key = _holder(model, of, path)
            if isinstance(holder, list):
                holder.remove(_item(holder, key))
            else:
                del holder[key]

    return edit


def extend(of: str, path: str, *values: Any) -> Edit:
    """Put values at the end of a list."""

    def edit(model: Model) -> None:
        holder, key = _holder(model, of, path)
        holder.setdefault(key, []).extend(values)

    return edit


def shorten(of: str, path: str, *values: Any) -> Edit:
    """Take values out of a list."""

    def edit(model: Model) -> None:
        holder, key = _holder(model, of, path)
        for value in values:
            holder[key].remove(value)

    return edit


def put_everywhere(kind: str, where: Mapping[str, Any], values: Mapping[str, Any]) -> Edit:
    """Give properties of all definitions of a kind that have some values other values."""

    def edit(model: Model) -> None:
        for definition in model.each(kind):
            if where.items() <= definition["spec"].items():
                definition["spec"].update(values)

    return edit


def drop_everywhere(kind: str, paths: Sequence[str]) -> Edit:
    """Take properties out of all definitions of a kind that have them."""

    def edit(model: Model) -> None:
        for definition in model.each(kind):
            for path in paths:
                section, _, name = path.rpartition("/")
                definition[section or "spec"].pop(name, None)

    return edit


def add(reference: str, title: str, spec: Mapping[str, Any], owner: str = "finance") -> Edit:
    """Add a definition."""
    kind, _, name = reference.partition(":")
    metadata = {"name": name, "title": title, "description": f"{title}, new.", "owner": owner}
    value = {"apiVersion": "bizalign/v1", "kind": kind, "metadata": metadata, "spec": {**spec}}
    return lambda model: model.add(copy.deepcopy(value))


def remove(reference: str) -> Edit:
    """Take a definition out."""
    kind, _, name = reference.partition(":")
    return lambda model: model.remove(kind, name)


def rewrite(path: str, old: str, new: str) -> Edit:
    """Change the text of a file."""
    return lambda model: model.rewrite(path, old, new)


def together(*edits: Edit) -> Edit:
    """What takes several changes to go wrong."""

    def edit(model: Model) -> None:
        for one in edits:
            one(model)

    return edit


def _holder(model: Model, of: str, path: str) -> tuple[Any, str]:
    kind, _, name = of.partition(":")
    value: Any = model.one(kind, name)
    *steps, key = path.split("/")
    for step in steps if path.startswith("metadata/") else ("spec", *steps):
        value = _item(value, step) if isinstance(value, list) else value[step]
    return value, key


def _item(items: list[Any], step: str) -> Any:
    (found,) = (
        item
        for item in items
        if any(isinstance(v, str) and step in (v, v.rpartition("/")[2]) for v in item.values())
    )
    return found
