"""``bizalign-lint kind``."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import click

from bizalign_lint.cli.group import HelpfulGroup
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.style import Style, wants_colors
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.schema.ontology import Kind, Ontology


@click.group("kind", cls=HelpfulGroup)
def command() -> None:
    """List and show the kinds of definition."""


@command.command("list")
@click.pass_obj
def list_(session: Session, /) -> None:
    """List the kinds of definition, shipped and your own, by perspective."""
    from bizalign_lint.core import shipped as resources
    from bizalign_lint.docs.outline import read
    from bizalign_lint.parsing.documents import read_document

    kinds = loaded(session).ontology.kinds.values()
    outline = read(read_document(resources.perspectives()).value)
    style = _style(session)
    wide = max(len(kind.name) for kind in kinds)
    for perspective, (heading, _) in outline.perspectives.items():
        inside = [kind for kind in kinds if kind.perspective == perspective]
        if inside:
            sys.stdout.write(f"{style('strong', clean(heading))}\n")
        for kind in inside:
            sys.stdout.write(f"  {clean(kind.name):{wide}}  {clean(_first_sentence(kind))}\n")


def _first_sentence(kind: Kind) -> str:
    return " ".join(kind.description.split()).partition(". ")[0].rstrip(".") + "."


@command.command("show")
@click.argument("kind")
@click.pass_obj
def show(session: Session, /, kind: str) -> None:
    """Explain a kind: its properties, values, relations and rules, with an example.

    KIND is a kind such as Application, one within another such as KeyResult, or a word for it that
    other tools and methods use.
    """
    from bizalign_lint.cli.kind_show import show as lines

    known = loaded(session)
    found = find(kind, known.ontology)
    width = min(max(shutil.get_terminal_size().columns, 60), 100)
    style = _style(session)
    for number, line in enumerate(lines(found, known.ontology, known.rules.rules.values(), width)):
        heading = number == 0 or (line.endswith(":") and not line.startswith(" "))
        shown = clean(line)
        sys.stdout.write(f"{style('strong', shown) if heading else shown}\n")


def loaded(session: Session) -> Loaded:
    """The kinds and rules in force in the workspace that we are in."""
    from bizalign_lint.engine.load import load
    from bizalign_lint.workspace.config import load as load_config
    from bizalign_lint.workspace.setup_files import read_own

    root = find_root(()).path
    session.root = root
    config = load_config(root)
    return load(
        read_own(root, config, "schemas"),
        read_own(root, config, "rules"),
        currency=config.currency,
    )


def find(name: str, ontology: Ontology) -> Kind:
    """The kind with a name, ignoring case, or with that alias. Raises UsageError."""
    from bizalign_lint.schema.aliases import kind_by_alias

    called = ontology.spelling.get(name.lower()) or kind_by_alias(name, ontology)
    for kind in ontology.kinds.values():
        if called == kind.name or name.lower() in (n.name.lower() for n in kind.nested):
            return kind
    known = [*ontology.kinds, *(n.name for kind in ontology.kinds.values() for n in kind.nested)]
    raise UsageError(
        f"unknown kind {name}",
        hint=hint(name, known, "see bizalign-lint kind list"),
    )


def _style(session: Session) -> Style:
    return Style(wants_colors(session.color, sys.stdout.isatty(), os.environ))
