"""Whatever a file looks like: comments that accept what is found change no value."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bizalign_lint.core.report import Report
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source, places
from bizalign_lint.engine.judge import run
from bizalign_lint.fixes.add_ignore import accept
from bizalign_lint.fixes.apply import same
from bizalign_lint.parsing.yaml import stream
from tests.fixes.test_any_file import files
from tests.workspace import DAY, shipped


def _check_titles(sources: Sequence[Source]) -> Report:
    return run(shipped(), sources, Settings(as_of=DAY, select=("MOD120",)))


def _check(sources: Sequence[Source]) -> Report:
    return run(shipped(), sources, Settings(as_of=DAY, select=("MOD",)))


@pytest.mark.parametrize(
    "metadata",
    [
        "{name: orders,\n  title: Manage\n    orders}",
        "{name: orders,\n  title: Manage orders}  # <-",
        "\n  name: orders  # <-\n  title: Manage\n    orders",
        "\n  name: orders  # <-\n  title: 'Manage\n    orders'",
        "\n  name: orders\n  title: Manage orders  # <-\n  description: Orders",
        "\n  name: orders  # <-\n  title: >-\n    Manage\n    orders",
    ],
)
def test_a_comment_is_at_the_end_of_a_line_that_can_take_one(metadata: str) -> None:
    first = "apiVersion: bizalign/v1" + ("" if "<-" in metadata else "  # <-")
    text = f"{first}\nkind: Capability\nmetadata: {metadata}\nspec: {{}}\n"
    source = Source("a.yaml", text.replace("  # <-", "").encode())
    accepted = accept([source], _check_titles([source]), _check_titles, "agreed")
    (after,) = accepted.outcome.sources
    assert after.content.decode() == text.replace("<-", "bizalign: ignore[MOD120] -- agreed")


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=files(), reason=st.sampled_from(["agreed", "so be it, until=2026-12-31"]))
def test_everything_is_accepted_or_said_to_be_left(content: bytes, reason: str) -> None:
    source = Source("0.yaml", content)
    before = _check([source])
    accepted = accept([source], before, _check, reason)
    (after,) = accepted.outcome.sources
    left = {(f.rule, f.message) for f in accepted.left}
    assert {(f.rule, f.message) for f in accepted.outcome.report.findings} == left
    # Only what is wrong with comments themselves cannot be accepted by one.
    assert {f.rule for f in accepted.left} <= {"MOD115", "MOD116", "MOD117", "MOD170", "MOD171"}
    assert accepted.outcome.fixed + len(accepted.left) == len([*places(before.findings)])
    old, new = stream.read(content).trees, stream.read(after.content).trees
    assert len(old) == len(new)
    for one, other in zip(old, new, strict=True):
        assert one.root is not None
        assert other.root is not None
        assert same(one.root.value, other.root.value)
    again = accept([after], _check([after]), _check, reason)
    assert again.outcome.changed == ()
    if b"\r\n" in content:
        assert after.content.count(b"\r\n") == after.content.count(b"\n")
