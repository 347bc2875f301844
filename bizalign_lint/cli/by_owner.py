"""Options and helpers of the commands that show a model by owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from bizalign_lint.cli.forecast import look_ahead
from bizalign_lint.cli.model import LoadedModel, load_model
from bizalign_lint.cli.options import effective
from bizalign_lint.cli.session import Session
from bizalign_lint.core.today import today
from bizalign_lint.forecast.horizon import last_day
from bizalign_lint.reporters.view import View
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.digest.make import Digests

LEVELS = ("starter", "standard", "strict")
"""The profiles that are levels, the least demanding first."""
_USUAL = "P3M"

soon_option = click.option(
    "--for",
    "length",
    default=_USUAL,
    metavar="DURATION",
    help=f"How far to look ahead, such as P6M (default: {_USUAL}).",
)


class DigestView(NamedTuple):
    """Digests, and the view for showing them."""

    digests: Digests
    view: View


def digests_of(
    session: Session, path: str | None, owner: str | None, length: str, **options: Any
) -> DigestView:
    """The digests of all owners of a workspace, or of one of them.

    Raises UnknownOwnerError if there is no owner of that name.
    """
    from bizalign_lint.digest.make import make
    from bizalign_lint.findings.owned import owner_named

    read = load_model(session, find_root((path,) if path else ()), "digest", **options)
    whole = read.judged(read.settings)
    only = None if owner is None else owner_named(owner, whole.owners())
    outlook = look_ahead(read, last_day(read.settings.as_of, None, length))
    report = read.without_known(whole)
    profiles = {name: _by_profile(read, name, options, whole) for name in LEVELS}
    rules = read.loaded.rules.rules
    return DigestView(make(read.graph, report, outlook, profiles, rules, only), read.view)


def _by_profile(read: LoadedModel, profile: str, options: dict[str, Any], whole: Report) -> Report:
    """The report on a model by a profile; the rest of the configuration stays in force.

    ``whole`` is the report by the profile in force, which is returned if it is the same.
    """
    from bizalign_lint.workspace.open import make_settings

    config = effective(read.root.path, **{**options, "profile": profile})
    settings = make_settings(read.root, config, today())
    return whole if settings == read.settings else read.judged(settings)
