"""Finds definitions by title, for references that give a title instead of a name."""

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
    """The texts that identify a node: its title and its name."""
    yield from (node.title, node.name)


def by_handle(node: Node) -> Iterator[str]:
    """The same, with handles and addresses, and for nested nodes combinations with the holder."""
    yield from by_title(node)
    if node.holder is not None and "#" in node.name:
        holder, _, name = node.name.partition("#")
        title = node.holder.entity.title
        yield from (f"{title}#{name}", f"{title}#{node.title}", f"{holder}#{node.title}")
    for property_ in node.type.properties.values():
        text = node.values.get(property_.name)
        if property_.schema.get("x-handle") and isinstance(text, str):
            yield text.removeprefix("@")


class Titles:
    """Finds nodes by the texts that identify them, ignoring case and extra spaces."""

    def __init__(
        self, graph: Graph, identifiers: Callable[[Node], Iterable[str]] = by_title
    ) -> None:
        self._graph = graph
        self._identifiers = identifiers
        self._known: dict[str, dict[str, str]] = {}

    def forget(self, kind: str) -> None:
        """Drop the index of a kind, as its nodes have changed."""
        self._known.pop(kind, None)

    def named(self, text: str, kinds: Iterable[str]) -> str | None:
        """The only node identified by a text, as ``Kind:name``; None if there is none or
        several."""
        identifier = folded(text)
        found = [f"{kind}:{name}" for kind in kinds if (name := self._of(kind).get(identifier))]
        return found[0] if len(found) == 1 else None

    def _of(self, kind: str) -> dict[str, str]:
        known = self._known.get(kind)
        if known is None:
            known = self._known[kind] = {}
            for node in self._graph.kinds.get(kind, ()):
                name = qualified(node.namespace, node.name)
                for identifier in {folded(called) for called in self._identifiers(node)}:
                    # A text that identifies two nodes is ambiguous: it finds neither.
                    known[identifier] = name if known.get(identifier, name) == name else ""
        return known


def with_names(flaws: Iterable[Flaw], graph: Graph, ontology: Ontology) -> list[Flaw]:
    """The flaws; those of titles used as references get the name that was meant."""
    titles = Titles(graph, by_handle)
    return [_with_name(flaw, titles, graph, ontology) for flaw in flaws]


def _with_name(flaw: Flaw, titles: Titles, graph: Graph, ontology: Ontology) -> Flaw:
    place = flaw.place
    if flaw.details.get("keyword") != "pattern" or not isinstance(place, Place):
        return flaw
    document = place.document.value
    property_ = property_at(ontology, document["kind"], place.pointer)
    text: str = value_at(document, place.pointer)
    if property_ is None or property_.relation is None:
        return flaw
    relation = property_.relation
    found = _identified_by(text, titles, relation.to)
    near = _short(found or _nearest(text, relation.to, graph), relation)
    hint = suggestion(near)
    if not near:
        hint, near = _of_holder(text, titles, relation.to, graph, ontology)
    if not hint and (" " in text or "@" in text):
        hint = f"no {either(relation.to)} has that title"
    if not hint:
        return flaw
    wrong = f"{flaw.details['property']} takes the name of a definition, not {shown(text)}"
    certain = "yes" if found is not None else ""
    details = {"problem": f"{wrong}; {hint}", "near": near, "certain": certain}
    return flaw._replace(details={**flaw.details, **details})


def _identified_by(text: str, titles: Titles, kinds: Sequence[str]) -> str | None:
    """The node identified by a text, by the address or name in it, or by "last, first" reversed."""
    variants = [text.removeprefix("@")]
    if found := _ADDRESS.fullmatch(text):
        variants += [found["address"], found["name"]]
    if found := _LAST_NAME_FIRST.fullmatch(text):
        variants.append(f"{found['first']} {found['last']}")
    named = {name for variant in variants if (name := titles.named(variant, kinds))}
    return named.pop() if len(named) == 1 else None


def _short(name: str | None, relation: Relation) -> str:
    """A node in the form of a reference: without its kind if that is implied."""
    if name is None:
        return ""
    kind, _, local = name.partition(":")
    return local if len(relation.to) == 1 or kind == relation.default else name


def _of_holder(
    text: str, titles: Titles, kinds: Sequence[str], graph: Graph, ontology: Ontology
) -> tuple[str, str]:
    """A hint and a name, if a text is the title of a holder of the nodes that a reference may
    name."""
    holders = [held[0].entity.name for kind in kinds if (held := ontology.types[kind].holder)]
    found = titles.named(text, holders)
    if found is None:
        return "", ""
    kind, _, name = found.partition(":")
    return parts_instead(graph.names[kind][name], kinds)


def _nearest(text: str, kinds: Sequence[str], graph: Graph) -> str | None:
    # For an e-mail address: the part before the @.
    slug = "-".join(folded(text.rpartition("<")[2].partition("@")[0] or text).split())
    for kind in kinds:
        found = nearest(slug, graph.names.get(kind, ()))
        if found is not None:
            return f"{kind}:{found}"
    return None
