"""The definitions of a kind that conform to a shape, with the values of paths."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.types import Source
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.rules.compiled.compile import CompiledRule, compile_rule
from bizalign_lint.rules.compiled.context import placeholder_path
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.language.paths import PathSyntaxError
from bizalign_lint.rules.language.read import Forms, check_forms, read_rules
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.language.shapes import PathExpression

FILE = "query"
_ID = "QRY000"
_GUIDELINE = {"id": FILE, "title": FILE, "order": 1, "summary": FILE, "rationale": FILE}


class Row(NamedTuple):
    """One definition in the result of a query."""

    node: Node
    values: tuple[tuple[Any, ...], ...]
    """The values of each selected path."""


def query(
    kind: str, where: str, select: Sequence[str], graph: Graph, walker: Walker, forms: Forms
) -> list[Row]:
    """The nodes of a kind that conform to ``where``, with the values of the paths in ``select``.

    ``where`` is a shape as YAML; if it is empty, all nodes conform. Raises RuleError for a shape or
    path that is not valid.
    """
    rule = _rule(kind, where, forms)
    compiled = compile_rule(rule, walker, {})
    targets = (walker.ontology.types[kind],)
    walks = [compiled.context.walk(_path(text), targets).walk for text in select]
    compiled.prepare(graph)
    return [
        Row(node, tuple(tuple(walk(node)) for walk in walks))
        for node in graph.kinds[kind]
        if _asked(compiled, node)
    ]


def _asked(compiled: CompiledRule, node: Node) -> bool:
    return compiled.where is None or compiled.where(node)


def _rule(kind: str, where: str, forms: Forms) -> Rule:
    """A query as a rule, so that ``where`` is read and checked as in any rule."""
    head = {
        "id": _ID,
        "guideline": FILE,
        "severity": "info",
        "target": kind,
        **dict.fromkeys(("summary", "rationale", "message", "help"), FILE),
        "path": "name",
        "maxCount": 0,
    }
    lines = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
    if where.strip():
        lines += ["where:", *(f"  {line}" for line in where.splitlines())]
    document = read_document(Source(f"{FILE}.yaml", "\n".join(lines).encode()), RuleError)
    guideline = read_document(Source("guideline.yaml", json.dumps(_GUIDELINE).encode()), RuleError)
    check_forms([document], forms)
    return read_rules([guideline, document]).rules[_ID]


def _path(text: str) -> PathExpression:
    """The path in a text. Raises RuleError if it is not a path."""
    try:
        found = placeholder_path(f"value/{text}")
    except PathSyntaxError as error:
        raise RuleError(f"{text} is not a path: {error}") from None
    assert found is not None
    return found
