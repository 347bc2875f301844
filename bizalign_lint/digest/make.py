"""A report, a forecast and the levels → a digest for each owner."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from bizalign_lint.core.report import Owner, Report
from bizalign_lint.digest.levels import Key, Level, holdings, levels
from bizalign_lint.findings.owned import owned
from bizalign_lint.forecast.outlook import Event, Outlook
from bizalign_lint.forecast.words import Campaign, campaigns
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.rules.language.rule import Rule


class Digest(NamedTuple):
    """All that concerns one owner."""

    owner: Owner | None
    """None for the digest of what nobody is responsible for."""
    definitions: int
    """How many definitions they are responsible for."""
    report: Report
    """The report, with only what concerns the owner."""
    coming: tuple[Event, ...]
    """The findings that will appear, by day."""
    campaigns: tuple[Campaign, ...]
    """The groups of present findings that will become more severe, by day."""
    levels: tuple[Level, ...]
    """By profile, the least demanding first."""


class Digests(NamedTuple):
    """The digests of all owners, or of one."""

    since: str
    """The as-of date, in ISO 8601."""
    until: str
    """The last day of the forecast, in ISO 8601."""
    digests: tuple[Digest, ...]
    """By the owners' titles; what nobody is responsible for comes last."""


def make(
    graph: Graph,
    report: Report,
    outlook: Outlook,
    profiles: Mapping[str, Report],
    rules: Mapping[str, Rule],
    only: Owner | None = None,
) -> Digests:
    """A digest for everybody who is responsible for anything, or for ``only`` alone.

    ``profiles`` are reports on the same model by other profiles, the least demanding first;
    ``rules`` are all rules by id.
    """
    held = holdings(graph)
    # There are many findings and few owners: look each up once.
    report = report._replace(owner=cache(report.owner))
    titles = {owner.reference: owner for owner in report.owners()}
    found = levels(profiles, rules, held)
    coming: dict[Key, list[Event]] = {}
    for event in outlook.events:
        coming.setdefault(event.owner_reference, []).append(event)
    digests = [
        Digest(
            None if key is None else titles[key],
            held[key].definitions,
            owned(report, key),
            tuple(coming.get(key, ())),
            tuple(campaigns(rise for rise in outlook.rises if rise.owner_reference == key)),
            found[key],
        )
        for key in held
        if only is None or key == only.reference
    ]
    digests.sort(key=_order)
    return Digests(outlook.since, outlook.until, tuple(digests))


def _order(digest: Digest) -> tuple[bool, str, str]:
    owner = digest.owner
    return (True, "", "") if owner is None else (False, owner.title.casefold(), owner.reference)
