"""The JSON of a trend as types: what ``json.schema.json`` describes, for who writes or reads it."""

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
"""A share, how many findings there are, or None where the measure does not know."""


class MeasureForm(TypedDict):
    """What is measured, and what people call it."""

    measure: str
    title: str


class CommitForm(TypedDict):
    """A commit."""

    commit: str
    day: str
    subject: str
    tag: str | None


class PointForm(CommitForm):
    """A revision and what is measured of it."""

    values: Mapping[str, ValueForm]
    """By the name of the measure."""
    findings: Mapping[str, Mapping[str, int]]
    """Guideline → severity → how many."""


class CauseForm(TypedDict):
    """What moved a measure from one revision to the next."""

    measure: str
    day: str
    before: ValueForm
    after: ValueForm
    commit: CommitForm | None
    """None where no commit did, but the days that passed."""
    commits: int


class TrendForm(TypedDict):
    """A trend, without what all documents for programs have in common."""

    root: str
    shallow: bool
    measures: list[MeasureForm]
    points: list[PointForm]
    causes: list[CauseForm]
