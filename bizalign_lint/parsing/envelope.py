"""Recognises our documents by their ``apiVersion``, and those that are meant to be ours."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from bizalign_lint.core.suggest import likeness, with_suggestion

GROUP = "bizalign"
FIELD = "apiVersion"
API_VERSION = f"{GROUP}/v1"
"""The ``apiVersion`` of our documents."""

_MARK, _OTHER_MARK = FIELD.encode(), f"{GROUP}/".encode()
_SECTION_MARKS = (b"kind:", b"metadata:", b"spec:")
_SECTIONS = {"kind", "metadata", "spec"}
_OURS = re.compile(rf"""{FIELD}["']?\s*:\s*["']?{GROUP}\b""", re.IGNORECASE)
_VERSIONS = re.compile(rf"""{FIELD}["']?\s*:\s*["']?([^\s"',}}#]*)""".encode(), re.IGNORECASE)
_NAMES = re.compile(r"""name["']?:\s+["']?([\w.-]+)""")
_NO_LETTERS = re.compile(r"[^a-z]+")
_MIN_LIKENESS = 0.8
_LIST_PROBLEM = (
    "definitions in a list are not read; make each of them a document of its own: "
    "remove the dash, and put a line --- before it"
)


class EnvelopeFlaw(NamedTuple):
    """A document that is meant to be ours, but has no valid ``apiVersion``."""

    at: str | int
    """The key that is, or should be, ``apiVersion``, or the index of the first definition in a
    list."""
    value: str
    problem: str
    kind: str = ""
    """The document's kind, if it is ours only on condition that this is a known kind; else
    empty."""


def has_mark(content: bytes) -> bool:
    """Whether a file may contain our documents at all."""
    return (
        _MARK in content or _OTHER_MARK in content or all(key in content for key in _SECTION_MARKS)
    )


def is_ours(value: Any) -> bool:
    """Whether a document is one of ours."""
    return isinstance(value, dict) and value.get(FIELD) == API_VERSION


def looks_like_ours(text: str) -> bool:
    """Whether a text that is not valid YAML has a line with our ``apiVersion``."""
    return _OURS.search(text) is not None


def may_be_ours(content: bytes) -> bool:
    """Whether a file needs the exact, slow path: false if it is clearly another tool's."""
    return GROUP.encode() in content.lower() or any(
        _resembles_group(version.decode(errors="replace")) for version in _VERSIONS.findall(content)
    )


def names_in(text: str) -> str:
    """The names in a text that is not parsed, as far as a search finds them, separated by
    spaces."""
    return " ".join({found[1] for found in _NAMES.finditer(text)})


def envelope_flaw(value: Any) -> EnvelopeFlaw | None:
    """The flaw of a document that is not ours but seems meant to be; None for any other."""
    if isinstance(value, list):
        return _listed(value)
    if not isinstance(value, dict):
        return None
    version = value.get(FIELD)
    if isinstance(version, str):
        if version != API_VERSION and _resembles_group(version):
            problem = with_suggestion(f"unknown apiVersion {version}", API_VERSION)
            return EnvelopeFlaw(FIELD, version, problem)
        return None
    if version is not None:
        return None
    if _has_sections(value):
        problem = f"apiVersion is missing; add the line {FIELD}: {API_VERSION}"
        return EnvelopeFlaw("kind", "no apiVersion", problem, value["kind"])
    for key, entry in value.items():
        if entry == API_VERSION and _letters(key) == FIELD.lower():
            problem = with_suggestion(f"unknown key {key}", f"{FIELD}: {API_VERSION}")
            return EnvelopeFlaw(key, f"{key}: {entry}", problem)
    return None


def _listed(values: list[Any]) -> EnvelopeFlaw | None:
    """The flaw of a list of definitions, each of which should be a document."""
    ours = next((position for position, value in enumerate(values) if is_ours(value)), None)
    if ours is not None:
        return EnvelopeFlaw(ours, "a list of definitions", _LIST_PROBLEM)
    for position, value in enumerate(values):
        if isinstance(value, dict) and _has_sections(value):
            return EnvelopeFlaw(position, "a list of definitions", _LIST_PROBLEM, value["kind"])
    return None


def _has_sections(value: dict[str, Any]) -> bool:
    """Whether a mapping looks like a definition apart from its missing ``apiVersion``."""
    if value.keys() != _SECTIONS or not isinstance(value["kind"], str):
        return False
    metadata = value["metadata"]
    return isinstance(metadata, dict) and isinstance(metadata.get("name"), str)


@lru_cache(maxsize=256)
def _resembles_group(version: str) -> bool:
    group = version.partition("/")[0][:80]
    if GROUP in _letters(group):
        return True
    return any(likeness(_letters(label), GROUP) >= _MIN_LIKENESS for label in group.split("."))


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())
