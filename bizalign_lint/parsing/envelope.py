"""What makes a document ours: its ``apiVersion``; and what is meant to be ours but misspelt."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from bizalign_lint.core.suggest import likeness, with_suggestion

GROUP = "bizalign"
FIELD = "apiVersion"
API_VERSION = f"{GROUP}/v1"
"""What a document says in ``apiVersion`` to be ours."""

_MARK, _OTHER_MARK = FIELD.encode(), f"{GROUP}/".encode()
_SECTION_MARKS = (b"kind:", b"metadata:", b"spec:")
_SECTIONS = {"kind", "metadata", "spec"}
_OURS = re.compile(rf"""{FIELD}["']?\s*:\s*["']?{GROUP}\b""", re.IGNORECASE)
_SAID = re.compile(rf"""{FIELD}["']?\s*:\s*["']?([^\s"',}}#]*)""".encode(), re.IGNORECASE)
_NAMES = re.compile(r"""name["']?:\s+["']?([\w.-]+)""")
_NO_LETTERS = re.compile(r"[^a-z]+")
_SIMILAR = 0.8
_NO_LIST = (
    "these definitions are in a list, and so are not read; make each a document of its own: "
    "without the dash, and with a line --- in front of it"
)


class EnvelopeFlaw(NamedTuple):
    """A document that is meant to be ours, and does not say so rightly."""

    at: str | int
    """The key that is, or should be, ``apiVersion``; or the first definition in a list of them."""
    value: str
    problem: str
    kind: str = ""
    """The kind that it names, where nothing else makes it ours: it is, if we know that kind."""


def has_mark(content: bytes) -> bool:
    """Whether a file can hold anything of ours at all."""
    return (
        _MARK in content or _OTHER_MARK in content or all(key in content for key in _SECTION_MARKS)
    )


def is_ours(value: Any) -> bool:
    """Whether a document is one of ours."""
    return isinstance(value, dict) and value.get(FIELD) == API_VERSION


def looks_like_ours(text: str) -> bool:
    """Whether a text that cannot be read as YAML has the line that would make it ours."""
    return _OURS.search(text) is not None


def may_be_ours(content: bytes) -> bool:
    """Whether a file that is not easily read is worth reading: false for other tools' files."""
    return GROUP.encode() in content.lower() or any(
        _resembles_group(said.decode(errors="replace")) for said in _SAID.findall(content)
    )


def names_in(text: str) -> str:
    """What a text that is not read seems to name."""
    return " ".join({found[1] for found in _NAMES.finditer(text)})


def envelope_flaw(value: Any) -> EnvelopeFlaw | None:
    """What a document that is not ours says instead, if it seems to mean us."""
    if isinstance(value, list):
        return _listed(value)
    if not isinstance(value, dict):
        return None
    said = value.get(FIELD)
    if isinstance(said, str):
        if said != API_VERSION and _resembles_group(said):
            problem = with_suggestion(f"unknown apiVersion {said}", API_VERSION)
            return EnvelopeFlaw(FIELD, said, problem)
        return None
    if said is not None:
        return None
    if _has_sections(value):
        problem = f"apiVersion is missing; add the line {FIELD}: {API_VERSION}"
        return EnvelopeFlaw("kind", "no apiVersion", problem, value["kind"])
    for key, held in value.items():
        if held == API_VERSION and _letters(key) == FIELD.lower():
            problem = with_suggestion(f"unknown key {key}", f"{FIELD}: {API_VERSION}")
            return EnvelopeFlaw(key, f"{key}: {held}", problem)
    return None


def _listed(values: list[Any]) -> EnvelopeFlaw | None:
    """A list of what are documents of their own here."""
    ours = next((position for position, value in enumerate(values) if is_ours(value)), None)
    if ours is not None:
        return EnvelopeFlaw(ours, "a list of definitions", _NO_LIST)
    for position, value in enumerate(values):
        if isinstance(value, dict) and _has_sections(value):
            return EnvelopeFlaw(position, "a list of definitions", _NO_LIST, value["kind"])
    return None


def _has_sections(value: dict[str, Any]) -> bool:
    """Whether a mapping lacks only what makes it ours."""
    if value.keys() != _SECTIONS or not isinstance(value["kind"], str):
        return False
    metadata = value["metadata"]
    return isinstance(metadata, dict) and isinstance(metadata.get("name"), str)


@lru_cache(maxsize=256)
def _resembles_group(said: str) -> bool:
    group = said.partition("/")[0][:80]
    if GROUP in _letters(group):
        return True
    return any(likeness(_letters(label), GROUP) >= _SIMILAR for label in group.split("."))


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())
