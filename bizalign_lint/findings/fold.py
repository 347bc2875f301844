"""One cause, one finding: places of findings → findings with occurrences, and parts of these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bizalign_lint.core.types import Finding


def fold(found: Iterable[Finding]) -> list[Finding]:
    """The findings, those of one rule with one cause made one, at the first of their places."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    whole: list[list[Finding]] = []
    for finding in found:
        key = (finding.rule, finding.cause)
        if key in groups:
            groups[key].append(finding)
            continue
        whole.append([finding])
        if finding.cause:
            groups[key] = whole[-1]
    return [_joined(group) for group in whole]


def _joined(places: Sequence[Finding]) -> Finding:
    """One finding about some places, in their order."""
    from hashlib import sha256  # most runs have nothing to join

    first, *more = places
    if not more:
        return first
    also = "1 more place" if len(more) == 1 else f"{len(more):,} more places"
    return first._replace(
        severity=min((place.severity for place in places), key=lambda s: s.rank),
        message=f"{first.message} (here and in {also})",
        fingerprint=sha256(f"{first.rule}\0{first.cause}".encode()).hexdigest()[:20],
        occurrences=tuple(places),
    )


def narrowed(findings: Iterable[Finding], kept: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as far as some of their places go."""
    wanted = {id(place) for place in kept}
    found: list[Finding] = []
    for finding in findings:
        left = [place for place in finding.places if id(place) in wanted]
        if len(left) == len(finding.places):
            found.append(finding)
        elif left:
            found.append(_joined(left))
    return tuple(found)
