"""The forecast as JSON, version 1, for programs; ``json.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizalign_lint.forecast.outlook import Event, Outlook
from bizalign_lint.forecast.words import Campaign, campaigns
from bizalign_lint.reporters.json import document, finding_value
from bizalign_lint.reporters.view import View

VERSION = 1


def render(outlook: Outlook, view: View) -> Iterator[str]:
    """The forecast as one JSON object. Paths are relative to ``root``."""
    value = {
        "root": view.path(),
        "asOf": outlook.since,
        "until": outlook.until,
        "events": [event_value(event) for event in outlook.events],
        "campaigns": [campaign_value(campaign) for campaign in campaigns(outlook.rises)],
    }
    yield document(VERSION, value)


def campaign_value(campaign: Campaign) -> dict[str, Any]:
    """A campaign as JSON."""
    return {
        "first": campaign.day,
        "rule": campaign.rule,
        "was": campaign.was.value,
        "severity": campaign.severity.value,
        "findings": campaign.number,
    }


def event_value(event: Event) -> dict[str, Any]:
    """An event as JSON."""
    return {
        "first": event.first,
        "last": event.last,
        "lapse": event.lapse,
        "owner": event.owner_reference,
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
