"""What is explained of a long chain grows with the chain, and not with its square."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bizalign_lint.rules.explained import trace
from tests.workspace import report

STRATEGY = """\
apiVersion: bizalign/v1
kind: Strategy
metadata: {{name: s-{n}}}
spec: {{{parent}}}
"""


def chain(count: int, loop: bool = False) -> str:
    """Strategies of which each stands below the one before; with ``loop`` the first, too."""
    parents = [f"parent: s-{n - 1}" if n else "" for n in range(count)]
    if loop:
        parents[0] = f"parent: s-{count - 1}"
    return "---\n".join(STRATEGY.format(n=n, parent=p) for n, p in enumerate(parents))


@pytest.mark.parametrize("loop", [False, True])
def test_keys_that_are_compared_grow_with_the_ways(
    monkeypatch: pytest.MonkeyPatch, loop: bool
) -> None:
    asked = 0
    known = trace._key

    def counting(reached: trace.Reached) -> object:
        nonlocal asked
        asked += 1
        return known(reached)

    monkeypatch.setattr(trace, "_key", counting)
    counts = []
    for size in (10, 20, 40):
        asked = 0
        assert report(chain(size, loop), "SCO114").findings or loop
        counts.append(asked)
    # Each of n strategies has a way of n steps: twice as many, four times the steps.
    for one, other in pairwise(counts):
        assert other <= 5 * one
