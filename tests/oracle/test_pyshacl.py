"""The engine and pySHACL find the same, node for node, in whatever SHACL Core can express."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from pyshacl.entrypoints import meta_validate
from rdflib import RDF, BNode, Graph, URIRef

from bizalign_lint.exporters.rdf import Shortcut
from bizalign_lint.exporters.vocabulary import INVERSE, KIND, PATH, PROPERTY
from tests.oracle import disagreement, naive, shacl, verdicts
from tests.oracle.models import Trial, changed, flawed, originals
from tests.oracle.rules import Book, of_the_corners, of_the_product
from tests.oracle.verdicts import Verdict

if TYPE_CHECKING:
    from rdflib.term import Node

SHARES = 16
"""The models are judged in so many batches, which may run side by side."""


@pytest.mark.sampled(0, 1)
@pytest.mark.parametrize("share", range(SHARES))
def test_both_find_the_same(share: int) -> None:
    _compare(of_the_product(), list(originals(share, SHARES)))


@pytest.mark.sampled(0, 1)
@pytest.mark.parametrize("share", range(SHARES))
def test_both_find_the_same_after_changes(share: int) -> None:
    _compare(of_the_product(), list(changed(share, SHARES)))


@pytest.mark.sampled(0, 1)
@pytest.mark.parametrize("models", [originals, changed])
def test_both_find_the_same_in_corners(models: Callable[[int, int], Iterator[Trial]]) -> None:
    """The corner rules are many: some of the models have to do."""
    _compare(of_the_corners(), list(models(1, SHARES)))


@pytest.mark.parametrize("book", [of_the_product, of_the_corners])
def test_both_find_the_same_in_what_is_left_of_flawed_models(book: Callable[[], Book]) -> None:
    _compare(book(), list(flawed()))


def _compare(book: Book, models: Sequence[Trial]) -> None:
    assert len(models) > 30
    graphs = [model.read().graph for model in models]
    for model, theirs in zip(models, shacl.judge(book, graphs), strict=True):
        if theirs != _ours(book, model):
            pytest.fail(disagreement.told(model, lambda m: _differ(book, m), "engine and pySHACL"))


def _ours(book: Book, model: Trial) -> set[Verdict]:
    left_out = {left.rule.id for left in book.shapes.left_out}
    broken = verdicts.judge(book.compiled, model.read().graph).broken
    return {verdict for verdict in broken if verdict[0] not in left_out}


def _differ(book: Book, model: Trial) -> set[Verdict]:
    (theirs,) = shacl.judge(book, [model.read().graph])
    return theirs ^ _ours(book, model)


@pytest.mark.parametrize("book", [of_the_product, of_the_corners])
def test_the_shapes_are_shapes(book: Callable[[], Book]) -> None:
    """By the shapes that the SHACL recommendation gives for shapes: tried on every fourth."""
    graph = shacl.read(book().shapes.subjects[::4])
    assert len(graph) > 300
    conforms, _, text = meta_validate(graph, inference=None, max_validation_depth=60)
    assert conforms, text


@pytest.mark.parametrize("book", [of_the_product, of_the_corners])
def test_shortcuts_lead_where_their_paths_lead(book: Callable[[], Book]) -> None:
    """The one thing in the data that SHACL takes on trust: rdflib walks the paths for it."""
    shortcuts = book().shapes.shortcuts
    led = set()
    graph = shacl.data_graph(book(), [model.read().graph for model in originals(0, 4)])
    for shortcut in shortcuts:
        predicate = URIRef(shortcut.predicate.value)
        path = _rdflib_path(naive.parse_path(unquote(shortcut.predicate.value.removeprefix(PATH))))
        for node in _origins(graph, shortcut):
            wanted = set(graph.objects(node, path))
            assert set(graph.objects(node, predicate)) == wanted, (shortcut.predicate, node)
            if wanted:
                led.add(predicate)
    assert len(led) == len(shortcuts) > 5


def _origins(graph: Graph, shortcut: Shortcut) -> set[Node]:
    nodes: set[Node] = set()
    for member in shortcut.origins:
        name = getattr(member, "name", "")
        holder = getattr(member, "holder", None)
        if name:
            nodes |= set(graph.subjects(RDF.type, URIRef(f"{KIND}{name}")))
        elif holder is not None:
            held = graph.objects(None, URIRef(f"{PROPERTY}{holder[1]}"))
            nodes |= {
                node
                for node in held
                if isinstance(node, BNode)
                and any(
                    (above, RDF.type, URIRef(f"{KIND}{holder[0].name}")) in graph
                    for above in graph.subjects(None, node)
                )
            }
    return nodes


def _rdflib_path(tree: naive.PathTree) -> Any:
    match tree:
        case ("step", name):
            return URIRef(f"{PROPERTY}{name}") | URIRef(f"{INVERSE}{name}")
        case ("back", ("step", name)):
            return ~URIRef(f"{PROPERTY}{name}")
        case ("then", first, second):
            return _rdflib_path(first) / _rdflib_path(second)
        case ("or", one, other):
            return _rdflib_path(one) | _rdflib_path(other)
        case (sign, inner):
            return _rdflib_path(inner) * sign
    raise AssertionError(tree)
