"""What a new definition looks like: as lines of YAML with places to fill in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bizalign_lint.parsing.envelope import API_VERSION
from bizalign_lint.parsing.yaml.write import plain
from bizalign_lint.schema.ontology import Kind, Property

Fill = Callable[[str, list[str]], str]
"""From what is to be filled in, and what can be chosen from, to what is written there."""


def skeleton(kind: Kind, fill: Fill) -> list[str]:
    """The lines of a definition: what the schema requires and every example of it has."""
    examples = [e for e in kind.schema.get("examples", ()) if isinstance(e, dict)]
    lines = [f"apiVersion: {API_VERSION}", f"kind: {kind.name}"]
    sections = dict.fromkeys(p.section for p in kind.type.properties.values() if p.section)
    for section in sections:
        properties = [p for p in kind.type.properties.values() if p.section == section]
        shown = [e.get(section, {}) for e in examples]
        lines.append(f"{section}:")
        body = list(_properties(properties, shown, fill, "  "))
        lines += body or [f"  {fill('', [])}"]
    return lines


def property_lines(property_: Property, fill: Fill, indent: str = "") -> list[str]:
    """The lines of one property, with what is required below it."""
    return list(_property(property_, [], fill, indent))


def _properties(
    properties: Iterable[Property], shown: list[Any], fill: Fill, indent: str
) -> Iterator[str]:
    for property_ in properties:
        if property_.derivation is not None:
            continue
        if property_.required or _usual(property_, shown):
            yield from _property(property_, shown, fill, indent)


def _usual(property_: Property, shown: list[Any]) -> bool:
    """Whether all examples have a property; a single one is held to show all there is."""
    plain = property_.object is None and (property_.relation is not None or not property_.many)
    always = all(isinstance(values, dict) and property_.name in values for values in shown)
    return always and (len(shown) > 1 or (len(shown) == 1 and plain))


def _property(property_: Property, shown: list[Any], fill: Fill, indent: str) -> Iterator[str]:
    name = property_.name
    below: list[Any] = []
    for example in shown:
        value = example.get(name) if isinstance(example, dict) else None
        below += value if isinstance(value, list) else [value]
    if property_.object is None:
        value = _value(property_, fill)
        yield f"{indent}{name}: {f'[{value}]' if property_.many else value}".rstrip()
        return
    deeper = f"{indent}  "
    inner = list(_properties(property_.object.properties.values(), below, fill, deeper))
    if not inner:
        inner = [f"{deeper}{fill('', [])}"]
    if property_.many:
        first, *rest = inner
        inner = [f"{deeper}- {first[len(deeper) :]}", *(f"  {line}" for line in rest)]
    yield f"{indent}{name}:"
    yield from inner


def _value(property_: Property, fill: Fill) -> str:
    if property_.enum is not None:
        return fill(property_.name, [plain(str(value)) for value in property_.enum])
    if property_.datatype == "boolean":
        return fill(property_.name, ["true", "false"])
    return fill(property_.name, [])


class Stops:
    """Fills in the places of a snippet, ``${1:name}`` and ``${2|a,b|}``."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, name: str, choices: list[str]) -> str:
        """The next place."""
        self._count += 1
        if choices:
            return f"${{{self._count}|{','.join(map(_escaped_choice, choices))}|}}"
        return f"${{{self._count}:{name}}}" if name else f"${self._count}"


def _escaped_choice(text: str) -> str:
    for char in "\\,|$}":
        text = text.replace(char, f"\\{char}")
    return text
