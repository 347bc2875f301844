"""The model → RDF: the types, values and references of its nodes (docs/shacl.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bizalign_lint.exporters import vocabulary
from bizalign_lint.exporters.turtle import RDF_TYPE, Blank, Iri, Pair, Pairs, Term
from bizalign_lint.exporters.vocabulary import MODEL
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.compiled.walks import Domain, Walked
from bizalign_lint.rules.language.paths import Path
from bizalign_lint.rules.language.paths import text as path_text
from bizalign_lint.schema.ontology import WORKSPACE, Ontology, Property

Subject = tuple[Iri, Pairs]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A path whose values the shapes need as the values of one predicate."""

    path: Path
    origins: Domain

    @property
    def predicate(self) -> Iri:
        """The predicate, whose name is the text of the path."""
        return vocabulary.path(path_text(self.path))


@dataclass(slots=True)
class Exporter:
    """Makes the statements about one model. ``base`` distinguishes the models in one graph."""

    graph: Graph
    ontology: Ontology
    as_of: str
    shortcuts: tuple[Shortcut, ...] = ()
    base: str = MODEL
    languages: Mapping[str, str] = field(default_factory=dict)
    """The language of each namespace, where the configuration sets it."""
    _back: dict[int, list[Pair]] = field(default_factory=dict, init=False)
    """The inverse references of each node, by its id()."""
    _walker: Walker = field(init=False)
    _walks: list[tuple[Shortcut, Walked]] = field(init=False)

    def __post_init__(self) -> None:
        self._walker = Walker(self.ontology, self.as_of, languages=self.languages)
        self._walks = [(s, self._walker.path(s.path, s.origins)) for s in self.shortcuts]

    def subjects(self) -> Iterator[Subject]:
        """All nodes with a name, in the order of their IRIs, each with its statements."""
        named = [node for nodes in self.graph.kinds.values() for node in nodes]
        for node in named:
            self._lead_back(node)
        found = [(self._iri(node), self._pairs(node)) for node in named]
        found.append((self._iri(self.graph.workspace), self._workspace()))
        yield from sorted(found, key=lambda subject: subject[0].value)

    def _iri(self, node: Node) -> Iri:
        if node is self.graph.workspace:
            return Iri(f"{self.base}{WORKSPACE}")
        return vocabulary.node(self.base, node.type.name, node.namespace, node.name)

    def _term(self, node: Node) -> Term:
        """A node as a value: its IRI, or a blank node if it has no name."""
        known = self.graph.find(node.type.name, node.namespace, node.name) is node
        return self._iri(node) if known else Blank(tuple(self._pairs(node)))

    def _workspace(self) -> list[Pair]:
        return [
            (RDF_TYPE, vocabulary.kind(WORKSPACE)),
            *(
                (vocabulary.property_(kind), self._iri(node))
                for kind, nodes in self.graph.kinds.items()
                for node in nodes
            ),
        ]

    def _pairs(self, node: Node) -> list[Pair]:
        pairs: list[Pair] = []
        if self.graph.find(node.type.name, node.namespace, node.name) is node:
            pairs.append((RDF_TYPE, vocabulary.kind(node.type.name)))
        for property_ in node.type.properties.values():
            predicate = vocabulary.property_(property_.name)
            pairs.extend((predicate, value) for value in self._values(node, property_))
        pairs.extend(self._back.get(id(node), ()))
        pairs.extend(self._shortcuts(node))
        return pairs

    def _values(self, node: Node, property_: Property) -> Iterator[Term]:
        name = property_.name
        if property_.derivation is not None:
            value = self._walker.derived(property_.derivation, node.type)(node)
            if value is not None:
                yield vocabulary.literal(value, property_.datatype)
        elif property_.relation is not None:
            yield from map(self._term, node.edges.get(name, ()))
        elif property_.object is not None:
            yield from map(self._term, node.child(property_))
        else:
            value = node.values.get(name)
            for item in value if isinstance(value, list) else (value,):
                if item is not None:
                    yield vocabulary.literal(item, property_.datatype)

    def _lead_back(self, node: Node) -> None:
        """Record the inverse of every reference of a node and of the objects in it."""
        for property_ in node.type.properties.values():
            if property_.relation is not None:
                name = property_.relation.inverse
                for target in node.edges.get(property_.name, ()):
                    self._note(target, name, node.entity)
            elif property_.object is not None:
                for child in node.child(property_):
                    if not child.type.name:
                        self._lead_back(child)
        if node.holder is not None and node.type.parent:
            self._note(node, node.type.parent, node.holder)

    def _note(self, node: Node, name: str, back: Node) -> None:
        if name not in node.type.properties:  # the node's own property wins
            pair = (vocabulary.inverse(name), self._iri(back))
            self._back.setdefault(id(node), []).append(pair)

    def _shortcuts(self, node: Node) -> Iterator[Pair]:
        for shortcut, walked in self._walks:
            if node.type not in shortcut.origins:
                continue
            plain = [member for member in walked.domain if isinstance(member, Property)]
            for value in walked.walk(node):
                if isinstance(value, Node):
                    yield shortcut.predicate, self._iri(value)
                else:
                    yield shortcut.predicate, vocabulary.literal(value, plain[0].datatype)
