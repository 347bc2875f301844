"""Derived properties (``x-derived``) → functions that compute them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, assert_never

from bizalign_lint.core.clock import moved
from bizalign_lint.core.durations import shift
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.texts import conjunctions, folded_of, language_of
from bizalign_lint.rules.compiled.values import Get, at, is_number, tidy
from bizalign_lint.schema.derivations import Derivation
from bizalign_lint.schema.ontology import Languages, ObjectType


def derive(
    derivation: Derivation,
    origin: ObjectType,
    as_of: str,
    languages: Languages,
    written_in: Mapping[str, str],
    known: dict[Node, Any],
) -> Get:
    """The function of a derived property.

    ``written_in`` is the configured language by namespace; the empty name stands for all others.
    ``known`` caches inherited values; it must be emptied when the graph changes.
    """
    paths = derivation.paths
    match derivation.function:
        case "phaseOf":
            return _phase(derivation, origin, as_of)
        case "endingOf":
            path, *intents = paths
            begins, ends = _object_at(origin, path).order[-2:]
            until = moved(as_of, derivation.horizon)
            phase = _phase(derivation, origin, as_of)
            return _ending(path, phase, (begins, ends), until, intents, derivation.declared_by)
        case "languageOf":
            return language_of(paths, derivation.declared, languages, written_in)
        case "foldedOf":
            return folded_of(paths, conjunctions(languages))
        case "nearestOf":
            return _nearest(paths[0], derivation.along, known)
        case "sumOf":
            return _computed(paths, sum)
        case "productOf":
            return _computed(paths, _product)
        case "differenceOf":
            return _computed(paths, lambda numbers: numbers[0] - sum(numbers[1:]))
        case "dateOf":
            return _date(paths)
        case "totalOf":
            return total_of(paths)
        case "progressOf":
            return _computed(paths, _progress)
        case _:
            assert_never(derivation.function)


def remembered(get: Get, derivation: Derivation, setup: tuple[object, object]) -> Get:
    """A function that computes a value once for each node, as the node's values never change.

    ``setup`` is what else the value depends on. A node keeps the last value, and its set-up.
    """
    key = id(derivation)  # as old as the type of the node

    def run(node: Node) -> Any:
        known = node.derived
        if known is None:
            known = node.derived = {}
        else:
            entry = known.get(key)
            if entry is not None and entry[0] is setup:
                return entry[1]
        value = get(node)
        known[key] = setup, value
        return value

    return run


def _object_at(origin: ObjectType, path: tuple[str, ...]) -> ObjectType:
    for name in path:
        found = origin.properties[name].object
        assert found is not None
        origin = found
    return origin


def _phase(derivation: Derivation, origin: ObjectType, as_of: str) -> Get:
    """The last phase that has begun; the stated phase if no date has been reached."""
    path, stated = derivation.paths[0], derivation.otherwise
    order = tuple(reversed(_object_at(origin, path).order))

    def get(node: Node) -> Any:
        dates = at(node.values, path)
        if dates:
            for name in order:
                date = dates.get(name)
                if date is not None and date <= as_of:
                    return name
        return at(node.values, stated) if stated else None

    return get


def _ending(
    path: tuple[str, ...],
    phase: Get,
    last: tuple[str, str],
    until: str,
    intents: Sequence[tuple[str, ...]],
    declared: frozenset[str],
) -> Get:
    """Whether one of the last two phases is reached, the last is near, or the end is intended."""

    def get(node: Node) -> bool | None:
        dates = at(node.values, path)
        if not dates:
            return None
        if phase(node) in last or (last[1] in dates and dates[last[1]] <= until):
            return True
        is_dated = any(name in dates for name in last)
        return is_dated and any(at(node.values, intent) in declared for intent in intents)

    return get


def _nearest(path: tuple[str, ...], along: str, known: dict[Node, Any]) -> Get:
    """The value of the node, else that of the nearest node above it that has one."""

    def get(node: Node) -> Any:
        passed: dict[Node, None] = {}
        value = None
        while node not in passed:
            value = at(node.values, path)
            above = node.edges.get(along)
            if value is not None or not above:
                break
            if node in known:
                value = known[node]
                break
            passed[node] = None
            node = above[0]
        if passed:
            known.update(dict.fromkeys(passed, value))
        return value

    return get


def _computed(paths: tuple[tuple[str, ...], ...], function: Callable[[list[Any]], Any]) -> Get:
    def get(node: Node) -> float | None:
        numbers = [at(node.values, path) for path in paths]
        if not all(map(is_number, numbers)):
            return None
        result = function(numbers)
        return None if result is None else tidy(result)

    return get


def _product(numbers: list[Any]) -> Any:
    result = 1
    for number in numbers:
        result *= number
    return result


def _progress(numbers: list[Any]) -> Any:
    baseline, current, target = numbers
    return None if target == baseline else (current - baseline) / (target - baseline)


def _date(paths: tuple[tuple[str, ...], ...]) -> Get:
    def get(node: Node) -> str | None:
        start, duration = (at(node.values, path) for path in paths)
        if not isinstance(start, str) or not isinstance(duration, str):
            return None
        return shift(start, duration)

    return get


_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_YEAR = 12
_DAYS = 30
"""The days of a month, for counting parts of months."""


def total_of(paths: Sequence[tuple[str, ...]]) -> Get:
    """The total for the period of an amount, which may be per month, quarter or year."""

    def get(node: Node) -> float | None:
        amount, per, period = (at(node.values, path) for path in paths)
        if not is_number(amount):
            return None
        if per not in _MONTHS:
            return tidy(amount)
        start, end = (at(period, (name,)) for name in ("start", "end"))
        after = shift(end, "P1D") if isinstance(end, str) else None
        months: float = _YEAR
        if isinstance(start, str) and shift(start, "P0D") and after is not None:
            months = _months(date.fromisoformat(start), date.fromisoformat(after))
        return tidy(amount * months / _MONTHS[per])

    return get


def _months(start: date, end: date) -> float:
    months = (end.year - start.year) * _YEAR + end.month - start.month
    return months + (end.day - start.day) / _DAYS


def value_within(keys: tuple[str, ...]) -> Get:
    """The value at a path through plain objects."""
    *above, last = keys

    def get(node: Node) -> Any:
        within: Any = node.values
        for key in above:
            within = within.get(key)
            if not isinstance(within, dict):
                return None
        return within.get(last)

    return get
