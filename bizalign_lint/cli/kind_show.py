"""A kind in full, for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bizalign_lint.cli.paragraphs import section, wrapped
from bizalign_lint.docs.kind_page import SPEC, leading_in, leading_out, title
from bizalign_lint.docs.links import Links
from bizalign_lint.docs.types import Types, choices
from bizalign_lint.parsing.yaml.write import document
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.schema.ontology import Kind, ObjectType, Ontology

_ESCAPED = re.compile(r"\\([<>*_])")
_INDENT = "  "


class _Names(Links):
    """On a terminal there are names, and nothing to follow."""

    def kind_index(self, text: str, place: str = "") -> str:  # noqa: ARG002
        return text


_NAMES = _Names("", frozenset(), {}, False)


def show(kind: Kind, ontology: Ontology, rules: Iterable[Rule], width: int) -> Iterator[str]:
    """The lines that explain a kind: what it is, what it holds, what it is related to."""
    yield f"{kind.name}: {title(kind)}" if title(kind) != kind.name else kind.name
    yield ""
    yield from wrapped(kind.description, width)
    if called := kind.schema.get("x-aliases", ()):
        yield from section("Elsewhere called")
        yield from wrapped(", ".join(called), width)
    types = Types(ontology, _NAMES, "")
    yield from section("Properties under spec")
    yield from _properties(kind.type, SPEC, types, width)
    yield from section("Properties under metadata, as of every kind")
    yield from wrapped(", ".join(_of_every_kind(kind)), width)
    for nested in kind.nested:
        yield from section(f"Properties of each {nested.name}")
        yield from _properties(nested, None, types, width)
    yield from _values(kind, width)
    yield from _relations(kind, ontology)
    for example in kind.schema.get("examples", ())[:1]:
        yield from section("Example")
        yield from (f"{_INDENT}{line}".rstrip() for line in document(example).splitlines())
    about = [r for r in rules if {kind.name, *(n.name for n in kind.nested)} & set(r.targets)]
    if about:
        yield from section("Rules about it")
        yield from (f"{_INDENT}{rule.id}  {rule.summary}" for rule in about)
    yield from section("To begin one")
    yield f"{_INDENT}bizalign-lint new {kind.name} NAME"


def said_of(kind: Kind, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """The properties under spec, each with what it holds; blocks as a whole."""
    for name, holds, _, _ in Types(ontology, _NAMES, "").rows(kind.type, SPEC):
        if "." not in name:
            yield _plain(name), _plain(holds)


def _of_every_kind(kind: Kind) -> list[str]:
    """The properties of the envelope, those that are computed left out."""
    properties = kind.type.properties.values()
    return [p.name for p in properties if p.section != SPEC and p.written]


def _properties(type_: ObjectType, section: str | None, types: Types, width: int) -> Iterator[str]:
    for name, holds, needed, meaning in types.rows(type_, section):
        path = _plain(name)
        need = ", needed" if needed else ""
        yield from wrapped(f"{path}: {_plain(holds)}{need}", width)
        yield from wrapped(_plain(meaning), width, _INDENT * 3)


def _values(kind: Kind, width: int) -> Iterator[str]:
    """What the values mean of the properties that are one of a few."""
    of_nested = (choice for nested in kind.nested for choice in choices(nested, None))
    for path, values in (*choices(kind.type, SPEC), *of_nested):
        if any(meaning for _, meaning in values):
            yield from section(f"Values of {path}")
            for value, meaning in values:
                yield from wrapped(f"{value}: {meaning}" if meaning else f"{value}", width)


def _relations(kind: Kind, ontology: Ontology) -> Iterator[str]:
    envelope = _of_every_kind(kind)
    out = [
        f"{_INDENT}{path} → {', '.join(to)}; seen from there: {inverse}"
        for path, to, inverse, _ in leading_out(kind.type)
        if path not in envelope
    ]
    into = [
        f"{_INDENT}{_plain(inverse)} ← {_plain(who)}, by {property_}"
        for type_ in (kind.type, *kind.nested)
        for inverse, who, property_ in leading_in(type_, kind, ontology, _NAMES)
    ]
    for heading, lines in (("Refers to", out), ("Is referred to", into)):
        if lines:
            yield from section(heading)
            yield from lines


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).replace("`", "")
