"""What is hard to judge is judged in steps that grow with the model, and not with its square."""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.core.types import Source, places
from bizalign_lint.engine.load import load
from bizalign_lint.engine.model import read_model
from bizalign_lint.graph import owners
from bizalign_lint.graph.nodes import NOTHING
from bizalign_lint.graph.owners import OwnerFinder, owner_of
from bizalign_lint.rules.compiled import meter
from bizalign_lint.rules.compiled.reach import _closed
from bizalign_lint.rules.compiled.repeats import closure
from bizalign_lint.schema.ontology import ObjectType
from tests.counting import calls
from tests.workspace import chain, findings, report, shipped, sources

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from workload.shapes import SHAPES  # the folder of benchmarks is no package


def model(shape: str, size: int) -> str:
    return "---\n".join(SHAPES[shape][1](size))


@pytest.mark.sampled(1, 5)
@pytest.mark.parametrize("shape", SHAPES)
def test_calls_grow_with_the_model(shape: str) -> None:
    report("")  # what is made once
    counts = []
    for size in (100, 200):
        text = model(shape, size)
        counts.append(calls(partial(report, text)))
    assert counts[1] <= 2.6 * counts[0]


@pytest.mark.parametrize(
    ("needs", "is_said"),
    [
        ("parent*/description", False),  # it is missing at the top
        ({"nodes": "parent*", "path": "description"}, True),  # all but the top say it
    ],
)
def test_what_is_needed_along_a_chain_is_looked_up_on_the_way_once(
    needs: Any, is_said: bool
) -> None:
    rule = {
        "id": "OWN101",
        "guideline": "model",
        "severity": "info",
        **dict.fromkeys(("summary", "rationale", "message", "help"), "A test."),
        "target": "Capability",
        "needs": [needs],
        "path": "title",
        "minCount": 1,
    }
    loaded = load(rules=[Source("rules/own.yaml", json.dumps(rule).encode())])
    counts = []
    for size in (50, 50, 200):  # the first makes what is made once
        text = chain("Capability", size)
        if is_said:
            top, below = text.split("---", 1)
            text = f"{top}---{below.replace('title:', 'description: D, title:')}"
        counts.append(calls(partial(report, text, "OWN101", loaded=loaded)))
        assert report(text, "OWN101", loaded=loaded).judged.waiting
    assert counts[2] <= 5 * counts[1]


def test_a_chain_that_is_too_deep_says_so_and_names_some() -> None:
    (found, *_) = (f for f in findings(model("strategies in a chain", 60), "SCO114") if "s59" in f)
    assert found.endswith(
        "has over 50 strategies above it, more than 2: The Strategy s58, The Strategy s57, "
        "The Strategy s56, The Strategy s55, The Strategy s54 and over 45 more"
    )


def test_of_many_values_that_are_broken_one_by_one_some_are_told_of_each_definition() -> None:
    told = places(report(model("components in a chain", 60), "BAS103").findings)
    of_each = Counter(finding.entity for finding in told)
    assert len(of_each) == 60
    assert of_each["Application:default/a0"] == 20  # of sixty
    assert of_each["Application:default/a30"] == 30  # of thirty


def far(size: int) -> Iterator[str]:
    """A chain of components of which only the last one is out of support."""
    for n in range(size):
        last = n + 1 == size
        on = "" if last else f", dependsOn: [i{n + 1}]"
        end = "2020-01-01" if last else "2099-01-01"
        yield (
            f"apiVersion: bizalign/v1\nkind: ITComponent\nmetadata: {{name: i{n}}}\n"
            f"spec: {{vendorSupport: {{endOfSupport: {end}}}{on}}}\n"
        )
    yield (
        "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: a}\n"
        "spec: {lifecycle: {active: 2015-01-01}, components: [i0]}\n"
    )


@pytest.mark.parametrize("size", [10, 49, 50, 51, 52, 200])
def test_what_is_far_away_is_found(size: int) -> None:
    (found,) = report("---\n".join(far(size)), "BAS103").findings
    assert f"i{size - 1}" in found.message


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("most", [1, 3])
def test_what_is_wanted_along_a_way_is_what_following_it_finds(seed: int, most: int) -> None:
    """On graphs of any form, from every node, in any order."""
    chance = random.Random(seed)
    nodes = range(chance.randint(1, 14))
    edges: dict[Any, list[Any]] = {
        node: [other for other in nodes if chance.random() < chance.choice([0.05, 0.15, 0.4])]
        for node in nodes
    }
    wanted = {node for node in nodes if chance.random() < 0.3}

    def finds(node: Any) -> Any:
        return (node,) if node in wanted else NOTHING

    everywhere = closure(edges.__getitem__, 0, lambda _: None)
    lazily = _closed(edges.__getitem__, finds, most, {}, lambda _: None)
    order = list(nodes)
    chance.shuffle(order)
    for node in order:
        all_ = [value for found in everywhere(node) for value in finds(found)]
        some = lazily(node)
        assert len(some) == len(set(some)) == min(most, len(all_))
        assert set(some) <= set(all_)


def test_who_is_responsible_in_a_long_chain_is_looked_up_on_the_way_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = read_model(shipped(), sources(model("capabilities in a chain", 100))).graph
    nodes = graph.kinds["Capability"]
    expected = {node: owner_of(node) for node in nodes}
    looked: list[ObjectType] = []
    look = owners._owner_and_parent_properties

    def counted(type_: ObjectType) -> tuple[str | None, str | None]:
        looked.append(type_)
        return look(type_)

    monkeypatch.setattr(owners, "_owner_and_parent_properties", counted)
    of = OwnerFinder()
    assert {node: of(node) for node in reversed(nodes)} == expected
    assert len(looked) == len(nodes)


def test_a_rule_that_takes_too_many_steps_is_stopped_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(meter, "_AT_LEAST", 0)
    monkeypatch.setattr(meter, "_OF_EACH", 20)
    text = model("strategies in a chain", 60)
    found = report(text, "SCO114", "MOD142")
    (stopped,) = (f for f in found.findings if f.rule == "SCO114")
    assert stopped.severity == "error"
    assert stopped.message.startswith(
        "SCO114 was stopped here and reports nothing about any definition"
    )
    assert "2,400 steps" in stopped.message
    assert stopped.entity is not None
    assert stopped.entity.startswith("Strategy:default/s")
    assert found.stopped == {"SCO114"}
    assert "SCO114" not in found.judged.judging
    assert "MOD142" in found.judged.judging
    # Nor is it another one the next time.
    assert report(text, "SCO114", "MOD142").findings == found.findings
