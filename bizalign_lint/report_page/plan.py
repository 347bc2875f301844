"""The plan of the page: what it draws, as in ``schemas/meta/report.yaml``.

Most fields are paths of the rule language, read from a definition of the part's kind; ``words``,
``title`` and ``lead`` are texts of the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Name(NamedTuple):
    """The definition that names the page: the one of a kind without anything ``above``."""

    kind: str
    above: str


class Star(NamedTuple):
    """The boxes marked with a star: those with a value at a path."""

    path: str
    value: str
    words: str
    those: str
    """The name for all of them together."""


class Carriers(NamedTuple):
    """The definitions that carry a box."""

    path: str
    phase: str
    words: str
    one: str
    """The short name for one carrier."""
    many: str
    """The short name for several."""


class Without(NamedTuple):
    """The property that declares that a box needs no carriers."""

    path: str
    words: str


class Outside(NamedTuple):
    """The value that says that somebody else runs the technology of a carrier."""

    path: str
    value: str
    words: str


class Technology(NamedTuple):
    """The technology of carriers, the end of its support, and what says that others run it."""

    path: str
    end: str
    kept: str
    outside: Outside


class Map(NamedTuple):
    """The map of nested boxes."""

    short: str
    """The title in the navigation."""
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
    """A heading, and the definitions at the end of a path."""

    words: str
    path: str
    note: str = ""
    """The path to a value that is shown after each definition."""
    before: str = ""
    """The words before that value."""


class Axis(NamedTuple):
    """The rows or the columns of a matrix."""

    kind: str
    path: str
    above: str = ""


class Matrix(NamedTuple):
    """The matrix of two kinds."""

    short: str
    """The title in the navigation."""
    title: str
    lead: str
    rows: Axis
    columns: Axis


class Scale(NamedTuple):
    """The path to a number, and its name."""

    path: str
    words: str


class Corner(NamedTuple):
    """A quarter of the quadrant: whether each scale is high, and the classification for that."""

    up: bool
    across: bool
    value: str


class Quadrant(NamedTuple):
    """The quadrant: definitions by two numbers."""

    short: str
    """The title in the navigation."""
    title: str
    lead: str
    kind: str
    phase: str
    across: Scale
    up: Scale
    least: int
    """The lowest value that counts as high."""
    classified: str
    corners: tuple[Corner, ...]


class Lane(NamedTuple):
    """A lane of the roadmap: definitions of a kind by the dates in one of their objects."""

    kind: str
    words: str
    dates: str
    tones: tuple[str, ...]
    kept: str = ""


class Roadmap(NamedTuple):
    """The roadmap: lanes over time."""

    short: str
    """The title in the navigation."""
    title: str
    lead: str
    lanes: tuple[Lane, ...]


class Tree(NamedTuple):
    """The tree of strategies, goals and results."""

    short: str
    """The title in the navigation."""
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
    """The board: cards in columns."""

    short: str
    """The title in the navigation."""
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
    """The paths by which a definition says what share of its money goes where."""

    path: str
    to: str
    share: str
    amount: str


class Layer(NamedTuple):
    """A kind that money passes through."""

    kind: str
    words: str
    to: str = ""
    above: str = ""


class Flow(NamedTuple):
    """The flow of money from layer to layer."""

    short: str
    """The title in the navigation."""
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
    """The register: a table of definitions, the latest first."""

    short: str
    """The title in the navigation."""
    title: str
    lead: str
    kind: str
    date: str
    otherwise: str
    status: str
    binding: tuple[str, ...]
    """The statuses of definitions that are in force."""
    columns: tuple[Row, ...]


class Plan(NamedTuple):
    """The plan of all parts of the page."""

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
