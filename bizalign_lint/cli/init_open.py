"""Which kinds the files of other tools refer to and none of them defines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bizalign_lint.cli.init_sources import Proposal
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import SourceSpec
from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import load
from bizalign_lint.engine.model import read_model
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.references import kind_of, lookup, parse
from bizalign_lint.schema.ontology import Ontology
from bizalign_lint.sources.listing import SUFFIXES


def with_open_kinds(proposals: Sequence[Proposal], sources: Collection[Source]) -> list[Proposal]:
    """The proposals, with the kinds that live elsewhere left open.

    A kind of which a folder defines nothing at all is not forgotten one by one: a catalog names
    the teams of an organisation, and need not hold them.
    """
    specs = [SourceSpec(Globs(one.read), one.name, columns=dict(one.columns)) for one in proposals]
    loaded = load(sources=specs)
    assert loaded.landscape is not None
    claims = loaded.landscape.claims
    read = [one for one in sources if claims(one.path) or one.path.endswith(SUFFIXES)]
    graph = read_model(loaded, read).graph
    kinds: list[dict[str, None]] = [{} for _ in proposals]
    for nodes in graph.kinds.values():
        for node in nodes:
            if node.document is None or node.document.origin is None:
                continue
            path = node.document.source.path
            position = next(i for i, spec in enumerate(specs) if spec.read.match(path))
            kinds[position].update(dict.fromkeys(_elsewhere(node, graph, loaded.ontology)))
    return [one._replace(open=tuple(found)) for one, found in zip(proposals, kinds, strict=True)]


def _elsewhere(node: Node, graph: Graph, ontology: Ontology) -> Iterator[str]:
    """The kinds without a definition that a node refers to."""
    for property_ in node.type.links:
        relation = property_.relation
        if relation is None or any(graph.kinds[kind] for kind in relation.to):
            continue
        value = node.values.get(property_.name)
        for text in value if isinstance(value, list) else [value]:
            if not isinstance(text, str) or lookup(text, relation, node.namespace, graph, ontology):
                continue
            kind = kind_of(parse(text), relation, ontology)
            yield kind if kind in relation.to else relation.to[0]
