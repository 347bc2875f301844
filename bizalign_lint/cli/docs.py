"""``bizalign-lint docs``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import output_target, remove, write
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.words import counted
from bizalign_lint.sources.read import read
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.core.types import Source
    from bizalign_lint.docs.pages import Scope
    from bizalign_lint.engine.load import Loaded

_FOLDER = "docs"

EPILOG = """\b
Examples:
  bizalign-lint docs
  bizalign-lint docs --check          fails if pages are out of date
  bizalign-lint docs --output site
"""


@click.command("docs", epilog=EPILOG)
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if pages are out of date.")
@click.option(
    "--output",
    "folder",
    default=_FOLDER,
    metavar="FOLDER",
    help=f"Folder to write to (default: {_FOLDER}).",
)
@click.pass_obj
def command(session: Session, /, check: bool, folder: str) -> int:
    """Write the documentation of rules and kinds.

    Pages of Markdown go to rules and ontology in the folder. In a workspace whose .bizalign.yaml
    lists your own rules or schemas, they are about those; elsewhere about the shipped ones. Pages
    of removed rules or kinds are deleted; other files are never touched.
    """
    from bizalign_lint.docs.pages import MARK

    wanted = {os.path.join(folder, path): text for path, text in _pages(session).items()}
    found = dict(_written(folder))
    stale = [path for path in found if path not in wanted and found[path].startswith(MARK)]
    changed = [path for path in wanted if found.get(path) != wanted[path]]
    pages = counted(len(wanted), "page")
    if check:
        for path in changed:
            why = "is out of date" if path in found else "is missing"
            sys.stdout.write(f"{path}: {why}\n")
        for path in stale:
            sys.stdout.write(f"{path}: its rule or kind no longer exists\n")
        if changed or stale:
            differing = counted(len(changed) + len(stale), "page")
            sys.stdout.write(f"{differing} out of date: run bizalign-lint docs\n")
            return 1
        sys.stdout.write(f"{pages} in {folder}, all up to date\n")
        return 0
    for path in changed:
        if path in found and not found[path].startswith(MARK):
            raise UsageError(
                f"{path} exists and was not generated",
                hint="move it, or choose another folder with --output",
            )
    targets = {path: output_target(path, session.root) for path in (*changed, *stale)}
    for path in changed:
        write(targets[path], [wanted[path]])
    for path in stale:
        remove(targets[path])
    sys.stdout.write(f"{pages} in {folder}: {len(changed)} written, {len(stale)} removed\n")
    return 0


def _pages(session: Session) -> Mapping[str, str]:
    from bizalign_lint.core import shipped as resources
    from bizalign_lint.docs.outline import read
    from bizalign_lint.docs.pages import everything, pages
    from bizalign_lint.engine.load import load
    from bizalign_lint.parsing.documents import read_document
    from bizalign_lint.workspace.config import load as load_config
    from bizalign_lint.workspace.setup_files import read_own

    root = find_root(())
    session.root = root.path
    config = load_config(root.path)
    schemas = read_own(root.path, config, "schemas")
    rules = read_own(root.path, config, "rules")
    loaded = load(schemas, rules)
    return pages(
        loaded,
        _own(loaded, schemas, rules) if schemas or rules else everything(loaded),
        read(read_document(resources.perspectives()).value),
        [read_document(source).value for source in resources.vocabularies()],
    )


def _own(loaded: Loaded, schemas: tuple[Source, ...], rules: tuple[Source, ...]) -> Scope:
    """What the organisation has added: rules and measures, and kinds new or extended."""
    from bizalign_lint.docs.pages import Scope
    from bizalign_lint.parsing.documents import read_document

    paths = {source.path for source in rules}
    kinds = [
        value.get("x-extends") or value["properties"]["kind"]["const"]
        for value in (read_document(source).value for source in schemas)
        if "x-extends" in value or "x-kind" in value
    ]
    rule_set = loaded.rules
    return Scope(
        frozenset(r.id for r in rule_set.rules.values() if r.document.source.path in paths),
        frozenset(kinds),
        frozenset(m.name for m in rule_set.measures if m.document.source.path in paths),
        shipped=False,
    )


def _written(folder: str) -> Iterator[tuple[str, str]]:
    """The pages that are there already, with their text."""
    from bizalign_lint.docs.links import KINDS, RULES

    for name in (RULES, KINDS):
        inside = os.path.join(folder, name)
        if not os.path.isdir(inside):
            continue
        for file in sorted(os.listdir(inside)):
            path = os.path.join(inside, file)
            if file.endswith(".md") and os.path.isfile(path):
                yield path, _text(path)


def _text(path: str) -> str:
    """What a page holds; nothing that we have written when it is not a file of its own."""
    try:
        return (read(path) or b"").decode(errors="replace")
    except OSError:
        return ""
