"""The model as an SQLite database, for SQL and for any program that reads such files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bizalign_lint import __version__
from bizalign_lint.exporters.content import (
    Content,
    Derived,
    coverage_row,
    edges,
    finding_row,
    named,
    values,
)
from bizalign_lint.graph.nodes import Node

VERSION = 1
"""Kept in the database as ``PRAGMA user_version``."""
_TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE nodes (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
  title TEXT NOT NULL, within TEXT REFERENCES nodes, path TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE edges (
  source TEXT NOT NULL REFERENCES nodes, relation TEXT NOT NULL,
  target TEXT NOT NULL REFERENCES nodes, inverse TEXT NOT NULL
);
CREATE TABLE properties (
  node TEXT NOT NULL REFERENCES nodes, property TEXT NOT NULL, path TEXT NOT NULL, value,
  derived INTEGER NOT NULL
);
CREATE TABLE findings (
  rule TEXT NOT NULL, name TEXT NOT NULL, guideline TEXT NOT NULL, severity TEXT NOT NULL,
  entity TEXT, message TEXT NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL,
  "column" INTEGER NOT NULL, fingerprint TEXT NOT NULL
);
CREATE TABLE coverage (
  measure TEXT PRIMARY KEY, guideline TEXT NOT NULL, title TEXT NOT NULL, held REAL NOT NULL,
  broken REAL NOT NULL, unknown REAL NOT NULL, total REAL NOT NULL, unit TEXT, percent REAL
) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX edges_by_source ON edges (source, relation);
CREATE INDEX edges_by_target ON edges (target, relation);
CREATE INDEX properties_by_node ON properties (node, property);
CREATE INDEX properties_by_property ON properties (property);
"""
_LARGEST = 2**63


def database(content: Content) -> bytes:
    """The database as the bytes of its file."""
    import sqlite3

    nodes = named(content.graph)
    derived = Derived(content.walker)
    with sqlite3.connect(":memory:") as made:
        made.executescript(f"PRAGMA user_version = {VERSION};{_TABLES}")
        made.executemany("INSERT INTO about VALUES (?, ?)", _about(content))
        made.executemany("INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?)", map(_node, nodes))
        made.executemany(
            "INSERT INTO edges VALUES (?, ?, ?, ?)",
            (
                (e.source.reference, "/".join(e.path), e.target.reference, e.inverse)
                for node in nodes
                for e in edges(node)
            ),
        )
        made.executemany(
            "INSERT INTO properties VALUES (?, ?, ?, ?, ?)",
            (row for node in nodes for row in _properties(node, derived)),
        )
        made.executemany(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_row(finding_row(one)) for one in content.findings),
        )
        made.executemany(
            "INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_row(coverage_row(one)) for one in content.coverage),
        )
        made.executescript(_INDEXES)
        made.commit()
        held = made.serialize()
    made.close()
    return held


def _about(content: Content) -> Iterator[tuple[str, str]]:
    yield "asOf", content.as_of.isoformat()
    yield "tool", "bizalign-lint"
    yield "toolVersion", __version__


def _node(node: Node) -> tuple[str | None, ...]:
    assert node.document is not None
    within = None if node.holder is None else node.holder.entity.reference
    path = _text(node.document.source.path)
    kind = node.type.name
    return node.reference, kind, node.namespace, node.name, _text(node.title), within, path


def _properties(node: Node, derived: Derived) -> Iterator[tuple[Any, ...]]:
    nested = {p.name for p in node.type.properties.values() if p.object and p.object.name}
    for name, value in values(node).items():
        if name not in nested:
            for path, one in _leaves((name,), value):
                yield node.reference, _property(path), "/".join(map(str, path)), _value(one), 0
    for name, value in derived.of(node).items():
        for path, one in _leaves((name,), value):
            yield node.reference, _property(path), "/".join(map(str, path)), _value(one), 1


def _property(path: tuple[str | int, ...]) -> str:
    return "/".join(step for step in path if isinstance(step, str))


def _leaves(path: tuple[str | int, ...], value: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves((*path, str(key)), inner)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _leaves((*path, position), inner)
    elif value is not None:
        yield path, value


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return json.dumps(value)
    return value if isinstance(value, int | float) else str(value)


def _text(text: str) -> str:
    """A text without lone surrogates, which come from file names that are not UTF-8."""
    return text.encode(errors="replace").decode()


def _row(row: Iterable[Any]) -> list[Any]:
    return [_text(one) if isinstance(one, str) else one for one in row]
