"""After any edits, a live model is what a fresh run over the same files makes of them.

``BIZALIGN_SEQUENCES=1000 pytest tests/live`` tries more sequences of edits than usual.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import pytest

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Severity, Source
from bizalign_lint.engine.judge import judge
from bizalign_lint.engine.load import load
from bizalign_lint.engine.model import read_model
from bizalign_lint.findings.finish import path_of
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.trust import Reasons
from bizalign_lint.incremental.model import LiveModel

from ..workspace import DAY, shipped
from .edits import edit, example, small_model

SETTINGS = Settings(as_of=DAY, severities={"MOD131": Severity.WARNING})
"""With the rule that runs only where somebody asks for it."""
SEQUENCES = int(os.environ.get("BIZALIGN_SEQUENCES", "40"))


def _source(path: str, text: str) -> Source:
    return Source(path, text.encode("utf-8", "surrogatepass"))


def _node(node: Node) -> Any:
    place = (node.document.source, node.document.index) if node.document else None
    return (place, node.pointer, node.reference)


def _relations(node: Node, edges: Mapping[str, list[Node]]) -> Iterator[tuple[str, Any]]:
    for name, nodes in sorted(edges.items()):
        property_ = node.type.properties.get(name)
        if nodes and (property_ is None or property_.links):
            yield name, [_node(other) for other in nodes]


def _reasons(found: Reasons) -> Any:
    return {name: (why.condition, why.subject, path_of(why.place)) for name, why in found.items()}


def _shown(graph: Graph) -> Any:
    """Everything of a graph that may not depend on how it came about."""
    names = {kind: [*names] for kind, names in graph.names.items()}
    found: list[Any] = [_reasons(graph.trust.words), names]
    todo = [node for nodes in graph.kinds.values() for node in nodes]
    found.append([_node(node) for node in todo])
    for node in todo:
        edges, into = dict(_relations(node, node.edges)), dict(_relations(node, node.into))
        found.append((_node(node), node.values, _reasons(node.distrusted or {}), edges, into))
        todo += [
            child
            for property_ in node.type.links
            if property_.object is not None
            for child in node.edges.get(property_.name, ())
            if not child.type.name
        ]
    return found


@pytest.mark.sampled(3, 20)
@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_is_what_a_fresh_run_makes_of_it(seed: int) -> None:
    random = Random(seed)
    files = small_model(random)
    live = LiveModel(shipped(), SETTINGS, [_source(*item) for item in files.items()])
    for step in range(random.randint(3, 8)):
        if step:
            changes = edit(random, files)
            files = {p: t for p, t in {**files, **changes}.items() if t is not None}
            live.change({p: None if t is None else _source(p, t) for p, t in changes.items()})
            if random.random() < 0.5:
                # The next edit comes before all is judged.
                for _ in range(random.randrange(4)):
                    live.advance(lambda: True)
                continue
        sources = [_source(*item) for item in sorted(files.items())]
        model = read_model(shipped(), sources)
        assert _shown(live.graph) == _shown(model.graph)
        found = live.judge()
        fresh = judge(shipped(), model, sources, SETTINGS)
        assert list(found) == list(fresh.findings)
        assert live.judged() == fresh.judged


@pytest.mark.sampled(1, 2)
@pytest.mark.parametrize("start", range(4))
def test_a_file_of_a_whole_model_goes_and_comes_back(start: int) -> None:
    """What it held together falls apart: what was reached through it is judged anew."""
    files = {path: _source(path, text) for path, text in example().items()}
    live = LiveModel(shipped(), SETTINGS, files.values())
    before, judged = live.judge(), live.judged()
    for path in sorted(files)[start::16]:
        live.change({path: None})
        rest = [source for source in files.values() if source.path != path]
        model = read_model(shipped(), rest)
        fresh = judge(shipped(), model, rest, SETTINGS)
        assert list(live.judge()) == list(fresh.findings)
        assert live.judged() == fresh.judged
        live.change({path: files[path]})
        assert live.judge() == before
        assert live.judged() == judged


CAPABILITY = """
apiVersion: bizalign/v1
kind: Capability
metadata: {name: NAME, namespace: SPACE, title: NAME of SPACE, owner: x}
spec: {level: 1, tier: strategic}
"""
APPLICATION = """
apiVersion: bizalign/v1
kind: Application
metadata: {name: NAME, namespace: SPACE, title: NAME of SPACE, owner: x}
spec: {supports: [selling], lifecycle: {active: 2020-01-01, phaseOut: 2031-01-01}}
"""
SPACES = ("default", "near", "nearer")


@pytest.mark.sampled(1, 3)
@pytest.mark.parametrize("seed", range(6))
def test_what_is_nearer_comes_and_goes(seed: int) -> None:
    """A reference then leads to another node that stays, and that one is judged anew."""
    random = Random(seed)
    settings = SETTINGS._replace(select=("BAS", "SCO", "MOD109"))
    live = LiveModel(shipped(), settings, [])
    files: dict[str, Source] = {}
    for _ in range(40):
        space, kind = random.choice(SPACES), random.choice(["capability", "app-1", "app-2"])
        path = f"{kind}-{space}.yaml"
        text = CAPABILITY if kind == "capability" else APPLICATION
        name = "selling" if kind == "capability" else kind
        if path in files and random.random() < 0.5:
            del files[path]
        else:
            dying = random.choice(["2031", "2026"])
            text = text.replace("NAME", name).replace("SPACE", space).replace("2031", dying)
            files[path] = _source(path, text)
        live.change({path: files.get(path)})
        sources = [files[path] for path in sorted(files)]
        model = read_model(shipped(), sources)
        assert _shown(live.graph) == _shown(model.graph)
        found = live.judge()
        assert list(found) == list(judge(shipped(), model, sources, settings).findings)


def test_a_title_that_comes_is_offered_where_it_was_meant() -> None:
    """What leads nowhere may be a title, and a definition gets another one under the same name."""
    settings = SETTINGS._replace(select=("MOD109",))
    capability = CAPABILITY.replace("NAME of SPACE", "TITLE").replace("NAME", "trade")
    application = APPLICATION.replace("selling", "goods").replace("NAME", "shop")
    files = {
        path: _source(path, text.replace("SPACE", "default"))
        for path, text in {"a.yaml": application, "b.yaml": capability}.items()
    }
    live = LiveModel(shipped(), settings, files.values())
    for title in ("Trade", "Goods", "Trade in goods"):
        files["b.yaml"] = _source("b.yaml", capability.replace("TITLE", title))
        live.change({"b.yaml": files["b.yaml"]})
        sources = [*files.values()]
        fresh = judge(shipped(), read_model(shipped(), sources), sources, settings)
        found = live.judge()
        assert list(found) == list(fresh.findings)
        offers = any("did you mean trade" in finding.message for finding in found)
        assert offers is (title == "Goods")


TEAM = """
$schema: https://json-schema.org/draft/2020-12/schema
$id: urn:example:Team
title: Team
description: People.
x-kind: {perspective: business}
type: object
required: [apiVersion, kind, metadata, spec]
additionalProperties: false
properties:
  apiVersion: {$ref: "urn:bizalign:v1:common#/$defs/apiVersion"}
  kind: {const: Team, description: The kind of this definition.}
  metadata: {$ref: "urn:bizalign:v1:common#/$defs/metadata"}
  spec:
    description: What is known about it.
    type: object
    additionalProperties: false
    properties:
      level: {type: integer, description: How far down.}
      within:
        $ref: "urn:bizalign:v1:common#/$defs/reference"
        description: What it does.
        x-relation: {to: [Capability], inverse: teams, hierarchy: level}
