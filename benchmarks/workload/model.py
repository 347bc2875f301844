"""A whole model: the group, its divisions, and the files that they are kept in."""

from __future__ import annotations

from collections.abc import Iterator

from .business import business
from .change import change
from .definition import AS_OF, Area, Definition, slug
from .emit import document
from .finance import finance, ledger
from .group import group
from .seed import seed_fault
from .technology import technology
from .words import LINES, REGIONS

CONFIG = f'asOf: "{AS_OF}"\n'

# A repository holds other tools' YAML, too; it has to be read to be left alone.
_OTHERS = {
    "mkdocs.yml": "site_name: Enterprise model\nnav:\n  - Home: index.md\n  - Decisions: adr/\n",
    "deploy/values.yaml": "image:\n  repository: registry.example.com/model-site\n  tag: v4\n",
}


def model(documents: int, flawed: bool = False) -> Iterator[tuple[str, str]]:
    """The files of a model of so many documents: path and text.

    With ``flawed``, every tenth document has something to find.
    """
    yield ".bizalign.yaml", CONFIG
    yield from _OTHERS.items()
    files: dict[str, list[str]] = {}
    for index, definition in enumerate(definitions(documents)):
        value = definition.value
        text = seed_fault(definition) if flawed and index % 10 == 9 else document(value)
        files.setdefault(definition.path, []).append(text)
    for path, texts in files.items():
        yield path, "---\n".join(texts)


def definitions(count: int) -> Iterator[Definition]:
    """So many definitions that fit together."""
    made = list(group(area(0)))
    size = len(made)
    number = 0
    while True:
        found = division(area(number))
        if len(made) + len(found) > count:
            break
        made += found
        number += 1
    if not number:
        raise SystemExit(f"a model has {size + len(found)} documents at the least")
    yield from made
    for index in range(count - len(made)):
        yield _team(area(index % number), index)


def division(of: Area) -> list[Definition]:
    """The definitions of a division."""
    books = ledger(of)
    return [
        *business(of, books.mix),
        *technology(of, books.applications),
        *change(of, books.budgets),
        *finance(of, books),
    ]


def area(number: int) -> Area:
    """A division; every fifth one is a subsidiary with names of its own."""
    title = f"{REGIONS[number % len(REGIONS)]} {LINES[number // len(REGIONS) % len(LINES)]}"
    name = slug(title)
    if number % 5 == 4:
        return Area(title, name, f"subsidiaries/{name}", "", name)
    return Area(title, name, f"divisions/{name}", f"{name}-")


def _team(of: Area, number: int) -> Definition:
    return of.define(
        "OrganizationUnit",
        f"team-{number}",
        f"Team {number}",
        "organization/teams",
        {"type": "team", "parent": of.name("operations")},
        owner=of.name("operations"),
        sentences=4,
    )
