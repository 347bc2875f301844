"""The reports on several workspaces → one, as if on the folder that contains them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bizalign_lint.core.lines import Lines
from bizalign_lint.core.report import Coverage, Gap, Judged, Owner, Report, Since, Suppressed
from bizalign_lint.core.types import Finding, Fix, Location, RelatedLocation, fingerprint_in
from bizalign_lint.findings.finish import order

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T")


class Part(NamedTuple):
    """One workspace's report."""

    place: str
    """The workspace's folder, relative to the folder that contains all; ``.`` for that one."""
    report: Report

    def path(self, path: str) -> str:
        """A path of the workspace, relative to the folder that contains all."""
        return path if self.place == "." else f"{self.place}/{path}"


def join(parts: Sequence[Part]) -> Report:
    """One report on all workspaces.

    All must have the same as-of date and, if compared with a revision, the same one. Measures of
    alignment stay separate, as each is about one model.
    """
    reports = [part.report for part in parts]
    findings = [_finding(part, finding) for part in parts for finding in part.report.findings]
    suppressed = [_suppressed(part, entry) for part in parts for entry in part.report.suppressed]
    rules = _first((rule for r in reports for rule in r.rules), lambda rule: rule.id)
    guidelines = _first((g for r in reports for g in r.guidelines), lambda g: g.id)
    return Report(
        findings=tuple(sorted(findings, key=order)),
        suppressed=tuple(sorted(suppressed, key=lambda entry: order(entry.finding))),
        files=sum(r.files for r in reports),
        documents=sum(r.documents for r in reports),
        nodes=sum(r.nodes for r in reports),
        rules=rules,
        guidelines=tuple(sorted(guidelines, key=lambda guideline: guideline.order)),
        as_of=_day(reports),
        lines=partial(_lines, tuple(parts)),
        without_definitions=tuple(_paths(parts, lambda report: report.without_definitions)),
        seconds={
            id_: sum(r.seconds.get(id_, 0) for r in reports) for r in reports for id_ in r.seconds
        },
        coverage=tuple(
            _coverage(part, measure) for part in parts for measure in part.report.coverage
        ),
        foreign=frozenset(_paths(parts, lambda report: report.foreign)),
        unread=tuple(_paths(parts, lambda report: report.unread)),
        doubtful=frozenset().union(*(r.doubtful for r in reports)),
        stopped=frozenset().union(*(r.stopped for r in reports)),
        judged=_judged(parts),
        linked=any(r.linked for r in reports),
        owner=partial(_owner, tuple(reports)),
        owners=partial(_owners, tuple(reports)),
        since=_since(parts),
        whole=_whole(parts),
    )


def _day(reports: Sequence[Report]) -> date:
    return reports[0].as_of


def _first(items: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """The items without later ones of the same key."""
    found: dict[Hashable, T] = {}
    for item in items:
        found.setdefault(key(item), item)
    return tuple(found.values())


def _lines(parts: Sequence[Part], path: str) -> Lines:
    """The lines of a file, from the innermost workspace that contains it."""
    for part in sorted(parts, key=lambda part: -len(part.place)):
        if part.place == ".":
            return part.report.lines(path)
        if path.startswith(f"{part.place}/"):
            return part.report.lines(path[len(part.place) + 1 :])
    return Lines("")


def _owner(reports: Sequence[Report], reference: str) -> Owner | None:
    """The owner of an entity; with all owners' titles if several workspaces have that entity."""
    found = [owner for report in reports if (owner := report.owner(reference)) is not None]
    if not found:
        return None
    return found[0]._replace(title=" / ".join(dict.fromkeys(owner.title for owner in found)))


def _owners(reports: Sequence[Report]) -> tuple[Owner, ...]:
    return tuple(sorted({owner for report in reports for owner in report.owners()}))


def _paths(parts: Iterable[Part], paths_of: Callable[[Report], Iterable[str]]) -> Iterator[str]:
    return (part.path(path) for part in parts for path in paths_of(part.report))


def _finding(part: Part, finding: Finding) -> Finding:
    return finding._replace(
        location=_location(part, finding.location),
        fingerprint=fingerprint_in(part.place, finding.fingerprint),
        related=tuple(
            RelatedLocation(related.message, _location(part, related.location))
            for related in finding.related
        ),
        fix=finding.fix and _fix(part, finding.fix),
        occurrences=tuple(_finding(part, place) for place in finding.occurrences),
    )


def _location(part: Part, location: Location) -> Location:
    return location._replace(path=part.path(location.path))


def _fix(part: Part, fix: Fix) -> Fix:
    edits = (edit._replace(location=_location(part, edit.location)) for edit in fix.edits)
    return fix._replace(edits=tuple(edits))


def _suppressed(part: Part, suppressed: Suppressed) -> Suppressed:
    return suppressed._replace(finding=_finding(part, suppressed.finding))


def _coverage(part: Part, measure: Coverage) -> Coverage:
    return measure._replace(
        name=f"{part.place}/{measure.name}", title=f"{part.place}: {measure.title}"
    )


def _judged(parts: Sequence[Part]) -> Judged:
    parts_judged = [part.report.judged for part in parts]
    judging = frozenset().union(*(judged.judging for judged in parts_judged))
    gaps: dict[tuple[str, str], Gap] = {}
    for part in parts:
        for gap in part.report.judged.gaps:
            here = gap._replace(
                lacking=tuple(node._replace(path=part.path(node.path)) for node in gap.lacking)
            )
            before = gaps.get((gap.kind, gap.fact))
            gaps[gap.kind, gap.fact] = here if before is None else _merged(before, here)
    return Judged(
        rules=len(judging),
        waiting=tuple(sorted({rule for judged in parts_judged for rule in judged.waiting})),
        definitions=sum(judged.definitions for judged in parts_judged),
        gaps=tuple(sorted(gaps.values(), key=lambda gap: -gap.verdicts)),
        judging=judging,
        elsewhere=sum(judged.elsewhere for judged in parts_judged),
    )


def _merged(gap: Gap, other: Gap) -> Gap:
    counts = dict(gap.waiting)
    for rule, count in other.waiting:
        counts[rule] = counts.get(rule, 0) + count
    return gap._replace(
        lacking=tuple(sorted((*gap.lacking, *other.lacking), key=lambda each: -each.verdicts)),
        total=gap.total + other.total,
        waiting=tuple(sorted(counts.items())),
    )


def _whole(parts: Sequence[Part]) -> Report | None:
    wholes = [Part(part.place, part.report.whole) for part in parts if part.report.whole]
    return join(wholes) if wholes else None


def _since(parts: Sequence[Part]) -> Since | None:
    found = [(part.place, part.report.since) for part in parts if part.report.since is not None]
    if not found:
        return None
    return found[0][1]._replace(
        known=sum(since.known for _, since in found),
        fixed=sum(since.fixed for _, since in found),
        ahead=tuple(f"{place}: {line}" for place, since in found for line in since.ahead),
        loosened=tuple(f"{place}: {line}" for place, since in found for line in since.loosened),
    )
