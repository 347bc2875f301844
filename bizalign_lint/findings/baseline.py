"""The findings that were there when somebody drew the line: they are left out, new ones are not."""

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
"""Version 1 had fingerprints without the property; it is read as it was, and rewritten."""
_FIELDS = ("rule", "entity", "message", "fingerprint")


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as the baseline remembers it."""

    rule: str
    entity: str | None
    message: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Matched:
    """A baseline held against the findings of a run, each place by itself."""

    known: tuple[Finding, ...]
    new: tuple[Finding, ...]
    stale: tuple[Entry, ...]
    """The entries whose finding is there no more."""


def read(content: bytes, name: str) -> tuple[Entry, ...]:
    """The entries of a baseline file. Raises ConfigError for anything else."""
    import json

    try:
        value = json.loads(content)
    except ValueError as error:
        raise _wrong(name, f"is not valid JSON: {error}") from None
    if not isinstance(value, dict) or value.get("version") not in _READ:
        raise _wrong(name, f"is not a baseline of version {VERSION}")
    entries = []
    if not isinstance(found := value.get("findings"), list):
        raise _wrong(name, "has no list of findings")
    for item in found:
        if not isinstance(item, dict) or set(item) != set(_FIELDS):
            raise _wrong(name, f"has an entry that is not made of {', '.join(_FIELDS)}")
        texts = [v for field, v in item.items() if field != "entity" or v is not None]
        if not all(isinstance(text, str) for text in texts):
            raise _wrong(name, "has an entry with a non-text value")
        entries.append(Entry(**item))
    return tuple(entries)


def _wrong(name: str, problem: str) -> ConfigError:
    hint = "recreate it with bizalign-lint baseline write"
    return ConfigError(f"{name} {problem}", hint=hint)


def entries(findings: Iterable[Finding]) -> list[Entry]:
    """What a baseline remembers of findings, a place each; no file or line orders them."""
    made = (Entry(f.rule, f.entity, f.message, f.fingerprint) for f in places(findings))
    return sorted(made, key=_order)


def render(kept: Iterable[Entry]) -> Iterator[str]:
    """The file: an entry a line, so that two branches merge and a review shows what changed."""
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
    """Nothing is known of the definitions."""


def match(known: Iterable[Entry], findings: Iterable[Finding], title: Title = untitled) -> Matched:
    """Hold entries against findings.

    A finding is known by its fingerprint. One that belongs to no definition is fingerprinted by
    its file's name; where the file was renamed, it is known by its rule and message. So it is
    where a definition was renamed that has kept its title.
    """
    left = {entry.fingerprint: entry for entry in known}
    old: list[Finding] = []
    new = [*places(findings)]
    for name in ("fingerprint", "former"):
        unknown: list[Finding] = []
        for finding in new:
            is_known = left.pop(getattr(finding, name), None) is not None
            (old if is_known else unknown).append(finding)
        new = unknown
    homeless: dict[tuple[str, str, str | None], list[Entry]] = {}
    for entry in left.values():
        if entry.entity is None:
            homeless.setdefault((entry.rule, entry.message, None), []).append(entry)
    renamed = _renamed(left.values(), new, title)
    for entry in left.values():
        if entry.entity in renamed.values():
            homeless.setdefault((entry.rule, entry.message, entry.entity), []).append(entry)
    unknown = []
    for finding in new:
        was = renamed.get(finding.entity or "")
        key = (finding.rule, finding.message, was)
        twins = homeless.get(key) if finding.entity is None or was is not None else None
        if twins:
            del left[twins.pop().fingerprint]
            old.append(finding)
        else:
            unknown.append(finding)
    return Matched(tuple(old), tuple(unknown), tuple(sorted(left.values(), key=_order)))


def _renamed(left: Iterable[Entry], findings: Iterable[Finding], title: Title) -> dict[str, str]:
    """From the references of definitions that have another name now to those that they had.

    What is said of one has to be what was said of the other, with the title in it; and neither may
    be like two others.
    """
    gone: dict[tuple[str, str, str], set[str]] = {}
    for entry in left:
        if entry.entity is not None and title(entry.entity) is None:
            kind = entry.entity.partition(":")[0]
            gone.setdefault((entry.rule, kind, entry.message), set()).add(entry.entity)
    pairs: set[tuple[str, str]] = set()
    for finding in findings if gone else ():
        entity = finding.entity or ""
        called = title(entity)
        if called is not None and called in finding.message:
            kind = entity.partition(":")[0]
            were = gone.get((finding.rule, kind, finding.message), ())
            pairs.update((entity, was) for was in were)
    now, before = Counter(new for new, _ in pairs), Counter(old for _, old in pairs)
    return {new: old for new, old in pairs if now[new] == before[old] == 1}


def resolved(matched: Matched, report: Report) -> tuple[Entry, ...]:
    """The entries whose finding is known to be gone: all that it could be in has been read."""
    if report.unread:
        return ()
    # What broke a schema when the line was drawn was not judged then, either.
    unclear = {finding.entity for finding in matched.new} & report.doubtful
    return tuple(
        entry
        for entry in matched.stale
        if entry.entity not in unclear and entry.rule not in report.stopped
    )


def apply(report: Report, known: Iterable[Entry]) -> Report:
    """The report without the findings that a baseline knows."""
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
