"""Texts and files of other tools: read to the end, on both paths alike, each flaw with a place."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from random import Random
from typing import Any

import yaml

from bizalign_lint.core.types import Place
from bizalign_lint.parsing.documents import parse
from bizalign_lint.parsing.positions import locate
from bizalign_lint.parsing.yaml import fast
from tests.landscape import fuzz as foreign
from tests.yaml.reading import HEAD, exact, same, source
from tests.yaml.texts import LINES, MODEL, TOKENS

WORDS = ["a", "no", "~", "012", "1:30", "2026-06-30", "x: y", "# c", "<<", "{a}", "it's", "é😀"]
PIECES = TOKENS + LINES


def one(random: Random) -> int:
    """Three of four are texts of ours: they take less time, and hold more."""
    if random.random() < 0.75:
        text = random.choice((_soup, _soup, _damaged, _damaged, _damaged, _written, _bytes))(random)
        try:
            _read(text)
        except Exception as error:
            error.add_note(repr(text))
            raise
    else:
        format_ = random.choice(_formats())
        (sources,) = foreign.inputs(format_, 1, random.getrandbits(64))
        try:
            foreign.read(format_, sources, entirely=random.random() < 0.005)
        except Exception as error:
            error.add_note(f"{format_}: {sources!r}"[:10_000])
            raise
    return 1


@cache
def _formats() -> list[str]:
    """Those that can be read here; a workbook takes an extra."""
    has_workbooks = find_spec("python_calamine") is not None
    return [f for f in foreign.FORMATS if has_workbooks or f not in foreign.WORKBOOKS]


def _read(content: bytes) -> None:
    read = fast.read(content)
    if read is not None:
        assert same(read, exact(content)), "the fast path reads something else"
    parsed = parse(source(content))
    for flaw in parsed.flaws:
        assert isinstance(flaw.subject, str), f"{flaw.condition} of {flaw.subject!r}"
        if isinstance(flaw.place, Place):
            locate(flaw.place)
    for document in parsed.documents[:3]:
        for pointer in (("metadata", "name"), ("spec",), ()):
            locate(Place(document, pointer))


def _soup(random: Random) -> bytes:
    text = "".join(random.choice(PIECES) for _ in range(random.randint(1, 12)))
    return (random.choice(("", HEAD, HEAD + "k: ", HEAD + "k:\n  - ")) + text).encode()


def _damaged(random: Random) -> bytes:
    lines = MODEL.splitlines(keepends=True)
    start = random.randrange(len(lines))
    lines = [random.choice(("", HEAD)), *lines[start : start + random.randint(1, len(lines))]]
    for _ in range(random.randint(1, 3)):
        number = random.randrange(len(lines))
        line = lines[number]
        at = random.randrange(len(line) + 1)
        lines[number] = random.choice(
            (
                line[:at] + random.choice(PIECES) + line[at:],
                line[:at] + line[at + random.randint(1, 4) :],
                random.choice(("  ", " ", "- ")) + line,
                line + line,
                line[2:],
            )
        )
    return "".join(lines).encode()


def _written(random: Random) -> bytes:
    value = {"apiVersion": "bizalign/v1", **_mapping(random, 3)}
    if random.random() < 0.2:
        return json.dumps(value, ensure_ascii=random.random() < 0.5, indent=2).encode()
    text: str = yaml.dump(
        value,
        default_style=random.choice((None, None, '"', "'", "|", ">")),
        default_flow_style=random.choice((False, None, True)),
        width=random.choice((20, 80, 10_000)),
        allow_unicode=random.random() < 0.5,
        line_break=random.choice(("\n", "\r\n")),
        sort_keys=False,
        Dumper=yaml.SafeDumper,
    )
    return text.encode()


def _mapping(random: Random, depth: int) -> dict[Any, Any]:
    return {
        random.choice(WORDS) + str(n): _value(random, depth - 1) for n in range(random.randrange(4))
    }


def _value(random: Random, depth: int) -> Any:
    if depth and random.random() < 0.5:
        if random.random() < 0.5:
            return _mapping(random, depth)
        return [_value(random, depth - 1) for _ in range(random.randrange(4))]
    word = "".join(random.choice(WORDS) for _ in range(random.randrange(3)))
    return random.choice((None, True, random.randint(-9, 10**12), 1.5, word, f"{word}\n\n {word}"))


def _bytes(random: Random) -> bytes:
    return foreign.spoilt(MODEL.encode(), random)
