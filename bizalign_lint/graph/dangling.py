"""Dangling references: the flaws that report them, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bizalign_lint.core import conditions
from bizalign_lint.core.suggest import Names, likeness, suggestion, with_suggestion
from bizalign_lint.core.types import Flaw, Origin, Place, Related
from bizalign_lint.core.words import with_article
from bizalign_lint.graph.nodes import Graph, Node, qualified
from bizalign_lint.graph.references import Reference, candidates, kind_of, parse
from bizalign_lint.graph.titles import Titles
from bizalign_lint.graph.trust import why
from bizalign_lint.graph.wording import either, parts_instead
from bizalign_lint.schema.ontology import Ontology, Property, Relation


class Dangling:
    """Explains the dangling references of a graph, and marks what they make uncertain as
    untrusted."""

    def __init__(self, graph: Graph, ontology: Ontology) -> None:
        self.graph = graph
        self._ontology = ontology
        self._titles = Titles(graph)
        self._near: dict[str, Names] = {}
        self._nearest_of: dict[tuple[str, str], str | None] = {}
        self._bare: dict[str, dict[str, str]] = {}
        self._list: list[Any] = []
        """The most recently searched list of references; ``_positions`` has the first index of
        each."""
        self._positions: dict[str, int] = {}

    def forget(self, kind: str) -> None:
        """Drop cached names of a kind, as they have changed."""
        self._near.pop(kind, None)
        self._bare.pop(kind, None)
        self._nearest_of = {key: name for key, name in self._nearest_of.items() if key[1] != kind}
        self.forget_titles(kind)

    def forget_titles(self, kind: str) -> None:
        """Drop cached titles of a kind, as they may have changed."""
        self._titles.forget(kind)

    def explain(
        self, node: Node, property_: Property, relation: Relation, text: str
    ) -> Iterator[Flaw]:
        """The flaw of a dangling reference; nothing if another flaw already accounts for it."""
        trust = self.graph.trust
        reference = parse(text)
        kind = kind_of(reference, relation, self._ontology)
        reason = trust.why_name(reference.name) or self._flaw_of_holder(
            reference, kind, node.namespace
        )
        if reason is not None:
            trust.distrust(node, property_.name, reason)
            return
        origin = node.document.origin if node.document is not None else None
        if origin is not None and _is_open(origin, (kind,) if kind else relation.to, reference):
            trust.distrust(node, property_.name, _open_reason(node, property_, text))
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
        """The flaw of a dangling reference, and the node that was probably meant."""
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
            "expected": either([with_article(kind_) for kind_ in relation.to]),
            "kinds": either(relation.to),
        }
        allowed = relation.to
        if reference.kind is None:
            possible = [
                k for k in allowed if any(candidates(reference, k, node.namespace, self.graph))
            ]
            if possible:
                return _kind_missing(place, details, text, possible, cause), None
        if kind is None or kind not in allowed or reference.kind is None:
            for other in [kind] if kind is not None and kind not in allowed else self.graph.names:
                actual = next(candidates(reference, other, node.namespace, self.graph), None)
                if actual is not None:
                    hint, near = _alternative(actual, allowed)
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
        target_kinds = (kind,) if kind in allowed and reference.kind is not None else allowed
        if target_kinds != allowed:
            details |= {"kinds": either(target_kinds), "named": str(reference._replace(kind=None))}
        suggested = (
            self._same_name_other_kind(reference, target_kinds, allowed, node.namespace)
            or self._in_other_namespace(reference, target_kinds)
            or self._titles.named(text, target_kinds)
            or self._nearest(reference.name, target_kinds)
        )
        suggested_node = None
        if suggested is not None:
            near_kind, _, near_text = suggested.partition(":")
            suggested_node = self.graph.names[near_kind][near_text]
            if near_kind == relation.default and reference.kind is None:
                suggested = near_text
        return _dangling_flaw(place, details, text, suggested, cause), suggested_node

    def _same_name_other_kind(
        self,
        reference: Reference,
        target_kinds: Sequence[str],
        allowed: Sequence[str],
        namespace: str,
    ) -> str | None:
        """``Kind:name`` of a node of that name whose kind is allowed, but not the one the reference
        gives."""
        others = (kind for kind in allowed if kind not in target_kinds)
        found = (next(candidates(reference, kind, namespace, self.graph), None) for kind in others)
        possible = next((node for node in found if node is not None), None)
        if possible is None:
            return None
        return f"{possible.type.name}:{qualified(possible.namespace, possible.name)}"

    def _position(self, text: str, within: list[Any]) -> int:
        """The first index of a reference in a list; indexed, as every entry of a long list may
        dangle."""
        if self._list is not within:
            self._list = within
            last_to_first = reversed([*enumerate(within)])
            self._positions = {entry: at for at, entry in last_to_first if isinstance(entry, str)}
        return self._positions[text]

    def _in_other_namespace(self, reference: Reference, kinds: tuple[str, ...]) -> str | None:
        """The same name in another namespace, as ``Kind:namespace/name``.

        A nested node is also found without its holder's name if that is unambiguous.
        """
        for kind in kinds:
            bare = self._bare.get(kind)
            if bare is None:
                bare = self._bare[kind] = _bare(self.graph.names.get(kind, ()))
            if bare.get(reference.name):
                return f"{kind}:{bare[reference.name]}"
        return None

    def _flaw_of_holder(
        self, reference: Reference, kind: str | None, namespace: str
    ) -> Flaw | None:
        """The flaw of its holder that may be why a nested node is missing, if any."""
        holder, _, nested = reference.name.partition("#")
        if not nested or not kind:
            return None
        within = self._ontology.types[kind].holder if kind in self._ontology.types else None
        if within is None:
            return None
        found = next(candidates(parse(holder), within[0].entity.name, namespace, self.graph), None)
        return None if found is None else why(found, (within[1],))

    def _nearest(self, name: str, kinds: tuple[str, ...]) -> str | None:
        """The nearest name among several kinds, as ``Kind:name``."""
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
    """Names without namespace, and without holder, → the full name; empty if ambiguous."""
    bare: dict[str, str] = {}
    for name in names:
        local = name.rpartition("/")[2]
        bare.setdefault(local, name)
        nested = local.rpartition("#")[2]
        if nested != local:
            bare[nested] = name if nested not in bare else ""
    return bare


def _alternative(actual: Node, allowed: Sequence[str]) -> tuple[str, str]:
    """A hint and a name to use in place of a node of the wrong kind: its holder or one of its
    parts."""
    holder = actual.holder.entity if actual.holder is not None else None
    if holder is not None and holder.type.name in allowed:
        name = qualified(holder.namespace, holder.name)
        return suggestion(name), name
    return parts_instead(actual, allowed)


def _kind_missing(
    place: Place, details: Mapping[str, str], text: str, kinds: Sequence[str], cause: str
) -> Flaw:
    """The flaw of a name without the kind that it needs, as several kinds are allowed."""
    forms = [f"{kind}:{text}" for kind in kinds]
    problem = f"{details['property']} accepts several kinds; add the kind: {' or '.join(forms)}"
    near = forms[0] if len(forms) == 1 else ""
    return Flaw(
        conditions.DANGLING,
        place,
        {**details, "problem": problem, "near": near, "certain": "yes" if near else ""},
        subject=text,
        cause=cause,
    )


def _is_open(origin: Origin, kinds: Iterable[str], reference: Reference) -> bool:
    """Whether a source declares that it lacks a reference's target: the whole kind, or that
    name."""
    return any(kind in origin.open or f"{kind}:{reference.name}" in origin.open for kind in kinds)


def _open_reason(node: Node, property_: Property, text: str) -> Flaw:
    """The reason for not reporting a reference whose target may be outside its source."""
    assert node.document is not None
    place = Place(node.document, node.pointer_to(property_))
    problem = f"{text} may exist outside what the source contains"
    return Flaw(conditions.DANGLING, place, {"reference": text, "problem": problem}, text)


def _dangling_flaw(
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
