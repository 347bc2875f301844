"""``bizalign-lint trend``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint import __version__
from bizalign_lint.cli.cache import cached, keep
from bizalign_lint.cli.changes import print_note
from bizalign_lint.cli.options import (
    check_names,
    color_option,
    effective,
    format_option,
    setup_options,
)
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import NothingToCheckError, UsageError
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.core.today import today
from bizalign_lint.core.types import Place
from bizalign_lint.reporters.style import Style, wants_colors
from bizalign_lint.reporters.view import View
from bizalign_lint.sources.roots import find_root
from bizalign_lint.trend import FORMATS, renderer

if TYPE_CHECKING:
    from bizalign_lint.core.settings import Settings
    from bizalign_lint.core.types import Source
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.sources.history import Commit
    from bizalign_lint.trend.figures import Figures
    from bizalign_lint.workspace.config import Config

_USUAL = 24
_KEPT = 20_000
"""So many trees are remembered."""

EPILOG = """\b
Examples:
  bizalign-lint trend
  bizalign-lint trend --every month --last 36 --format csv > alignment.csv
  bizalign-lint trend --tags
  bizalign-lint trend --every quarter --measure error --measure fix-the-basics
"""


@click.command("trend", epilog=EPILOG)
@click.argument("revision", default="HEAD")
@click.option(
    "--every",
    "period",
    type=click.Choice(["week", "month", "quarter", "year"]),
    help="Only the last commit of each (default: every commit).",
)
@click.option("--tags", is_flag=True, help="Only commits with a tag.")
@click.option(
    "--last",
    type=click.IntRange(1, 10_000),
    help=f"Number of revisions (default: {_USUAL}, unless a period or tags are given).",
)
@click.option(
    "--measure",
    "wanted",
    multiple=True,
    metavar="NAME",
    help="Only this: a measure of coverage, a guideline, a severity or findings; shows which "
    "commit moved it.",
)
@format_option(FORMATS)
@color_option
@setup_options
@click.pass_obj
def command(
    session: Session,
    /,
    revision: str,
    period: str | None,
    tags: bool,
    last: int | None,
    wanted: tuple[str, ...],
    format_: str,
    color: str,
    as_of: date | None,
    **options: Any,
) -> None:
    """Show how alignment has developed, from the revisions in git, and what moved it.

    Coverage and findings of each revision, as of the day of its commit, by the rules, schemas and
    configuration of the work tree. Nothing is checked out. What has been measured is kept in the
    user's cache folder, which is safe to delete.
    """
    from bizalign_lint.engine.load import load_for
    from bizalign_lint.sources.history import between
    from bizalign_lint.sources.revision import SHALLOW, is_shallow
    from bizalign_lint.trend.points import Judge, Point, Trend, causes
    from bizalign_lint.workspace.open import make_settings

    session.color = color
    if as_of is not None:
        raise UsageError("--as-of: each revision is judged as of the day of its commit")
    if tags and period is not None:
        raise UsageError("--tags and --every do not go together", hint="leave out one of them")
    root = find_root(())
    session.root = root.path
    config = effective(root.path, as_of=None, select=(), ignore=(), fail_on=None, **options)
    settings = make_settings(root, config, today(), thresholds={})
    chosen = _chosen(root.path, revision, period, tags, last)
    loaded = load_for(settings)
    check_names(config, loaded)
    measures, titles = _measures(loaded, wanted)
    name = f"trend-{_version(settings, config)}.json"
    known = _remembered(name)
    before = len(known)
    judge = Judge(loaded, settings, lambda commit: _sources(root.path, config, commit), known)
    points = [Point(commit, judge.figures(commit, commit.day)) for commit in chosen]
    found = causes(
        points,
        measures,
        judge,
        lambda one, other: [c for c in between(root.path, one.id, other.id) if c.tree],
        bool(wanted),
    )
    shallow = is_shallow(root.path)
    trend = Trend(tuple(points), tuple(found), measures, titles, shallow)
    if len(known) > before:
        _remember(name, known)
    style = Style(wants_colors(color, sys.stdout.isatty(), os.environ))
    for piece in renderer(format_)(trend, View(root=root.path, here=os.getcwd(), style=style)):
        sys.stdout.write(piece)
    if shallow:
        print_note(f"note: older revisions are not here: {SHALLOW}")


def _chosen(
    root: str, revision: str, period: str | None, tags: bool, last: int | None
) -> list[Commit]:
    """The commits to measure, the oldest first."""
    from bizalign_lint.sources.history import history, tagged
    from bizalign_lint.trend.points import every

    if tags:
        found = tagged(root)
    elif period is not None:
        found = every([c for c in history(root, revision) if c.tree], period)
    else:
        last = last or _USUAL
        found = history(root, revision, last)
    held = [commit for commit in found if commit.tree][:last]
    if not held:
        raise NothingToCheckError(
            f"there is nothing to follow in {root}: no commit holds this workspace",
            hint="commit the model first",
        )
    return held[::-1]


def _measures(loaded: Loaded, wanted: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The measures to report, and what people call all there are."""
    from bizalign_lint.trend.figures import ALL, SEVERITIES

    titles = {ALL: "All findings"}
    titles |= {severity: f"Findings that are {_SAID[severity]}" for severity in SEVERITIES}
    titles |= {one.id: f"Findings of “{one.title}”" for one in loaded.rules.guidelines}
    titles |= {one.name: one.title for one in loaded.rules.measures}
    for name in wanted:
        if name not in titles:
            raise UsageError(f"there is no measure {name}", hint=hint(name, titles, listed(titles)))
    return tuple(dict.fromkeys(wanted)) or tuple(titles), titles


