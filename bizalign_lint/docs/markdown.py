"""Markdown in small pieces, as GitHub shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

_CODE = re.compile(r"(`+)(?:.*?)\1", re.DOTALL)
_SPECIAL = re.compile(r"[<>*]|(?<!\w)_|_(?!\w)")
_FENCE = re.compile(r"^`{3,}", re.MULTILINE)
_NO_SLUG = re.compile(r"[^\w\- ]")


def code(text: object) -> str:
    """A text in code font, within a line."""
    shown = " ".join(str(text).split())
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


def prose(text: str) -> str:
    """A text as its author wrote it; what only Markdown would make something of is escaped."""
    joined = " ".join(text.split())
    pieces: list[str] = []
    end = 0
    for found in _CODE.finditer(joined):
        pieces += [_escaped(joined[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*pieces, _escaped(joined[end:])])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a longer text, each in one line, with empty lines between."""
    parts = [prose(part) for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [line for part in parts for line in ("", part)][1:]


def link(text: str, target: str) -> str:
    """A link; without a target, the text alone."""
    return f"[{text}]({target})" if target else text


def fence(text: str, language: str) -> list[str]:
    """A block of code."""
    ticks = max((len(found) for found in _FENCE.findall(text)), default=2)
    mark = "`" * max(ticks + 1, 3)
    return [f"{mark}{language}", *text.rstrip("\n").split("\n"), mark]


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; without rows, nothing."""
    lines = [_row(row) for row in rows]
    return [_row(header), _row(["---"] * len(header)), *lines] if lines else []


def slug(heading: str) -> str:
    """What GitHub calls the place of a heading."""
    return _NO_SLUG.sub("", heading.strip().lower()).replace(" ", "-")


def listed(values: Iterable[Any], word: str = "and") -> str:
    """Some texts as one: ``a, b and c``."""
    texts = [str(value) for value in values]
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}"


def page(lines: Iterable[str]) -> str:
    """The text of a file."""
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(cells: Sequence[str]) -> str:
    escaped = (re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in cells)
    return "| " + " | ".join(escaped).replace("\n", " ") + " |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)
