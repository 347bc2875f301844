"""Definitions that set rules aside for others."""

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
    """Definitions that set rules aside for others (``x-suppresses``)."""

    def __init__(self, graph: Graph, ontology: Ontology, as_of: date) -> None:
        today = as_of.isoformat()
        self._accepted: dict[tuple[str, int], Acceptance] = {}
        self._doubtful = {*graph.trust.words}
        self._inverses: set[str] = set()
        self._named: list[tuple[str, Place]] = []
        for kind in ontology.kinds.values():
            if kind.suppresses is not None:
                for node in graph.kinds[kind.name]:
                    self._add(node, kind.suppresses, today)

    def _add(self, node: Node, suppresses: Suppresses, today: str) -> None:
        if node.distrusted:
            self._doubtful.update(texts(node.values))
            relation = node.type.properties[suppresses.targets].relation
            self._inverses.update([relation.inverse] if relation else [])
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
        """The rules that a definition names, with their places."""
        rules = node.values.get(name)
        if isinstance(rules, list) and node.document is not None:
            pointer = node.pointer_to(node.type.properties[name])
            for index, rule in enumerate(rules):
                yield str(rule), Place(node.document, (*pointer, index))

    def flaws(self, known: Collection[str]) -> Iterator[Flaw]:
        """The rules that are to be set aside and that nobody knows."""
        if not self._named:
            return
        names = Names(known)
        for rule, place in self._named:
            if rule not in known:
                yield Flaw(conditions.UNKNOWN_RULE, place, unknown_rule(rule, names), rule)

    def accepts(self, draft: Draft) -> Acceptance | None:
        """The definition that accepts a finding, if there is one."""
        return self._accepted.get((draft.rule.id, id(draft.node)))

    def may_accept(self, draft: Draft) -> bool:
        """Whether a definition that has been found flawed may be meant to accept a finding."""
        node = draft.node
        if node is None or draft.rule.condition is not None or draft.rule.id not in self._doubtful:
            return False
        names = node.name.split("#")
        return not (
            self._doubtful.isdisjoint(names) and self._inverses.isdisjoint(node.distrusted or ())
        )
