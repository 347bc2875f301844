"""Drafts → findings and suppressed findings: the last steps of a run, and of every edit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from bizalign_lint.core.report import Suppressed
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Finding, Flaw, Severity
from bizalign_lint.findings.dispensations import Dispensations
from bizalign_lint.findings.filter import split_accepted
from bizalign_lint.findings.finish import Finisher
from bizalign_lint.findings.fold import Head, Heads, fold
from bizalign_lint.findings.precedence import without_duplicates
from bizalign_lint.findings.suppressions import Suppression, Suppressions
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.absence import MOST, AbsentFact, by_severity, heading
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.run import Draft
from bizalign_lint.schema.ontology import Ontology


class Assembled(NamedTuple):
    """The findings to report, and the suppressed ones."""

    findings: tuple[Finding, ...]
    """Sorted by path, line, column and rule."""
    suppressed: tuple[Suppressed, ...]


def assemble(
    drafts: Iterable[Draft],
    comments: Iterable[Suppression],
    graph: Graph,
    ontology: Ontology,
    active: Sequence[Rule],
    known: Collection[str],
    settings: Settings,
    absent: Iterable[AbsentFact],
    drafts_of: Callable[[Iterable[Flaw]], Iterable[Draft]],
    finisher: Finisher,
) -> Assembled:
    """Separate the suppressed findings, and report suppressions that are unused or flawed.

    ``active`` are the rules of this run, ``known`` the ids of all rules; ``absent`` are the facts
    that many definitions lack; ``drafts_of`` turns flaws into drafts, ``finisher`` drafts into
    findings.
    """
    suppressions = Suppressions(comments, settings.as_of)
    dispensations = Dispensations(graph, ontology, settings.as_of)
    kept, accepted = split_accepted(drafts, suppressions, dispensations)
    # A suppression of a transition is no longer used once that is past; that is no mistake.
    ids = {rule.id for rule in active if not rule.transition}
    kept += drafts_of((*suppressions.flaws(ids, known), *dispensations.flaws(known)))
    finisher.look_up((*kept, *(draft for draft, _ in accepted)))
    findings = finisher.findings(kept)
    suppressed = tuple(
        Suppressed(finding, acceptance.by, acceptance.reason, acceptance.until)
        for draft, acceptance in accepted
        for finding in finisher.findings([draft])
    )
    accepted_findings = (entry.finding for entry in suppressed)
    absent = [*absent]
    reported = without_duplicates(findings, accepted_findings, active, absent)
    return Assembled(tuple(fold(reported, _heads(absent, kept, settings))), suppressed)


def _heads(absent: Iterable[AbsentFact], kept: Iterable[Draft], settings: Settings) -> Heads:
    """The joint messages of findings with a common cause; ``kept`` are the drafts to report."""
    facts = {(fact.compiled.rule.id, fact.cause): fact for fact in absent}
    nodes: dict[tuple[str, str], dict[Node, None]] = {}
    for draft in kept:
        if draft.node is not None and (draft.rule.id, draft.cause) in facts:
            nodes.setdefault((draft.rule.id, draft.cause), {})[draft.node] = None
    heads = {key: _head(facts[key], [*found], settings) for key, found in nodes.items()}
    return {**heads, **_heads_of_rules(draft for draft in kept if draft.rule.several)}


def _heads_of_rules(drafts: Iterable[Draft]) -> Heads:
    """The joint messages of rules that report many nodes of a kind as one finding."""
    nodes: dict[tuple[str, str], dict[Node, Rule]] = {}
    for draft in drafts:
        if draft.node is not None:
            nodes.setdefault((draft.rule.id, draft.cause), {})[draft.node] = draft.rule
    heads: dict[tuple[str, str], Head | None] = {}
    for key, found in nodes.items():
        first, rule = next(iter(found.items()))
        ranked = by_severity(found)
        titles = [*dict.fromkeys(node.title for node in ranked)]
        message = heading(rule.several, first.type.name, titles, count=len(found))
        head = Head(message, ranked[0].entity.reference, Severity.ERROR)
        heads[key] = head if len(found) > MOST else None
    return heads


def _head(fact: AbsentFact, nodes: Sequence[Node], settings: Settings) -> Head | None:
    if fact.one_by_one:
        return None
    rule = fact.compiled.rule
    is_set = rule.id in settings.severities
    max_severity = Severity.ERROR if fact.is_usual or is_set else Severity.WARNING
    shown = by_severity(nodes)[0].entity.reference
    return Head(fact.heading(nodes), shown, max_severity)
