"""Rules that run only where somebody asks for them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Severity
from bizalign_lint.engine.judge import is_selected
from tests.workspace import DAY, shipped

OPTIONAL = "MOD131"


@pytest.mark.parametrize(
    ("settings", "runs"),
    [
        ({}, False),
        ({"select": ("MOD",)}, False),
        ({"select": ("MOD13", "model")}, False),
        ({"select": ("MOD131",)}, True),
        ({"select": ("MOD", "MOD131")}, True),
        ({"select": ("MOD131",), "ignore": ("MOD",)}, False),
        ({"severities": {"MOD131": Severity.INFO}}, True),
        ({"severities": {"MOD131": Severity.INFO}, "ignore": ("MOD131",)}, False),
        ({"severities": {"MOD131": Severity.INFO}, "select": ("MOD",)}, True),
        ({"severities": {"MOD131": Severity.INFO}, "select": ("BAS",)}, False),
        ({"severities": {"MOD130": Severity.INFO}}, False),
    ],
)
def test_it_has_to_be_asked_for(settings: dict[str, Any], runs: bool) -> None:
    assert is_selected(shipped().rules.rules[OPTIONAL], Settings(as_of=DAY, **settings)) == runs


def test_there_are_few() -> None:
    assert [rule.id for rule in shipped().rules.rules.values() if rule.optional] == [OPTIONAL]


def test_nobody_else_pays_for_it() -> None:
    code = """if True:
        import sys
        from datetime import date
        from bizalign_lint.engine.judge import run
        from bizalign_lint.engine.load import load
        from bizalign_lint.core.settings import Settings
        loaded = load()
        for select in ((), ("MOD131",)):
            run(loaded, [], Settings(date(2026, 6, 30), select=select))
            print("bizalign_lint.graph.ordering" in sys.modules)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
