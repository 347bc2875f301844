"""The outcome of a change as JSON, version 1, for programs; ``json.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bizalign_lint.compare.json import coverage_change
from bizalign_lint.forecast.move import move_value
from bizalign_lint.reporters.json import document
from bizalign_lint.reporters.view import View
from bizalign_lint.whatif.outcome import Outcome
from bizalign_lint.whatif.support import Loss

VERSION = 1


def render(outcome: Outcome, view: View) -> Iterator[str]:
    """The outcome as one JSON object. Paths are relative to ``root``."""
    value = {
        "root": view.path(),
        "change": outcome.title,
        "asOf": outcome.as_of,
        "until": outcome.until,
        "day": outcome.day,
        "edits": [one._asdict() for one in outcome.edits],
        "added": outcome.added,
        "findings": [move_value(move) for move in outcome.moves],
        "support": [_loss(one) for one in outcome.losses],
        "money": {
            "freed": _sums(outcome.money.freed),
            "stranded": _sums(outcome.money.stranded),
        },
        "coverage": [coverage_change(change) for change in outcome.coverage],
    }
    yield document(VERSION, value)


def _loss(one: Loss) -> dict[str, Any]:
    return {
        "entity": one.node.reference,
        "title": one.node.title,
        "lost": [node.reference for node in one.lost],
        "left": [node.reference for node in one.left],
        "affects": [{"entity": node.reference, "title": node.title} for node in one.dependents],
    }


def _sums(found: Mapping[str, Decimal]) -> list[dict[str, Any]]:
    return [
        {"currency": currency or None, "amount": float(amount)}
        for currency, amount in found.items()
    ]
