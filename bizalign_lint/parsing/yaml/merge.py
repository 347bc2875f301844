"""Merge keys (``<<``): adds the entries of other mappings to a mapping."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.parsing.yaml.nodes import Entry, Node


def merge(node: Node, merges: list[Node]) -> Node | None:
    """Add the entries of merge keys: a mapping's own entries win, then those that come first.

    Returns the first merged value that is not a mapping, if any.
    """
    own, values = node.entries or {}, dict(node.value)
    entries: dict[str, Entry] = {}
    wrong: Node | None = None
    node.value.clear()
    for source, use in _sources(merges):
        mapping = source.target or source
        if mapping.entries is None:
            wrong = wrong or source
            continue
        for name, entry in mapping.entries.items():
            if name not in entries:
                entries[name] = Entry(entry.key, entry.node, use or entry.merged)
                node.value[name] = entry.node.value
    node.entries = {**entries, **own}
    node.value.update(values)
    return wrong


def _sources(merges: list[Node]) -> Iterator[tuple[Node, Node | None]]:
    """The merged values, items of lists included, each with the alias that refers to it, if any."""
    for value in merges:
        items = (value.target or value).items
        for source in [value] if items is None else items:
            yield source, value if value.target else source if source.target else None
