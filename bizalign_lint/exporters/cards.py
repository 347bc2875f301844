"""Records and links as the sheets of a workbook, for tools that import such workbooks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bizalign_lint.core.words import folded
from bizalign_lint.exporters.entries import Backwards, Entry, parent_of
from bizalign_lint.exporters.tables import Table
from bizalign_lint.mapping.language import Element, Rules

_STEP = " / "
_SIGN = re.compile(r"[\\/]")
_MOST_STEPS = 50
"""The most titles in a path; a longer chain of parents is taken for a cycle."""


class Names:
    """The names of records in the sheets: paths of titles, from the topmost parent down."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        of = {entry.node: entry for entry in entries}
        titles = {entry: [*map(_segment, _titles(entry, of))] for entry in entries}
        self._above = {entry: _STEP.join(steps[:-1]) for entry, steps in titles.items()}
        self._paths = {entry: _STEP.join(steps) for entry, steps in titles.items()}
        self._known = Counter((e.type, folded(path)) for e, path in self._paths.items())

    def name(self, entry: Entry) -> tuple[str, str]:
        """The namespace and name of the definition."""
        return entry.node.namespace, entry.node.name

    def above(self, entry: Entry) -> str:
        """The path of a record's parent; empty if it has none of its type."""
        return self._above[entry]

    def refer(self, target: Entry, type_: str, _seen_from: Entry, /) -> str | None:
        """The path of a record; None if it is of another type, or the path is not unique."""
        path = self._paths[target]
        is_clear = target.type == type_ and self._known[target.type, folded(path)] == 1
        return path if is_clear else None


def _segment(title: str) -> str:
    return _SIGN.sub(r"\\\g<0>", title)


def _titles(entry: Entry, of: Mapping[Any, Entry]) -> list[str]:
    """Titles from the topmost parent of the same type down to the record's own."""
    found = [entry.node.title]
    above = of.get(parent_of(entry.node))
    while above is not None and above.type == entry.type and len(found) < _MOST_STEPS:
        found.append(above.node.title)
        above = of.get(parent_of(above.node))
    return found[::-1]


def sheets(made: Backwards, rules: Rules) -> Iterator[Table]:
    """A sheet for each type of record, and one for links."""
    types = dict.fromkeys(element.type for element in rules.elements if element.kind)
    for type_ in types:
        entries = [entry for entry in made.records if entry.type == type_]
        if entries:
            header = _header(type_, rules)
            yield Table(type_, header, [_row(entry, header, made, rules) for entry in entries])
    rows = list(_links(made, rules))
    if rows:
        header = list(dict.fromkeys(key for row in rows for key in row))
        yield Table(rules.links, header, [[row.get(key, "") for key in header] for row in rows])


def _header(type_: str, rules: Rules) -> list[str]:
    """The columns that a mapping reads for a type."""
    columns = [
        str(rules.options[key]) for key in ("key", "type", "by", "path") if key in rules.options
    ]
    for element in rules.elements:
        if element.kind and element.type == type_:
            columns += _columns(element)
    return list(dict.fromkeys(columns))


def _columns(element: Element) -> Iterator[str]:
    values = [setting.values[0] for setting in element.settings]
    for value in (*values, *(fill.value for fill in element.fills)):
        if value.field:
            yield str(value.field[0])


def _row(entry: Entry, header: Sequence[str], made: Backwards, rules: Rules) -> list[Any]:
    options = rules.options
    said: dict[str, Any] = {**entry.fields, str(options.get("type")): entry.type}
    if "path" in options and isinstance(made.names, Names):
        said[str(options["path"])] = made.names.above(entry)
    return [said.get(column, "") for column in header]


def _links(made: Backwards, rules: Rules) -> Iterator[dict[str, str]]:
    options = rules.options
    for link in made.links:
        source = made.names.refer(link.source, link.source.type, link.target)
        target = made.names.refer(link.target, link.target.type, link.source)
        if source is None or target is None:
            made.left_out[f"{link.type} of {link.source.node.type.name}"] += 1
            continue
        said = {
            "linkType": link.type,
            "linkSourceType": link.source.type,
            "linkSource": source,
            "linkTargetType": link.target.type,
            "linkTarget": target,
        }
        fixed = {key: str(value) for key, value in rules.link_write.items()}
        yield fixed | {str(options[key]): value for key, value in said.items()}
