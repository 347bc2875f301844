"""Near misses: the name that was probably meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from heapq import nsmallest
from itertools import chain, islice

_MAX_COMPARED = 60
"""Up to this many names all are compared; beyond, only those that share most trigrams."""

_MAX_CANDIDATES = 8
_MAX_CONSIDERED = 500
"""Maximum number of names considered for a word, those with its rarest trigrams first: common ones,
such as a shared prefix, distinguish nothing."""
_CUTOFF = 0.72

_QUESTION = "did you mean"


class Names:
    """A set of names that finds the one closest to a misspelt word."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._index: dict[str, list[int]] | None = None

    def nearest(self, word: str) -> str | None:
        """The most similar name, ignoring case; None if none is similar enough."""
        from difflib import get_close_matches

        by_lower = {name.lower(): name for name in self._candidates(word)}
        found = get_close_matches(word.lower(), by_lower, n=1, cutoff=_CUTOFF)
        return by_lower[found[0]] if found else None

    def _candidates(self, word: str) -> list[str]:
        if len(self._names) <= _MAX_COMPARED:
            return self._names
        if self._index is None:
            self._index = {}
            for position, name in enumerate(self._names):
                for trigram in _trigrams(name):
                    self._index.setdefault(trigram, []).append(position)
        holders = sorted(
            (self._index[trigram] for trigram in sorted(_trigrams(word)) if trigram in self._index),
            key=len,
        )
        shared = Counter(islice(chain.from_iterable(holders), _MAX_CONSIDERED))
        ranked = nsmallest(
            _MAX_CANDIDATES,
            shared,
            key=lambda p: (len(self._names[p]) + len(word) - 2 * shared[p], p),
        )
        return [self._names[position] for position in ranked]


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The most similar of a few names, ignoring case; None if none is similar enough."""
    return Names(names).nearest(word)


def likeness(word: str, other: str) -> float:
    """The similarity of two words, from 0 to 1."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, word, other).ratio()


def suggestion(name: str | None) -> str:
    """The question "did you mean …?"; empty if there is no name."""
    return f"{_QUESTION} {name}?" if name else ""


def has_suggestion(message: str) -> bool:
    """Whether a message suggests a name."""
    return _QUESTION in message


def with_suggestion(message: str, name: str | None) -> str:
    """A message, with the suggested name if there is one."""
    return f"{message}; {suggestion(name)}" if name else message


def with_nearest(message: str, word: str, names: Iterable[str]) -> str:
    """A message about an unknown word, with the nearest of the known names if there is one."""
    return with_suggestion(message, nearest(word, names))


def hint(word: str, names: Iterable[str], otherwise: str = "") -> str:
    """A hint about an unknown word: the nearest of the known names, or else ``otherwise``."""
    return suggestion(nearest(word, names)) or otherwise


def listed(names: Iterable[str]) -> str:
    """A hint that lists all names."""
    return f"choose from {', '.join(names)}"


def _trigrams(word: str) -> set[str]:
    padded = f"  {word.lower()} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