"""
ABOVE = """
apiVersion: bizalign/v1
kind: Capability
metadata: {name: selling, title: Selling, owner: x}
spec: {level: LEVEL}
"""
BELOW = """
apiVersion: bizalign/v1
kind: Team
metadata: {name: sellers, title: Sellers}
spec: {level: 2, within: selling}
"""


def test_a_tree_through_two_kinds() -> None:
    """What is above is replaced by what is called the same, but stands on another level."""
    loaded = load([Source("team.schema.yaml", TEAM.encode())])
    settings = SETTINGS._replace(select=("MOD112",))
    below = _source("b.yaml", BELOW)
    live = LiveModel(loaded, settings, [_source("a.yaml", ABOVE.replace("LEVEL", "1")), below])
    assert list(live.judge()) == []
    for level, count in (("3", 1), ("1", 0)):
        above = _source("a.yaml", ABOVE.replace("LEVEL", level))
        live.change({"a.yaml": above})
        found = list(live.judge())
        assert len(found) == count
        model = read_model(loaded, [above, below])
        assert found == list(judge(loaded, model, [above, below], settings).findings)


WIDER = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: sell}
spec: {tier: TIER}
---
apiVersion: bizalign/v1
kind: Capability
metadata: {name: pricing}
spec: {parent: sell}
"""
NARROWER = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: rebates}
spec: {parent: pricing}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk}
spec: {supports: [rebates], lifecycle: {endOfLife: 2020-01-01}}
"""


def test_what_is_inherited_changes_with_what_is_above() -> None:
    settings = SETTINGS._replace(select=("BAS101",))
    below = _source("b.yaml", NARROWER)
    live = LiveModel(shipped(), settings, [_source("a.yaml", WIDER.replace("TIER", "core")), below])
    assert list(live.judge()) == []
    for tier, count in (("strategic", 1), ("supporting", 0), ("strategic", 1)):
        above = _source("a.yaml", WIDER.replace("TIER", tier))
        live.change({"a.yaml": above})
        found = list(live.judge())
        assert len(found) == count
        model = read_model(shipped(), [above, below])
        assert found == list(judge(shipped(), model, [above, below], settings).findings)


def test_what_says_the_same_stays_and_is_where_it_is_now() -> None:
    """In a file of many definitions only that is read again in which somebody types."""
    head = "apiVersion: bizalign/v1\nkind: Capability\n"
    parts = [f"{head}metadata: {{name: cap-{n}}}\nspec: {{level: 1}}\n" for n in range(3)]
    files = {
        "all.yaml": "---\n".join(parts),
        "other.yaml": f"{head}metadata: {{name: cap-2}}\nspec: {{level: 2}}\n",
    }
    live = LiveModel(shipped(), SETTINGS, [_source(*item) for item in files.items()])
    live.judge()
    first, last = (live.graph.find("Capability", "default", f"cap-{n}") for n in (0, 2))
    for text in (
        files["all.yaml"].replace("name: cap-1}", "name: cap-1,\n  title: Second}"),
        files["all.yaml"].replace("level: 1}", "level: 9}", 1),
        files["all.yaml"],
    ):
        source = _source("all.yaml", text)
        live.change({"all.yaml": source})
        sources = [source, _source("other.yaml", files["other.yaml"])]
        fresh = judge(shipped(), read_model(shipped(), sources), sources, SETTINGS)
        assert list(live.judge()) == list(fresh.findings)
        # The place in the other file's finding is that of a definition that has moved.
        (second,) = (f for f in fresh.findings if f.location.path == "other.yaml" and f.related)
        assert second.related[0].location.path == "all.yaml"
        assert live.graph.find("Capability", "default", "cap-2") is last
        assert last is not None and last.document is not None
        assert last.document.source is source
    assert live.graph.find("Capability", "default", "cap-0") is not first


def test_it_is_judged_in_parts_while_there_is_time() -> None:
    files = [_source(*item) for item in small_model(Random(1)).items()]
    fresh = LiveModel(shipped(), SETTINGS, files)
    assert fresh.advance(lambda: False)
    in_parts = LiveModel(shipped(), SETTINGS, files)
    parts = 1
    while not in_parts.advance(lambda: True):
        parts += 1
    assert parts > 10
    assert in_parts.judge() == fresh.judge()


def test_flaws_of_one_kind_are_in_the_order_of_their_files() -> None:
    spec = "{lifecycle: {active: 2026-01-01, endOfLife: 2020-01-01}}"
    text = f"apiVersion: bizalign/v1\nkind: Application\nmetadata: {{name: NAME}}\nspec: {spec}\n"
    sources = [_source(f"{name}.yaml", text.replace("NAME", name)) for name in "abc"]
    live = LiveModel(shipped(), SETTINGS, [])
    for source in reversed(sources):
        live.change({source.path: source})
    fresh = judge(shipped(), read_model(shipped(), sources), sources, SETTINGS)
    assert [f.location.path for f in fresh.findings if f.rule == "MOD113"] == [
        source.path for source in sources
    ]
    assert list(live.judge()) == list(fresh.findings)
