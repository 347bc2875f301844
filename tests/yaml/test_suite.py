"""The public yaml-test-suite: all cases are read or refused with a place; differences are known.

What is said of it in ``docs/yaml.md`` holds without the suite at hand, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bizalign_lint.core.types import Source
from bizalign_lint.parsing.documents import parse, read_document
from bizalign_lint.parsing.yaml import fast

from .reading import HEAD, exact, same
from .suite import Case, alike, cases, outcome

HERE = Path(__file__)
DIFFERENCES = HERE.with_name("suite-differences.yaml")
PAGE = HERE.parents[2] / "docs" / "yaml.md"
COUNTS = "| cases that are | | read | of these with a tag reported | refused | as the suite says |"
HEADINGS = {
    "refused": "Valid, but refused",
    "accepted": "Wrong, but read",
    "value": "Read as something else",
}

CASES = cases()
with_the_suite = pytest.mark.skipif(not CASES, reason="the yaml-test-suite is not there")
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


class Difference(NamedTuple):
    """Cases in which we differ from the suite for one reason."""

    how: str
    why: str
    cases: list[str]


def differences() -> Iterator[Difference]:
    listed = read_document(Source(DIFFERENCES.name, DIFFERENCES.read_bytes())).value
    for how, entries in listed.items():
        for entry in entries:
            yield Difference(how, entry["why"], entry["cases"].split())


def differs(case: Case) -> str | None:
    """In what way our reading of a case differs from what the suite expects."""
    found = outcome(case)
    if case.wrong:
        return "accepted" if found.read else None
    if not found.read:
        return "refused"
    if case.values is not None and not alike(found.values, case.values):
        return "value"
    return None


@with_the_suite
def test_where_we_differ_is_listed() -> None:
    found = {case.name: how for case in CASES if (how := differs(case)) is not None}
    assert found == {name: d.how for d in differences() for name in d.cases}


@each_case
def test_the_fast_path_says_the_same_or_nothing(case: Case) -> None:
    read = fast.read(case.content)
    assert read is None or same(read, exact(case.content))


@with_the_suite
def test_the_fast_path_decides_some() -> None:
    """Otherwise the test above would show nothing."""
    assert sum(fast.read(case.content) is not None for case in CASES) > 50


@each_case
def test_a_definition_after_a_case_is_read(case: Case) -> None:
    """Whatever is wrong before it in its file."""
    parsed = parse(Source("model.yaml", case.content + f"\n---\n{HEAD}kind: K\n".encode()))
    assert [document.value["kind"] for document in parsed.documents] == ["K"]
    assert parsed.flaws == []


def table() -> list[str]:
    """The rows of the page's table of differences."""
    return [
        f"| {HEADINGS[how]} | {len(names)} | {why} | {', '.join(names)} |"
        for how, why, names in differences()
    ]


def counts() -> list[str]:
    """The rows of the page's table of counts."""
    found = [(case, outcome(case), differs(case)) for case in CASES]
    valued = [entry for entry in found if entry[0].values is not None]
    other = [entry for entry in found if entry[0].values is None and not entry[0].wrong]
    wrong = [entry for entry in found if entry[0].wrong]
    rows = {
        "valid, with a value to compare": valued,
        "valid, without one": other,
        "wrong": wrong,
        "all": found,
    }
    return [
        f"| {name} | {len(entries)} | {sum(o.read for _, o, _ in entries)} "
        f"| {sum(o.read and o.tagged for _, o, _ in entries)} "
        f"| {sum(not o.read for _, o, _ in entries)} "
        f"| {sum(how is None for *_, how in entries)} |"
        for name, entries in rows.items()
    ]


def test_the_page_gives_the_differences() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    told = [line for line in lines if line.startswith(tuple(f"| {h} |" for h in HEADINGS.values()))]
    assert told == table()


@with_the_suite
def test_the_page_gives_the_counts() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    start = lines.index(COUNTS)
    assert lines[start + 2 : start + 6] == counts()
