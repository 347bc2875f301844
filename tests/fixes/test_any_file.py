"""Whatever a file looks like: a fix changes what it is meant to, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bizalign_lint.core.types import Edit
from bizalign_lint.fixes.apply import edited, same
from bizalign_lint.parsing.yaml import stream
from tests.fixes.test_fixes import outcome

RULES = ("MOD", "MOD131")
"""The second is optional, and meant only if it is named in full."""
COMMENTS = st.sampled_from(
    ["", "", "   # why", " # ü 🧨", "  # bizalign: ignore[MOD111] -- x", " #bizalign: ignore[X, Y]"]
)
GAPS = st.sampled_from(["", "", "\n", "# a line\n", "   # bizalign: ignore[MOD111] -- alone\n"])
WORDS = st.sampled_from(
    ["no", "On", "012", "12:30", "1_000", "x", "'no'", '"a # b"', "3", "~", "it's"]
)
DATES = st.sampled_from(
    ["2026/06/30", "'2026-6-1'", '"30.06.2026"', "03.04.2026", "2026-06-30", "5 May 2026", "soon"]
)
NAMES = st.sampled_from(["sell", "sel", "'sell'", '"bill"', "no", "bil"])
TIERS = st.sampled_from(["strategic", "strategical", "'cor'", "core", "no"])


@st.composite
def lists(draw: st.DrawFn, indent: str) -> str:
    items = draw(st.lists(NAMES, min_size=1, max_size=5))
    if draw(st.booleans()):
        comma = draw(st.sampled_from([",", ", ", " , ", f",\n{indent}    "]))
        return f" [{comma.join(items)}]{draw(COMMENTS)}\n"
    dash = draw(st.sampled_from(["- ", "-   "]))
    return "\n" + "".join(f"{draw(GAPS)}{indent}{dash}{item}{draw(COMMENTS)}\n" for item in items)


@st.composite
def documents(draw: st.DrawFn) -> str:
    labels = draw(st.dictionaries(st.sampled_from(["a", "no", "y", "b"]), WORDS, max_size=3))
    if draw(st.booleans()):
        held = " {" + ", ".join(f"{k}: {v}" for k, v in labels.items()) + "}\n"
    else:
        held = "\n" + "".join(f"    {k}:  {v}{draw(COMMENTS)}\n" for k, v in labels.items())
    text = f"{draw(GAPS)}apiVersion: bizalign/v1{draw(COMMENTS)}\n"
    if draw(st.booleans()):
        text += f"kind: Objective\n{draw(GAPS)}metadata:\n  name: {draw(NAMES)}{draw(COMMENTS)}\n"
        text += f"  labels:{held if labels else ' {}' + chr(10)}"
        text += f"spec:{draw(COMMENTS)}\n  capabilities:{draw(lists('  '))}"
        text += f"  period: {{start: {draw(DATES)}, end: {draw(DATES)}}}{draw(COMMENTS)}\n"
        return (
            text
            + "  keyResults:\n  - description: |\n      # no: on\n"
            + draw(st.sampled_from(["", f"    due: {draw(DATES)}\n", "    nam: share\n"]))
        )
    text += f"kind: Capability{draw(COMMENTS)}\nmetadata: \n  name:   {draw(NAMES)}\n"
    text += (
        f"  labels:{held if labels else ' {}' + chr(10)}  owner: {draw(NAMES)}{draw(COMMENTS)}\n"
    )
    return text + f"spec:\n  tier: {draw(TIERS)}{draw(COMMENTS)}\n  levle: 2\n{draw(GAPS)}"


@st.composite
def files(draw: st.DrawFn) -> bytes:
    text = "---\n".join(draw(st.lists(documents(), min_size=1, max_size=3)))
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    return (draw(st.sampled_from(["", "\ufeff"])) + text).encode()


def _without(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {k: _without(v, name) for k, v in value.items() if k != name}
    return [_without(v, name) for v in value] if isinstance(value, list) else value


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=files(), unsafe=st.booleans())
def test_a_fixed_file(content: bytes, unsafe: bool) -> None:
    found = outcome(content, unsafe=unsafe, select=RULES)
    new = found.sources[0].content
    wanted = [f for f in found.report.findings if f.fix is not None and (f.fix.safe or unsafe)]
    assert wanted == [], "everything that can be mended is mended"
    again = outcome(new, unsafe=unsafe, select=RULES)
    assert again.sources[0].content == new
    # What is text in front of a comment or break, and no list, stays in its order.
    assert new.count(b"\r\n") == new.count(b"\n") or b"\r\n" not in content
    assert new.startswith("\ufeff".encode()) == content.startswith("\ufeff".encode())
    if not unsafe and content[-1:] == b"\n":
        assert new[-1:] == b"\n"
    before, after = stream.read(content).trees, stream.read(new).trees
    assert len(before) == len(after)
    if unsafe:
        return
    for old, now in zip(before, after, strict=True):
        assert old.root is not None
        assert now.root is not None
        rest = [old.root.value, now.root.value]
        for name in ("capabilities", "period", "due"):
            rest = [_without(value, name) for value in rest]
        assert same(*rest)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=files())
def test_bytes_outside_the_edits_are_kept(content: bytes) -> None:
    from bizalign_lint.core.settings import Settings
    from bizalign_lint.core.types import Source
    from bizalign_lint.engine.judge import run
    from bizalign_lint.fixes.apply import fix_file
    from tests.workspace import DAY, shipped

    source = Source("0.yaml", content)
    report = run(shipped(), (source,), Settings(as_of=DAY, select=RULES))
    fixes = [f.fix for f in report.findings if f.fix is not None]
    fixed = fix_file(source, fixes)
    lines = stream.read(content).lines
    blank = [Edit(e.location, "") for fix in fixed.applied for e in fix.edits]
    kept = edited(content, lines, blank)
    rest, position = kept.decode(), 0
    # What is left when the edited stretches are cut out occurs in the new text in this order.
    for char in fixed.content.decode():
        if position < len(rest) and char == rest[position]:
            position += 1
    assert position == len(rest)
