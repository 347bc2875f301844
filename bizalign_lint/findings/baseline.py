"""The baseline: findings recorded at some point; checks leave them out and report only new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass

from bizalign_lint.core.errors import ConfigError
from bizalign_lint.core.report import BASELINE, Report, Suppressed
from bizalign_lint.core.types import Finding, places
from bizalign_lint.findings.fold import narrowed

VERSION = 2
_READ = (1, VERSION)
"""Fingerprints of version 1 lack the property; such files can be read, and are written as version
2."""
_FIELDS = ("rule", "entity", "message", "fingerprint")


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as recorded in the baseline."""

    rule: str
    entity: str | None
    message: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Matched:
    """The result of comparing a baseline with the findings of a run, place by place."""

    known: tuple[Finding, ...]
    new: tuple[Finding, ...]
    stale: tuple[Entry, ...]
    """The entries whose finding is gone."""


def read(content: bytes, name: str) -> tuple[Entry, ...]:
    """The entries of a baseline file; ``name`` is used in errors. Raises ConfigError."""
    import json

    try:
        value = json.loads(content)
    except ValueError as error:
        raise _wrong(name, f"is not valid JSON: {error}") from None
    if not isinstance(value, dict) or value.get("version") not in _READ:
        raise _wrong(name, f"is not a baseline of version 1 or {VERSION}")
    entries = []
    if not isinstance(found := value.get("findings"), list):
        raise _wrong(name, "has no list of findings")
    for item in found:
        if not isinstance(item, dict) or set(item) != set(_FIELDS):
            raise _wrong(name, f"has an entry whose fields are not {', '.join(_FIELDS)}")
        texts = [v for field, v in item.items() if field != "entity" or v is not None]
        if not all(isinstance(text, str) for text in texts):
            raise _wrong(name, "has an entry with a non-text value")
        entries.append(Entry(**item))
    return tuple(entries)


def _wrong(name: str, problem: str) -> ConfigError:
    hint = "recreate it with bizalign-lint baseline write"
    return ConfigError(f"{name} {problem}", hint=hint)


def entries(findings: Iterable[Finding]) -> list[Entry]:
    """One entry for each place of the findings; their order depends on no file or line."""
    new_entries = (Entry(f.rule, f.entity, f.message, f.fingerprint) for f in places(findings))
    return sorted(new_entries, key=_order)


def render(kept: Iterable[Entry]) -> Iterator[str]:
    """The file in chunks, one entry per line, so that it merges well and diffs are easy to
    review."""
    import json

    yield f'{{\n  "version": {VERSION},\n  "findings": ['
    comma = ""
    for entry in sorted(kept, key=_order):
        yield f"{comma}\n    {json.dumps(asdict(entry), ensure_ascii=False)}"
        comma = ","
    yield "\n  ]\n}\n" if comma else "]\n}\n"


Title = Callable[[str], str | None]
"""The title of a definition or nested node, by its reference; None if there is none."""


def untitled(_: str) -> None:
    """The default: no titles are known."""


def match(known: Iterable[Entry], findings: Iterable[Finding], title: Title = untitled) -> Matched:
    """Compare entries with findings.

    A finding is recognised by its fingerprint. If its definition was renamed but kept its title, it
    is recognised by rule and message; so is a finding outside any definition, whose fingerprint
    contains the name of its file.
    """
    remaining = {entry.fingerprint: entry for entry in known}
    recognised: list[Finding] = []
    new = [*places(findings)]
    for name in ("fingerprint", "former"):
        unknown: list[Finding] = []
        for finding in new:
            is_known = remaining.pop(getattr(finding, name), None) is not None
            (recognised if is_known else unknown).append(finding)
        new = unknown
    unmatched: dict[tuple[str, str, str | None], list[Entry]] = {}
    for entry in remaining.values():
        if entry.entity is None:
            unmatched.setdefault((entry.rule, entry.message, None), []).append(entry)
    renamed = _renamed(remaining.values(), new, title)
    for entry in remaining.values():
        if entry.entity in renamed.values():
            unmatched.setdefault((entry.rule, entry.message, entry.entity), []).append(entry)
    unknown = []
    for finding in new:
        former = renamed.get(finding.entity or "")
        key = (finding.rule, finding.message, former)
        matches = unmatched.get(key) if finding.entity is None or former is not None else None
        if matches:
            del remaining[matches.pop().fingerprint]
            recognised.append(finding)
        else:
            unknown.append(finding)
    return Matched(tuple(recognised), tuple(unknown), tuple(sorted(remaining.values(), key=_order)))


def _renamed(
    remaining: Iterable[Entry], findings: Iterable[Finding], title: Title
) -> dict[str, str]:
    """The references of renamed definitions → their former references.

    Both must have a finding with the same message, which contains the title; and the pairing must
    be unambiguous in both directions.
    """
    gone: dict[tuple[str, str, str], set[str]] = {}
    for entry in remaining:
        if entry.entity is not None and title(entry.entity) is None:
            kind = entry.entity.partition(":")[0]
            gone.setdefault((entry.rule, kind, entry.message), set()).add(entry.entity)
    pairs: set[tuple[str, str]] = set()
    for finding in findings if gone else ():
        entity = finding.entity or ""
        current = title(entity)
        if current is not None and current in finding.message:
            kind = entity.partition(":")[0]
            candidates = gone.get((finding.rule, kind, finding.message), ())
            pairs.update((entity, former) for former in candidates)
    now, before = Counter(new for new, _ in pairs), Counter(old for _, old in pairs)
    return {new: old for new, old in pairs if now[new] == before[old] == 1}


def resolved(matched: Matched, report: Report) -> tuple[Entry, ...]:
    """The stale entries whose finding is certainly gone, as everything that could have it was
    read."""
    if report.unread:
        return ()
    # Rules skip what violates its schema. If the violation is in the baseline, they did so then.
    unclear = {finding.entity for finding in matched.new} & report.doubtful
    return tuple(
        entry
        for entry in matched.stale
        if entry.entity not in unclear and entry.rule not in report.stopped
    )


def apply(report: Report, known: Iterable[Entry]) -> Report:
    """The report with the findings in the baseline moved to the suppressed ones."""
    matched = match(known, report.findings, report.title)
    if not matched.known:
        return report
    left_out = set(map(id, matched.known))
    accepted = [
        Suppressed(place, BASELINE, "it is in the baseline")
        for place in places(report.findings)
        if id(place) in left_out
    ]
    return report._replace(
        findings=narrowed(report.findings, matched.new),
        suppressed=(*report.suppressed, *accepted),
    )


def _order(entry: Entry) -> tuple[str, str, str, str]:
    return (entry.rule, entry.entity or "", entry.message, entry.fingerprint)
