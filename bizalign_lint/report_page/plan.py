"""What the page draws, as ``schemas/meta/report.yaml`` says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Name(NamedTuple):
    """Where the page gets its name from."""

    kind: str
    above: str


class Star(NamedTuple):
    """What is marked with a star."""

    path: str
    value: str
    words: str
    those: str
    """What all of them are called."""


class Carriers(NamedTuple):
    """What a box rests on."""

    path: str
    phase: str
    words: str
    one: str
    """What one is called where there is little room; and several."""
    many: str


class Without(NamedTuple):
    """What declares that a box is meant to rest on nothing."""

    path: str
    words: str


class Outside(NamedTuple):
    """What says that somebody else sees to all that is below."""

    path: str
    value: str
    words: str


class Technology(NamedTuple):
    """What the carriers run on, until when that is kept up, and what says that others see to it."""

    path: str
    end: str
    kept: str
    outside: Outside


class Map(NamedTuple):
    """Nested boxes."""

    short: str
    """What it is called where there is little room."""
    title: str
    lead: str
    kind: str
    above: str
    star: Star
    now: str
    goal: str
    gap: str
    rating: str
    cost: str
    carriers: Carriers
    without: Without
    technology: Technology


class Row(NamedTuple):
    """A heading, those that a path leads to, and what is said of each."""

    words: str
    path: str
    note: str = ""
    before: str = ""
    """What is before that."""


class Axis(NamedTuple):
    """The rows or the columns of a matrix."""

    kind: str
    path: str
    above: str = ""


class Matrix(NamedTuple):
    """Which of the columns each of the rows leads to."""

    short: str
    """What it is called where there is little room."""
    title: str
    lead: str
    rows: Axis
    columns: Axis


class Scale(NamedTuple):
    """A number, and what it is called."""

    path: str
    words: str


class Corner(NamedTuple):
    """A quarter of a quadrant: whether the scales are high there, and what that means."""

    up: bool
    across: bool
    value: str


class Quadrant(NamedTuple):
    """Definitions by two numbers."""

    short: str
    """What it is called where there is little room."""
    title: str
    lead: str
    kind: str
    phase: str
    across: Scale
    up: Scale
    least: int
    classified: str
    corners: tuple[Corner, ...]


class Lane(NamedTuple):
    """Definitions of a kind over time, by the dates in an object of theirs."""

    kind: str
    words: str
    dates: str
    tones: tuple[str, ...]
    kept: str = ""


class Roadmap(NamedTuple):
    """Lanes over time."""

    short: str
    """What it is called where there is little room."""
    title: str
    lead: str
    lanes: tuple[Lane, ...]


class Tree(NamedTuple):
    """Strategies, goals and results."""

    short: str
    """What it is called where there is little room."""
    title: str
    lead: str
    kind: str
    above: str
    notes: tuple[str, ...]
    goals: str
    results: str
    baseline: str
    current: str
    target: str
    unit: str
    due: str
    measured: str
    progress: str
    status: str
    work: Row


class Board(NamedTuple):
    """Cards in columns."""

    short: str
    """What it is called where there is little room."""
    title: str
    lead: str
    kind: str
    columns: str
    rank: str
    state: str
    assessed: str
    due: str
    stance: str
    answers: str
    reach: str


class Shares(NamedTuple):
    """How money is passed on."""

    path: str
    to: str
    share: str
    amount: str


class Layer(NamedTuple):
    """A kind that money passes."""

    kind: str
    words: str
    to: str = ""
    above: str = ""


class Flow(NamedTuple):
    """How money passes from layer to layer."""

    short: str
    """What it is called where there is little room."""
    title: str
    lead: str
    costs: str
    amount: str
    currency: str
    purpose: str
    period: str
    shares: Shares
    layers: tuple[Layer, ...]


class Register(NamedTuple):
    """A table of definitions, the latest first."""

    short: str
    """What it is called where there is little room."""
    title: str
    lead: str
    kind: str
    date: str
    otherwise: str
    status: str
    binding: tuple[str, ...]
    """The statuses of what is in force."""
    columns: tuple[Row, ...]


class Plan(NamedTuple):
    """All that the page draws."""

    name: Name
    map: Map
    panels: Mapping[str, Sequence[Row]]
    matrix: Matrix
    quadrant: Quadrant
    roadmap: Roadmap
    tree: Tree
    board: Board
    flow: Flow
    register: Register
