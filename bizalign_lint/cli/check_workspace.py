"""One workspace, checked: what ``check`` does with each that it is asked about."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bizalign_lint.cli.fix import FixOptions, fix_or_suppress
from bizalign_lint.cli.gate import gate_at, refuse_other_workspaces, with_loosened
from bizalign_lint.cli.options import check_names, effective
from bizalign_lint.cli.writing import Target, content, encoded, output_target, replace
from bizalign_lint.core.errors import NothingToCheckError
from bizalign_lint.core.settings import NEVER
from bizalign_lint.core.today import today
from bizalign_lint.core.types import Severity
from bizalign_lint.core.words import counted
from bizalign_lint.engine.since import Compared, LookAhead, checker
from bizalign_lint.findings.baseline_file import read_baseline
from bizalign_lint.findings.ratchet import FILE_NAME, higher_of_each, read_ratchet, render_ratchet

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.sources.roots import Root
    from bizalign_lint.workspace.config import Config
    from bizalign_lint.workspace.open import Discover, Workspace


class CheckRequest(NamedTuple):
    """What is asked of each workspace."""

    find: Discover
    fixing: FixOptions
    since: str | None
    ahead: str | None
    """How far to look for coming findings that move; None if that is not requested."""
    config_from_base: bool
    coverage: bool
    ratchet: bool
    no_baseline: bool
    owner: str | None
    """Whose findings are reported; None: everybody's."""
    options: Mapping[str, Any]
    """Those that win over the configuration file."""


class Figures(NamedTuple):
    """What coverage has reached, to be kept."""

    file: Target
    before: bytes | None
    reached: Mapping[str, float]


class Checked(NamedTuple):
    """What became of one workspace."""

    root: Root
    workspace: Workspace
    loaded: Loaded
    report: Report
    would_change: bool
    """With ``--diff``: whether there is something that would."""
    fails: bool
    figures: Figures | None

    def keep(self) -> None:
        """Write down what coverage has reached, unless it has fallen."""
        if self.figures and not any(c.fails for c in self.report.coverage):
            file, before, reached = self.figures
            replace(file, before, encoded(render_ratchet(self.report.coverage, reached)))


def check_workspace(root: Root, request: CheckRequest) -> Checked:
    """Read a workspace and judge it, and fix it if asked.

    Raises NothingToCheckError when it holds no definition.
    """
    from bizalign_lint.parsing.documents import read_ahead
    from bizalign_lint.workspace.open import open_workspace

    gate = gate_at(root.path, request.since, request.config_from_base)
    in_force = gate if request.config_from_base else None
    home = in_force.root if in_force else root.path

    def configure(root: str) -> Config:
        return effective(root, **request.options)

    config = configure(home)
    reached = read_ratchet(home) if request.ratchet else {}
    file = output_target(os.path.join(root.path, FILE_NAME), root.path) if request.ratchet else None
    figures = Figures(file, content(file), reached) if file else None
    measured = request.coverage or request.ratchet or config.coverage
    thresholds = higher_of_each(config.coverage, reached) if measured else None
    try:
        workspace = open_workspace(root, config, today(), thresholds, request.find, home)
    except NothingToCheckError as error:
        error.hint = _hint_about_others(root, config) or error.hint
        raise
    refuse_other_workspaces(in_force, workspace)
    if reached:
        # What was measured once and is no more has fallen.
        required_measures = workspace.settings.required_measures | reached.keys()
        workspace = workspace._replace(
            settings=workspace.settings._replace(required_measures=required_measures)
        )
    # Other processes read the model while this one imports, reads and compiles the rules. If there
    # are files of other tools, it is only known afterwards which files are definitions.
    if not workspace.settings.sources:
        read_ahead(workspace.found.sources)
    from bizalign_lint.engine.load import load_for

    loaded = load_for(workspace.settings)
    check_names(config, loaded)
    known = () if request.no_baseline else read_baseline(home) or ()

    look_ahead = _looking_ahead(request.ahead, workspace, loaded)
    check = checker(workspace, config, loaded, known, request.since, look_ahead, request.owner)
    report = check(workspace.found.sources)
    # What cannot be read is something to check, though its finding may be known.
    if not report.documents and not report.findings and not report.unread:
        raise _nothing(report, root, workspace, config)
    if request.fixing.anything:
        outcome = fix_or_suppress(request.fixing, root.path, workspace.found, report, check)
        if request.fixing.diff:
            return Checked(
                root,
                workspace,
                loaded,
                report,
                would_change=bool(outcome.changed),
                fails=False,
                figures=None,
            )
        report = outcome.report
    report = with_loosened(report, gate, workspace, loaded, configure)
    fails = _fails(report, config.fail_on) or any(c.fails for c in report.coverage)
    return Checked(
        root,
        workspace,
        loaded,
        report,
        would_change=False,
        fails=fails,
        figures=figures,
    )


def _looking_ahead(length: str | None, workspace: Workspace, loaded: Loaded) -> LookAhead | None:
    """What recognises findings that are brought forward or postponed, within so long."""
    if length is None:
        return None
    from bizalign_lint.forecast.horizon import last_day

    settings = workspace.settings._replace(only=None)
    until = last_day(settings.as_of, None, length)

    def look_ahead(compared: Compared) -> tuple[str, ...]:
        from bizalign_lint.forecast.move import ahead, sentence
        from bizalign_lint.forecast.moves import moves

        found = moves(loaded, compared.before, compared.after, settings, until, compared.renamed)
        wanted = workspace.settings.reports
        return tuple(sentence(move) for move in ahead(found) if wanted(move.finding.location.path))

    return look_ahead


def _fails(report: Report, fail_on: str) -> bool:
    if fail_on == NEVER:
        return False
    rank = Severity(fail_on).rank
    return any(finding.severity.rank <= rank for finding in report.findings)


def _hint_about_others(root: Root, config: Config) -> str:
    """The hint about files of other tools, where nobody has said which files are the model."""
    if root.only is not None or config.sources or config.include or config.exclude:
        return ""
    from bizalign_lint.cli.init_hint import hint_about_others

    return hint_about_others(root.path, configured=bool(config.files))


def _nothing(
    report: Report, root: Root, workspace: Workspace, config: Config
) -> NothingToCheckError:
    from bizalign_lint.workspace.open import below

    count = counted(report.files, "YAML file")
    hint = "a definition starts with apiVersion: bizalign/v1"
    if not config.files:
        hint = below(workspace.found) or f"{hint}; bizalign-lint init writes a first model"
    elif config.sources:
        hint = "bizalign-lint source list says what was read of the sources, and what was left out"
    return NothingToCheckError(
        f"there is nothing to check: {count} in {workspace.root}, none with a definition",
        hint=_hint_about_others(root, config) or hint,
    )
