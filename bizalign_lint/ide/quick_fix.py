"""Remedies for findings that the text alone does not suggest, each tried on the model first.

What a rule reads is what may be missing or wrong, whatever the rule is about. So the remedies are
derived from the rule's paths and the ontology, and only those are offered that resolve the finding
without causing another.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bizalign_lint.core.types import Finding
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.quick_fix_links import links
from bizalign_lint.ide.quick_fix_texts import removals, sums, swaps
from bizalign_lint.ide.quick_fix_values import additions, other_values
from bizalign_lint.ide.remedy import FindingContext, Remedy
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.trial import changed, fixes
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.reads import reads

_MOST_TRIED = 16
_MOST = 4
"""The maximum number of remedies for one finding; more would be guesses."""


def remedies(snapshot: Snapshot, finding: Finding) -> list[Remedy]:
    """The remedies for a finding, the likeliest first."""
    judge = snapshot.judge
    context = _context(snapshot, finding)
    if judge is None or context is None:
        return []
    # All are collected first, as the trials change the graph in place.
    tried = [*islice(_candidates(snapshot, context), _MOST_TRIED)]
    before = judge({})
    good = (
        remedy
        for remedy in dict.fromkeys(tried)
        if remedy.is_open or fixes(finding, before, judge(changed(snapshot.sources, remedy.edits)))
    )
    return [*islice(good, _MOST)]


def _candidates(snapshot: Snapshot, context: FindingContext) -> Iterator[Remedy]:
    yield from removals(snapshot, context)
    yield from swaps(snapshot, context)
    yield from sums(snapshot, context)
    yield from other_values(snapshot, context)
    yield from additions(snapshot, context)
    yield from links(snapshot, context)


def _context(snapshot: Snapshot, finding: Finding) -> FindingContext | None:
    rule = snapshot.loaded.rules.rules.get(finding.rule)
    documents = snapshot.documents.get(finding.location.path, ())
    if rule is None or any(document.origin is not None for document in documents):
        return None
    node = snapshot.graph.by_reference(finding.entity or "")
    return FindingContext(finding, rule, node, _names(snapshot, rule, node))


def _names(snapshot: Snapshot, rule: Rule, node: Node | None) -> tuple[str, ...]:
    """The properties and relations of a node that a rule reads, in the order of the rule."""
    if node is None or rule.shape is None or rule.transition:
        return ()
    settings = snapshot.settings
    walker = Walker(
        snapshot.loaded.ontology, settings.as_of.isoformat(), languages=settings.languages
    )
    # The conditions for the rule to apply are not a way to satisfy it.
    asked = rule._replace(where=None, needs=(), evidence=(), absence=None)
    taken = [step for step, type_ in reads(asked, walker).steps if type_ is node.type]
    taken.sort(key=lambda step: (step.offset, step.name))
    return tuple(dict.fromkeys(step.name for step in taken))
