"""``bizalign-lint next``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.options import check_names, color_option, config_options, effective, today
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import NothingToCheckError, UsageError
from bizalign_lint.core.suggest import hint
from bizalign_lint.reporters.style import Style, wants_colors
from bizalign_lint.reporters.view import View
from bizalign_lint.reporters.worklist import FORMATS, Worklist, renderer
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.core.report import Gap, Lacking
    from bizalign_lint.core.types import Location
    from bizalign_lint.graph.nodes import Graph

EPILOG = """\b
Examples:
  bizalign-lint next
  bizalign-lint next --owner "Claims IT"
  bizalign-lint next --kind Application --format csv > worklist.csv
  bizalign-lint next --select BAS --format markdown
"""


@click.command("next", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path())
@config_options
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default=FORMATS[0], help="Output format."
)
@click.option("--owner", metavar="NAME", help="Only what this unit or person is responsible for.")
@click.option("--kind", metavar="KIND", help="Only definitions of this kind.")
@color_option
@click.pass_obj
def command(
    session: Session,
    /,
    paths: tuple[str, ...],
    format_: str,
    owner: str | None,
    kind: str | None,
    color: str,
    **options: Any,
) -> None:
    """List the missing facts that rules need, the most useful first.

    A rule that needs a fact which is not in the model (until when a component is supported, say)
    cannot judge. Each fact is listed with the definitions that lack it, by who answers for them:
    those that most verdicts wait for first, then those nearest to the business.
    """
    from bizalign_lint.engine import judge, load, read_model
    from bizalign_lint.workspace.open import open_workspace

    session.color = color
    root = find_root(paths)
    session.root = root.path
    config = effective(root.path, **options)
    workspace = open_workspace(root, config, today())
    settings = workspace.settings
    loaded = load(settings.schemas, settings.rules, settings.sources)
    check_names(config, loaded)
    model = read_model(loaded, workspace.found.sources)
    if not model.documents:
        raise NothingToCheckError(
            f"there is nothing to judge in {root.path}: no definition",
            hint="a definition starts with apiVersion: bizalign/v1",
        )
    if kind is not None and kind not in loaded.ontology.types:
        raise UsageError(f"there is no kind {kind}", hint=hint(kind, loaded.ontology.types))
    found = judge(loaded, model, workspace.found.sources, settings).judged.gaps
    if kind is not None:
        found = tuple(gap for gap in found if gap.kind == kind)
    if owner is not None:
        found = _owned(found, owner)
    if root.only is not None:
        found = _narrowed(found, lambda one: settings.reports(one.path))
    style = Style(wants_colors(color, sys.stdout.isatty(), os.environ))
    view = View(root=root.path, here=os.getcwd(), style=style)
    for piece in renderer(format_)(Worklist(found, partial(_located, model.graph)), view):
        sys.stdout.write(piece)


def _owned(gaps: Sequence[Gap], owner: str) -> tuple[Gap, ...]:
    """The gaps that somebody answers for. Raises UsageError when nobody is called so."""
    wanted = owner.casefold()
    known = {
        name: title
        for gap in gaps
        for one in gap.lacking
        if one.owner is not None and one.answering is not None
        for title in (one.owner,)
        for name in (title.casefold(), one.answering.casefold(), _name(one.answering).casefold())
    }
    if wanted not in known and gaps:
        raise UsageError(
            f"{owner} is responsible for nothing with a missing fact", hint=hint(owner, known)
        )
    return _narrowed(gaps, lambda one: one.owner is not None and one.owner == known[wanted])


def _narrowed(gaps: Sequence[Gap], wanted: Any) -> tuple[Gap, ...]:
    """The gaps with those definitions only that are wanted."""
    found = (gap._replace(lacking=tuple(filter(wanted, gap.lacking))) for gap in gaps)
    return tuple(gap for gap in found if gap.lacking)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _located(graph: Graph, one: Lacking) -> Location | None:
    """Where a definition stands."""
    from bizalign_lint.core.types import Location
    from bizalign_lint.parsing.positions import locate

    kind, _, rest = one.reference.partition(":")
    namespace, _, name = rest.partition("/")
    node = graph.find(kind, namespace, name)
    return None if node is None else Location(one.path, locate(node.place()))
