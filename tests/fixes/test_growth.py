"""Accepting or fixing twice as many findings of one file takes twice as long."""

from __future__ import annotations

from collections.abc import Sequence

from bizalign_lint.core.report import Report
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Edit, Fix, Location, Source, Span, places
from bizalign_lint.engine.judge import run
from bizalign_lint.fixes.add_ignore import accept
from bizalign_lint.fixes.apply import fix_file
from tests.counting import calls
from tests.workspace import DAY, shipped


def definitions(count: int) -> Source:
    text = "---\n".join(
        f"apiVersion: bizalign/v1\nkind: Capability\nmetadata: {{name: c{n}}}\n"
        f"spec: {{level: 2, parent: gone-{n}}}\n"
        for n in range(count)
    )
    return Source("m.yaml", text.encode())


def check(sources: Sequence[Source]) -> Report:
    return run(shipped(), sources, Settings(as_of=DAY, select=("MOD109",)))


def accepting(count: int) -> int:
    source = definitions(count)
    before = check([source])
    assert len(list(places(before.findings))) == count
    return calls(lambda: accept([source], before, check, "agreed"))


def test_accepting_grows_with_the_findings() -> None:
    accepting(10)  # what is made once
    assert accepting(200) < 2.5 * accepting(100)


def put(line: int, text: str) -> Fix:
    span = Span(line, 1, line, 2)
    return Fix("", (Edit(Location("m.yaml", span), text),), safe=True)


def test_of_many_fixes_those_that_do_harm_are_left_out_and_the_others_made() -> None:
    count = 60
    source = Source("m.yaml", "".join(f"a{n}: x\n" for n in range(count)).encode())
    harmful = {7, 8, 30, 59}
    fixes = [put(n + 1, "? [" if n in harmful else "a") for n in range(count)]
    fixed = fix_file(source, fixes)
    assert [fix.edits[0].location.span.line - 1 for fix in fixed.applied] == [
        n for n in range(count) if n not in harmful
    ]
    assert fixed.content == source.content


def test_of_fixes_that_overlap_the_first_is_made() -> None:
    source = Source("m.yaml", b"abcdefgh: 1\n")

    def at(start: int, end: int) -> Fix:
        text = "abcdefgh"[start:end]
        return Fix("", (Edit(Location("m.yaml", Span(1, start + 1, 1, end + 1)), text),), safe=True)

    stretches = [(2, 4), (3, 5), (4, 6), (0, 2), (1, 3), (6, 6), (6, 8), (0, 0)]
    made = fix_file(source, [at(*one) for one in stretches]).applied
    found = [fix.edits[0].location.span for fix in made]
    assert [(s.column - 1, s.end_column - 1) for s in found] == [(2, 4), (4, 6), (0, 2), (6, 6)]
