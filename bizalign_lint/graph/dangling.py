"""References that lead nowhere: what is said of them, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bizalign_lint.core import conditions
from bizalign_lint.core.suggest import Names, likeness, suggestion, with_suggestion
from bizalign_lint.core.types import Flaw, Origin, Place, Related
from bizalign_lint.core.words import with_article
from bizalign_lint.graph.nodes import Graph, Node, qualified
from bizalign_lint.graph.references import Reference, kind_of, named, parse
from bizalign_lint.graph.titles import Titles
from bizalign_lint.graph.trust import why
from bizalign_lint.graph.wording import either, parts_instead
from bizalign_lint.schema.ontology import Ontology, Property, Relation


class Dangling:
    """Explains references of a graph, and relies no more on what they leave in doubt."""

    def __init__(self, graph: Graph, ontology: Ontology) -> None:
        self.graph = graph
        self._ontology = ontology
        self._titles = Titles(graph)
        self._near: dict[str, Names] = {}
        self._nearest_of: dict[tuple[str, str], str | None] = {}
        self._bare: dict[str, dict[str, str]] = {}
        self._list: list[Any] = []
        """The list of references that was looked at last, and where in it each is first."""
        self._positions: dict[str, int] = {}

    def forget(self, kind: str) -> None:
        """The names of a kind are others than before."""
        self._near.pop(kind, None)
        self._bare.pop(kind, None)
        self._nearest_of = {key: name for key, name in self._nearest_of.items() if key[1] != kind}
        self.forget_titles(kind)

    def forget_titles(self, kind: str) -> None:
        """The titles of a kind may be others than before."""
        self._titles.forget(kind)

    def explain(
        self, node: Node, property_: Property, relation: Relation, text: str
    ) -> Iterator[Flaw]:
        """What is wrong with a reference; nothing where that has been said already."""
        trust = self.graph.trust
        reference = parse(text)
        kind = kind_of(reference, relation, self._ontology)
        said = trust.why_name(reference.name) or self._hidden(reference, kind, node.namespace)
        if said is not None:
            trust.distrust(node, property_.name, said)
            return
        origin = node.document.origin if node.document is not None else None
        if origin is not None and _is_open(origin, (kind,) if kind else relation.to, reference):
            trust.distrust(node, property_.name, _left_open(node, property_, text))
            return
        flaw, near = self._flaw(node, property_, relation, text, reference, kind)
        trust.distrust(node, property_.name, flaw)
        if near is not None:
            trust.distrust(near, relation.inverse, flaw)
        yield flaw

    def _flaw(
        self,
        node: Node,
        property_: Property,
        relation: Relation,
        text: str,
        reference: Reference,
        kind: str | None,
    ) -> tuple[Flaw, Node | None]:
        """What is wrong with a reference, and the node that may be meant by a near miss."""
        pointer = node.pointer_to(property_)
        value = node.values[property_.name]
        if isinstance(value, list):
            pointer = (*pointer, self._position(text, value))
        assert node.document is not None
        place = Place(node.document, pointer)
        target = f"{reference.namespace or node.namespace}/{reference.name}"
        cause = f"{kind}:{target} is missing" if kind else f"{target} is missing"
        details = {
            "reference": text,
            "property": property_.name,
            "expected": either([with_article(one) for one in relation.to]),
            "kinds": either(relation.to),
        }
        allowed = relation.to
        if reference.kind is None:
            meant = [k for k in allowed if any(named(reference, k, node.namespace, self.graph))]
            if meant:
                return _kind_missing(place, details, text, meant, cause), None
        if kind is None or kind not in allowed or reference.kind is None:
            for other in [kind] if kind is not None and kind not in allowed else self.graph.names:
                actual = next(named(reference, other, node.namespace, self.graph), None)
                if actual is not None:
                    hint, near = _instead(actual, allowed)
                    flaw = Flaw(
                        conditions.WRONG_KIND,
                        place,
                        {
                            **details,
                            "actual": with_article(other),
                            "suggestion": hint,
                            "near": near,
                        },
                        subject=text,
                        related=(Related(f"{text} is defined here", actual.place()),),
                        cause=f"{actual.reference} is {with_article(other)}",
                    )
                    return flaw, None
        wanted = (kind,) if kind in allowed and reference.kind is not None else allowed
        if wanted != allowed:
            details |= {"kinds": either(wanted), "named": str(reference._replace(kind=None))}
        near_name = (
            self._of_another_kind(reference, wanted, allowed, node.namespace)
            or self._elsewhere(reference, wanted)
            or self._titles.named(text, wanted)
            or self._nearest(reference.name, wanted)
        )
        near_node = None
        if near_name is not None:
            near_kind, _, near_text = near_name.partition(":")
            near_node = self.graph.names[near_kind][near_text]
            if near_kind == relation.default and reference.kind is None:
                near_name = near_text
        return _said(place, details, text, near_name, cause), near_node

    def _of_another_kind(
        self, reference: Reference, wanted: Sequence[str], allowed: Sequence[str], namespace: str
    ) -> str | None:
        """The same name, where the reference gives one of several kinds, and it is of another."""
        others = (kind for kind in allowed if kind not in wanted)
        found = (next(named(reference, kind, namespace, self.graph), None) for kind in others)
        meant = next((node for node in found if node is not None), None)
        if meant is None:
            return None
        return f"{meant.type.name}:{qualified(meant.namespace, meant.name)}"

    def _position(self, text: str, within: list[Any]) -> int:
        """Where a reference is first in a list. A long one may lead nowhere from end to end."""
        if self._list is not within:
            self._list = within
            last_to_first = reversed([*enumerate(within)])
            self._positions = {entry: at for at, entry in last_to_first if isinstance(entry, str)}
        return self._positions[text]

    def _elsewhere(self, reference: Reference, kinds: tuple[str, ...]) -> str | None:
        """The same name in another namespace, as ``Kind:namespace/name``.

        Of a nested node the name of its holder may be left out, where only one has such a node.
        """
        for kind in kinds:
            bare = self._bare.get(kind)
            if bare is None:
                bare = self._bare[kind] = _bare(self.graph.names.get(kind, ()))
            if bare.get(reference.name):
                return f"{kind}:{bare[reference.name]}"
        return None

    def _hidden(self, reference: Reference, kind: str | None, namespace: str) -> Flaw | None:
        """Why a nested node may be missing only because its holder's list is flawed."""
        holder, _, nested = reference.name.partition("#")
        if not nested or not kind:
            return None
        within = self._ontology.types[kind].holder if kind in self._ontology.types else None
        if within is None:
            return None
        found = next(named(parse(holder), within[0].entity.name, namespace, self.graph), None)
        return None if found is None else why(found, (within[1],))

    def _nearest(self, name: str, kinds: tuple[str, ...]) -> str | None:
        """The nearest name among some kinds, as ``Kind:name``."""
        near = [(found, kind) for kind in kinds if (found := self._nearest_in(name, kind))]
        if not near:
            return None
        found, kind = max(near, key=lambda pair: likeness(name, pair[0]))
        return f"{kind}:{found}"

    def _nearest_in(self, name: str, kind: str) -> str | None:
        key = (name, kind)
        if key not in self._nearest_of:
            names = self._near.get(kind)
            if names is None:
                names = self._near[kind] = Names(self.graph.names.get(kind, ()))
            self._nearest_of[key] = names.nearest(name)
        return self._nearest_of[key]


