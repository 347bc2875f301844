"""Patterns for paths, in the form that .gitignore files have."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SET = re.compile(r"\[(!|\^)?(\]?[^\]]*)\]")


class Globs:
    """Patterns of which the last that matches decides; one that starts with ``!`` takes back.

    A pattern that matches a folder matches everything below it. Unlike git, a file can be taken
    back out of a folder that an earlier pattern matched.
    """

    __slots__ = ("_steps", "patterns")

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self.patterns = tuple(patterns)
        self._steps = [
            (not pattern.startswith("!"), re.compile(_regex(pattern.removeprefix("!")), re.DOTALL))
            for pattern in self.patterns
        ]

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Globs) and self.patterns == other.patterns

    def __hash__(self) -> int:
        return hash(self.patterns)

    def __repr__(self) -> str:
        return f"Globs({self.patterns!r})"

    def match(self, path: str) -> bool:
        """Whether a file is meant; ``path`` is relative, with forward slashes."""
        return next(
            (positive for positive, regex in reversed(self._steps) if regex.match(path)), False
        )

    def covers(self, folder: str) -> bool:
        """Whether everything below a folder is meant, so that nobody need look into it."""
        return all(positive for positive, _ in self._steps) and self.match(f"{folder}/")


def _regex(pattern: str) -> str:
    """The regular expression for one pattern, to be matched from the start of a path."""
    pattern = pattern.rstrip(" ") if not pattern.endswith("\\ ") else pattern
    folder_only = pattern.endswith("/")
    pattern = pattern.rstrip("/") if folder_only else pattern
    anchored = "/" in pattern
    pattern = pattern.removeprefix("/")
    start = "" if anchored else "(?:.*/)?"
    end = "/" if folder_only else r"(?:/|\Z)"
    return start + _translate(pattern) + end


def _translate(pattern: str) -> str:
    out: list[str] = []
    index = 0
    while index < len(pattern):
        rest = pattern[index:]
        at_start = index == 0 or pattern[index - 1] == "/"
        if at_start and rest.startswith("**/"):
            out.append("(?:.*/)?")
            index += 3
        elif at_start and rest == "**":
            out.append(".+")
            index += 2
        elif rest[0] == "*":
            out.append("[^/]*")
            index += len(rest) - len(rest.lstrip("*"))
        elif rest[0] == "?":
            out.append("[^/]")
            index += 1
        elif found := _SET.match(rest):
            body = found[2].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
            out.append(f"(?!/)[{'^' if found[1] else ''}{body}]")
            index += found.end()
        else:
            escaped = rest[0] == "\\" and len(rest) > 1
            out.append(re.escape(rest[1] if escaped else rest[0]))
            index += 2 if escaped else 1
    return "".join(out)
