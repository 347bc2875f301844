"""What an answer is made of: a reason, and what it rests on, with its place."""

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
"""So many values, facts or findings are shown."""


class Line(NamedTuple):
    """Something that the answer rests on, and where it is written."""

    text: str
    at: Location | None = None


class Answer(NamedTuple):
    """Why a rule says nothing about a definition."""

    reason: str
    lines: Sequence[Line] = ()
    parts: Sequence[Shape] = ()
    """The conditions of the rule's ``where`` that do not hold."""
    speaks: bool = False
    """Whether there is a finding after all."""


def finding_line(finding: Finding) -> Line:
    """A finding, as a line."""
    return Line(f"{finding.rule} {finding.message}", finding.location)


def fact_lines(lacking: Sequence[Missing]) -> list[Line]:
    """What is missing, fact by fact."""
    found = []
    for fact in lacking[:MOST]:
        whose = fact.node.reference if fact.node is not None else f"any {fact.kind}"
        found.append(Line(f"missing: {fact.fact} of {whose}" if fact.fact else f"missing: {whose}"))
    return found


def value_lines(compiled: CompiledRule, shapes: Sequence[Shape], node: Node) -> list[Line]:
    """What a definition has where some shapes look."""
    context = compiled.context
    types = tuple(context.ontology.types[kind] for kind in compiled.rule.targets)
    ways = {path.text: path for shape in shapes for path in _paths(shape)}
    return [
        Line(f"{text}: {listed(context.walk(path, types).walk(node))}")
        for text, path in [*ways.items()][:MOST]
    ]


def _paths(shape: Shape) -> Iterator[PathExpression]:
    """The paths that a shape goes from the node that it is about."""
    if isinstance(shape.path, PathExpression):
        yield shape.path
    elif shape.path is None:
        for child in children(shape):
            if isinstance(child, Shape):
                yield from _paths(child)
