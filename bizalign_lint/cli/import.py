"""``bizalign-lint import``."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import content, output_target, replace
from bizalign_lint.core.errors import NothingToCheckError, UsageError
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.words import counted
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.listing import SUFFIXES
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.core.settings import SourceSpec
    from bizalign_lint.core.types import Document, Flaw, Source
    from bizalign_lint.mapping.copy import Copy

_MOST_FLAWS = 10

EPILOG = """\b
Examples:
  bizalign-lint import landscape.archimate --as archimate --dry-run
  bizalign-lint import ~/snapshot.xlsx --as leanix --to model/landscape
  bizalign-lint import apps.csv --mapping lint/apps.yaml --namespace ea
  bizalign-lint import                       all files under sources in the configuration
"""


@click.command("import", epilog=EPILOG)
@click.argument("files", nargs=-1, type=click.Path())
@click.option(
    "--as",
    "name",
    metavar="NAME",
    help="Shipped mapping that reads FILES, as listed by bizalign-lint mapping list.",
)
@click.option("--mapping", metavar="FILE", help="Mapping of your own that reads FILES.")
@click.option(
    "--to",
    "folder",
    default="model",
    metavar="FOLDER",
    help="Folder to write the definitions to (default: model).",
)
@click.option(
    "--namespace",
    default="",
    metavar="NAME",
    help="Namespace of the new definitions (default: that of the records, or default).",
)
@click.option("--dry-run", is_flag=True, help="List what would be written without writing it.")
@click.pass_obj
def command(
    session: Session,
    /,
    files: tuple[str, ...],
    name: str | None,
    mapping: str | None,
    folder: str,
    namespace: str,
    dry_run: bool,
) -> None:
    """Convert other tools' files to bizalign YAML, once.

    Without FILES, those of the configured sources are converted. Each definition becomes a file,
    with annotations for its origin. Existing definitions are never overwritten, even if they were
    renamed or moved: importing again adds what is new. To read the files in every check instead,
    list them under `sources` in the configuration.
    """
    from bizalign_lint.engine.load import load
    from bizalign_lint.mapping.copy import copies, origin_of
    from bizalign_lint.mapping.landscape import read_landscape
    from bizalign_lint.parsing.documents import parse
    from bizalign_lint.sources.disk import discover
    from bizalign_lint.workspace.config import load as load_config
    from bizalign_lint.workspace.setup_files import own_files, read_own, read_specs

    root = find_root(()).path
    session.root = root
    config = load_config(root)
    ontology = load(read_own(root, config, "schemas")).ontology
    configured = read_specs(root, config)
    there = discover(root, config.include, config.exclude, own_files(config), config.also).sources
    if files:
        spec = _spec(name, mapping, namespace)
        sources = [*_read(files, root)]
        specs: Sequence[SourceSpec] = [
            spec._replace(read=Globs([_escaped(source.path) for source in sources]))
        ]
    else:
        if name or mapping or namespace:
            raise UsageError(
                "--as, --mapping and --namespace need files to read",
                hint="name the files, or leave out these options to read the configured sources",
            )
        if not configured:
            raise NothingToCheckError(
                "no files are given, and the configuration names no sources",
                hint="for example bizalign-lint import landscape.archimate --as archimate",
            )
        specs, sources = configured, list(there)
    read = read_landscape(specs, ontology).read_files(sources).parsed
    documents = [document for parsed in read.values() for document in parsed.documents]
    known = {
        origin
        for source in there
        if source.path.endswith(SUFFIXES)
        for document in parse(source).documents
        if (origin := origin_of(document)) is not None
    }
    flaws = [flaw for parsed in read.values() for flaw in parsed.flaws]
    if not documents:
        _tell(flaws)
        raise NothingToCheckError(
            "the files contain no records that the mapping turns into definitions"
        )
    _write(list(copies(documents, ontology)), known, os.path.join(root, folder), root, dry_run)
    _tell(flaws)
    _hint(configured, documents, dry_run)


def _spec(name: str | None, mapping: str | None, namespace: str) -> SourceSpec:
    from bizalign_lint.core import shipped
    from bizalign_lint.core.settings import SourceSpec
    from bizalign_lint.core.suggest import hint, listed

    if bool(name) == bool(mapping):
        raise UsageError("give either --as (a shipped mapping) or --mapping (your own mapping)")
    known = shipped.mappings()
    if name and name not in known:
        instead = hint(name, known, listed(sorted(known)))
        raise UsageError(f"unknown mapping {name}", hint=instead)
    own = shipped.read(mapping) if mapping and os.path.isfile(mapping) else None
    if mapping and own is None:
        raise UsageError(f"no such file: {mapping}")
    return SourceSpec(Globs(), name or mapping or "", own, namespace)


def _read(files: Sequence[str], root: str) -> Iterator[Source]:
    """The given files and those in the given folders, with paths relative to the root."""
    from bizalign_lint.core import shipped

    for file in files:
        path = os.path.abspath(file)
        if not os.path.exists(path):
            raise UsageError(f"no such file or folder: {file}")
        below = [path]
        if os.path.isdir(path):
            below = sorted(os.path.join(at, one) for at, _, names in os.walk(path) for one in names)
        for one in below:
            shown = os.path.relpath(one, root).replace(os.sep, "/")
            outside = shown.startswith("../")
            shown = os.path.basename(one) if outside else shown
            yield shipped.read(one)._replace(path=shown)


def _escaped(path: str) -> str:
    """The glob pattern that matches only this path."""
    return "/" + "".join(f"\\{char}" if char in "\\*?[]!# " else char for char in path)


def _write(
    made: Sequence[Copy], known: set[tuple[str, str]], folder: str, root: str, dry_run: bool
) -> None:
    """Write the new definitions, after all targets have been checked."""
    new: dict[str, Copy] = {}
    kept = 0
    for copy in made:
        target = output_target(os.path.join(folder, copy.path), root)
        if copy.origin in known or copy.path in new or content(target) is not None:
            kept += 1
        else:
            new[copy.path] = copy
    for path, copy in new.items():
        if not dry_run:
            target = output_target(os.path.join(folder, path), root)
            replace(target, None, [copy.text.encode()])
    shown = clean(os.path.relpath(folder))
    verb = "would write" if dry_run else "wrote"
    for kind, count in sorted(Counter(copy.kind for copy in new.values()).items()):
        _say(f"{verb} {counted(count, 'definition')} of the kind {clean(kind)} in {shown}")
    if kept:
        _say(
            f"kept {counted(kept, 'definition')} that {'exists' if kept == 1 else 'exist'} already"
        )


def _tell(flaws: Sequence[Flaw]) -> None:
    """Report on standard error what is wrong with the files."""
    from bizalign_lint.core.types import Location

    told = [flaw for flaw in flaws if isinstance(flaw.place, Location)]
    for flaw in told[:_MOST_FLAWS]:
        at = flaw.place
        assert isinstance(at, Location)
        place = at.cell or f"{at.span.line}:{at.span.column}"
        problem = flaw.details.get("problem", flaw.subject)
        sys.stderr.write(f"{clean(at.path)}:{place}: {clean(problem)}\n")
    if len(told) > _MOST_FLAWS:
        sys.stderr.write(f"… and {len(told) - _MOST_FLAWS:,} more\n")


def _hint(sources: Sequence[SourceSpec], documents: Sequence[Document], dry_run: bool) -> None:
    read = [spec for spec in sources if any(spec.read.match(d.source.path) for d in documents)]
    if read and not dry_run:
        _say("next: remove these files from sources, or everything is defined twice")
    elif not dry_run:
        _say("next: bizalign-lint check")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
