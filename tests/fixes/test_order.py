"""Lists of references in alphabetical order: what moves, what stays, what is left to a person."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bizalign_lint.fixes.apply import same
from bizalign_lint.parsing.yaml import stream
from tests.fixes.test_fixes import fixed, outcome

HEAD = "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: shop}\nspec:\n"


def ordered(text: str, unsafe: bool = False) -> str:
    """What becomes of the properties of an application."""
    return fixed(HEAD + text, unsafe=unsafe, select="MOD131").removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  supports: [b, a]\n", "  supports: [a, b]\n"),
        ("  supports: [ b ,  'a' ]   # ü\n", "  supports: [ 'a' ,  b ]   # ü\n"),
        ("  supports: [b,\n    a, c]\n", "  supports: [a,\n    b, c]\n"),
        ("  supports:\n  - b\n  - a\n", "  supports:\n  - a\n  - b\n"),
        ("  supports:\n  - b   # why\n  -  a", "  supports:\n  -  a\n  - b   # why"),
        (
            "  supports:   # ours\n    - b#x\n    # about the end\n  # and so on\n",
            "  supports:   # ours\n    - b#x\n    # about the end\n  # and so on\n",
        ),
        (
            "  supports:\n    # all of them\n    - a\n    - c # C\n    - b\n    # the end\n",
            "  supports:\n    # all of them\n    - a\n    - b\n    - c # C\n    # the end\n",
        ),
        (
            "  supports:\n    - b\n    - a\n    # the last\n    - c\n",
            "  supports:\n    - a\n    - b\n    # the last\n    - c\n",
        ),
    ],
)
def test_an_entry_moves_with_what_comes_after_it(before: str, after: str) -> None:
    assert ordered(before) == after


def test_comment_lines_move_with_the_next_entry_and_are_to_be_looked_at() -> None:
    text = "  supports:\n    # one\n    # and two\n    - c\n    - b   # B\n    # three\n    - a\n"
    assert ordered(text) == text
    assert ordered(text, unsafe=True) == (
        "  supports:\n    # three\n    - a\n    - b   # B\n    # one\n    # and two\n    - c\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "  supports:\n    - b\n\n    - a\n",
        "  supports: [b, # why\n    a]\n",
        "  supports: &list [b, a]\n",
        "  supports:\n    - &b b\n    - a\n",
        "  supports: [&b b, a]\n",
        "  supports: [!!str b, a]\n",
        "  supports:\n    - >-\n      b\n    - a\n",
        "  supports:\n    -\n      b\n    - a\n",
    ],
)
def test_what_takes_more_care_is_left_to_a_person(text: str) -> None:
    found = outcome(HEAD + text, unsafe=True, select="MOD131")
    assert found.changed == ()
    assert [finding.rule for finding in found.report.findings] == ["MOD131"]


def test_what_is_listed_twice_goes_first() -> None:
    text = HEAD + "  supports: [b, a, b]\n"
    assert outcome(text, select="MOD131").changed == ()
    (new,) = outcome(text, select=("MOD106", "MOD131")).sources
    assert new.content.decode() == HEAD + "  supports: [a, b]\n"


NAMES = {
    name.strip("'\""): name
    for name in ("a", "b-1", "b-10", "'d'", '"e.f"', "Capability:c", "z/g", "default/h")
}
COMMENTS = st.sampled_from(["", "", " # why", "   # - a", "  #ü 🧨"])
LINES = st.sampled_from(["# a line", "    # - b", "#"])


@dataclass(frozen=True)
class Listed:
    """A list as text, and as it is to be."""

    before: str
    safe: str
    """After the safe fixes."""
    unsafe: str
    """After all of them."""
    value: list[str]


@st.composite
def blocks(draw: st.DrawFn) -> Listed:
    names = draw(st.lists(st.sampled_from([*NAMES]), min_size=1, max_size=6, unique=True))
    units = {
        name: (
            [*draw(st.lists(LINES, max_size=2))] if draw(st.integers(0, 3)) == 0 else [],
            f"    -{' ' * draw(st.integers(1, 3))}{NAMES[name]}{draw(COMMENTS)}",
        )
        for name in names
    }
    break_ = draw(st.sampled_from(["\n", "\r\n"]))
    has_gap = len(names) > 1 and draw(st.integers(0, 4)) == 0
    more = f"{break_}    # the end{break_}  manual: true{break_}"
    end = draw(st.sampled_from(["", break_, more]))

    def text(order: list[str]) -> str:
        lines = [break_.join([*units[name][0], units[name][1]]) for name in order]
        if has_gap:
            lines[-1] = f"{break_}{lines[-1]}"
        return f"{break_}{break_.join(lines)}{end}"

    before, after = text(names), text(sorted(names))
    if has_gap:
        return Listed(before, before, before, names)
    moved = [place for place, name in enumerate(sorted(names)) if name != names[place]]
    touched = names[moved[0] : moved[-1] + 1] if moved else []
    has_lines = any(units[name][0] for name in touched)
    return Listed(before, before if has_lines else after, after, sorted(names))


@st.composite
def flows(draw: st.DrawFn) -> Listed:
    names = draw(st.lists(st.sampled_from([*NAMES]), min_size=1, max_size=6, unique=True))
    commas = st.sampled_from([",", ", ", " , ", ",\n      "])
    gaps = [draw(commas) for _ in names[1:]]
    start, end = draw(st.sampled_from(["", " "])), draw(st.sampled_from(["]\n", " ]  # x\n", ",]"]))

    def text(order: list[str]) -> str:
        pieces = [f"{NAMES[name]}{gap}" for name, gap in zip(order, [*gaps, ""], strict=True)]
        return f" [{start}{''.join(pieces)}{end}"

    after = text(sorted(names))
    return Listed(text(names), after, after, sorted(names))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(listed=blocks() | flows(), unsafe=st.booleans())
def test_any_list(listed: Listed, unsafe: bool) -> None:
    before = f"{HEAD}  supports:{listed.before}"
    found = outcome(before, unsafe=unsafe, select="MOD131")
    new = found.sources[0].content.decode()
    wanted = listed.unsafe if unsafe else listed.safe
    assert new == f"{HEAD}  supports:{wanted}"
    assert outcome(new, unsafe=unsafe, select="MOD131").changed == ()
    trees = [stream.read(text.encode()).trees[0].root for text in (before, new)]
    assert trees[0] is not None
    assert trees[1] is not None
    old, now = trees[0].value, trees[1].value
    assert sorted(old["spec"]["supports"]) == sorted(listed.value)
    if wanted != listed.before:
        old = {**old, "spec": {**old["spec"], "supports": listed.value}}
    assert same(old, now)
