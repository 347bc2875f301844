"""``bizalign-lint diff``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.forecast import length_option
from bizalign_lint.cli.options import (
    color_option,
    effective,
    format_option,
    setup_options,
)
from bizalign_lint.cli.session import Session
from bizalign_lint.compare import FORMATS, renderer
from bizalign_lint.core.errors import NothingToCheckError
from bizalign_lint.core.today import today
from bizalign_lint.forecast.horizon import last_day
from bizalign_lint.reporters.style import Style, wants_colors
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.core.types import Source
    from bizalign_lint.workspace.config import Config

WORK_TREE = "the work tree"
"""What a difference calls the files as they are now."""

EPILOG = """\b
Examples:
  bizalign-lint diff main
  bizalign-lint diff merge-base:main --format markdown
  bizalign-lint diff v1.0 v2.0 --format json
"""


@click.command("diff", epilog=EPILOG)
@click.argument("old")
@click.argument("new", required=False)
@length_option
@format_option(FORMATS)
@color_option
@setup_options
@click.pass_obj
def command(
    session: Session,
    /,
    old: str,
    new: str | None,
    length: str | None,
    format_: str,
    color: str,
    **options: Any,
) -> None:
    """Show what changed in the model, and how alignment changes, now and in the future.

    OLD and NEW are branches, tags or commits; merge-base:main is where the current branch left
    main. Without NEW, the files as they are now are compared. Schemas, rules and configuration
    are those of the work tree.
    """
    from bizalign_lint.compare.changes import Difference, changes, coverage_changes
    from bizalign_lint.engine.judge import measure
    from bizalign_lint.engine.load import load_for
    from bizalign_lint.engine.model import read_model
    from bizalign_lint.forecast.move import ahead
    from bizalign_lint.forecast.moves import moves
    from bizalign_lint.graph.revisions import link_earlier, renamed
    from bizalign_lint.workspace.open import make_settings

    session.color = color
    root = find_root(())
    session.root = root.path
    config = effective(root.path, **options)
    settings = make_settings(root, config, today(), thresholds={})
    loaded = load_for(settings)
    old_files, new_files = (_sources(root.path, config, name) for name in (old, new or None))
    before, after = (read_model(loaded, files) for files in (old_files, new_files))
    if not (before.documents or after.documents):
        raise NothingToCheckError(
            f"there is nothing to compare: {root.path} has no definition in either revision",
            hint="run it in the workspace, the folder with .bizalign.yaml",
        )
    until = last_day(settings.as_of, None, length)
    link_earlier(after.graph, before.graph, after.flaws, loaded.ontology)
    moved = moves(
        loaded, (before, old_files), (after, new_files), settings, until, renamed(after.graph)
    )
    difference = Difference(
        old=old,
        new=new or WORK_TREE,
        as_of=settings.as_of.isoformat(),
        changes=changes(after.graph, loaded.ontology),
        coverage_changes=coverage_changes(
            *(measure(loaded, model.graph, settings) for model in (before, after))
        ),
        until=until.isoformat(),
        moves=tuple(ahead(moved)),
    )
    style = Style(wants_colors(color, sys.stdout.isatty(), os.environ))
    for piece in renderer(format_)(difference, style):
        sys.stdout.write(piece)
    for name, model in ((old, before), (new or WORK_TREE, after)):
        if model.flaws:
            sys.stderr.write(
                f"note: the model has errors ({len(model.flaws)}, see bizalign-lint check); "
                f"they are not compared: {name}\n"
            )


def _sources(root: str, config: Config, name: str | None) -> list[Source]:
    """The model files at a revision, or as they are."""
    from bizalign_lint.sources.disk import discover
    from bizalign_lint.sources.revision import read_revision, resolve
    from bizalign_lint.workspace.setup_files import own_files

    if name is None:
        return discover(
            root, config.include, config.exclude, own_files(config), config.also
        ).sources
    revision = resolve(root, name)
    own = own_files(config)
    return read_revision(revision, config.include, config.exclude, own, config.also).sources
