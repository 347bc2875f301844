"""One finding per cause: folds the places of a cause into one finding with occurrences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bizalign_lint.core.types import Finding, Severity
from bizalign_lint.findings.finish import order


class Head(NamedTuple):
    """What is reported for all places of a cause together."""

    message: str
    entity: str
    """The reference of the definition whose place is shown."""
    max_severity: Severity
    """The highest severity of any place; more severe ones are lowered to it."""


Heads = Mapping[tuple[str, str], Head | None]
"""By rule and cause; None if each place is a finding of its own."""


def fold(found: Iterable[Finding], heads: Heads) -> list[Finding]:
    """The findings, with those of the same rule and cause folded into one; sorted by ``order``."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    whole: list[Finding] = []
    for finding in found:
        key = (finding.rule, finding.cause)
        if not finding.cause:
            whole.append(finding)
        elif heads.get(key, _NONE) is None:
            whole.append(finding._replace(cause=""))
        else:
            groups.setdefault(key, []).append(finding)
    for key, places in groups.items():
        head = heads.get(key)
        whole.append(_joined(places) if head is None else _headed(places, head))
    return sorted(whole, key=order)


_NONE = Head("", "", Severity.INFO)


def _joined(places: Sequence[Finding]) -> Finding:
    """One finding for several places: the first one's, with the number of further places."""
    first, *more = places
    if not more:
        return first
    also = "1 more place" if len(more) == 1 else f"{len(more):,} more places"
    return first._replace(
        severity=min((place.severity for place in places), key=lambda s: s.rank),
        message=f"{first.message} (here and in {also})",
        fingerprint=_fingerprint(first),
        occurrences=tuple(places),
    )


def _headed(places: Sequence[Finding], head: Head) -> Finding:
    """One finding for several places, with the joint message of their head."""
    lowered = [
        place
        if place.severity.rank >= head.max_severity.rank
        else place._replace(severity=head.max_severity)
        for place in places
    ]
    if len(lowered) == 1:
        return lowered[0]
    shown = next((place for place in lowered if place.entity == head.entity), lowered[0])
    return shown._replace(
        severity=min((place.severity for place in lowered), key=lambda s: s.rank),
        message=head.message,
        fingerprint=_fingerprint(shown),
        entity=None,
        occurrences=tuple(lowered),
    )


def _fingerprint(finding: Finding) -> str:
    from hashlib import sha256  # most runs have nothing to join

    return sha256(f"{finding.rule}\0{finding.cause}".encode()).hexdigest()[:20]


def narrowed(findings: Iterable[Finding], kept: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings reduced to the places in ``kept``, which are compared by identity."""
    wanted = {id(place) for place in kept}
    found: list[Finding] = []
    for finding in findings:
        left = [place for place in finding.places if id(place) in wanted]
        if len(left) == len(finding.places):
            found.append(finding)
        elif left:
            found.append(_joined(left))
    return tuple(found)
