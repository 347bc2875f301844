"""The page of one kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from bizalign_lint.core.conditions import VENDOR
from bizalign_lint.docs.links import Links
from bizalign_lint.docs.markdown import code, fence, listed, page, prose, slug, table
from bizalign_lint.docs.outline import Outline
from bizalign_lint.docs.properties_read import Read, kinds_read
from bizalign_lint.docs.types import PROPERTIES, Types, choices, elsewhere
from bizalign_lint.parsing.yaml.write import document
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.schema.derivations import Function
from bizalign_lint.schema.ontology import Kind, ObjectType, Ontology

SHARED = "Properties of every definition"
FORMS = "Forms of text"
"""The headings on the index of kinds that the pages refer to."""

SPEC = "spec"


def kind_page(
    kind: Kind,
    ontology: Ontology,
    outline: Outline,
    rules: Mapping[str, frozenset[Read]],
    by_id: Mapping[str, Rule],
    links: Links,
) -> str:
    """The Markdown of a kind. ``rules`` says what each rule reads."""
    return page(_lines(kind, ontology, outline, rules, by_id, links))


def _lines(
    kind: Kind,
    ontology: Ontology,
    outline: Outline,
    rules: Mapping[str, frozenset[Read]],
    by_id: Mapping[str, Rule],
    links: Links,
) -> Iterator[str]:
    types = Types(ontology, links, slug(FORMS))
    shared = links.kind_index("what every definition has", slug(SHARED))
    yield f"# {title(kind)}"
    yield ""
    perspective, _ = outline.perspectives[kind.perspective]
    yield f"`kind: {kind.name}` · {links.kind_index(perspective, slug(perspective))}"
    yield ""
    yield " ".join(
        (prose(kind.description), *elsewhere(kind.schema.get("x-aliases", ()), kind.schema))
    )
    yield ""
    for example in kind.schema.get("examples", ())[:1]:
        yield from fence(document(example), "yaml")
        yield ""
    yield "## Properties"
    yield ""
    yield f"Under `spec`, besides {shared}:"
    yield ""
    yield from _properties(kind.type, SPEC, types)
    for nested in kind.nested:
        yield f"## {nested.name}"
        yield ""
        yield from _nested(nested, types, links)
    yield from _relations(kind, ontology, links)
    yield from _rules(kind, rules, by_id, links)


def title(kind: Kind) -> str:
    """What people call a kind."""
    return str(kind.schema.get("title", kind.name))


def _properties(type_: ObjectType, section: str | None, types: Types) -> Iterator[str]:
    yield from table(PROPERTIES, types.rows(type_, section))
    yield ""
    for path, order in _orders(type_):
        yield f"The dates in {path} may not go backwards: {listed(map(code, order))}."
        yield ""
    for path, values in choices(type_, section):
        yield f"### {path}"
        yield ""
        yield from table(
            ("value", "meaning"), ((code(value), prose(meaning)) for value, meaning in values)
        )
        yield ""
    yield from _derived(type_, section)


def _orders(type_: ObjectType, path: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    if type_.order:
        yield code(path) if path else "these properties", type_.order
    for name, found in type_.properties.items():
        if found.object is not None and not found.object.name and found.section != "metadata":
            yield from _orders(found.object, f"{path}.{name}".strip("."))


def _derived(type_: ObjectType, section: str | None) -> Iterator[str]:
    found = [p for p in type_.properties.values() if p.derivation and p.section == section]
    if not found:
        return
    yield "### Derived values" if not type_.holder else f"### Derived values of {type_.name}"
    yield ""
    yield "Computed, never written; a rule reads them like any other property."
    yield ""
    yield from table(
        ("property", "meaning", "computed as"),
        (
            (
                code(p.name),
                prose(p.description),
                computed(
                    p.derivation.function,
                    [*map("/".join, p.derivation.paths), p.derivation.along],
                ),
            )
            for p in found
            if p.derivation
        ),
    )
    yield ""


def computed(function: Function, paths: Sequence[str]) -> str:
    """How a derived value is computed, in words."""
    shown = [code(path) for path in paths if path]
    match function:
        case "phaseOf":
            return f"the last of {shown[0]} that has started by the as-of date"
        case "endingOf":
            intents = (
                f", or {' or '.join(shown[1:])} declares it and a date is set" if shown[1:] else ""
            )
            return f"whether the end of {shown[0]} has passed or is near{intents}"
        case "languageOf":
            return f"as declared or set, else detected from the words of {' and '.join(shown)}"
        case "foldedOf":
            return (
                f"{' and '.join(shown)} in lower case, without punctuation and spaces, “and” as &"
            )
        case "nearestOf":
            return f"{shown[0]}, or else that of the nearest {shown[1]} that has one"
        case "sumOf" | "dateOf":
            return " + ".join(shown)
        case "totalOf":
            return f"{shown[0]}, as often as {shown[1]} is in {shown[2]}"
        case "productOf":
            return " × ".join(shown)
        case "differenceOf":
            return " − ".join(shown)
        case "progressOf":
            start, now, end = shown
            return f"({now} − {start}) ÷ ({end} − {start})"
        case _:
            assert_never(function)


def _nested(type_: ObjectType, types: Types, links: Links) -> Iterator[str]:
    assert type_.holder is not None
    holder, name = type_.holder
    item = holder.properties[name].schema
    yield prose(item.get("description", ""))
    yield ""
    yield (
        f"It is written under {code(name)} of {links.kind(holder.entity.name)}, has its own name "
        f"and is referred to as `{_kebab(holder.entity.name)}-name#{_kebab(type_.name)}-name`. It "
        f"calls its holder {code(type_.parent)}."
    )
    yield ""
    yield from _properties(type_, None, types)


def _kebab(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).strip("-")


def _relations(kind: Kind, ontology: Ontology, links: Links) -> Iterator[str]:
    yield "## Relations"
    yield ""
    out = [
        [code(path), listed(map(links.kind, to), "or"), code(inverse) + note]
        for path, to, inverse, note in leading_out(kind.type)
    ]
    yield from _or(
        table(("from here", "leads to", "whose inverse is called"), out),
        "It refers to no other definition.",
    )
    yield ""
    into = [
        [inverse, who, code(property_)]
        for type_ in (kind.type, *kind.nested)
        for inverse, who, property_ in leading_in(type_, kind, ontology, links)
    ]
    yield from _or(
        table(("seen from here", "the definitions that name it", "in their"), into),
        "No other definition refers to it.",
    )
    yield ""


def _or(lines: list[str], instead: str) -> list[str]:
    return lines or [instead]


def leading_out(
    type_: ObjectType, path: str = ""
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """The relations from here: the way to each, where it leads, what it is called from there."""
    for name, found in type_.properties.items():
        here = f"{path}{name}"
        if found.entries_of:
            continue
        if found.relation is not None:
            hierarchy = found.relation.hierarchy
            note = "" if hierarchy is None else "; a tree"
            if hierarchy:
                note += f", in which {code(hierarchy)} rises by one"
            yield here, found.relation.to, found.relation.inverse, note
        if found.object is not None:
            yield from leading_out(found.object, f"{here}{'[]' if found.many else ''}.")


def leading_in(
    type_: ObjectType, kind: Kind, ontology: Ontology, links: Links
) -> Iterator[tuple[str, str, str]]:
    """The relations to here: what each is called here, who names it, by which property."""
    prefix = "" if type_ is kind.type else f"{links.kind(type_.name)}: "
    for inverse, referrers in type_.inverses.items():
        by_property: dict[str, list[str]] = {}
        for referrer in referrers:
            by_property.setdefault(referrer.property, []).append(referrer.entity.name)
        for property_, holders in by_property.items():
            names = list(dict.fromkeys(holders))
            everyone = set(ontology.kinds) <= set(names)
            who = "every kind" if everyone else listed(map(links.kind, names), "and")
            yield f"{prefix}{code(inverse)}", who, property_


def _rules(
    kind: Kind, rules: Mapping[str, frozenset[Read]], by_id: Mapping[str, Rule], links: Links
) -> Iterator[str]:
    yield "## Rules"
    yield ""
    names = {kind.name, *(nested.name for nested in kind.nested)}
    about = [rule for rule in by_id.values() if names & set(rule.targets)]
    passing = [
        rule
        for id_, found in rules.items()
        if names & kinds_read(found) and (rule := by_id[id_]) not in about
    ]
    for lead, found in (
        ("About it:", about),
        ("About other kinds, but reading this one:", passing),
    ):
        if found:
            yield lead
            yield ""
            yield from table(
                ("id", "severity", "found when"),
                ((links.rule(r.id), r.severity.value, prose(r.summary)) for r in found),
            )
            yield ""
    every = [
        r.id
        for r in by_id.values()
        if r.condition is not None
        and r.id in links.rules
        and (kind.vendor_dates is not None or r.condition not in VENDOR)
    ]
    if every:
        yield f"About definitions of any kind: {', '.join(map(links.rule, every))}."
