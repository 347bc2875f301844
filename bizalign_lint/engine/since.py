"""The check of a workspace: all findings, or only those that are new since a revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.core.types import Finding, Source
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.engine.model import Model
    from bizalign_lint.findings.baseline import Entry
    from bizalign_lint.workspace.config import Config
    from bizalign_lint.workspace.open import Workspace


class Compared(NamedTuple):
    """The model at a revision and now, each with its files."""

    before: tuple[Model, list[Source]]
    after: tuple[Model, list[Source]]
    renamed: Mapping[str, str]
    """The former references of renamed definitions, by their present ones."""


LookAhead = Callable[[Compared], tuple[str, ...]]
"""Gives one sentence for each future finding that moved between two revisions."""

Check = Callable[[Sequence["Source"]], "Report"]


def checker(
    workspace: Workspace,
    config: Config,
    loaded: Loaded,
    known: Sequence[Entry],
    since: str | None,
    look_ahead: LookAhead | None = None,
    owner: str | None = None,
) -> Check:
    """The function that checks a workspace's files and leaves out the findings of the baseline.

    With ``since``, it also leaves out what was found at that revision, and with ``look_ahead`` adds
    the future findings that moved since then. With ``owner``, it reports only what that owner is
    responsible for, and raises UnknownOwnerError if there is none of that name. Raises UsageError
    for an unknown revision.
    """
    if since is not None:
        return _since(workspace, config, loaded, known, since, look_ahead, owner)

    def check(sources: Sequence[Source]) -> Report:
        from bizalign_lint.engine.judge import compile_ahead, judge
        from bizalign_lint.engine.model import linked, parsed

        settings = workspace.settings
        contents = parsed(loaded, sources)
        compile_ahead(loaded, settings)  # meanwhile, other processes read
        model = linked(loaded, sources, contents)
        report = accept(judge(loaded, model, sources, settings, workspace.found.flaws), known)
        if owner is None:
            return report
        from bizalign_lint.findings.owned import owned, owner_named

        return owned(report, owner_named(owner, report.owners()).reference)

    return check


def _since(
    workspace: Workspace,
    config: Config,
    loaded: Loaded,
    known: Sequence[Entry],
    name: str,
    look_ahead: LookAhead | None,
    owner: str | None,
) -> Check:
    """The check against a revision; both are judged by today's rules, schemas and configuration."""
    from bizalign_lint.engine.judge import Earlier, judge
    from bizalign_lint.engine.model import read_model
    from bizalign_lint.findings.owned import gaps_of, is_owned, owner_named
    from bizalign_lint.findings.since import compare
    from bizalign_lint.graph.revisions import renamed
    from bizalign_lint.sources.revision import read_revision, resolve
    from bizalign_lint.sources.versions import versions
    from bizalign_lint.workspace.setup_files import own_files

    revision = resolve(workspace.root, name)
    old_sources, old_flaws = read_revision(
        revision, config.include, config.exclude, own_files(config), config.also
    )
    # A change in one file may break another: judge everything, then select.
    settings = workspace.settings._replace(only=None)
    old = read_model(loaded, old_sources)
    # A finding that could not be judged then, because no node had the fact, is not new.
    then = settings._replace(thresholds=None, reports_absence=True)
    before = accept(judge(loaded, old, old_sources, then, old_flaws), known)
    earlier = Earlier(old.graph, partial(versions, revision))
    flaws = workspace.found.flaws

    def check(sources: Sequence[Source]) -> Report:
        model = read_model(loaded, sources)
        found = accept(judge(loaded, model, sources, settings, flaws, earlier), known)
        names = renamed(model.graph)
        who = None if owner is None else owner_named(owner, (*before.owners(), *found.owners()))

        def wanted(place: Finding) -> bool:
            if not workspace.settings.reports(place.location.path):
                return False
            return who is None or is_owned(place.entity, who.reference, found, before)

        report = compare(found, before, name, revision.commit, names, wanted)
        if who is not None:
            gaps = gaps_of(report.judged.gaps, who.reference)
            report = report._replace(judged=report.judged._replace(gaps=gaps))
        if look_ahead is None or report.since is None:
            return report
        ahead = look_ahead(Compared((old, old_sources), (model, [*sources]), names))
        return report._replace(since=report.since._replace(ahead=ahead))

    return check


def accept(report: Report, known: Sequence[Entry]) -> Report:
    """The report without the findings of a baseline."""
    if not known:
        return report
    from bizalign_lint.findings.baseline import apply

    return apply(report, known)
