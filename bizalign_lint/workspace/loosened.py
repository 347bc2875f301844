"""Compares two set-ups: in which ways the later one is less strict."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from bizalign_lint.core.settings import NEVER, Grade, Override, severity_on
from bizalign_lint.core.types import Severity, Source
from bizalign_lint.core.words import counted, first_of
from bizalign_lint.workspace.config import Config, patterns_of
from bizalign_lint.workspace.setup_files import read_own, read_specs

_MOST_NAMED = 5


class SetUp(NamedTuple):
    """Everything apart from the model that determines the findings of a workspace."""

    config: Config
    rules: Mapping[str, bytes]
    """The user's own rule files, by path."""
    schemas: Mapping[str, bytes]
    mappings: Mapping[str, bytes]
    """The user's own mappings of other tools' files, by path."""
    known: Collection[tuple[str, str]]
    """The findings in the baseline: rule and fingerprint."""
    figures: Mapping[str, float]
    """The coverage reached so far, by measure."""


def set_up(
    root: str, config: Config, known: Collection[tuple[str, str]], figures: Mapping[str, float]
) -> SetUp:
    """The set-up below a root. Raises ConfigError for files that cannot be read."""
    rules, schemas = read_own(root, config, "rules"), read_own(root, config, "schemas")
    own = [spec.mapping for spec in read_specs(root, config) if spec.mapping is not None]
    return SetUp(
        config,
        rules=_by_path(rules),
        schemas=_by_path(schemas),
        mappings=_by_path(own),
        known=known,
        figures=figures,
    )


def _by_path(sources: Collection[Source]) -> dict[str, bytes]:
    return {source.path: source.content for source in sources}


def loosened(then: SetUp, now: SetUp, defaults: Mapping[str, Severity]) -> Iterator[str]:
    """One sentence for each way in which ``now`` is less strict. ``defaults`` are rules'
    severities."""
    before, after = then.config, now.config
    yield from _files_and_rules(before, after)
    yield from _lower(before.severity, after.severity, defaults)
    for override in after.overrides:
        if override not in before.overrides and _loosens(override, defaults):
            yield f"overrides: different rules apply in {_shown(override.paths.patterns)}"
    yield from _params(before, after)
    yield from _lower_figures("coverage", before.coverage, after.coverage)
    yield from _lower_figures("the coverage reached so far", then.figures, now.figures)
    yield from _outcome(before, after)
    yield from _other_files("rules", then.rules, now.rules)
    yield from _other_files("schemas", then.schemas, now.schemas)
    for entry in before.sources:
        if entry not in after.sources:
            yield f"sources: {_shown(patterns_of(entry))} is read differently, or not at all"
    yield from _other_files("sources", then.mappings, now.mappings)
    new = {*now.known} - {*then.known}
    if new:
        rules = sorted({rule for rule, _ in new})
        yield f"the baseline has {counted(len(new), 'more finding')} ({_shown(rules)})"


def _files_and_rules(before: Config, after: Config) -> Iterator[str]:
    yield from _added("ignore", before.ignore, after.ignore)
    yield from _added("exclude", before.exclude.patterns, after.exclude.patterns)
    if after.include and after.include != before.include:
        yield f"include is {_shown(after.include.patterns)}, not {_shown(before.include.patterns)}"
    if after.select and after.select != before.select:
        yield f"select is {_shown(after.select)}, not {_shown(before.select)}"
    if before.preview and not after.preview:
        yield "preview is false, not true"
    for value in before.extend_select:
        if value not in after.extend_select:
            yield f"extendSelect: {value} was removed"


def _params(before: Config, after: Config) -> Iterator[str]:
    for rule in sorted({*before.params, *after.params}):
        then, now = before.params.get(rule, {}), after.params.get(rule, {})
        for name in sorted({*then, *now}):
            if then.get(name) != now.get(name):
                yield f"params: {name} of {rule} is {_param(now, name)}, not {_param(then, name)}"


def _outcome(before: Config, after: Config) -> Iterator[str]:
    if _rank(after.fail_on) < _rank(before.fail_on):
        yield f"failOn is {after.fail_on}, not {before.fail_on}"
    if after.as_of is not None and after.as_of != before.as_of:
        yield f"asOf is {after.as_of}, not {before.as_of or 'the day of the run'}"
    for key in ("unmeasured", "absent"):
        was, is_ = getattr(before, key), getattr(after, key)
        if is_ != was:
            yield f"{key} is {is_}, not {was}"
    if after.currency != before.currency:
        yield f"currency is {after.currency or 'not set'}, not {before.currency or 'not set'}"
    if dict(after.languages) != dict(before.languages):
        yield "language or languages: rules about wording use different words"


def _other_files(
    key: str, before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> Iterator[str]:
    for path, content in sorted(before.items()):
        if after.get(path) != content:
            yield f"{key}: {path} {'has changed' if path in after else 'was removed'}"


def _added(key: str, before: Collection[str], after: Collection[str]) -> Iterator[str]:
    for value in after:
        if value not in before:
            yield f"{key}: {value} was added"
    for value in before:
        if value.startswith("!") and value not in after:
            yield f"{key}: {value} was removed"


def _lower(
    before: Mapping[str, Grade], after: Mapping[str, Grade], defaults: Mapping[str, Severity]
) -> Iterator[str]:
    """The rules whose severity is lower from some date, each with the first such date."""
    for rule in sorted({*before, *after}):
        default = defaults.get(rule, Severity.ERROR)
        grades = before.get(rule), after.get(rule)
        for day in sorted({date.min, *(day for grade in grades for day in _days(grade))}):
            then, now = (severity_on(grade, day, default) for grade in grades)
            if now.rank > then.rank:
                since = "" if day == date.min else f" from {day} on"
                yield f"severity: {rule} is {now.value}{since}, not {then.value}"
                break


def _days(grade: Grade | None) -> Iterator[date]:
    """The dates on which a severity changes."""
    if isinstance(grade, tuple):
        yield from (date.fromisoformat(day) for day, _ in grade)


def _loosens(override: Override, defaults: Mapping[str, Severity]) -> bool:
    return bool(override.ignore) or any(_lower({}, override.severities, defaults))


def _lower_figures(
    what: str, before: Mapping[str, float], after: Mapping[str, float]
) -> Iterator[str]:
    for name, figure in sorted(before.items()):
        if after.get(name, 0) < figure:
            yield f"{what}: {name} is {after.get(name, 0):g}, not {figure:g}"


def _rank(fail_on: str) -> int:
    """Higher means that more findings fail the check."""
    return -1 if fail_on == NEVER else Severity(fail_on).rank


def _param(values: Mapping[str, Any], name: str) -> str:
    return str(values[name]) if name in values else "the rule's default"


def _shown(values: Collection[str]) -> str:
    return first_of([*values], _MOST_NAMED) or "everything"
