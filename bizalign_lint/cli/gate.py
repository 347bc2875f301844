"""A change must not loosen its own check unseen: the set-up at the base, held against today's."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import click

from bizalign_lint.cli.writing import copies
from bizalign_lint.core.errors import BizalignError, UsageError
from bizalign_lint.findings.baseline_file import read_baseline
from bizalign_lint.findings.ratchet import read_ratchet
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.roots import CONFIG_NAME

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.workspace.base import Base
    from bizalign_lint.workspace.config import Config
    from bizalign_lint.workspace.loosened import SetUp
    from bizalign_lint.workspace.open import Workspace

Configure = Callable[[str], "Config"]
"""From a root to its configuration, with what the command line says."""


class Gate(NamedTuple):
    """The set-up of a revision."""

    base: Base
    root: str
    """The folder that stands for the workspace's root; its files are copies."""


def gate_at(root: str, since: str | None, wanted: bool) -> Gate | None:
    """The set-up at the revision that is compared with, for as long as the command runs.

    ``wanted`` says whether it is to be in force.
    """
    if since is None:
        if wanted:
            raise UsageError("--config-from-base needs --since", hint="name the base: --since main")
        return None
    from bizalign_lint.sources.revision import resolve
    from bizalign_lint.workspace.base import set_up_at

    base = set_up_at(resolve(root, since))
    folder = click.get_current_context().with_resource(copies(base.files))
    return Gate(base, os.path.join(folder, base.place) if base.place else folder)


def with_loosened(
    report: Report,
    gate: Gate | None,
    workspace: Workspace,
    loaded: Loaded,
    configure: Configure,
) -> Report:
    """The report with what the change since a base loosens; reported on standard error as well."""
    if report.since is None or gate is None:
        return report
    lines = tuple(_loosened(gate, workspace, loaded, configure))
    for line in lines:
        sys.stderr.write(f"warning: this change loosens its own check: {clean(line)}\n")
    return report._replace(since=report.since._replace(loosened=lines))


def refuse_other_workspaces(gate: Gate | None, workspace: Workspace) -> None:
    """Raise UsageError where the workspaces are not those of the base, which no set-up can fix."""
    for line in () if gate is None else _markers(gate.base, workspace):
        raise UsageError(
            f"--config-from-base: {line}",
            hint="make the change of workspaces in a separate commit, without this option",
        )


def _loosened(
    gate: Gate, workspace: Workspace, loaded: Loaded, configure: Configure
) -> Iterator[str]:
    from bizalign_lint.workspace.loosened import loosened

    yield from _markers(gate.base, workspace)
    defaults = {rule.id: rule.severity for rule in loaded.rules.rules.values()}
    try:
        then = _set_up(gate.root, configure)
    except BizalignError as error:
        yield f"the set-up at the base cannot be read: {error.message}"
        return
    try:
        now = _set_up(workspace.root, configure)
    except BizalignError as error:
        # It is not in force, or nobody had come as far as here.
        yield f"the set-up of this change cannot be read: {error.message}"
        return
    yield from loosened(then, now, defaults)


def _set_up(root: str, configure: Configure) -> SetUp:
    from bizalign_lint.workspace.loosened import set_up

    known = [(entry.rule, entry.fingerprint) for entry in read_baseline(root) or ()]
    return set_up(root, configure(root), known, read_ratchet(root))


def _markers(base: Base, workspace: Workspace) -> Iterator[str]:
    """The configurations that make other workspaces of what was one."""
    if base.home not in (None, "."):
        yield f"a new {CONFIG_NAME} removes this folder from the workspace {base.home}"
    for folder in workspace.found.nested:
        if folder not in base.nested:
            yield f"{folder}/{CONFIG_NAME} is new: that folder is no longer checked here"