_SAID = {"error": "errors", "warning": "warnings", "info": "for information"}


def _sources(root: str, config: Config, commit: Commit) -> list[Source]:
    from bizalign_lint.sources.revision import Revision, read_revision
    from bizalign_lint.workspace.setup_files import own_files

    revision = Revision(root, commit.id, commit.id)
    own = own_files(config)
    return read_revision(revision, config.include, config.exclude, own, config.also).sources


def _version(settings: Settings, config: Config) -> str:
    """What stands for all that a measurement depends on, beside the tree and the day."""
    from bizalign_lint.core import shipped
    from bizalign_lint.workspace.setup_files import own_files

    digest = sha256(__version__.encode())
    sources = [
        *(*shipped.schemas(), *shipped.vocabularies(), *shipped.languages(), *shipped.rules()),
        *shipped.mappings().values(),
        *(*settings.schemas, *settings.rules),
    ]
    for source in sources:
        digest.update(len(source.content).to_bytes(8, "big") + source.content)
    rest = settings._replace(as_of=date.min, schemas=(), rules=(), thresholds=None, only=None)
    said = (rest, config.include, config.exclude, config.also, sorted(own_files(config)))
    digest.update(repr(_plain(said)).encode())
    return digest.hexdigest()[:32]


def _plain(value: Any) -> Any:
    """A part of the configuration as plain values, which are the same in every process."""
    if isinstance(value, Globs):
        return value.patterns
    if isinstance(value, Place):
        return ""
    if isinstance(value, Mapping):
        return sorted((str(name), _plain(held)) for name, held in value.items())
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return [*map(_plain, value)] if isinstance(value, (tuple, list)) else value


def _remembered(name: str) -> dict[tuple[str, str], Figures]:
    from bizalign_lint.trend.figures import read

    known = {}
    for key, value in cached(name).items():
        tree, _, day = key.partition(" ")
        found = read(value)
        if found is not None:
            known[tree, day] = found
    return known


def _remember(name: str, known: dict[tuple[str, str], Figures]) -> None:
    from bizalign_lint.trend.figures import kept

    newest = [*known.items()][-_KEPT:]
    keep(name, {f"{tree} {day}": kept(found) for (tree, day), found in newest})
