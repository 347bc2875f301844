"""Property paths: their grammar, and what they lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizalign_lint.engine.model import read_model
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.explained.trace import Reached, Tracer
from bizalign_lint.rules.language import paths
from bizalign_lint.schema.ontology import WORKSPACE
from tests.workspace import shipped, sources

steps = st.builds(
    paths.Step, st.sampled_from(["parent", "supports", "x-y"]), st.booleans(), st.just(0)
)
trees = st.recursive(
    steps,
    lambda inner: st.one_of(
        st.builds(paths.Sequence, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(paths.Alternative, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(paths.Repeat, inner, st.just(0), st.booleans()),
        st.builds(paths.Repeat, inner, st.just(1), st.just(True)),
    ),
    max_leaves=8,
)


def normal(path: paths.Path) -> paths.Path:
    """The tree without offsets, with inverses at the steps as the parser has them."""
    match path:
        case paths.Step(name, inverse):
            return paths.Step(name, inverse)
        case paths.Sequence(parts):
            return paths.Sequence(tuple(normal(part) for part in parts))
        case paths.Alternative(parts):
            return paths.Alternative(tuple(normal(part) for part in parts))
        case paths.Repeat(part, least, many):
            return paths.Repeat(normal(part), least, many)


@given(trees)
def test_a_path_that_is_written_is_read_again(tree: paths.Path) -> None:
    assert normal(paths.parse(paths.text(tree))) == normal(tree)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("a / b", "a/b"),
        ("^(a/b)", "^b/^a"),
        ("^a/b", "(^a)/b"),
        ("^a*", "(^a)*"),
        ("a|b/c", "a|(b/c)"),
        ("^(a|b)+", "(^a|^b)+"),
        ("^^a", "a"),
    ],
)
def test_what_is_the_same_path(text: str, other: str) -> None:
    assert normal(paths.parse(text)) == normal(paths.parse(other))


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("", 0, "expected a name, found the end"),
        ("a/", 2, "expected a name, found the end"),
        ("a//b", 2, "expected a name, found '/'"),
        ("(a", 2, "a bracket is not closed"),
        ("a)", 1, "unexpected ')'"),
        ("a b", 2, "unexpected 'b'"),
        ("a/$b", 2, "unexpected '$'"),
        ("(" * 30 + "a", 20, "brackets are nested too deeply"),
    ],
)
def test_what_is_no_path(text: str, offset: int, message: str) -> None:
    with pytest.raises(paths.PathSyntaxError) as raised:
        paths.parse(text)
    assert (raised.value.offset, str(raised.value)) == (offset, message)


MODEL = """
    apiVersion: bizalign/v1
    kind: Capability
    metadata: {name: sell, owner: sales}
    spec: {level: 1}
    ---
    apiVersion: bizalign/v1
    kind: Capability
    metadata: {name: order}
    spec: {level: 2, parent: sell}
    ---
    apiVersion: bizalign/v1
    kind: Capability
    metadata: {name: price}
    spec: {level: 2, parent: sell}
    ---
    apiVersion: bizalign/v1
    kind: Capability
    metadata: {name: quote}
    spec: {level: 3, parent: price}
    --- {apiVersion: bizalign/v1, kind: OrganizationUnit, metadata: {name: sales}, spec: {}}
    ---
    apiVersion: bizalign/v1
    kind: Application
    metadata: {name: hub, owner: sales, tags: [core, core2]}
    spec:
      supports: [order, price]
      lifecycle: {active: 2020-01-01, phaseOut: 2030-01-01}
      allocations: [{to: order, share: 40}, {to: price, share: 40}]
    ---
    apiVersion: bizalign/v1
    kind: Application
    metadata: {name: crm}
    spec: {supports: [order], successor: hub}
    ---
    apiVersion: bizalign/v1
    kind: Objective
    metadata: {name: grow}
    spec:
      capabilities: [order]
      keyResults: [{name: share, baseline: 10, current: 15, target: 20}, {name: speed, target: 3}]
    """


@pytest.mark.parametrize(
    ("start", "path", "values"),
    [
        ("Capability:sell", "owner", ["sales"]),
        ("Capability:sell", "level", [1]),
        ("Capability:sell", "children", ["order", "price"]),
        ("Capability:sell", "^parent", ["order", "price"]),
        ("Capability:sell", "children+", ["order", "price", "quote"]),
        ("Capability:sell", "children*", ["sell", "order", "price", "quote"]),
        ("Capability:sell", "children?", ["sell", "order", "price"]),
        ("Capability:quote", "parent+", ["price", "sell"]),
        ("Capability:quote", "parent/parent/owner", ["sales"]),
        ("Capability:quote", "parent+/owner", ["sales"]),
        ("Capability:quote", "level|parent/level", [3, 2]),
        ("Capability:sell", "children/supportedBy", ["hub", "crm"]),
        ("Capability:order", "^supports/phase", ["active"]),
        ("Capability:order", "^to/share", [40]),
        ("Capability:order", "^to/^allocations", ["hub"]),
        ("Capability:order", "chargingApplications", ["hub"]),
        ("Capability:order", "objectives/keyResults/target", [20, 3]),
        ("Application:hub", "allocations/share", [40, 40]),
        ("Application:hub", "allocations/to/level", [2, 2]),
        ("Application:hub", "allocations/to/parent", ["sell"]),
        ("Application:hub", "lifecycle/active", ["2020-01-01"]),
        ("Application:hub", "lifecycle/^lifecycle", ["hub"]),
        ("Application:hub", "tags", ["core", "core2"]),
        ("Application:hub", "predecessors", ["crm"]),
        ("Application:crm", "(successor|supports)/owner", ["sales"]),
        ("Application:crm", "lifecycle/active", []),
        ("Objective:grow", "keyResults/progress", [0.5]),
        ("KeyResult:grow#share", "objective", ["grow"]),
        ("KeyResult:grow#share", "^keyResults/capabilities", ["order"]),
        ("OrganizationUnit:sales", "owns", ["sell", "hub"]),
        (WORKSPACE, "Application/supports", ["order", "price"]),
        (WORKSPACE, "KeyResult/target", [20, 3]),
    ],
)
def test_what_a_path_leads_to(start: str, path: str, values: list[object]) -> None:
    loaded = shipped()
    graph = read_model(loaded, sources(MODEL)).graph
    kind, _, name = start.partition(":")
    node = graph.workspace if kind == WORKSPACE else graph.names[kind][name]
    walker = Walker(loaded.ontology, "2026-06-30")
    tree = paths.parse(path)
    quick = walker.path(tree, (node.type,)).walk(node)
    assert [shown(value) for value in quick] == values
    tracer = Tracer(graph, loaded.ontology, walker)
    slow = tracer.path(tree, Reached(node), node.document)
    assert [reached.value for reached in slow] == list(quick)


def shown(value: object) -> object:
    return value.name if isinstance(value, Node) else value


def test_a_sequence_is_not_taken_for_an_alternative() -> None:
    """One walker makes the paths of all rules, and these two differ only in the mark."""
    loaded = shipped()
    node = read_model(loaded, sources(MODEL)).graph.names["Capability"]["quote"]
    walker = Walker(loaded.ontology, "2026-06-30")
    either, through = (
        walker.path(paths.parse(text), (node.type,)).walk(node)
        for text in ("parent|children", "parent/children")
    )
    assert [shown(value) for value in either] == ["price"]
    assert [shown(value) for value in through] == ["quote"]
    assert paths.parse("parent|children") != paths.parse("parent/children")
