"""Definitions found by what people call them, where a reference needs their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bizalign_lint.core.suggest import nearest, suggestion
from bizalign_lint.core.types import Flaw, Place
from bizalign_lint.core.words import folded
from bizalign_lint.graph.nodes import Graph, Node, qualified
from bizalign_lint.graph.wording import either, parts_instead
from bizalign_lint.schema.messages import shown, value_at
from bizalign_lint.schema.ontology import Ontology, Relation, property_at

_ADDRESS = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>\s]+)>")
_LAST_NAME_FIRST = re.compile(r"(?P<last>[^,]+),(?P<first>[^,]+)")


def by_title(node: Node) -> Iterator[str]:
    """A node is called by its title or by its name."""
    yield from (node.title, node.name)


def by_handle(node: Node) -> Iterator[str]:
    """A node is also called by its handle or address, a nested one by what its holder is called."""
    yield from by_title(node)
    if node.holder is not None and "#" in node.name:
        holder, _, name = node.name.partition("#")
        title = node.holder.entity.title
        yield from (f"{title}#{name}", f"{title}#{node.title}", f"{holder}#{node.title}")
    for property_ in node.type.properties.values():
        said = node.values.get(property_.name)
        if property_.schema.get("x-handle") and isinstance(said, str):
            yield said.removeprefix("@")


class Titles:
    """Finds nodes by what they are called, whatever the case of the letters and the blanks."""

    def __init__(self, graph: Graph, called: Callable[[Node], Iterable[str]] = by_title) -> None:
        self._graph = graph
        self._called = called
        self._known: dict[str, dict[str, str]] = {}

    def forget(self, kind: str) -> None:
        """The nodes of a kind are others than before."""
        self._known.pop(kind, None)

    def named(self, text: str, kinds: Iterable[str]) -> str | None:
        """The only node with that title, as ``Kind:name``; None if there is none, or several."""
        called = folded(text)
        found = [f"{kind}:{name}" for kind in kinds if (name := self._of(kind).get(called))]
        return found[0] if len(found) == 1 else None

    def _of(self, kind: str) -> dict[str, str]:
        known = self._known.get(kind)
        if known is None:
            known = self._known[kind] = {}
            for node in self._graph.kinds.get(kind, ()):
                name = qualified(node.namespace, node.name)
                for called in {folded(called) for called in self._called(node)}:
                    # Where two are called alike, neither is meant for certain.
                    known[called] = name if known.get(called, name) == name else ""
        return known


def with_names(flaws: Iterable[Flaw], graph: Graph, ontology: Ontology) -> list[Flaw]:
    """The flaws; where a title is used as a reference, with the name that is meant."""
    titles = Titles(graph, by_handle)
    return [_with_name(flaw, titles, graph, ontology) for flaw in flaws]


def _with_name(flaw: Flaw, titles: Titles, graph: Graph, ontology: Ontology) -> Flaw:
    place = flaw.place
    if flaw.details.get("keyword") != "pattern" or not isinstance(place, Place):
        return flaw
    document = place.document.value
    property_ = property_at(ontology, document["kind"], place.pointer)
    said = value_at(document, place.pointer)
    if property_ is None or property_.relation is None or not isinstance(said, str):
        return flaw
    relation = property_.relation
    found = _called_so(said, titles, relation.to)
    near = _short(found or _nearest(said, relation.to, graph), relation)
    hint = suggestion(near)
    if not near:
        hint, near = _of_holder(said, titles, relation.to, graph, ontology)
    if not hint and (" " in said or "@" in said):
        hint = f"no {either(relation.to)} has that title"
    if not hint:
        return flaw
    wrong = f"{flaw.details['property']} takes the name of a definition, not {shown(said)}"
    certain = "yes" if found is not None else ""
    details = {"problem": f"{wrong}; {hint}", "near": near, "certain": certain}
    return flaw._replace(details={**flaw.details, **details})


def _called_so(said: str, titles: Titles, kinds: Sequence[str]) -> str | None:
    """What is called by a text, by the address or name in it, or by the name turned round."""
    readings = [said.removeprefix("@")]
    if found := _ADDRESS.fullmatch(said):
        readings += [found["address"], found["name"]]
    if found := _LAST_NAME_FIRST.fullmatch(said):
        readings.append(f"{found['first']} {found['last']}")
    named = {name for reading in readings if (name := titles.named(reading, kinds))}
    return named.pop() if len(named) == 1 else None


def _short(name: str | None, relation: Relation) -> str:
    """A node as a reference has to name it: without its kind where that goes without saying."""
    if name is None:
        return ""
    kind, _, local = name.partition(":")
    return local if len(relation.to) == 1 or kind == relation.default else name


def _of_holder(
    said: str, titles: Titles, kinds: Sequence[str], graph: Graph, ontology: Ontology
) -> tuple[str, str]:
    """What to say where a text is the title of what holds the nodes that a reference may name."""
    holders = [held[0].entity.name for kind in kinds if (held := ontology.types[kind].holder)]
    found = titles.named(said, holders)
    if found is None:
        return "", ""
    kind, _, name = found.partition(":")
    return parts_instead(graph.names[kind][name], kinds)


def _nearest(said: str, kinds: Sequence[str], graph: Graph) -> str | None:
    # Of an address, what is in front of the organisation's name.
    slug = "-".join(folded(said.rpartition("<")[2].partition("@")[0] or said).split())
    for kind in kinds:
        found = nearest(slug, graph.names.get(kind, ()))
        if found is not None:
            return f"{kind}:{found}"
    return None
