"""The list of all kinds by perspective, with how they are connected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bizalign_lint.core.words import counted
from bizalign_lint.docs import diagram
from bizalign_lint.docs.kind_page import FORMS, SHARED, title
from bizalign_lint.docs.links import Links
from bizalign_lint.docs.markdown import code, link, page, prose, slug, table
from bizalign_lint.docs.outline import Outline
from bizalign_lint.docs.properties_read import Read, kinds_read
from bizalign_lint.docs.types import PROPERTIES, Types, forms
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.schema.ontology import Kind, ObjectType, Ontology


def ontology_index(
    ontology: Ontology,
    kinds: Sequence[Kind],
    outline: Outline,
    rules: Mapping[str, frozenset[Read]],
    by_id: Mapping[str, Rule],
    links: Links,
) -> str:
    """The Markdown of the index."""
    return page(_lines(ontology, kinds, outline, rules, by_id, links))


def _lines(
    ontology: Ontology,
    kinds: Sequence[Kind],
    outline: Outline,
    rules: Mapping[str, frozenset[Read]],
    by_id: Mapping[str, Rule],
    links: Links,
) -> Iterator[str]:
    titles = _titles(ontology)
    shown = {
        name: heading
        for name, heading in outline.perspectives.items()
        if any(kind.perspective == name for kind in kinds)
    }
    yield "# Kinds of definition"
    yield ""
    how = ""
    if links.guides:
        how = f" How to add your own is in {links.guide('Adding a kind', 'adding-a-kind.md')}."
    yield f"{counted(len(kinds), 'kind')} in {counted(len(shown), 'perspective')}.{how}"
    yield ""
    for heading, about in shown.values():
        yield f"- {link(heading, f'#{slug(heading)}')}: {prose(about)}"
    yield ""
    if len(kinds) == len(ontology.kinds):
        yield "## The spine"
        yield ""
        yield (
            f"The relations that the {links.rule_index('rules')} follow from end to end. An arrow "
            "goes from the definition that names to the one that is named."
        )
        yield ""
        yield from diagram.spine(ontology, outline, titles)
        yield ""
    for name, (heading, about) in shown.items():
        yield f"## {heading}"
        yield ""
        yield prose(about)
        yield ""
        within = [kind for kind in kinds if kind.perspective == name]
        yield from _kinds(within, rules, by_id, links)
        yield ""
        yield from diagram.relations(within, titles)
        yield ""
    yield from _shared(ontology, links)


def _titles(ontology: Ontology) -> dict[str, str]:
    nested = {t.name: _words(t.name) for kind in ontology.kinds.values() for t in kind.nested}
    return {name: title(kind) for name, kind in ontology.kinds.items()} | nested


def _words(name: str) -> str:
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return words[0].upper() + words[1:]


def _kinds(
    kinds: Sequence[Kind],
    rules: Mapping[str, frozenset[Read]],
    by_id: Mapping[str, Rule],
    links: Links,
) -> Iterator[str]:
    rows = []
    for kind in kinds:
        names = {kind.name, *(nested.name for nested in kind.nested)}
        count = sum(
            bool(names & (kinds_read(found) | set(by_id[id_].targets)))
            for id_, found in rules.items()
        )
        rows.append((links.kind(kind.name), prose(kind.description), str(count)))
        rows += [
            (links.kind(nested.name), f"Within {links.kind(kind.name)}. {_nested(nested)}", "")
            for nested in kind.nested
        ]
    yield from table(("kind", "what it is", "rules"), rows)


def _nested(type_: ObjectType) -> str:
    assert type_.holder is not None
    holder, property_ = type_.holder
    return prose(holder.properties[property_].schema.get("description", ""))


def _shared(ontology: Ontology, links: Links) -> Iterator[str]:
    yield f"## {SHARED}"
    yield ""
    yield "Under `metadata`, whatever the kind:"
    yield ""
    types = Types(ontology, links, slug(FORMS))
    kinds = list(ontology.kinds.values())
    common = set.intersection(*({*kind.type.properties} for kind in kinds))
    rows = [
        row
        for row in types.rows(kinds[0].type, "metadata")
        if row[0].strip("`").split(".")[0].removesuffix("[]") in common
    ]
    yield from table(PROPERTIES, rows)
    yield ""
    yield f"## {FORMS}"
    yield ""
    yield from table(
        ("form", "meaning", "pattern"),
        (
            (name, prose(schema.get("description", "")), code(schema["pattern"]))
            for name, schema in forms(ontology).items()
        ),
    )
    yield ""
    if links.guides:
        yield f"Lists of terms, each in one version, are in {links.vocabularies('Vocabularies')}."
