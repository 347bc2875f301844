"""The answer why a rule reports nothing: a reason, and the values and findings it relies on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bizalign_lint.core.types import Finding, Location
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.compiled.lacking import Missing
from bizalign_lint.rules.explained.shown import listed
from bizalign_lint.rules.language.shapes import PathExpression, Shape, children

MOST = 5
"""The largest number of values, facts or findings in an answer."""


class Line(NamedTuple):
    """A value, fact or finding that the answer relies on, with its location if it has one."""

    text: str
    at: Location | None = None


class Answer(NamedTuple):
    """Why a rule reports nothing about a definition."""

    reason: str
    lines: Sequence[Line] = ()
    parts: Sequence[Shape] = ()
    """The conditions of the rule's ``where`` that do not hold."""
    has_finding: bool = False
    """Whether the rule does report a finding."""


def finding_line(finding: Finding) -> Line:
    """A finding as a line."""
    return Line(f"{finding.rule} {finding.message}", finding.location)


def fact_lines(lacking: Sequence[Missing]) -> list[Line]:
    """The missing facts, one line each."""
    found = []
    for fact in lacking[:MOST]:
        whose = fact.node.reference if fact.node is not None else f"any {fact.kind}"
        found.append(Line(f"missing: {fact.fact} of {whose}" if fact.fact else f"missing: {whose}"))
    return found


def value_lines(compiled: CompiledRule, shapes: Sequence[Shape], node: Node) -> list[Line]:
    """The values of a definition at the paths of some shapes, one line for each path."""
    context = compiled.context
    types = tuple(context.ontology.types[kind] for kind in compiled.rule.targets)
    ways = {path.text: path for shape in shapes for path in _paths(shape)}
    return [
        Line(f"{text}: {listed(context.walk(path, types).walk(node))}")
        for text, path in [*ways.items()][:MOST]
    ]


def _paths(shape: Shape) -> Iterator[PathExpression]:
    """The paths of a shape that start from the node it applies to."""
    if isinstance(shape.path, PathExpression):
        yield shape.path
    elif shape.path is None:
        for child in children(shape):
            if isinstance(child, Shape):
                yield from _paths(child)
