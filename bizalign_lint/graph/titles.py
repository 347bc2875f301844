"""Definitions found by what people call them, where a reference wants their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bizalign_lint.core.suggest import nearest, suggesting
from bizalign_lint.core.types import Flaw, Place
from bizalign_lint.graph.nodes import Graph, qualified
from bizalign_lint.schema.messages import shown, value_at
from bizalign_lint.schema.ontology import Ontology, property_at


class Titles:
    """Finds nodes by title or name, whatever the case of the letters and the blanks."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[str, dict[str, str]] = {}

    def forget(self, kind: str) -> None:
        """The nodes of a kind are others than before."""
        self._known.pop(kind, None)

    def named(self, text: str, kinds: Iterable[str]) -> str | None:
        """The one node that is called so, as ``Kind:name``; None for none, or for several."""
        folded = _folded(text)
        found = [f"{kind}:{name}" for kind in kinds if (name := self._of(kind).get(folded))]
        return found[0] if len(found) == 1 else None

    def _of(self, kind: str) -> dict[str, str]:
        known = self._known.get(kind)
        if known is None:
            known = self._known[kind] = {}
            for node in self._graph.kinds.get(kind, ()):
                name = qualified(node.namespace, node.name)
                for called in {_folded(node.title), _folded(node.name)}:
                    # Where two have one title, neither is meant for certain.
                    known[called] = name if known.get(called, name) == name else ""
        return known


def with_names(flaws: Iterable[Flaw], graph: Graph, ontology: Ontology) -> list[Flaw]:
    """The flaws; where a title is used as a reference, with the name that is meant."""
    titles = Titles(graph)
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
    kinds = property_.relation.to
    found = titles.named(said, kinds) or _nearest(said, kinds, graph)
    if found is None:
        return flaw
    name = found if len(kinds) > 1 else found.partition(":")[2]
    called = f"{flaw.details['property']} takes the name of a definition, not {shown(said)}"
    details = {**flaw.details, "problem": suggesting(called, name), "near": name}
    return flaw._replace(details=details)


def _nearest(said: str, kinds: Sequence[str], graph: Graph) -> str | None:
    slug = "-".join(_folded(said).split())
    for kind in kinds:
        found = nearest(slug, graph.names.get(kind, ()))
        if found is not None:
            return f"{kind}:{found}"
    return None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
