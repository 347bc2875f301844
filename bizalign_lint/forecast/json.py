"""For programs: version 1 of the JSON forecast, which ``json.schema.json`` describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from bizalign_lint import __version__
from bizalign_lint.forecast.outlook import Event, Outlook
from bizalign_lint.reporters.json import finding_value, valid
from bizalign_lint.reporters.view import View

VERSION = 1


def render(outlook: Outlook, view: View) -> Iterator[str]:
    """The forecast as one JSON object. Paths are relative to ``root``."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    value = {
        "version": VERSION,
        "tool": {"name": "bizalign-lint", "version": __version__},
        "root": view.path(),
        "asOf": outlook.since,
        "until": outlook.until,
        "events": [_event(event) for event in outlook.events],
    }
    yield orjson.dumps(valid(value), option=options).decode()


def _event(event: Event) -> dict[str, Any]:
    return {
        "first": event.first,
        "last": event.last,
        "lapse": event.lapse,
        "owner": event.answering,
        "chain": [
            {
                "entity": link.reference,
                "title": link.title,
                "property": link.property or None,
                "date": link.date or None,
            }
            for link in event.chain
        ],
        "finding": finding_value(event.finding),
    }
