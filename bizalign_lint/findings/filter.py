"""Drafts → those to report and those that are suppressed."""

from __future__ import annotations

from collections.abc import Iterable

from bizalign_lint.core.types import Place
from bizalign_lint.findings.acceptance import Acceptance
from bizalign_lint.findings.dispensations import Dispensations
from bizalign_lint.findings.suppressions import Suppressions
from bizalign_lint.rules.run import Draft


def split_accepted(
    drafts: Iterable[Draft], suppressions: Suppressions, dispensations: Dispensations
) -> tuple[list[Draft], list[tuple[Draft, Acceptance]]]:
    """The drafts to report, and the suppressed ones with their reasons."""
    kept: list[Draft] = []
    accepted: list[tuple[Draft, Acceptance]] = []
    for draft in drafts:
        document = draft.place.document if isinstance(draft.place, Place) else None
        acceptance = suppressions.accepts(draft, document) or dispensations.accepts(draft)
        if acceptance is not None:
            accepted.append((draft, acceptance))
        elif not dispensations.may_accept(draft):
            kept.append(draft)
    return kept, accepted
