"""Values derived from texts: their language, and a normalised form for comparison."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.values import Get, at
from bizalign_lint.schema.ontology import Languages


def language_of(
    paths: Sequence[tuple[str, ...]],
    declared: str,
    languages: Languages,
    written_in: Mapping[str, str],
) -> Get:
    """The declared language, nearest first; else the one detected from the words."""
    known_by = _known_by(languages)

    def get(node: Node) -> str | None:
        around = [node]
        while around[-1].holder is not None:
            around.append(around[-1].holder)
        values = (one.values.get(declared) for one in around)
        configured = written_in.get(node.namespace) or written_in.get("")
        known = next((language for language in values if isinstance(language, str)), configured)
        if known:
            return known.partition("-")[0]
        texts = ([at(one.values, path) for path in paths] for one in around)
        return next((found for text in texts if (found := _detected(text, known_by))), None)

    return get


_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile(r"[a-z]+")
"""The same for ASCII text, in half the time."""


def _known_by(languages: Languages) -> dict[str, list[str]]:
    """Words → the languages that they indicate."""
    known: dict[str, list[str]] = {}
    for code, language in languages.items():
        for word in language.marks:
            known.setdefault(word, []).append(code)
    return known


def _detected(texts: Sequence[Any], known_by: Mapping[str, Sequence[str]]) -> str | None:
    """The language that most words indicate; None if there is none, or two are equal."""
    counts: dict[str, int] = {}
    for text in texts:
        if isinstance(text, str):
            pattern = _ASCII_WORD if text.isascii() else _WORD
            for word in pattern.findall(text.lower()):
                for code in known_by.get(word, ()):
                    counts[code] = counts.get(code, 0) + 1
    most = max(counts.values(), default=0)
    found = [code for code, count in counts.items() if count == most]
    return found[0] if len(found) == 1 else None


def conjunctions(languages: Languages) -> frozenset[str]:
    return frozenset(
        word for language in languages.values() for word in language.lists.get("conjunctions", ())
    )


_SIGN = "&"
_TERM = re.compile(rf"\w+(?:\.\w+|[+#]+\w*)*|{_SIGN}")


def folded_of(paths: Sequence[tuple[str, ...]], conjunctions: frozenset[str]) -> Get:
    """A text without what people write one way or another: case, punctuation, spaces, "and".

    Of several paths the first has to lead to a text; those of the others follow it, unless it ends
    with them already.
    """
    first, *others = paths

    def get(node: Node) -> str | None:
        text = at(node.values, first)
        if not isinstance(text, str):
            return None
        found = _alike(text, conjunctions)
        for path in others:
            more = at(node.values, path)
            words = _alike(more, conjunctions) if isinstance(more, str) else []
            if found[len(found) - len(words) :] != words:
                found += words
        return _joined(found) or None

    return get


def _alike(text: str, conjunctions: frozenset[str]) -> list[str]:
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return [_SIGN if word in conjunctions else word for word in _TERM.findall(plain)]


def _joined(words: Sequence[str]) -> str:
    """Words without the spaces between them, but for those between two numbers."""
    parts: list[str] = []
    ends_in_digit = False
    for word in words:
        if ends_in_digit and word[0].isdecimal():
            parts.append(" ")
        parts.append(word)
        ends_in_digit = word[-1].isdecimal()
    return "".join(parts)
