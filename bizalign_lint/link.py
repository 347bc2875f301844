"""Documents → graph: nodes, edges with their inverses, and the references that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from . import conditions
from .graph import Graph, Node, held, qualified
from .model import Document, Flaw, Place, Pointer, Related
from .near import Names, suggestion
from .ontology import WORKSPACE, ObjectType, Ontology, Property, Relation
from .references import Reference, kind_of, lookup, named, parse

_MOST_KINDS = 3
"""So many kinds are named in a message before it counts the others."""

_WORD = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*")


class Checked(NamedTuple):
    """A document that can be linked: what its schema refuses is gone, and remembered."""

    document: Document
    flawed: tuple[Pointer, ...] = ()


def words(text: str) -> Iterator[str]:
    """Everything in a text that could be part of a name."""
    return iter(_WORD.findall(text))


def texts(value: Any) -> Iterator[str]:
    """The words of all texts in a value."""
    match value:
        case str():
            yield from words(value)
        case dict():
            for key, inner in value.items():
                yield from words(key)
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)


def build(
    ontology: Ontology, documents: Iterable[Checked], doubtful: Iterable[str]
) -> tuple[Graph, list[Flaw]]:
    """The graph of all documents, and what is wrong with names and references.

    ``doubtful`` are words in what could not be understood: a reference to one of them is not
    reported, since what it names may well be there.
    """
    linker = _Linker(ontology, frozenset(doubtful))
    for checked in documents:
        linker.add(checked)
    linker.connect()
    return linker.graph, linker.flaws


class _Plan(NamedTuple):
    """What has to be done for each object of a type."""

    relations: tuple[tuple[str, Relation], ...]
    objects: tuple[Property, ...]


class _Linker:
    def __init__(self, ontology: Ontology, doubtful: frozenset[str]) -> None:
        self.flaws: list[Flaw] = []
        self._ontology = ontology
        self._plans: dict[int, _Plan] = {}
        self._pending: list[tuple[Node, _Plan]] = []
        self._second: list[Node] = []
        """Definitions of what is defined already; they are not linked."""
        self._near: dict[tuple[str, ...], Names] = {}
        kinds: dict[str, list[Node]] = {name: [] for name in ontology.types if name != WORKSPACE}
        workspace = Node(ontology.types[WORKSPACE], {}, None, (), None, "", "")
        workspace.edges = kinds
        self.graph = Graph(workspace, kinds, {name: {} for name in kinds}, doubtful)

    def add(self, checked: Checked) -> None:
        """Make the nodes of a document."""
        document = checked.document
        value = document.value
        metadata: dict[str, Any] = value["metadata"]
        node = Node(
            self._ontology.kinds[value["kind"]].type,
            {**metadata, **value.get("spec", {})},
            document,
            (),
            None,
            metadata["name"],
            metadata.get("namespace", "default"),
        )
        if not self._register(node):
            self._second.append(node)
            return
        self._expand(node)
        for pointer in checked.flawed:
            _mark(node, pointer)

    def _plan(self, type_: ObjectType) -> _Plan:
        plan = self._plans.get(id(type_))
        if plan is None:
            links = type_.links
            plan = self._plans[id(type_)] = _Plan(
                tuple((p.name, p.relation) for p in links if p.relation),
                tuple(p for p in links if p.object),
            )
        return plan

    def _register(self, node: Node) -> bool:
        """Give a node its name; False when another one has it already."""
        kind = node.type.name
        name = qualified(node.namespace, node.name)
        names = self.graph.names[kind]
        first = names.setdefault(name, node)
        if first is node:
            self.graph.kinds[kind].append(node)
            return True
        self.flaws.append(
            Flaw(
                conditions.DUPLICATE_NAME,
                node.place(),
                {"reference": f"{kind}:{name}"},
                subject=name,
                related=(Related("first defined here", first.place()),),
            )
        )
        return False

    def _expand(self, node: Node) -> None:
        plan = self._plan(node.type)
        if plan.relations:
            self._pending.append((node, plan))
        for property_ in plan.objects:
            value = node.values.get(property_.name)
            if value is None:
                continue
            children = held(node, property_, value)
            node.add_edges(property_.name, children)
            for child in children:
                if child.type.name and isinstance(child.values.get("name"), str):
                    self._register(child)
                self._expand(child)

    def connect(self) -> None:
        """Follow every reference."""
        names = self.graph.names
        for node, plan in self._pending:
            values = node.values
            for name, relation in plan.relations:
                value = values.get(name)
                if value is None:
                    continue
                simple = names[relation.to[0]] if len(relation.to) == 1 else NO_NAMES
                local = node.namespace == "default"
                found: dict[Node, None] = {}
                for text in value if isinstance(value, list) else (value,):
                    if not isinstance(text, str):
                        continue
                    target = simple.get(text) if local else None
                    if target is None:
                        target = lookup(text, relation, node.namespace, self.graph, self._ontology)
                    if target is None:
                        self._dangling(node, node.type.properties[name], relation, text)
                    elif target not in found:  # it may be there twice, spelt in two ways
                        found[target] = None
                        target.add_into(relation.inverse, node)
                if found:
                    node.add_edges(name, [*found])
        self._pending.clear()
        for node in self._second:
            self._doubt(node)

    def _doubt(self, node: Node) -> None:
        """What a second definition refers to may have lost that by the mistake, or not."""
        plan = self._plan(node.type)
        for name, relation in plan.relations:
            value = node.values.get(name)
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    target = lookup(text, relation, node.namespace, self.graph, self._ontology)
                    if target is not None:
                        target.mark_flawed(relation.inverse)
        for property_ in plan.objects:
            for child in held(node, property_, node.values.get(property_.name, [])):
                self._doubt(child)

    def _dangling(self, node: Node, property_: Property, relation: Relation, text: str) -> None:
        node.mark_flawed(property_.name)
        reference = parse(text)
        kind = kind_of(reference, relation, self._ontology)
        holder, _, nested = reference.name.partition("#")
        if not {holder, nested}.isdisjoint(self.graph.doubtful):
            return
        if nested and kind and self._hidden(holder, kind, node.namespace):
            return
        pointer = node.pointer_to(property_)
        value = node.values[property_.name]
        if isinstance(value, list):
            pointer = (*pointer, value.index(text))
        assert node.document is not None
        place = Place(node.document, pointer)
        details = {
            "reference": text,
            "property": property_.name,
            "expected": _either(relation.to),
        }
        others = [kind] if kind is not None and kind not in relation.to else self.graph.names
        if kind is None or kind not in relation.to or reference.kind is None:
            for other in others:
                actual = next(named(reference, other, node.namespace, self.graph), None)
                if actual is None:
                    continue
                if other in relation.to:
                    near = f"{other}:{text}"
                    self._say(conditions.DANGLING, place, details, text, near)
                else:
                    self.flaws.append(
                        Flaw(
                            conditions.WRONG_KIND,
                            place,
                            {**details, "actual": _article(other)},
                            subject=text,
                            related=(Related(f"{text} is defined here", actual.place()),),
                        )
                    )
                return
        wanted = (kind,) if kind in relation.to else relation.to
        near_name = self._elsewhere(reference, wanted) or self._nearest(reference.name, wanted)
        near_node = None
        if near_name is not None:
            near_kind, _, near_text = near_name.partition(":")
            near_node = self.graph.names[near_kind][near_text]
            near_node.mark_flawed(relation.inverse)
            if len(relation.to) == 1 and reference.kind is None:
                near_name = near_text
        self._say(conditions.DANGLING, place, details, text, near_name)

    def _elsewhere(self, reference: Reference, kinds: tuple[str, ...]) -> str | None:
        """The same name in another namespace, as ``Kind:namespace/name``."""
        for kind in kinds:
            for name in self.graph.names.get(kind, ()):
                if name.rpartition("/")[2] == reference.name:
                    return f"{kind}:{name}"
        return None

    def _hidden(self, holder: str, kind: str, namespace: str) -> bool:
        """Whether a nested node may be missing only because its holder's list is flawed."""
        within = self._ontology.types[kind].holder if kind in self._ontology.types else None
        if within is None:
            return False
        found = next(named(parse(holder), within[0].entity.name, namespace, self.graph), None)
        return found is not None and found.flawed is not None and within[1] in found.flawed

    def _nearest(self, name: str, kinds: tuple[str, ...]) -> str | None:
        """The nearest name among some kinds, as ``Kind:name``."""
        best = None
        for kind in kinds:
            names = self._near.get((kind,))
            if names is None:
                names = self._near[(kind,)] = Names(self.graph.names.get(kind, ()))
            found = names.nearest(name)
            if found is not None and (best is None or _closer(name, found, best[1])):
                best = (kind, found)
        return f"{best[0]}:{best[1]}" if best else None

    def _say(
        self, condition: str, place: Place, details: Mapping[str, str], text: str, near: str | None
    ) -> None:
        self.flaws.append(
            Flaw(
                condition,
                place,
                {**details, "suggestion": suggestion(near), "near": near or ""},
                subject=text,
            )
        )


NO_NAMES: Mapping[str, Node] = {}


def _closer(word: str, one: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, word, one).ratio() > SequenceMatcher(None, word, other).ratio()


def _mark(node: Node, pointer: Pointer) -> None:
    """Mark the property that a pointer into the document leads to, on the node that has it."""
    steps = [*pointer]
    if node.holder is None and steps:
        steps = steps[1:]
    while steps:
        name = str(steps.pop(0))
        position = steps.pop(0) if steps and isinstance(steps[0], int) else None
        within = next(
            (c for c in node.edges.get(name, ()) if position is None or c.pointer[-1] == position),
            None,
        )
        if within is None or within.holder is not node or not steps:
            node.mark_flawed(name)
            return
        node = within


def _either(kinds: tuple[str, ...]) -> str:
    shown = [_article(kind) for kind in kinds]
    if len(shown) > _MOST_KINDS + 1:
        shown = [*shown[:_MOST_KINDS], f"one of {len(shown) - _MOST_KINDS} other kinds"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind}"
