"""The published lists of terms, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bizalign_lint.docs.links import Links
from bizalign_lint.docs.markdown import code, link, page, prose, slug, table


def vocabulary_page(vocabularies: Sequence[Mapping[str, Any]], links: Links) -> str:
    """The Markdown of all versions of all lists of terms."""
    return page(_lines(vocabularies, links))


def _lines(vocabularies: Sequence[Mapping[str, Any]], links: Links) -> Iterator[str]:
    yield "# Vocabularies"
    yield ""
    yield (
        "Published lists of terms. A definition says which version it uses, by the name in the "
        "table; a term that is not in that version is a finding."
    )
    yield ""
    yield from table(
        ("version", "title", "lists"),
        (
            (
                code(version(found)),
                link(found["title"], f"#{slug(found['title'])}"),
                ", ".join(map(code, found["lists"])),
            )
            for found in vocabularies
        ),
    )
    for found in vocabularies:
        yield ""
        yield f"## {found['title']}"
        yield ""
        yield prose(found.get("source", ""))
        for name, terms in found["lists"].items():
            yield ""
            yield f"### {name} of {version(found)}"
            yield ""
            yield from table(
                ("term", "meaning", "narrower terms"), (_term(entry) for entry in terms)
            )
    yield ""
    yield f"Back to the {links.kind_index('kinds')}."


def version(vocabulary: Mapping[str, Any]) -> str:
    """How a definition names the version."""
    return f"{vocabulary['vocabulary']}-{vocabulary['version']}"


def _term(entry: Any) -> tuple[str, str, str]:
    if isinstance(entry, str):
        return prose(entry), "", ""
    narrower = ", ".join(prose(_name(inner)) for inner in entry.get("narrower", ()))
    return prose(entry["term"]), prose(entry.get("description", "")), narrower


def _name(entry: Any) -> str:
    return entry if isinstance(entry, str) else str(entry["term"])
