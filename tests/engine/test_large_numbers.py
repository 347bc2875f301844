"""Numbers that nobody means: refused at their place, and nothing that computes stops at them."""

from __future__ import annotations

import pytest

from bizalign_lint.core.limits import MAX_NUMBER
from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import load
from bizalign_lint.mapping.values import cast
from bizalign_lint.rules.compiled.values import aggregate, arithmetic, tidy
from tests.workspace import findings

COSTS = """\
apiVersion: bizalign/v1
kind: CostPool
metadata: {{name: p, title: P}}
spec: {{taxonomy: tbm-4.0, term: Software}}
---
apiVersion: bizalign/v1
kind: Cost
metadata: {{name: one}}
spec: {{costObject: "CostPool:p", currency: EUR, per: month, amount: {amount}}}
---
apiVersion: bizalign/v1
kind: Cost
metadata: {{name: two}}
spec: {{costObject: "CostPool:p", currency: EUR, amount: {amount}}}
"""


@pytest.mark.parametrize("amount", [f"1{'0' * 30}", f"-1{'0' * 400}", "1.7e308", "-1.7e+308"])
def test_a_number_beyond_the_limit_is_refused(amount: str) -> None:
    """Sums of it were infinite, and no JSON or database holds it."""
    found = [line for line in findings(COSTS.format(amount=amount)) if "amount must be" in line]
    assert [line.split()[:2] for line in found] == [
        ["model.yaml:9:69", "MOD106"],
        ["model.yaml:14:57", "MOD106"],
    ]


def test_a_number_within_the_limit_is_none_to_speak_of() -> None:
    found = findings(COSTS.format(amount=MAX_NUMBER))
    assert not [line for line in found if "MOD106" in line]


def test_an_own_schema_may_lower_the_limit_and_not_raise_it() -> None:
    schema = b"""\
x-extends: CostPool
properties:
  spec:
    properties:
      small: {description: A few., type: number, minimum: 0, maximum: 9}
      large: {description: Very many., type: number, minimum: -1.0e+30, maximum: 1.0e+30}
"""
    pool = COSTS.partition("---")[0].format()
    model = pool.replace("term: Software", "term: Software, small: 10, large: 1.0e+20")
    found = findings(model, "MOD106", loaded=load([Source("schemas/own.yaml", schema)]))
    assert sorted(line.split()[2] for line in found) == ["large", "small"]


def test_nothing_is_computed_that_is_too_large() -> None:
    largest = 1.7e308
    assert tidy(MAX_NUMBER) == MAX_NUMBER
    assert tidy(2 * MAX_NUMBER) is tidy(largest * 10) is tidy(largest * 10 - largest * 10) is None
    assert aggregate("sum")([MAX_NUMBER, MAX_NUMBER, 0.5]) is None
    assert arithmetic("percent", MAX_NUMBER, 5e-324) is None


def test_a_record_may_hold_what_no_number_holds() -> None:
    assert cast(float("inf"), "integer", ".") == float("inf")
    assert cast(3.0, "integer", ".") == 3
