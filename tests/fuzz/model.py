"""Definitions of every kind with values exchanged or lost: judged, reported, mended."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bizalign_lint.core.report import Report
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import run
from bizalign_lint.fixes.apply import fix_all
from bizalign_lint.parsing.documents import parse
from bizalign_lint.reporters import FORMATS, reporter
from bizalign_lint.reporters.view import View
from tests.doors.mutations import mutated
from tests.lsp.test_robust import mutilated
from tests.workspace import DAY, shipped

SETTINGS = Settings(as_of=DAY)
VIEW = View("/workspace", "/workspace", show_suppressed=True, verbose=True, everything=True)
MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"
COMMENTS = ("bizalign: ignore[MOD] -- x", "bizalign: ignore[", "bizalign: ignore[BAS101, x] --")
DISPENSED = [
    {"rule": "BAS101", "reason": "Agreed."},
    {"rule": "MOD", "reason": "Agreed.", "until": "2026-01-01"},
    {"rule": "XYZ999", "reason": "", "until": "2030-02-30"},
]


@cache
def definitions() -> list[dict[str, Any]]:
    """One example at least of every kind, and those of the example that refer to each other."""
    examples = [
        example for kind in shipped().ontology.kinds.values() for example in kind.schema["examples"]
    ]
    found = (path for path in sorted(MERIDIAN.rglob("*.yaml")) if not path.name.startswith("."))
    files = (parse(Source(path.name, path.read_bytes())) for path in found)
    return [*examples, *(document.value for file in files for document in file.documents)]


def one(random: Random) -> int:
    """A model of up to six definitions, of which some are odd."""
    sources = _sources(random)
    try:
        _try(sources, random)
    except Exception as error:
        error.add_note(repr(sources))
        raise
    return 1


def _sources(random: Random) -> list[Source]:
    known = definitions()
    found = random.sample(known, random.choice((1, 1, 2, 3, 6)))
    for number in range(len(found)):
        if random.random() < 0.7 or not number:
            found[number] = mutated(found[number], known, random)
        if random.random() < 0.1 and isinstance(found[number].get("metadata"), dict):
            said = random.choice(DISPENSED)
            found[number] = {
                **found[number],
                "metadata": {**found[number]["metadata"], "dispensations": [said]},
            }
    if random.random() < 0.3:
        text = json.dumps(found[0])
    else:
        plain = json.loads(json.dumps(found))  # without what one has in common with another
        text = yaml.safe_dump_all(plain, sort_keys=False, allow_unicode=random.random() < 0.5)
    if random.random() < 0.2:
        lines = text.splitlines()
        at = random.randrange(len(lines) + 1)
        text = "\n".join([*lines[:at], f"# {random.choice(COMMENTS)}", *lines[at:], ""])
    if random.random() < 0.15:
        text = mutilated(random, text)
    return [Source("model.yaml", text.encode("utf-8", "surrogatepass"))]


def _check(sources: Any) -> Report:
    return run(shipped(), [*sources], SETTINGS)


def _try(sources: list[Source], random: Random) -> None:
    report = _check(sources)
    lines = sources[0].content.count(b"\n") + sources[0].content.count(b"\r") + 2
    for finding in report.findings:
        span = finding.location.span
        assert 1 <= span.line <= span.end_line <= lines, finding
    "".join(reporter(random.choice(FORMATS))(report, VIEW)).encode()
    if random.random() < 0.3:
        outcome = fix_all(sources, report, _check, unsafe=random.random() < 0.5)
        again = fix_all(outcome.sources, outcome.report, _check, unsafe=False)
        assert not again.fixed, f"fixed once more: {again.changed!r}"
