"""Reports on one model by several profiles → how many rules of each an owner meets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import places
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.graph.owners import OwnerFinder
from bizalign_lint.rules.language.rule import Rule

Key = str | None
"""The reference of an owner; None for what nobody is responsible for."""


class Level(NamedTuple):
    """How many of a profile's rules an owner meets; only rules about the owner's kinds count."""

    profile: str
    met: int
    broken: int
    """The rules with a finding."""
    unknown: int
    """The rules without a finding that wait for a fact."""

    @property
    def total(self) -> int:
        """All rules of the profile that apply to any of the owner's kinds."""
        return self.met + self.broken + self.unknown

    @property
    def percent(self) -> float | None:
        """The share that is met, rounded down to a tenth; None if no rule applies."""
        return self.met * 1000 // self.total / 10 if self.total else None

    @property
    def is_reached(self) -> bool:
        """Whether all rules are met; those that wait for a fact are not."""
        return self.total > 0 and self.met == self.total


def reached(levels: Sequence[Level]) -> str | None:
    """The last level that is reached together with all before it; None if the first is not."""
    last = None
    for level in levels:
        if not level.is_reached:
            break
        last = level.profile
    return last


class Holding(NamedTuple):
    """The kinds and the number of definitions that an owner is responsible for."""

    kinds: frozenset[str]
    """Those of nested nodes are among them."""
    definitions: int


def holdings(graph: Graph) -> dict[Key, Holding]:
    """What each owner is responsible for; under None, what nobody is."""
    kinds: dict[Key, set[str]] = {}
    definitions: dict[Key, int] = {}
    of = OwnerFinder()
    for kind, nodes in graph.kinds.items():
        for node in nodes:
            if node.document is None:
                continue
            found = of(node)
            owner = None if found is None else found.reference
            kinds.setdefault(owner, set()).add(kind)
            definitions[owner] = definitions.get(owner, 0) + (node.holder is None)
    return {owner: Holding(frozenset(those), definitions[owner]) for owner, those in kinds.items()}


def levels(
    reports: Mapping[str, Report], rules: Mapping[str, Rule], held: Mapping[Key, Holding]
) -> dict[Key, tuple[Level, ...]]:
    """The levels of every owner, in the order of ``reports``, which has one for each profile.

    ``held`` is what each owner is responsible for. A rule counts for an owner if one of its targets
    is among the owner's kinds; a rule about the structure of any definition always counts.
    """
    found: dict[Key, list[Level]] = {owner: [] for owner in held}
    for profile, report in reports.items():
        broken: dict[Key, set[str]] = {}
        for place in places(report.findings):
            broken.setdefault(_owner(report, place.entity), set()).add(place.rule)
        waiting: dict[Key, set[str]] = {}
        for gap in report.judged.gaps:
            for one in gap.lacking:
                waiting.setdefault(one.owner_reference, set()).update(one.rules)
        active = [rules[rule.id] for rule in report.rules]
        for owner, holding in held.items():
            about = {
                rule.id
                for rule in active
                if rule.condition is not None or not holding.kinds.isdisjoint(rule.targets)
            }
            wrong = broken.get(owner, set())
            unknown = waiting.get(owner, set()) - wrong
            met = about - wrong - unknown
            found[owner].append(Level(profile, len(met), len(wrong), len(unknown)))
    return {owner: tuple(those) for owner, those in found.items()}


def _owner(report: Report, entity: str | None) -> Key:
    owner = report.owner(entity) if entity is not None else None
    return None if owner is None else owner.reference
