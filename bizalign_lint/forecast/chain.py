"""The chain of definitions from a finding's node to the date that makes the finding begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.steps import UnknownStepError, Walker
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.reads import Prefix, reads
from bizalign_lint.schema.ontology import Ontology


class Link(NamedTuple):
    """One definition in a chain."""

    reference: str
    title: str
    property: str = ""
    """The path to the property with the date, for the last link; empty for the others."""
    date: str = ""
    """The date in ISO 8601, for the last link; empty for the others."""


class Chains:
    """Finds the chains that rules follow from nodes to dates."""

    def __init__(self, ontology: Ontology, as_of: str) -> None:
        self._walker = Walker(ontology, as_of)
        self._prefixes: dict[str, list[Prefix]] = {}

    def shortest(self, rule: Rule, node: Node, dates: frozenset[str]) -> tuple[Link, ...]:
        """The shortest chain from a node to one of some dates; empty if there is none."""
        if not dates or rule.shape is None:
            return ()
        prefixes = self._prefixes.get(rule.id)
        if prefixes is None:
            found = reads(rule, self._walker).nodes
            prefixes = self._prefixes[rule.id] = sorted(found, key=len)
        for prefix in prefixes:
            for way in _ways(prefix, node, self._walker):
                for date in sorted(dates):
                    property_ = _property(way[-1], date, self._walker)
                    if property_:
                        return _links(way, property_, date)
        return ()


def _ways(prefix: Prefix, node: Node, walker: Walker) -> Iterator[tuple[Node, ...]]:
    """The nodes passed when the parts of a path are followed from a node, for each way."""
    ways: list[tuple[Node, ...]] = [(node,)]
    for part in prefix:
        following = []
        for way in ways:
            try:
                walk = walker.path(part, (way[-1].type,)).walk
            except UnknownStepError:
                continue
            following += [(*way, value) for value in walk(way[-1]) if isinstance(value, Node)]
        ways = following
    return iter(ways)


def _property(node: Node, date: str, walker: Walker) -> str:
    """The path to a property of a node that has a date as its value; empty if there is none."""
    for name, property_ in node.type.properties.items():
        if property_.derivation is None or property_.datatype != "date":
            continue
        if walker.derived(property_.derivation, node.type)(node) == date:
            return name
    return _path_to(node.values, date)


def _path_to(values: Mapping[str, Any], date: str) -> str:
    for name, value in values.items():
        if value == date:
            return name
        if isinstance(value, dict) and (inner := _path_to(value, date)):
            return f"{name}/{inner}"
    return ""


def _links(way: tuple[Node, ...], property_: str, date: str) -> tuple[Link, ...]:
    named = [*dict.fromkeys(node.entity for node in way)]
    first = [Link(node.reference, node.title) for node in named[:-1]]
    return (*first, Link(named[-1].reference, named[-1].title, property_, date))
