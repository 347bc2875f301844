"""``bizalign-lint next``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.model import check_kind, load_model
from bizalign_lint.cli.options import (
    color_option,
    config_options,
    format_option,
    kind_option,
    owner_option,
)
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint
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
@format_option(FORMATS)
@owner_option
@kind_option
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

    A rule cannot judge without the facts that it needs
    (such as the end of support of a component). Each fact is listed with the definitions that lack
    it, by who is responsible for them: those that most verdicts wait for first, then those nearest
    to the business.
    """
    from bizalign_lint.engine.judge import judge

    session.color = color
    read = load_model(session, find_root(paths), "judge", **options)
    if kind is not None:
        check_kind(kind, read)
    sources = read.workspace.found.sources
    found = judge(read.loaded, read.model, sources, read.settings).judged.gaps
    if kind is not None:
        found = tuple(gap for gap in found if gap.kind == kind)
    if owner is not None:
        found = _owned(found, owner)
    if read.root.only is not None:
        found = _narrowed(found, lambda one: read.settings.reports(one.path))
    for piece in renderer(format_)(Worklist(found, partial(_located, read.graph)), read.view):
        sys.stdout.write(piece)


def _owned(gaps: Sequence[Gap], owner: str) -> tuple[Gap, ...]:
    """The gaps that somebody is responsible for. Raises UsageError when nobody is called so."""
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
    """The gaps with only some of their definitions."""
    found = (gap._replace(lacking=tuple(filter(wanted, gap.lacking))) for gap in gaps)
    return tuple(gap for gap in found if gap.lacking)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _located(graph: Graph, one: Lacking) -> Location | None:
    """Where a definition is."""
    from bizalign_lint.core.types import Location
    from bizalign_lint.parsing.positions import locate

    kind, _, rest = one.reference.partition(":")
    namespace, _, name = rest.partition("/")
    node = graph.find(kind, namespace, name)
    return None if node is None else Location(one.path, locate(node.place()))
