"""Small changes to a rule, each of which one of its cases must notice.

Run it by itself to see what survives: ``python -m tests.rules.mutations [RULE ...]``.
"""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bizalign_lint.core import shipped as resources
from bizalign_lint.core.errors import BizalignError
from bizalign_lint.core.types import Document
from bizalign_lint.engine.load import load, rule_forms
from bizalign_lint.engine.rule_tests import Case, collect, try_case
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.rules.language import paths
from bizalign_lint.rules.language.read import check_forms, read_rules
from bizalign_lint.rules.language.rule import SHARE, Rule

_PROSE = frozenset(
    (
        *("id", "guideline", "severity", "summary", "rationale", "references", "message"),
        *("help", "asOf", "bad", "good", "previous", "condition", "transition", "optional"),
        *("lapse", "preview"),
    )
)
_PATHS = frozenset(
    (
        *("path", "count", "sum", "min", "max", "distinct", "nodes", "disjoint", "equals"),
        *("lessThan", "lessThanOrEquals", "uniqueValueWithin", "sameValueWithin"),
    )
)
_TWINS = {
    "minInclusive": "minExclusive",
    "minExclusive": "minInclusive",
    "maxInclusive": "maxExclusive",
    "maxExclusive": "maxInclusive",
    "minimum": "exclusiveMinimum",
    "maximum": "exclusiveMaximum",
    "lessThan": "lessThanOrEquals",
    "lessThanOrEquals": "lessThan",
    "or": "and",
    "and": "or",
}
_DURATION = re.compile(r"P(\d+)([YMWD])")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule file with one change."""

    what: str
    value: Mapping[str, Any]


def mutants(value: Mapping[str, Any]) -> Iterator[Mutant]:
    """Every mutant of a rule file's content."""
    for where, mutated in _changes({k: v for k, v in value.items() if k not in _PROSE}, ""):
        prose = {k: v for k, v in value.items() if k in _PROSE}
        yield Mutant(where, {**prose, **mutated})


def _changes(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    match value:
        case bool():
            return
        case int() | float():
            for step in (1, -1):
                yield f"{key} {value} → {value + step}", value + step
        case str():
            yield from _of_text(value, key)
        case list():
            for i, item in enumerate(value):
                if len(value) > 1:
                    yield f"{key} without {_short(item)}", value[:i] + value[i + 1 :]
                for what, changed in _changes(item, key):
                    yield what, [*value[:i], changed, *value[i + 1 :]]
        case dict():
            yield from _of_mapping(value, key)


def _of_mapping(value: dict[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        rest = {k: v for k, v in value.items() if k != name}
        if name in ("where", "evidence", "filterShape") or (
            key == "shape" and len(value) > 1 and name not in ("path", "message", "flags")
        ):
            yield f"without {name}", rest
        if name in _TWINS and _TWINS[name] not in value:
            yield f"{name} → {_TWINS[name]}", {**rest, _TWINS[name]: inner}
        # The share decides how many targets are told at once, and not which.
        if name in ("message", "flags", "description", "target", SHARE):
            continue
        for what, changed in _changes(inner, name):
            yield f"{name}: {what}", {**value, name: changed}


def _of_text(value: str, key: str) -> Iterator[tuple[str, Any]]:
    found = _DURATION.search(value)
    if found:
        for step in (1, -1):
            longer = f"P{int(found[1]) + step}{found[2]}"
            yield f"{value} with {longer}", value.replace(found[0], longer)
    elif value.startswith("$"):
        return
    elif key in _PATHS or key == "evidence":
        for path in _paths(paths.parse(value)):
            yield f"{value} → {paths.text(path)}", paths.text(path)
    elif key == "pattern":
        for pattern in _patterns(value):
            yield f"pattern → {pattern}", pattern


def _paths(path: paths.Path) -> Iterator[paths.Path]:
    match path:
        case paths.Sequence(parts) | paths.Alternative(parts):
            for i, part in enumerate(parts):
                rest = parts[:i] + parts[i + 1 :]
                yield rest[0] if len(rest) == 1 else path._replace(parts=rest)
                for changed in _paths(part):
                    yield path._replace(parts=(*parts[:i], changed, *parts[i + 1 :]))
        case paths.Repeat(part, least, many):
            yield part
            if many:
                yield paths.Repeat(part, 1 - least, many)
                yield paths.Repeat(part, 0, many=False)
            for changed in _paths(part):
                yield path._replace(part=changed)


def _patterns(pattern: str) -> Iterator[str]:
    """The pattern without one of its alternatives (those that hold no brackets)."""
    for group in re.finditer(r"\((?:\?:)?([^()]*\|[^()]*)\)", pattern):
        words = group[1].split("|")
        for i in range(len(words)):
            rest = "|".join(words[:i] + words[i + 1 :])
            yield pattern[: group.start(1)] + rest + pattern[group.end(1) :]


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) < 60 else f"{text[:57]}…"


class Laboratory:
    """Tries mutants of the shipped rules on the rules' cases."""

    def __init__(self) -> None:
        self.loaded = load()
        self._forms = rule_forms()
        self._guidelines = [
            read_document(s) for s in resources.rules() if s.path.endswith("guideline.yaml")
        ]
        tests = {f"{s.path.removesuffix('.test.yaml')}.yaml": s for s in resources.rule_tests()}
        self._tests = tests
        self._case_schema = read_document(resources.meta("cases")).value

    def cases(self, rule: Rule) -> list[Case]:
        """The cases of a rule."""
        return list(collect([rule], self._tests, self._case_schema))

    def survivors(self, rule: Rule) -> list[str]:
        """The changes to a rule that none of its cases notices."""
        cases = self.cases(rule)
        return [
            mutant.what
            for mutant in mutants(rule.document.value)
            if not self._noticed(rule, mutant, cases)
        ]

    def _noticed(self, rule: Rule, mutant: Mutant, cases: list[Case]) -> bool:
        document = Document(rule.document.source, 0, copy.deepcopy(dict(mutant.value)))
        try:
            check_forms([document], self._forms)
            read = read_rules([*self._guidelines, document])
            (changed,) = read.rules.values()
            known = self.loaded.rules
            rules = known._replace(rules={**known.rules, changed.id: changed})
            loaded = self.loaded._replace(rules=rules)
            return any(
                try_case(replace(case, rule=changed), loaded).status != "passed" for case in cases
            )
        except BizalignError:
            return True


def main() -> None:
    """Print what survives."""
    laboratory = Laboratory()
    wanted = sys.argv[1:]
    alive = 0
    for rule in laboratory.loaded.rules.rules.values():
        if rule.condition is None and (not wanted or any(map(rule.id.startswith, wanted))):
            for what in laboratory.survivors(rule):
                alive += 1
                sys.stdout.write(f"{rule.id} {rule.name}: {what}\n")
    sys.stdout.write(f"{alive} survive\n")


if __name__ == "__main__":
    main()
