"""Completion of rule ids in suppression comments, and in definitions that suppress rules."""

from __future__ import annotations

from bizalign_lint.core.words import match_rank
from bizalign_lint.ide.cursor import Cursor
from bizalign_lint.ide.items import Item, ItemType, Offer, ranked
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.ignore_comments import START, TYPED, comment, typed_start


def in_comment(snapshot: Snapshot, path: str, at: Cursor) -> Offer | None:
    """The rules to suppress in a comment, those with findings in this file first."""
    assert at.comment is not None
    found = TYPED.match(at.comment)
    if found is not None:
        listed = {rule.strip() for rule in found["before"].split(",")}
        span = at.page.span(at.offset - len(found["typed"]), at.offset)
        return Offer(span, _rules(snapshot, path, found["typed"], "", listed))
    typed = typed_start(at.comment)
    if typed is None:
        return None
    span = at.page.span(at.offset - len(typed), at.offset)
    item = Item(
        START,
        ItemType.SNIPPET,
        comment(["$1"], "${2:why}").removeprefix("# "),
        "Suppress a finding of a rule here, with a reason",
        snippet=True,
    )
    return Offer(span, (item,))


def rules(snapshot: Snapshot, path: str, at: Cursor, lead: str) -> Offer:
    """The rules that a definition may suppress."""
    listed = {at.page.sketch.value(p) for p in at.holder.parts if p is not at.part}
    return Offer(at.span, _rules(snapshot, path, at.typed, lead, listed))


def _rules(
    snapshot: Snapshot, path: str, typed: str, lead: str, listed: set[str]
) -> tuple[Item, ...]:
    here = {finding.rule for finding in snapshot.findings if finding.location.path == path}
    found: list[tuple[int, Item]] = []
    for rule in snapshot.loaded.rules.rules.values():
        rank = match_rank(typed.lower(), rule.id.lower(), rule.name.lower())
        if rank is None or rule.id in listed:
            continue
        about = " ".join(rule.summary.split())
        item = Item(
            label=rule.id,
            sort=ItemType.RULE,
            text=lead + rule.id,
            detail=rule.name,
            about=about,
            search=f"{rule.id} {rule.name}",
        )
        found.append((rank * 2 + (rule.id not in here), item._replace(first=rule.id in here)))
    return ranked(found)
