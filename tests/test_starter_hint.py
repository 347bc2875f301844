"""The hint below very many findings says how many of them are in the profile to begin with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.conftest import Call

ROOT = Path(__file__).parent.parent
DRIFT = ROOT / "examples" / "meridian-drift"
STARTER = yaml.safe_load((ROOT / "rules" / "profiles" / "starter.yaml").read_text())
HINT = re.compile(r"^([\d,]+) of these ([\d,]+) are in --profile starter", re.MULTILINE)


@pytest.mark.parametrize(
    "arguments",
    [
        [DRIFT],
        [DRIFT, "--profile", "strict", "--ignore", "MOD117"],
        [DRIFT / "business", DRIFT / "subsidiaries", DRIFT / "technology"],
    ],
)
def test_those_are_counted_whose_rule_the_profile_selects(
    arguments: list[object], call: Call
) -> None:
    words = [*map(str, arguments)]
    _, text, _ = call("check", *words)
    _, lines, _ = call("check", *words, "--format", "jsonl")
    rules = [json.loads(line)["rule"] for line in lines.splitlines()]
    said = HINT.search(text)
    assert said, text[-300:]
    assert [*map(int, said.groups())] == [
        sum(rule.startswith(tuple(STARTER["select"])) for rule in rules),
        len(rules),
    ]
