"""What ``docs/yaml.md`` says of values and limits is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bizalign_lint.core import limits
from bizalign_lint.parsing.yaml.core_schema import resolve

PAGE = (Path(__file__).parents[2] / "docs" / "yaml.md").read_text("utf-8")
TYPES: dict[str, type] = {
    "true and false": bool,
    "null": type(None),
    "whole numbers": int,
    "numbers": float,
    "text": str,
}
ROWS = re.findall(r"^\| (`.*) \| (.*) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("written", "meaning"), ROWS)
def test_values(written: str, meaning: str) -> None:
    type_ = next(type_ for words, type_ in TYPES.items() if meaning.startswith(words))
    examples = re.findall("`([^`]+)`", written)
    assert examples
    assert all(type(resolve(example)) is type_ for example in examples)


def test_all_values_were_looked_at() -> None:
    assert len(ROWS) == 7


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("bytes of a file", limits.MAX_BYTES),
        ("characters of a key", limits.MAX_KEY),
        ("levels of a document", limits.MAX_DEPTH),
        ("values of a document, with every alias expanded", limits.MAX_VALUES),
        ("documents of a file", limits.MAX_DOCUMENTS),
        ("errors in a document, before the rest of it is skipped", limits.MAX_DEFECTS),
        (
            "schema errors in a definition, and unused suppressions, that are reported",
            limits.MAX_DEFECTS,
        ),
        ("broken documents of a file, before the rest of it is skipped", limits.MAX_BROKEN),
    ],
)
def test_limits(words: str, limit: int) -> None:
    assert f"| {words} | {limit:,} |" in PAGE
