"""What paths lead to from a node, and how values are said."""

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
    """The id of the panel that reports it; empty where there is none."""
    note: str = ""


class Reader:
    """Reads nodes by paths, and names them as the page does."""

    def __init__(self, graph: Graph, walker: Walker, kinds: Sequence[str]) -> None:
        """``kinds`` are those whose definitions have a panel."""
        self.graph = graph
        self._walker = walker
        self._walks: dict[tuple[str, ObjectType], Walk] = {}
        self._panels = {
            node: f"{'abcdefghij'[at]}{number}"
            for at, kind in enumerate(kinds)
            for number, node in enumerate(graph.kinds.get(kind, ()))
        }

    def values(self, node: Node, path: str) -> Sequence[Any]:
        """All that a path leads to; nothing where the kind has no such step."""
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
        """The first value that a path leads to; None where it leads nowhere."""
        return next(iter(self.values(node, path)), None)

    def number(self, node: Node, path: str) -> float | None:
        """The same, where it is a number."""
        value = self.one(node, path)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def text(self, node: Node, path: str) -> str:
        """The same as people read it; empty where there is none."""
        value = self.one(node, path) if path else None
        return "" if value is None else said(value)

    def word(self, node: Node, path: str) -> str:
        """A value of an enumeration as people read it: ``phase out``."""
        text = self.text(node, path)
        return spaced(text) if text.isidentifier() else day(text)

    def nodes(self, node: Node, path: str) -> list[Node]:
        """The definitions that a path leads to, each once."""
        found = (v.entity for v in self.values(node, path) if isinstance(v, Node))
        return list(dict.fromkeys(found))

    def of_kind(self, kind: str) -> Sequence[Node]:
        """All definitions of a kind."""
        return self.graph.kinds.get(kind, ())

    def rank(self, kind: str, name: str, value: Any) -> int:
        """The place of a value in the enumeration of a property; -1 where it has none."""
        return self.choices(kind, name).index(value) if value in self.choices(kind, name) else -1

    def choices(self, kind: str, name: str) -> tuple[Any, ...]:
        """The values that a property of a kind may have, in their order."""
        type_ = self._walker.ontology.types.get(kind)
        property_ = type_.properties.get(name) if type_ is not None else None
        return (property_.enum or ()) if property_ is not None else ()

    def order(self, kind: str, name: str) -> tuple[str, ...]:
        """The dates that an object of a kind (or it itself) has, in their order."""
        type_ = self._walker.ontology.types.get(kind)
        if type_ is None or not name:
            return type_.order if type_ is not None else ()
        property_ = type_.properties.get(name)
        return property_.object.order if property_ is not None and property_.object else ()

    def panel(self, node: Node) -> str:
        """The id of the panel of a definition; empty where it has none."""
        return self._panels.get(node, "")

    def mention(self, node: Node, note: str = "", before: str = "") -> Mention:
        """A definition by its title, with what a path leads to from it, and words before that."""
        said = self.word(node, note)
        return Mention(title(node), self.panel(node), f"{before} {said}".strip() if said else "")


def title(node: Node) -> str:
    """What people call a definition, on one line and harmless."""
    return clean(node.title)


def said(value: Any) -> str:
    """A value as people read it."""
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
    """A number with separators, and no more places than it needs."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def money(value: float, currency: str = "") -> str:
    """An amount, rounded as one would say it: ``1.2 M EUR``."""
    for least, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= least * 0.9995:
            short = (
                f"{value / least:.3g}" if abs(value) < 999.5 * least else f"{value / least:,.0f}"
            )
            return f"{short} {letter} {currency}".rstrip()
    return f"{value:,.0f} {currency}".rstrip()


def day(text: str) -> str:
    """A date as people read it: ``30 Jun 2027``."""
    if not _is_day(text):
        return text
    year, month, number_ = text.split("-")
    return f"{int(number_)} {_MONTHS[int(month) - 1]} {year}"


def ordinal(text: Any) -> int | None:
    """The number of a day; None for what is no date."""
    try:
        return date.fromisoformat(text).toordinal()
    except (TypeError, ValueError):
        return None
