"""The tools about the state of the model: ``check``, ``coverage``, ``trend``, ``next_facts``."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import Any

import orjson

from bizalign_lint import trend as trends
from bizalign_lint.agents.answers import Answer
from bizalign_lint.agents.desk import Desk, Reading, day
from bizalign_lint.agents.forms import AS_OF, KIND, OWNER, RULES, taken
from bizalign_lint.agents.tool import Arguments, Tool
from bizalign_lint.core.errors import NothingToCheckError, UsageError
from bizalign_lint.core.report import at_least
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.core.types import Location, Severity
from bizalign_lint.engine.judge import measure
from bizalign_lint.findings.owned import owned as findings_of
from bizalign_lint.findings.owned import owner_named
from bizalign_lint.questions.definitions import check_kind
from bizalign_lint.questions.facts import located, owned
from bizalign_lint.reporters import json, worklist
from bizalign_lint.trend import USUAL
from bizalign_lint.trend.basis import Basis
from bizalign_lint.trend.follow import COMMIT, STEPS, commits, follow

_PATHS = {
    "type": "array",
    "items": {"type": "string", "maxLength": 1_000},
    "maxItems": 100,
    "description": "Only findings in these files and folders, relative to the workspace.",
}
_SEVERITY = {
    "enum": [severity.value for severity in Severity],
    "description": "Lowest severity to list (info); the summary counts what is listed.",
}


def _check(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read_definitions(
        as_of=day(given.get("as_of")),
        select=given.get("select", ()),
        ignore=given.get("ignore", ()),
    )
    only = _only(given.get("paths", ()), reading)
    if only is None:
        report = desk.report(reading)
    else:
        report = reading._replace(settings=reading.settings._replace(only=only)).report()
    owner = given.get("owner")
    if owner is not None:
        report = findings_of(report, owner_named(owner, report.owners()).reference)
    report = at_least(given.get("min_severity", Severity.INFO.value), report)
    return Answer(parsed(json.render(report, reading.view)), "findings")


def _only(paths: Sequence[str], reading: Reading) -> tuple[str, ...] | None:
    """The files and folders to report on; None for all. Raises BizalignError."""
    wanted = {posixpath.normpath(path) for path in paths}
    for path in wanted:
        if path.startswith(("/", "..")):
            raise UsageError(f"{path} is not inside the workspace")
    if not wanted or "." in wanted:
        return None
    settings = reading.settings._replace(only=tuple(sorted(wanted)))
    flawed = (f.place.path for f in reading.found.flaws if isinstance(f.place, Location))
    if not any(map(settings.reports, chain((s.path for s in reading.sources), flawed))):
        raise NothingToCheckError(f"{', '.join(sorted(wanted))}: no file of the model is there")
    return settings.only


def _coverage(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read_definitions(as_of=day(given.get("as_of")), measured=True)
    taken = measure(reading.loaded, reading.graph, reading.settings)
    wanted = given.get("measure")
    if wanted is not None and wanted not in {one.name for one in taken}:
        names = [one.name for one in taken]
        raise UsageError(f"unknown measure {wanted}", hint=hint(wanted, names, listed(names)))
    value = {
        "root": reading.view.path(),
        "asOf": reading.settings.as_of.isoformat(),
        "coverage": [
            json.coverage_value(one) for one in taken if wanted is None or one.name == wanted
        ],
    }
    return Answer(parsed([json.document(1, value)]), "coverage")


def _trend(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read()
    chosen = commits(reading.root, "HEAD", given.get("every", COMMIT), given.get("last", USUAL))
    basis = Basis(reading.root, reading.config, reading.settings, reading.loaded)
    wanted = given.get("measures")
    measures = wanted or (one.name for one in reading.loaded.rules.measures)
    found = follow(basis, chosen, [*dict.fromkeys(measures)], bool(wanted), desk.measured(basis))
    return Answer(parsed(trends.renderer("json")(found, reading.view)), "points")


def _next_facts(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read_definitions(as_of=day(given.get("as_of")))
    kind, owner = given.get("kind"), given.get("owner")
    gaps = desk.report(reading).judged.gaps
    if kind is not None:
        check_kind(kind, reading.loaded.ontology)
        gaps = tuple(gap for gap in gaps if gap.kind == kind)
    if owner is not None:
        gaps = owned(gaps, owner)
    found = worklist.Worklist(gaps, partial(located, reading.graph))
    return Answer(parsed(worklist.renderer("json")(found, reading.view)), "missing")


def parsed(pieces: Any) -> dict[str, Any]:
    """The JSON document in the text that a reporter wrote."""
    value: dict[str, Any] = orjson.loads("".join(pieces))
    return value


TOOLS = (
    Tool(
        name="check",
        title="Check the model",
        description=(
            "Find where the definitions of the workspace contradict themselves, each other or good "
            "practice. data is the JSON report of bizalign-lint check; each finding has a rule, a "
            "message, the definition (entity), its file and lines, and help. Use page.next for "
            "more. explain_rule says why a rule matters."
        ),
        takes=taken(
            {
                "paths": _PATHS,
                "select": {
                    **RULES,
                    "description": "Only these rules: ids, id prefixes (BAS) or guidelines.",
                },
                "ignore": {**RULES, "description": "Not these rules, given as in select."},
                "owner": OWNER,
                "min_severity": _SEVERITY,
                "as_of": AS_OF,
            }
        ),
        form="reporters/json",
        run=_check,
    ),
    Tool(
        name="coverage",
        title="Measure alignment",
        description=(
            "How far the model is aligned: for each measure, how many definitions hold it, break "
            "it or are unknown, the share in per cent, the threshold if there is one, and the "
            "definitions that lack it."
        ),
        takes=taken(
            {
                "measure": {
                    "type": "string",
                    "maxLength": 100,
                    "description": "Only this measure.",
                },
                "as_of": AS_OF,
            }
        ),
        form="reporters/coverage",
        run=_coverage,
    ),
    Tool(
        name="trend",
        title="Follow alignment through git",
        description=(
            "How measures have developed: commits up to HEAD, oldest first, each measured as of "
            "its own day by today's rules; causes lists what moved a measure: a commit, or the "
            "passing of time (commit is null). With measures, the commit that moved one is "
            "searched for if there are several."
        ),
        takes=taken(
            {
                "measures": {
                    "type": "array",
                    "items": {"type": "string", "maxLength": 100},
                    "maxItems": 20,
                    "description": "Only these: measures of coverage, guidelines, severities, or "
                    "findings for all (default: all measures of coverage).",
                },
                "every": {
                    "enum": [*STEPS],
                    "description": f"Which commits: every {COMMIT}, the last of each period, or "
                    "those with a tag.",
                },
                "last": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 200,
                    "description": f"The largest number of commits ({USUAL}).",
                },
            }
        ),
        form="trend/json",
        run=_trend,
    ),
    Tool(
        name="next_facts",
        title="List missing facts",
        description=(
            "The facts that rules need and the model does not have, most useful first, each with "
            "the definitions that lack it. Ask a person for a fact that is in no file; never "
            "invent one."
        ),
        takes=taken({"kind": KIND, "owner": OWNER, "as_of": AS_OF}),
        form="reporters/worklist",
        run=_next_facts,
    ),
)
