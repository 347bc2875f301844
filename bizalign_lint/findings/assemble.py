"""Drafts → findings and what somebody has accepted: the last steps of a run, and of every edit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from bizalign_lint.core.report import Suppressed
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Finding, Flaw
from bizalign_lint.findings.dispensations import Dispensations
from bizalign_lint.findings.filter import sift
from bizalign_lint.findings.finish import Finisher
from bizalign_lint.findings.fold import fold
from bizalign_lint.findings.precedence import without_doubles
from bizalign_lint.findings.suppressions import Suppression, Suppressions
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.run import Draft
from bizalign_lint.schema.ontology import Ontology


class Assembled(NamedTuple):
    """What there is to report, and what somebody has accepted."""

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
    drafts_of: Callable[[Iterable[Flaw]], Iterable[Draft]],
    finisher: Finisher,
) -> Assembled:
    """Leave out what is accepted, and report the comments that accept nothing.

    ``active`` are the rules of this run, ``known`` the ids of all rules; ``drafts_of`` makes
    drafts of flaws, ``finisher`` findings of drafts.
    """
    suppressions = Suppressions(comments, settings.as_of)
    dispensations = Dispensations(graph, ontology, settings.as_of)
    kept, accepted = sift(drafts, suppressions, dispensations)
    # A comment that accepts a transition is idle once that is past, and yet no mistake.
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
    told = without_doubles(findings, accepted_findings, active)
    return Assembled(tuple(fold(told)), suppressed)
