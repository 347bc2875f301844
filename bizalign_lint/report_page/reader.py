"""Reads the values of nodes by paths, and writes values as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from bizalign_lint.core.words import spaced
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.rules.compiled.steps import UnknownStepError, Walker
from bizalign_lint.rules.compiled.walks import Walk
from bizalign_lint.rules.language.paths import parse
from bizalign_lint.schema.ontology import ObjectType

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _nowhere(_: Any) -> Sequence[Any]:
    return ()


class Mention(NamedTuple):
    """A definition as it is named on the page."""

    title: str
    panel: str
    """The id of its panel; empty if it has none."""
    note: str = ""


class Reader:
    """Reads the values of nodes by paths, and names definitions as the page does."""

    def __init__(self, graph: Graph, walker: Walker, kinds: Sequence[str]) -> None:
        """``kinds`` are the kinds whose definitions have a panel."""
        self.graph = graph
        self._walker = walker
        self._walks: dict[tuple[str, ObjectType], Walk] = {}
        self._panels = {
            node: f"{'abcdefghij'[at]}{number}"
            for at, kind in enumerate(kinds)
            for number, node in enumerate(graph.kinds.get(kind, ()))
        }

    def values(self, node: Node, path: str) -> Sequence[Any]:
        """All values of a path; none if the node's kind has no such path."""
        if not path:
            return (node,)
        key = (path, node.type)
        walk = self._walks.get(key)
        if walk is None:
            try:
                walk = self._walker.path(parse(path), (node.type,)).walk
            except UnknownStepError:
                walk = _nowhere
            self._walks[key] = walk
        return walk(node)

    def one(self, node: Node, path: str) -> Any:
        """The first value of a path; None if there is none."""
        return next(iter(self.values(node, path)), None)

    def number(self, node: Node, path: str) -> float | None:
        """The first value of a path if it is a number; else None."""
        value = self.one(node, path)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def text(self, node: Node, path: str) -> str:
        """The first value of a path as text; empty if there is none."""
        value = self.one(node, path) if path else None
        return "" if value is None else said(value)

    def word(self, node: Node, path: str) -> str:
        """The first value of a path in words: ``phaseOut`` as ``phase out``, dates written out."""
        text = self.text(node, path)
        return spaced(text) if text.isidentifier() else day(text)

    def nodes(self, node: Node, path: str) -> list[Node]:
        """The definitions at the end of a path, each once."""
        found = (v.entity for v in self.values(node, path) if isinstance(v, Node))
        return list(dict.fromkeys(found))

    def of_kind(self, kind: str) -> Sequence[Node]:
        """All definitions of a kind."""
        return self.graph.kinds.get(kind, ())

    def rank(self, kind: str, name: str, value: Any) -> int:
        """The index of a value in the enumeration of a property; -1 if it is not in it."""
        return self.choices(kind, name).index(value) if value in self.choices(kind, name) else -1

    def choices(self, kind: str, name: str) -> tuple[Any, ...]:
        """The enumeration of a property of a kind; empty if it has none."""
        type_ = self._walker.ontology.types.get(kind)
        property_ = type_.properties.get(name) if type_ is not None else None
        return (property_.enum or ()) if property_ is not None else ()

    def order(self, kind: str, name: str) -> tuple[str, ...]:
        """The names of the ordered dates of a kind, or of the object in its property ``name``."""
        type_ = self._walker.ontology.types.get(kind)
        if type_ is None or not name:
            return type_.order if type_ is not None else ()
        property_ = type_.properties.get(name)
        return property_.object.order if property_ is not None and property_.object else ()

    def panel(self, node: Node) -> str:
        """The id of the panel of a definition; empty if it has none."""
        return self._panels.get(node, "")

    def mention(self, node: Node, note: str = "", before: str = "") -> Mention:
        """A definition with the value of the path ``note``, and words before the value."""
        said = self.word(node, note)
        return Mention(title(node), self.panel(node), f"{before} {said}".strip() if said else "")


def title(node: Node) -> str:
    """The title of a definition, on one line and without control characters."""
    return clean(node.title)


def said(value: Any) -> str:
    """A value as text for people."""
    if isinstance(value, Node):
        return title(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    return clean(str(value))


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdecimal()


def number(value: float) -> str:
    """A number with thousands separators and at most two decimals."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def money(value: float, currency: str = "") -> str:
    """An amount, rounded to three digits: ``1.2 M EUR``."""
    for least, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= least * 0.9995:
            short = (
                f"{value / least:.3g}" if abs(value) < 999.5 * least else f"{value / least:,.0f}"
            )
            return f"{short} {letter} {currency}".rstrip()
    return f"{value:,.0f} {currency}".rstrip()


def day(text: str) -> str:
    """A date in ISO 8601 as ``30 Jun 2027``; any other text unchanged."""
    if not _is_day(text):
        return text
    year, month, number_ = text.split("-")
    return f"{int(number_)} {_MONTHS[int(month) - 1]} {year}"


def ordinal(text: Any) -> int | None:
    """The proleptic Gregorian ordinal of a date in ISO 8601; None for anything else."""
    try:
        return date.fromisoformat(text).toordinal()
    except (TypeError, ValueError):
        return None
