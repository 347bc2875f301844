"""Evidence that a rule waits for → the missing facts if the workspace lacks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.compiled.checks import Conforms
from bizalign_lint.rules.compiled.lacking import Missing
from bizalign_lint.rules.language import paths
from bizalign_lint.rules.language.paths import Alternative, Path, Step
from bizalign_lint.rules.language.shapes import PathExpression


def withheld(
    evidence: Sequence[PathExpression], evident: Sequence[Conforms], node: Node, graph: Graph
) -> list[Missing]:
    """The missing facts because of which a rule does not report a node that would break it.

    Empty if a rule about the workspace is about kinds without definitions: it does not apply.
    """
    found: list[Missing] = []
    for expression, is_there in zip(evidence, evident, strict=True):
        if not is_there(graph.workspace):
            found.append(_absent([*_named(expression.path)], node, graph))
    if node is graph.workspace and not all(missing.fact for missing in found):
        return []
    return found


def _named(path: Path) -> Iterator[tuple[str, str]]:
    """The kinds at the start of a path from the workspace, each with the rest of the path."""
    if isinstance(path, Alternative):
        for part in path.parts:
            yield from _named(part)
    elif isinstance(path, paths.Sequence):
        rest = path.parts[1:]
        text = paths.text(rest[0] if len(rest) == 1 else paths.Sequence(rest))
        for kind, _ in _named(path.parts[0]):
            yield kind, text
    elif isinstance(path, Step):
        yield path.name, ""


def _absent(named: list[tuple[str, str]], node: Node, graph: Graph) -> Missing:
    for kind, property_ in named:
        if kind == node.type.name:
            return Missing(kind, property_, node)
    for kind, property_ in named:
        if graph.kinds.get(kind):
            return Missing(kind, property_, None)
    return Missing(named[0][0], "", None)
