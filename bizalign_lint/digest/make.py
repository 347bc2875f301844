"""What there is to say to each owner."""

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
    """What there is to say to one owner."""

    owner: Owner | None
    """None: what nobody is responsible for."""
    definitions: int
    """How many definitions they are responsible for."""
    report: Report
    """The report, with only what concerns them."""
    coming: tuple[Event, ...]
    """What will be found, in the order of days."""
    campaigns: tuple[Campaign, ...]
    """What is found already and will matter more, in the order of days."""
    levels: tuple[Level, ...]
    """By profile, the least demanding first."""


class Digests(NamedTuple):
    """What there is to say to all who were asked about."""

    since: str
    """The day that is looked at."""
    until: str
    """The last day that is looked ahead to."""
    digests: tuple[Digest, ...]
    """By what people call the owners, nobody last."""


def make(
    graph: Graph,
    report: Report,
    outlook: Outlook,
    profiles: Mapping[str, Report],
    rules: Mapping[str, Rule],
    only: Owner | None = None,
) -> Digests:
    """A digest for everybody who is responsible for anything, or ``only`` for one of them.

    ``profiles`` are reports on the same model by other profiles, the least demanding first;
    ``rules`` are all rules by id.
    """
    held = holdings(graph)
    # Many findings of few owners: each is looked up once.
    report = report._replace(owner=cache(report.owner))
    titles = {owner.reference: owner for owner in report.owners()}
    found = levels(profiles, rules, held)
    coming: dict[Key, list[Event]] = {}
    for event in outlook.events:
        coming.setdefault(event.answering, []).append(event)
    digests = [
        Digest(
            None if key is None else titles[key],
            held[key].definitions,
            owned(report, key),
            tuple(coming.get(key, ())),
            tuple(campaigns(rise for rise in outlook.rises if rise.answering == key)),
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
