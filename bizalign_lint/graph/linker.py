"""Documents → graph: nodes, edges with their inverses, and dangling references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Flaw, Pointer, Related
from bizalign_lint.graph.dangling import Dangling
from bizalign_lint.graph.nodes import Graph, Node, aliases, make_children, qualified
from bizalign_lint.graph.references import lookup
from bizalign_lint.graph.trust import Reasons, Trust
from bizalign_lint.schema.ontology import WORKSPACE, ObjectType, Ontology, Property, Relation
from bizalign_lint.schema.sanitize import Checked


def build(
    ontology: Ontology, documents: Iterable[Checked], doubtful: Reasons
) -> tuple[Graph, list[Flaw]]:
    """The graph of all documents, and the flaws of names and references.

    ``doubtful`` are words in parts that could not be read: a dangling reference to one of them is
    not reported, as its target may be there.
    """
    linker = Linker(ontology, doubtful)
    for checked in documents:
        linker.add(checked)
    linker.connect()
    return linker.graph, linker.flaws


class Plan(NamedTuple):
    """What to link in the objects of a type."""

    relations: tuple[tuple[str, Relation], ...]
    objects: tuple[Property, ...]
    mixed: tuple[Property, ...]
    """The properties for the blocks in lists of references, as paths see them."""


class DanglingReference(NamedTuple):
    """A reference whose target was not found."""

    node: Node
    property: str
    relation: Relation
    text: str


class Linker:
    """Links documents: first each is added, then all references are followed."""

    def __init__(self, ontology: Ontology, doubtful: Reasons) -> None:
        self.flaws: list[Flaw] = []
        self.pending: list[tuple[Node, Plan]] = []
        """The nodes whose references have not been followed yet."""
        self.unresolved: list[DanglingReference] = []
        self._ontology = ontology
        self._plans: dict[int, Plan] = {}
        self._duplicates: list[tuple[Node, Flaw]] = []
        """Definitions whose name is already taken, with the flaw; they are not linked."""
        kinds: dict[str, list[Node]] = {name: [] for name in ontology.types if name != WORKSPACE}
        workspace = Node(ontology.types[WORKSPACE], {}, None, (), None, name="", namespace="")
        workspace.edges = kinds
        self.graph = Graph(workspace, kinds, {name: {} for name in kinds}, Trust(doubtful))
        self.dangling = Dangling(self.graph, ontology)

    def add(self, checked: Checked) -> None:
        """Add the nodes of a document."""
        node = self.make(checked)
        if not self.register(node):
            self._duplicates.append((node, self.flaws[-1]))
            return
        self.expand(node)
        self.distrust(node, checked)

    def make(self, checked: Checked) -> Node:
        """The node of a definition, not yet linked."""
        value = checked.document.value
        metadata: dict[str, Any] = value["metadata"]
        type_ = self._ontology.kinds[value["kind"]].type
        values = {**type_.preset, **metadata, **value.get("spec", {})}
        for property_ in self.plan(type_).mixed:
            _split_blocks(values, property_)
        return Node(
            type_,
            values,
            checked.document,
            (),
            None,
            name=metadata["name"],
            namespace=metadata.get("namespace", "default"),
        )

    def plan(self, type_: ObjectType) -> Plan:
        """The plan for the objects of a type; cached."""
        plan = self._plans.get(id(type_))
        if plan is None:
            links = type_.links
            plan = self._plans[id(type_)] = Plan(
                tuple((p.name, p.relation) for p in links if p.relation),
                tuple(p for p in links if p.object),
                tuple(p for p in links if p.entries_of),
            )
        return plan

    def register(self, node: Node) -> bool:
        """Register a node under its name; False, with a flaw added, if the name is taken."""
        kind = node.type.name
        name = qualified(node.namespace, node.name)
        names = self.graph.names[kind]
        first = names.setdefault(name, node)
        if first is node:
            self.graph.kinds[kind].append(node)
            for alias in aliases(node):
                self.graph.aliases.setdefault(alias, node)
            return True
        self.flaws.append(duplicate(node, first))
        return False

    def expand(self, node: Node) -> None:
        """Add the nodes of the objects within a node."""
        plan = self.plan(node.type)
        if plan.relations:
            self.pending.append((node, plan))
        for property_ in plan.objects:
            value = node.values.get(property_.name)
            if value is None:
                continue
            children = make_children(node, property_, value)
            node.add_edges(property_.name, children)
            for child in children:
                if child.type.name and isinstance(child.values.get("name"), str):
                    self.register(child)
                self.expand(child)

    def connect(self) -> None:
        """Follow every reference."""
        for node, plan in self.pending:
            self.follow(node, plan)
        self.pending.clear()
        for dangling in self.unresolved:
            self.flaws.extend(self.explain(dangling))
        for node, flaw in self._duplicates:
            self.distrust_targets(node, flaw)

    def explain(self, dangling: DanglingReference) -> Iterator[Flaw]:
        """The flaws of a dangling reference."""
        node = dangling.node
        property_ = node.type.properties[dangling.property]
        return self.dangling.explain(node, property_, dangling.relation, dangling.text)

    def follow(self, node: Node, plan: Plan) -> None:
        """Add an edge and its inverse for each reference of a node."""
        names = self.graph.names
        values = node.values
        for name, relation in plan.relations:
            value = values.get(name)
            if value is None:
                continue
            simple = names[relation.default] if relation.default is not None else NO_NAMES
            local = node.namespace == "default"
            found: dict[Node, None] = {}
            for text in value if isinstance(value, list) else (value,):
                if not isinstance(text, str):
                    continue
                target = simple.get(text) if local else None
                if target is None:
                    target = lookup(text, relation, node.namespace, self.graph, self._ontology)
                if target is None:
                    if not _is_block(values, relation, value, text):
                        self.unresolved.append(DanglingReference(node, name, relation, text))
                elif target not in found:  # the same target may be listed in two spellings
                    found[target] = None
                    target.add_into(relation.inverse, node)
            if found:
                node.add_edges(name, [*found])

    def distrust(self, node: Node, checked: Checked) -> None:
        """Mark what violates the schema of a definition as untrusted."""
        for pointer, flaw in checked.flawed:
            self._distrust_at(node, pointer, flaw)

    def _distrust_at(self, node: Node, pointer: Pointer, flaw: Flaw) -> None:
        """Mark the property at a pointer as untrusted, on the innermost node that has it."""
        steps = [*pointer]
        if node.holder is None and steps:
            steps = steps[1:]
        while steps:
            name = str(steps.pop(0))
            position = steps.pop(0) if steps and isinstance(steps[0], int) else None
            children = node.edges.get(name, ())
            within = next(
                (c for c in children if position is None or c.pointer[-1] == position), None
            )
            if within is None or within.holder is not node or not steps:
                self.graph.trust.distrust(node, name, flaw)
                return
            node = within

    def distrust_targets(self, node: Node, flaw: Flaw) -> None:
        """Mark inverses of a duplicate definition's references as untrusted, as they may be
        incomplete."""
        plan = self.plan(node.type)
        for name, relation in plan.relations:
            value = node.values.get(name)
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    target = lookup(text, relation, node.namespace, self.graph, self._ontology)
                    if target is not None:
                        self.graph.trust.distrust(target, relation.inverse, flaw)
        for property_ in plan.objects:
            for child in make_children(node, property_, node.values.get(property_.name, [])):
                self.distrust_targets(child, flaw)


def _split_blocks(values: dict[str, Any], blocks: Property) -> None:
    """Split a mixed list: references stay in it, blocks move to their own property, by position."""
    mixed = values.get(blocks.entries_of)
    if not isinstance(mixed, list) or not any(isinstance(item, dict) for item in mixed):
        return
    assert blocks.object is not None
    reference_property = blocks.object.reference
    values[blocks.entries_of] = [
        i.get(reference_property) if isinstance(i, dict) else i for i in mixed
    ]
    values[blocks.name] = [item if isinstance(item, dict) else None for item in mixed]


def _is_block(values: dict[str, Any], relation: Relation, listed: Any, text: str) -> bool:
    """Whether a reference in a list comes from a block, where it is followed, too."""
    blocks = values.get(relation.entries) if relation.entries else None
    return blocks is not None and blocks[listed.index(text)] is not None


def duplicate(node: Node, first: Node) -> Flaw:
    """The flaw of a node whose name is already taken by another."""
    name = qualified(node.namespace, node.name)
    return Flaw(
        conditions.DUPLICATE_NAME,
        node.place(),
        {"reference": f"{node.type.name}:{name}"},
        subject=name,
        related=(Related("first defined here", first.place()),),
    )


NO_NAMES: Mapping[str, Node] = {}
