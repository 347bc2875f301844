"""Two models → the findings that appear or end at another time in the second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from bizalign_lint.core.clock import Clock
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import Model
from bizalign_lint.forecast.move import Move, Sort, Spell
from bizalign_lint.forecast.outlook import finding_periods
from bizalign_lint.forecast.periods import FindingPeriod
from bizalign_lint.graph.owners import owner_of

Key = tuple[str, str | None]


def moves(
    loaded: Loaded,
    before: tuple[Model, list[Source]],
    after: tuple[Model, list[Source]],
    settings: Settings,
    until: date,
    renamed: Mapping[str, str] | None = None,
) -> list[Move]:
    """The moves of findings from one model to another, by sort, severity and day.

    ``renamed`` gives the former references of renamed definitions, by their present ones.
    """
    old, new = (
        _by_fingerprint(loaded, *one, settings, Clock(settings.as_of, until))
        for one in (before, after)
    )
    first = settings.as_of.isoformat()
    pairs: list[tuple[_Entry | None, _Entry | None]]
    pairs = [(old[name], new[name]) for name in old if name in new]
    left = _by_entity((entry for name, entry in old.items() if name not in new), {})
    come = _by_entity((entry for name, entry in new.items() if name not in old), renamed or {})
    for key, entries in come.items():
        twins = left.get(key, [])
        pairs += [(twins.pop(0), entry) if twins else (None, entry) for entry in entries]
    pairs += [(entry, None) for entries in left.values() for entry in entries]
    found = [
        _move(loaded, one, other, first)
        for one, other in pairs
        if one is None or other is None or one.spells != other.spells
    ]
    return sorted(found, key=_order)


class _Entry(NamedTuple):
    period: FindingPeriod
    spells: tuple[Spell, ...]


def _by_fingerprint(
    loaded: Loaded, model: Model, sources: list[Source], settings: Settings, clock: Clock
) -> dict[str, _Entry]:
    found = finding_periods(loaded, model, sources, settings, clock)
    entries: dict[str, _Entry] = {}
    for period in sorted(found, key=lambda one: one.start):
        last = clock.days[period.end - 1] if period.end < clock.never else None
        spell = Spell(clock.days[period.start], last)
        known = entries.get(period.finding.fingerprint)
        if known is None:
            entries[period.finding.fingerprint] = _Entry(period, (spell,))
        elif period.was is not None:
            longer = known.spells[-1]._replace(last=last)
            entries[period.finding.fingerprint] = known._replace(
                spells=(*known.spells[:-1], longer)
            )
        else:
            entries[period.finding.fingerprint] = known._replace(spells=(*known.spells, spell))
    return entries


def _by_entity(entries: Iterable[_Entry], renamed: Mapping[str, str]) -> dict[Key, list[_Entry]]:
    """Entries by rule and definition: fingerprints may differ, as they may contain a date."""
    found: dict[Key, list[_Entry]] = defaultdict(list)
    for entry in entries:
        about = entry.period.finding.entity
        found[entry.period.finding.rule, renamed.get(about or "", about)].append(entry)
    return found


def _move(loaded: Loaded, old: _Entry | None, new: _Entry | None, first: str) -> Move:
    entry = new or old
    assert entry is not None
    finding, draft = entry.period.finding, entry.period.draft
    node = draft.node.entity if draft.node is not None else None
    owner = None if node is None else owner_of(node)
    before, after = (() if one is None else one.spells for one in (old, new))
    return Move(
        _sort(before, after, first),
        finding,
        finding.location.path if node is None else node.title,
        None if owner is None else owner.title,
        loaded.rules.rules[finding.rule].lapse,
        before=before,
        after=after,
    )


def _sort(before: tuple[Spell, ...], after: tuple[Spell, ...], first: str) -> Sort:
    if not before:
        return Sort.GAINED if after[0].first == first else Sort.COMING
    if not after:
        return Sort.LOST if before[0].first == first else Sort.AVERTED
    if before[0].first == after[0].first:
        return Sort.ENDING
    return Sort.FORWARD if after[0].first < before[0].first else Sort.OFF


def _order(move: Move) -> tuple[int, int, str, str, str, int, str]:
    finding = move.finding
    spell = (move.after or move.before)[0]
    at = finding.location
    return (
        [*Sort].index(move.sort),
        finding.severity.rank,
        spell.first,
        finding.rule,
        at.path,
        at.span.line,
        finding.fingerprint,
    )
