"""Digests as JSON, version 1, for programs; ``json.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizalign_lint.digest.levels import Level, reached
from bizalign_lint.digest.make import Digest, Digests
from bizalign_lint.forecast.json import campaign_value, event_value
from bizalign_lint.reporters.json import document, finding_value, gap_value
from bizalign_lint.reporters.view import View

VERSION = 1


def render(digests: Digests, view: View) -> Iterator[str]:
    """The digests as one JSON object. Paths are relative to ``root``."""
    value = {
        "root": view.path(),
        "asOf": digests.since,
        "until": digests.until,
        "digests": [_digest(digest) for digest in digests.digests],
    }
    yield document(VERSION, value)


def _digest(digest: Digest) -> dict[str, Any]:
    owner = digest.owner
    return {
        "owner": None if owner is None else owner.reference,
        "title": None if owner is None else owner.title,
        "definitions": digest.definitions,
        "level": reached(digest.levels),
        "levels": [_level(level) for level in digest.levels],
        "findings": [finding_value(finding) for finding in digest.report.findings],
        "coming": [event_value(event) for event in digest.coming],
        "campaigns": [campaign_value(campaign) for campaign in digest.campaigns],
        "missing": [gap_value(gap) for gap in digest.report.judged.gaps],
    }


def _level(level: Level) -> dict[str, Any]:
    return {
        "profile": level.profile,
        "met": level.met,
        "broken": level.broken,
        "unknown": level.unknown,
        "percent": level.percent,
        "reached": level.is_reached,
    }