def _bare(names: Iterable[str]) -> dict[str, str]:
    """Names by what is left of them without namespace, and without holder; empty for several."""
    bare: dict[str, str] = {}
    for name in names:
        local = name.rpartition("/")[2]
        bare.setdefault(local, name)
        nested = local.rpartition("#")[2]
        if nested != local:
            bare[nested] = name if nested not in bare else ""
    return bare


def _instead(actual: Node, allowed: Sequence[str]) -> tuple[str, str]:
    """What may be meant by a node of another kind: one of its parts, or what it is a part of."""
    holder = actual.holder.entity if actual.holder is not None else None
    if holder is not None and holder.type.name in allowed:
        name = qualified(holder.namespace, holder.name)
        return suggestion(name), name
    return parts_instead(actual, allowed)


def _kind_missing(
    place: Place, details: Mapping[str, str], text: str, kinds: Sequence[str], cause: str
) -> Flaw:
    """What is wrong with a name that lacks its kind where several kinds are allowed."""
    forms = [f"{kind}:{text}" for kind in kinds]
    problem = (
        f"{details['property']} can name several kinds; put the kind in front: {' or '.join(forms)}"
    )
    near = forms[0] if len(forms) == 1 else ""
    return Flaw(
        conditions.DANGLING,
        place,
        {**details, "problem": problem, "near": near, "certain": "yes" if near else ""},
        subject=text,
        cause=cause,
    )


def _is_open(origin: Origin, kinds: Iterable[str], reference: Reference) -> bool:
    """Whether a source leaves open what a reference names: its kind, or that one name."""
    return any(kind in origin.open or f"{kind}:{reference.name}" in origin.open for kind in kinds)


def _left_open(node: Node, property_: Property, text: str) -> Flaw:
    """Why nothing is said of a reference to what its source need not hold."""
    assert node.document is not None
    place = Place(node.document, node.pointer_to(property_))
    problem = f"{text} may exist outside what the source contains"
    return Flaw(conditions.DANGLING, place, {"reference": text, "problem": problem}, text)


def _said(
    place: Place, details: Mapping[str, str], text: str, near: str | None, cause: str
) -> Flaw:
    return Flaw(
        conditions.DANGLING,
        place,
        {**details, "problem": _problem(details, text, near), "near": near or ""},
        subject=text,
        cause=cause,
    )


def _problem(details: Mapping[str, str], text: str, near: str | None) -> str:
    return with_suggestion(f"no {details['kinds']} is named {details.get('named', text)}", near)
