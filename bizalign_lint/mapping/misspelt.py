"""Keys of records that no entry of a mapping reads and that resemble one that is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bizalign_lint.core.suggest import likeness, nearest
from bizalign_lint.core.types import Pointer
from bizalign_lint.mapping.language import Element, Rules, value_of
from bizalign_lint.mapping.mapped import Mapped

_ALIKE = 0.82
"""The minimum likeness; it is high because other tools have many keys that are rather alike."""


class _Known:
    """The keys that an entry reads, by the pointer to their object."""

    def __init__(self, rules: Rules, element: Element) -> None:
        self.keys: dict[Pointer, set[str]] = {}
        for field in rules.fields(element):
            for end, key in enumerate(field):
                self.keys.setdefault(field[:end], set()).add(str(key))
        self._near: dict[tuple[Pointer, str], str | None] = {}

    def nearest(self, within: Pointer, key: str) -> str | None:
        """The known key of an object that a key resembles; None if there is none."""
        if (within, key) not in self._near:
            near = nearest(key, self.keys[within])
            alike = near is not None and likeness(key.lower(), near.lower()) >= _ALIKE
            self._near[within, key] = near if alike else None
        return self._near[within, key]


def misspelt(rules: Rules, definitions: Iterable[Mapped]) -> Iterator[tuple[str, str]]:
    """The keys of records that are not read, each with the key that was probably meant.

    A key is no mistake if the record has both. Keys are paths joined by dots and may be repeated.
    """
    known: dict[int, _Known] = {}
    for mapped in definitions:
        of = known.get(id(mapped.element))
        if of is None:
            of = known[id(mapped.element)] = _Known(rules, mapped.element)
        for within, keys in of.keys.items():
            there = value_of(mapped.record.fields, within)
            if not isinstance(there, dict) or there.keys() <= keys:
                continue
            for key in there.keys() - keys:
                near = of.nearest(within, key) if isinstance(key, str) else None
                if near is not None and near not in there:
                    yield ".".join(map(str, (*within, key))), ".".join(map(str, (*within, near)))
