"""The tools about definitions and their relations: ``get``, ``search``, ``impact``, ``path``,
``query``."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from bizalign_lint.agents.answers import Answer
from bizalign_lint.agents.desk import Desk, day
from bizalign_lint.agents.forms import AS_OF, DEFINITION, KIND, taken
from bizalign_lint.agents.reports import parsed
from bizalign_lint.agents.tool import Arguments, Tool
from bizalign_lint.core.errors import RuleError, UsageError
from bizalign_lint.core.types import Document, places
from bizalign_lint.engine.load import rule_forms
from bizalign_lint.graph.nodes import Node
from bizalign_lint.graph.search import matching_nodes
from bizalign_lint.parsing.positions import extent, lines, locate
from bizalign_lint.parsing.yaml.write import document as written
from bizalign_lint.questions.definitions import check_kind
from bizalign_lint.questions.hops import hops
from bizalign_lint.questions.query import query
from bizalign_lint.questions.reach import impact, shortest_paths
from bizalign_lint.questions.render import impact_json, paths_json
from bizalign_lint.questions.table import render
from bizalign_lint.reporters.json import document


def _get(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read_definitions()
    node = reading.find(given["definition"])
    entity = node.entity
    own = entity.document
    place = node.place()
    text, first = ([], 1) if own is None else _lines(own)
    about = [
        one
        for one in places(desk.report(reading).findings)
        if one.entity in (node.reference, entity.reference)
    ]
    value = {
        "entity": node.reference,
        "title": node.title,
        "kind": node.type.name,
        "path": place.document.source.path,
        "line": locate(place).line,
        "sha256": "" if own is None else sha256(own.source.content).hexdigest(),
        "editable": own is not None and own.origin is None,
        "relations": [{"step": hop.step, "entity": hop.node.reference} for hop in hops(node)],
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "message": one.message,
                "path": one.location.path,
                "line": one.location.span.line,
            }
            for one in about
        ],
        "firstLine": first,
        "lines": text,
    }
    return Answer(parsed([document(1, value)]), "lines")


def _lines(own: Document) -> tuple[list[str], int | None]:
    """The lines of a definition in its file, and the line number of the first.

    A definition from another tool's file is written as YAML; its number is None.
    """
    if own.origin is not None:
        return written(own.value).splitlines(), None
    text = lines(own.source)
    span = extent(own, ())
    return [text.text(number) for number in range(span.line, span.end_line + 1)], span.line


def _search(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read_definitions()
    kind = given.get("kind")
    if kind is not None:
        check_kind(kind, reading.loaded.ontology)
    found = matching_nodes(reading.graph, reading.loaded.ontology, given["text"])
    value = {
        "text": given["text"],
        "found": [
            _named(node) for node in found if kind in (None, node.type.name) and node.document
        ],
    }
    return Answer(parsed([document(1, value)]), "found")


def _named(node: Node) -> dict[str, Any]:
    assert node.document is not None
    return {
        "entity": node.reference,
        "title": node.title,
        "kind": node.type.name,
        "path": node.document.source.path,
    }


def _impact(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read_definitions()
    start = reading.find(given["definition"])
    within, kind = given.get("within"), given.get("kind")
    if kind is not None:
        check_kind(kind, reading.loaded.ontology)
    found = [
        reached
        for reached in impact(start)
        if (within is None or reached.distance <= within) and kind in (None, reached.node.type.name)
    ]
    return Answer(parsed(impact_json(start, found)), "dependents")


def _path(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read_definitions()
    start, end = reading.find(given["from"]), reading.find(given["to"])
    found = shortest_paths(start, end, given.get("most", 5))
    return Answer(parsed(paths_json(start, end, found)), "ways")


def _query(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read_definitions(as_of=day(given.get("as_of")))
    kind = given["kind"]
    check_kind(kind, reading.loaded.ontology)
    select = [path.strip() for path in given.get("select", ("name", "title"))]
    try:
        rows = query(
            kind, given.get("where", ""), select, reading.graph, reading.walker(), rule_forms()
        )
    except RuleError as error:
        raise UsageError(error.message, hint=error.hint) from None
    return Answer(parsed(render("json", select, rows, reading.view)), "rows")


TOOLS = (
    Tool(
        name="get",
        title="Read a definition",
        description=(
            "One definition: where it is, what it refers to and what refers to it (step is the "
            "relation, with ^ if it is followed backwards), the findings about it, and its lines "
            "in the file. sha256 is that of the whole file: propose_edit needs it."
        ),
        takes=taken({"definition": DEFINITION}, "definition"),
        form="agents/get",
        run=_get,
    ),
    Tool(
        name="search",
        title="Find definitions by name",
        description="The definitions whose name or title matches a text, best match first.",
        takes=taken(
            {"text": {"type": "string", "minLength": 1, "maxLength": 300}, "kind": KIND}, "text"
        ),
        form="agents/search",
        run=_search,
    ),
    Tool(
        name="impact",
        title="Show what depends on a definition",
        description=(
            "What depends on a definition, directly or through others, nearest first, each with "
            "the path to it."
        ),
        takes=taken(
            {
                "definition": DEFINITION,
                "within": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 100,
                    "description": "The largest number of relations to follow.",
                },
                "kind": KIND,
            },
            "definition",
        ),
        form="questions/impact",
        run=_impact,
    ),
    Tool(
        name="path",
        title="Show how two definitions are connected",
        description=(
            "The shortest paths along relations from one definition to another; none if they are "
            "not connected."
        ),
        takes=taken(
            {
                "from": DEFINITION,
                "to": DEFINITION,
                "most": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 100,
                    "description": "The largest number of paths (5).",
                },
            },
            "from",
            "to",
        ),
        form="questions/path",
        run=_path,
    ),
    Tool(
        name="query",
        title="List definitions of a kind",
        description=(
            "The definitions of a kind that match a shape of the rule language, with the values of "
            "paths."
        ),
        takes=taken(
            {
                "kind": {"type": "string", "maxLength": 100, "description": "Such as Application."},
                "where": {
                    "type": "string",
                    "maxLength": 5_000,
                    "description": "A shape as in a rule, YAML or JSON, such as "
                    "{path: supportedBy, maxCount: 0}; all definitions without one.",
                },
                "select": {
                    "type": "array",
                    "items": {"type": "string", "minLength": 1, "maxLength": 300},
                    "minItems": 1,
                    "maxItems": 20,
                    "description": "Paths, such as owner/title (name and title).",
                },
                "as_of": AS_OF,
            },
            "kind",
        ),
        form="questions/query",
        run=_query,
    ),
)
