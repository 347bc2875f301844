"""``bizalign-lint source``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.group import HelpfulGroup
from bizalign_lint.cli.options import config_file_option
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import NothingToCheckError, UsageError
from bizalign_lint.core.suggest import hint, suggestion
from bizalign_lint.core.today import today
from bizalign_lint.core.words import counted, first_of
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.roots import Root, find_root

if TYPE_CHECKING:
    from bizalign_lint.core.types import Document
    from bizalign_lint.mapping.landscape import ReadFiles
    from bizalign_lint.mapping.summary import SourceSummary
    from bizalign_lint.schema.ontology import Ontology

_MOST_FILES = 3
_MOST_COLUMNS = 12


@click.group("source", cls=HelpfulGroup)
def command() -> None:
    """Show what is read from other tools' files, and what is left out."""


@command.command("list")
@config_file_option
@click.pass_obj
def list_(session: Session, /, config_file: str | None) -> None:
    """List the sources: the files and records read, the definitions made, and what was left out.

    Every record, link and reference that did not become part of the model is counted, with the
    reason.
    """
    taken, _ = _taken(session, config_file)
    for summary in taken.summaries():
        broken = sum(map(taken.is_broken, summary.files))
        for line in _told(summary, broken):
            sys.stdout.write(f"{clean(line)}\n")


@command.command("print")
@click.argument("name", required=False)
@config_file_option
@click.pass_obj
def print_(session: Session, /, name: str | None, config_file: str | None) -> None:
    """Print the definitions that were read as bizalign YAML; with NAME, only that one.

    NAME is a name, as in payments, or a kind and a name, as in Application:payments.
    """
    taken, ontology = _taken(session, config_file)
    documents = [document for parsed in taken.parsed.values() for document in parsed.documents]
    chosen = [document for document in documents if name is None or name in _names(document)]
    if name is not None and not chosen:
        known = [one for document in documents for one in _names(document)]
        raise UsageError(f"no source defines {name}", hint=hint(name, known))
    from bizalign_lint.mapping.write import written

    for document in chosen:
        sys.stdout.write(f"---\n{written(document, ontology)}")


def _taken(session: Session, config_file: str | None) -> tuple[ReadFiles, Ontology]:
    from bizalign_lint.engine.load import load_for
    from bizalign_lint.sources.disk import discover
    from bizalign_lint.workspace.config import load as load_config
    from bizalign_lint.workspace.open import make_settings
    from bizalign_lint.workspace.setup_files import own_files

    root: Root = find_root(())
    session.root = root.path
    config = load_config(root.path, config_file)
    if not config.sources:
        raise NothingToCheckError(
            "the configuration names no sources",
            hint="add some to .bizalign.yaml, for example "
            "sources: [{read: catalog-info.yaml, as: backstage}]",
        )
    settings = make_settings(root, config, today())
    loaded = load_for(settings)
    found = discover(root.path, config.include, config.exclude, own_files(config), config.also)
    assert loaded.landscape is not None
    return loaded.landscape.read_files(found.sources), loaded.ontology


def _names(document: Document) -> tuple[str, ...]:
    name = document.value["metadata"]["name"]
    aliases = document.origin.aliases if document.origin is not None else ()
    return (name, f"{document.value['kind']}:{name}", *aliases)


def _told(summary: SourceSummary, broken: int) -> Iterator[str]:
    yield f"{summary.name}: {first_of(summary.files, _MOST_FILES) or 'no file'}"
    if broken:
        unread = counted(broken, "file")
        yield f"  {unread} could not be read in full: bizalign-lint check shows where"
    mapped = sum(summary.mapped.values())
    yield f"  {mapped:,} of {summary.records:,} records became definitions"
    for (type_, kind), count in sorted(summary.mapped.items(), key=_most):
        yield f"    {count:>6,}  {type_} → {kind}"
    if summary.left:
        yield f"  {_were(sum(summary.left.values()))} left out"
        for (type_, why), count in sorted(summary.left.items(), key=_most):
            yield f"    {count:>6,}  {type_}: {why}"
    if summary.links:
        yield f"  {summary.links:,} links between records were read"
    if summary.used:
        yield f"  {_were(sum(summary.used.values()), 'reference')} made"
        for name, count in sorted(summary.used.items(), key=_most):
            yield f"    {count:>6,}  {name}"
    if summary.dropped:
        dropped = sum(summary.dropped.values())
        yield f"  {_were(dropped, 'reference or value', 'references and values')} left out"
        for (name, why), count in sorted(summary.dropped.items(), key=_most):
            yield f"    {count:>6,}  {name}: {why}"
    if summary.unread:
        columns = counted(len(summary.unread), "column")
        yield f"  {columns} not read: {first_of([*summary.unread], _MOST_COLUMNS)}"
    if summary.misspelt:
        keys = counted(len(summary.misspelt), "key")
        shown = [f"{key} ({suggestion(near)})" for key, near in summary.misspelt.items()]
        yield f"  {keys} not read: {first_of(shown, _MOST_COLUMNS)}"


def _were(count: int, one: str = "", many: str = "") -> str:
    """A count with its noun and verb, as the beginning of a sentence."""
    noun = f" {one if count == 1 else many or f'{one}s'}" if one else ""
    return f"{count:,}{noun} {'was' if count == 1 else 'were'}"


def _most(entry: tuple[Any, int]) -> tuple[int, Any]:
    return -entry[1], entry[0]
