"""A report reduced to what one owner is responsible for, and owners by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bizalign_lint.core.errors import UnknownOwnerError, UsageError
from bizalign_lint.core.report import Gap, Owner, Report
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.core.types import Finding, places
from bizalign_lint.findings.fold import narrowed


def owner_named(name: str, owners: Iterable[Owner]) -> Owner:
    """The owner with a reference, name or title, ignoring case.

    References come before names, and names before titles. Raises UnknownOwnerError, with the
    nearest name, if there is none, and UsageError if there are several.
    """
    if not name.strip():
        raise UsageError("the name of the owner is empty", hint="give one, as in --owner claims-it")
    known: list[dict[str, list[Owner]]] = [{}, {}, {}]
    for owner in owners:
        for texts, text in zip(known, (owner.reference, owner.name, owner.title), strict=True):
            texts.setdefault(text.casefold(), []).append(owner)
    found = next((texts[name.casefold()] for texts in known if name.casefold() in texts), [])
    references = sorted({owner.reference for owner in found})
    if len(references) > 1:
        raise UsageError(f"several owners are named {name}", hint=listed(references))
    if not found:
        names = {text for texts in known for text in texts}
        near = hint(name.casefold(), names, "`bizalign-lint owners` lists all owners")
        raise UnknownOwnerError(f"{name} is not responsible for anything in the model", hint=near)
    return found[0]


def is_owned(entity: str | None, reference: str | None, *reports: Report) -> bool:
    """Whether an owner is responsible for an entity, by the first report that knows the entity.

    If ``reference`` is None: whether nobody is responsible for it.
    """
    found = (report.owner(entity) for report in reports if entity is not None)
    owner = next((owner for owner in found if owner is not None), None)
    return (None if owner is None else owner.reference) == reference


def owned(report: Report, reference: str | None) -> Report:
    """The report with only the findings and missing facts of an owner, or of nobody if None.

    Of a finding with several places, only the owner's are kept. Measures, and how much could be
    judged, are those of the whole model.
    """

    def is_theirs(finding: Finding) -> bool:
        return is_owned(finding.entity, reference, report)

    kept = filter(is_theirs, places(report.findings))
    return report._replace(
        findings=narrowed(report.findings, kept),
        suppressed=tuple(entry for entry in report.suppressed if is_theirs(entry.finding)),
        judged=report.judged._replace(gaps=gaps_of(report.judged.gaps, reference)),
    )


def gaps_of(gaps: Sequence[Gap], reference: str | None) -> tuple[Gap, ...]:
    """The missing facts of nodes that an owner is responsible for, or nobody if None."""
    found = (
        gap._replace(
            lacking=tuple(node for node in gap.lacking if node.owner_reference == reference)
        )
        for gap in gaps
    )
    return tuple(gap for gap in found if gap.lacking)
