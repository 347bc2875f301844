"""Near misses: the name that a person probably meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from heapq import nsmallest
from itertools import chain, islice

_SMALL = 60
"""Below this many names each is compared; above, only those that share most letter triples."""

_CANDIDATES = 8
_RARE = 500
"""So many names are looked at for a word: those with its rarest triples. All names of a kind may
begin alike, and what all of them share distinguishes none."""
_CUTOFF = 0.72


class Names:
    """A set of names that can be asked for the one nearest to a misspelt one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._index: dict[str, list[int]] | None = None

    def nearest(self, word: str) -> str | None:
        """The most similar name, or None when nothing is near."""
        from difflib import get_close_matches

        by_lower = {name.lower(): name for name in self._candidates(word)}
        found = get_close_matches(word.lower(), by_lower, n=1, cutoff=_CUTOFF)
        return by_lower[found[0]] if found else None

    def _candidates(self, word: str) -> list[str]:
        if len(self._names) <= _SMALL:
            return self._names
        if self._index is None:
            self._index = {}
            for position, name in enumerate(self._names):
                for triple in _triples(name):
                    self._index.setdefault(triple, []).append(position)
        holders = sorted(
            (self._index[triple] for triple in sorted(_triples(word)) if triple in self._index),
            key=len,
        )
        shared = Counter(islice(chain.from_iterable(holders), _RARE))
        ranked = nsmallest(
            _CANDIDATES,
            shared,
            key=lambda p: (len(self._names[p]) + len(word) - 2 * shared[p], p),
        )
        return [self._names[position] for position in ranked]


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The most similar of a few names, or None when nothing is near."""
    return Names(names).nearest(word)


def likeness(word: str, other: str) -> float:
    """How alike two words are, from 0 to 1."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, word, other).ratio()


def suggestion(name: str | None) -> str:
    """The sentence that offers a near miss; empty without one."""
    return f"did you mean {name}?" if name else ""


def suggesting(message: str, name: str | None) -> str:
    """A message with the near miss, if there is one."""
    return f"{message}; {suggestion(name)}" if name else message


def likely(message: str, word: str, names: Iterable[str]) -> str:
    """A message about a word that is none of some names, with the one that was probably meant."""
    return suggesting(message, nearest(word, names))


def hint(word: str, names: Iterable[str], otherwise: str = "") -> str:
    """What to do about a word that is none of some names: take the nearest, or do otherwise."""
    return suggestion(nearest(word, names)) or otherwise


def listed(names: Iterable[str]) -> str:
    """The hint that offers all names to choose from."""
    return f"choose from {', '.join(names)}"


def _triples(word: str) -> set[str]:
    padded = f"  {word.lower()} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
