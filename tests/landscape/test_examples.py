"""The examples of sources give what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Call
from tests.expected import Golden

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
NAMES = ["leanix", "turboea", "coarchi", "decisions", "json"]


CASES = [
    *((name, "check --format concise") for name in NAMES),
    *((name, "source list") for name in NAMES),
    ("decisions", "source print"),
]


@pytest.mark.parametrize(("name", "command"), CASES)
def test_the_example_gives_what_it_says(
    name: str, command: str, call: Call, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    if list((EXAMPLES / name).glob("*.xlsx")):
        pytest.importorskip("python_calamine")
    monkeypatch.chdir(EXAMPLES / name)
    _, out, err = call(*command.split())
    assert err == ""
    short = command.replace(" ", "-").replace("check---format-concise", "check")
    golden(EXAMPLES / name / f"expected.{short}.txt", out)
