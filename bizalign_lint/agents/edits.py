"""The tool ``propose_edit``: tries an edit in memory, and writes it if that is allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from bizalign_lint.agents.answers import Answer
from bizalign_lint.agents.desk import Desk, Reading
from bizalign_lint.agents.forms import taken
from bizalign_lint.agents.proposal import Changed, Objection, RefusedError, digest, proposed
from bizalign_lint.agents.reports import parsed
from bizalign_lint.agents.tool import Arguments, Tool, Write
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Finding, Severity, places
from bizalign_lint.core.words import counted
from bizalign_lint.findings.baseline import entries, match
from bizalign_lint.parsing.documents import count_others
from bizalign_lint.reporters.json import document, finding_value

_MOST_FILES = 20


class _Effect(NamedTuple):
    """The findings before and after an edit, compared."""

    added: Sequence[Finding]
    removed: Sequence[Finding]
    changed: Sequence[Finding]
    """Those that had another value before the edit, as they are after it."""
    suppressed: Sequence[Finding]
    """Those, old or new, that a comment, a dispensation or the baseline accepts after the edit and
    did not before."""


def _propose_edit(desk: Desk, given: Arguments, write: Write | None) -> Answer:
    reading = desk.read()
    before = desk.report(reading)
    try:
        changes = proposed(given["edits"], reading)
    except RefusedError as error:
        return _answer([], [error.objection], None, (before, before), (), False)
    by_path = {one.new.path: one.new for one in changes}
    old = {source.path: source for source in reading.sources}
    after_reading = reading.with_sources([s for _, s in sorted((old | by_path).items())])
    after = after_reading.report()
    effect = _effect(before, after)
    gone = _references(reading) - _references(after_reading)
    come = _references(after_reading) - _references(reading)
    objections = [*_objections(effect), *_no_definitions(changes, after_reading)]
    written = False
    if given.get("write") and not objections:
        if write is None:
            objections.append(
                Objection(
                    "read-only",
                    "the server may not write; a person can let it: "
                    "`bizalign-lint mcp --allow-writes`",
                )
            )
        elif reading.found.unasked:
            objections.append(Objection("write", "git cannot report which files are ignored"))
        else:
            written = _write(write, reading.root, changes, objections)
    return _answer(
        changes, objections, effect, (before, after), (sorted(come), sorted(gone)), written
    )


def _write(
    write: Write, root: str, changes: Sequence[Changed], objections: list[Objection]
) -> bool:
    try:
        write(root, changes)
    except UsageError as error:
        objections.append(Objection("write", f"{error.message}; {error.hint}".rstrip("; ")))
        return False
    return True


def _effect(before: Report, after: Report) -> _Effect:
    added = match(entries(before.findings), after.findings).new
    removed = match(entries(after.findings), before.findings).new
    known = {place.fingerprint for place in _accepted(before)}
    suppressed = [place for place in _accepted(after) if place.fingerprint not in known]
    hidden = {place.fingerprint for place in suppressed}
    gone = Counter(map(_subject, removed))
    changed, new = [], []
    for finding in added:
        if gone[_subject(finding)] > 0:
            gone[_subject(finding)] -= 1
            changed.append(finding)
        else:
            new.append(finding)
    left = Counter(map(_subject, changed))
    resolved = []
    for finding in removed:
        if left[_subject(finding)] > 0:
            left[_subject(finding)] -= 1
        elif finding.fingerprint not in hidden:
            resolved.append(finding)
    return _Effect(new, resolved, changed, suppressed)


def _accepted(report: Report) -> Iterable[Finding]:
    """The accepted findings, one for each place."""
    return places(one.finding for one in report.suppressed)


def _subject(finding: Finding) -> tuple[str, str | None, Severity]:
    """The rule, entity and severity of a finding, without its value."""
    return finding.rule, finding.entity, finding.severity


def _objections(effect: _Effect) -> Iterable[Objection]:
    errors = _errors(effect.added)
    if errors:
        yield Objection("adds-errors", f"the edit would add {counted(errors, 'error')}")
    accepted = _errors(effect.suppressed)
    if accepted:
        yield Objection(
            "suppresses-errors",
            f"the edit would suppress {counted(accepted, 'error')}: a person has to decide that",
        )


def _no_definitions(changes: Sequence[Changed], then: Reading) -> Iterable[Objection]:
    """The objections to files that would hold anything but definitions."""
    ours = {document.source.path for document in then.model.documents}
    for old, new in changes:
        if new.path not in ours:
            message = "the file would contain no definition: a person has to decide that"
            yield Objection("no-definition", message, new.path)
        elif count_others(new) > (0 if old is None else count_others(old)):
            message = "the file would contain a document that is not a definition"
            yield Objection("no-definition", message, new.path)


def _errors(findings: Iterable[Finding]) -> int:
    return sum(finding.severity is Severity.ERROR for finding in findings)


def _references(reading: Reading) -> set[str]:
    return {
        node.reference
        for nodes in reading.graph.kinds.values()
        for node in nodes
        if node.holder is None and node.document is not None
    }


def _answer(
    changes: Sequence[Changed],
    objections: Sequence[Objection],
    effect: _Effect | None,
    reports: tuple[Report, Report],
    definitions: Sequence[Sequence[str]],
    written: bool,
) -> Answer:
    come, gone = definitions or ((), ())
    value: dict[str, Any] = {
        "verdict": "refused" if objections else "accepted",
        "objections": [one._asdict() for one in objections],
        "written": written,
        "files": [
            {"path": one.new.path, "before": digest(one.old), "after": digest(one.new)}
            for one in changes
        ],
        "definitions": {"added": [*come], "removed": [*gone]},
        "findings": {
            "before": _figures(reports[0]),
            "after": _figures(reports[1]) if effect is not None else None,
        },
        "added": _values(effect.added if effect is not None else ()),
        "removed": _values(effect.removed if effect is not None else ()),
        "changed": _values(effect.changed if effect is not None else ()),
        "suppressed": _values(effect.suppressed if effect is not None else ()),
    }
    return Answer(parsed([document(1, value)]), "added")


def _values(findings: Iterable[Finding]) -> list[Mapping[str, Any]]:
    return [finding_value(finding) for finding in findings]


def _figures(report: Report) -> dict[str, int]:
    found = Counter(finding.severity for finding in places(report.findings))
    return {severity.value: found[severity] for severity in Severity}


def tool(write: Write | None) -> Tool:
    """The tool ``propose_edit``; without a ``write`` it never changes a file."""
    replacement = {
        "type": "object",
        "properties": {
            "old": {"type": "string", "minLength": 1, "maxLength": 1_000_000},
            "new": {"type": "string", "maxLength": 1_000_000},
        },
        "required": ["old", "new"],
        "additionalProperties": False,
    }
    edit = {
        "type": "object",
        "properties": {
            "path": {
                "type": "string",
                "minLength": 1,
                "maxLength": 1_000,
                "description": "Relative to the workspace.",
            },
            "sha256": {
                "type": "string",
                "pattern": "^[0-9a-f]{64}$",
                "description": "The hash of the file as it was read, from get; none for a new "
                "file.",
            },
            "text": {
                "type": "string",
                "maxLength": 10_000_000,
                "description": "The whole new text of the file, instead of replace.",
            },
            "replace": {
                "type": "array",
                "minItems": 1,
                "maxItems": 200,
                "items": replacement,
                "description": "Texts that occur exactly once in the file, and their replacements.",
            },
        },
        "required": ["path"],
        "additionalProperties": False,
    }
    return Tool(
        name="propose_edit",
        title="Try an edit",
        description=(
            "Try an edit of one or several YAML files of the model, and get the findings that it "
            "would add, remove, change and suppress. The verdict is refused, with objections, if "
            "the edit adds or suppresses errors, is based on an outdated state of a file, changes "
            "a file that does not belong to the model, or adds anything but definitions. An "
            "accepted edit is written only with write: true, and only by a server that a person "
            "has let write (`bizalign-lint mcp --allow-writes`)."
        ),
        takes=taken(
            {
                "edits": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": _MOST_FILES,
                    "items": edit,
                },
                "write": {
                    "type": "boolean",
                    "description": "Write the files if the edit is accepted (false).",
                },
            },
            "edits",
        ),
        form="agents/edit",
        run=partial(_propose_edit, write=write),
        writes=write is not None,
    )
