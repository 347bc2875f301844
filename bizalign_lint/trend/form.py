"""The types of a trend's JSON, as ``json.schema.json`` describes it, for writers and readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict


class ShareForm(TypedDict):
    """The outcome of a measure of alignment."""

    held: float
    broken: float
    unknown: float
    unit: str | None
    """The currency of a measure of money."""
    percent: float | None


ValueForm = float | ShareForm | None
"""A share, a number of findings, or None if it was not measured."""


class MeasureForm(TypedDict):
    """A measure and its title."""

    measure: str
    title: str


class CommitForm(TypedDict):
    """A commit."""

    commit: str
    day: str
    subject: str
    tag: str | None


class PointForm(CommitForm):
    """A revision and its figures."""

    values: Mapping[str, ValueForm]
    """By the name of the measure."""
    findings: Mapping[str, Mapping[str, int]]
    """Guideline → severity → number of places."""


class CauseForm(TypedDict):
    """A change of a measure from one revision to the next, and what caused it."""

    measure: str
    day: str
    before: ValueForm
    after: ValueForm
    commit: CommitForm | None
    """None if time has passed and no commit caused it."""
    commits: int


class TrendForm(TypedDict):
    """The JSON of a trend, without the properties that all documents share (version, tool)."""

    root: str
    shallow: bool
    measures: list[MeasureForm]
    points: list[PointForm]
    causes: list[CauseForm]
