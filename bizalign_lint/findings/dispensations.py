"""Definitions that suppress findings of others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from bizalign_lint.core import conditions
from bizalign_lint.core.suggest import Names
from bizalign_lint.core.types import Flaw, Place
from bizalign_lint.core.words import texts
from bizalign_lint.findings.acceptance import Acceptance
from bizalign_lint.findings.suppressions import unknown_rule
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.run import Draft
from bizalign_lint.schema.ontology import Ontology, Suppresses


class Dispensations:
    """The definitions that suppress findings of others (``x-suppresses``)."""

    def __init__(self, graph: Graph, ontology: Ontology, as_of: date) -> None:
        today = as_of.isoformat()
        self._accepted: dict[tuple[str, int], Acceptance] = {}
        self._untrusted_words = {*graph.trust.words}
        self._untrusted_inverses: set[str] = set()
        self._named: list[tuple[str, Place]] = []
        for kind in ontology.kinds.values():
            if kind.suppresses is not None:
                for node in graph.kinds[kind.name]:
                    self._add(node, kind.suppresses, today)

    def _add(self, node: Node, suppresses: Suppresses, today: str) -> None:
        if node.distrusted:
            self._untrusted_words.update(texts(node.values))
            relation = node.type.properties[suppresses.targets].relation
            self._untrusted_inverses.update([relation.inverse] if relation else [])
        self._named += self._rules(node, suppresses.rules)
        until = node.values.get(suppresses.until)
        if not isinstance(until, str) or until < today:
            return
        reason = str(node.values.get(suppresses.reason, ""))
        acceptance = Acceptance("dispensation", f"{node.reference}: {reason}", until)
        for rule in node.values.get(suppresses.rules, ()):
            for target in node.edges.get(suppresses.targets, ()):
                self._accepted.setdefault((str(rule), id(target)), acceptance)

    def _rules(self, node: Node, name: str) -> Iterator[tuple[str, Place]]:
        """The rule ids that a definition lists, with their places."""
        rules = node.values.get(name)
        if isinstance(rules, list) and node.document is not None:
            pointer = node.pointer_to(node.type.properties[name])
            for index, rule in enumerate(rules):
                yield str(rule), Place(node.document, (*pointer, index))

    def flaws(self, known: Collection[str]) -> Iterator[Flaw]:
        """The unknown rules among those that are to be suppressed."""
        if not self._named:
            return
        names = Names(known)
        for rule, place in self._named:
            if rule not in known:
                yield Flaw(conditions.UNKNOWN_RULE, place, unknown_rule(rule, names), rule)

    def accepts(self, draft: Draft) -> Acceptance | None:
        """The acceptance of a finding by a definition, if any."""
        return self._accepted.get((draft.rule.id, id(draft.node)))

    def may_accept(self, draft: Draft) -> bool:
        """Whether a finding may be suppressed by a definition that is itself flawed."""
        node = draft.node
        if (
            node is None
            or draft.rule.condition is not None
            or draft.rule.id not in self._untrusted_words
        ):
            return False
        names = node.name.split("#")
        return not (
            self._untrusted_words.isdisjoint(names)
            and self._untrusted_inverses.isdisjoint(node.distrusted or ())
        )
