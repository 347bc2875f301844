"""A change must not loosen its own check unseen: the set-up at the base, held against today's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bizalign_lint.core.errors import BizalignError, UsageError
from bizalign_lint.findings.known import read_baseline
from bizalign_lint.findings.ratchet import read_ratchet
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.roots import CONFIG_NAME

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.engine import Loaded
    from bizalign_lint.workspace.base import Base
    from bizalign_lint.workspace.config import Config
    from bizalign_lint.workspace.loosened import SetUp
    from bizalign_lint.workspace.open import Workspace

Configure = Callable[[str], "Config"]
"""From a root to its configuration, with what the command line says."""


def told(
    report: Report,
    base: Base | None,
    workspace: Workspace,
    loaded: Loaded,
    configure: Configure,
) -> Report:
    """The report with what the change since a base loosens; told on standard error as well."""
    if report.since is None or base is None:
        return report
    lines = tuple(_loosened(base, workspace, loaded, configure))
    for line in lines:
        sys.stderr.write(f"warning: this change loosens its own check: {clean(line)}\n")
    return report._replace(since=report.since._replace(loosened=lines))


def refuse_other_workspaces(base: Base | None, workspace: Workspace) -> None:
    """Raise UsageError where the workspaces are not those of the base, which no set-up mends."""
    for line in () if base is None else _markers(base, workspace):
        raise UsageError(
            f"--config-from-base: {line}",
            hint="bring the change of workspaces in by itself, without this option",
        )


def _loosened(
    base: Base, workspace: Workspace, loaded: Loaded, configure: Configure
) -> Iterator[str]:
    from bizalign_lint.workspace.loosened import loosened

    yield from _markers(base, workspace)
    defaults = {rule.id: rule.severity for rule in loaded.rules.rules.values()}
    try:
        then = _set_up(base.root, configure)
    except BizalignError as error:
        yield f"the set-up that there was cannot be read: {error.message}"
        return
    yield from loosened(then, _set_up(workspace.root, configure), defaults)


def _set_up(root: str, configure: Configure) -> SetUp:
    from bizalign_lint.workspace.loosened import set_up

    known = [(entry.rule, entry.fingerprint) for entry in read_baseline(root) or ()]
    return set_up(root, configure(root), known, read_ratchet(root))


def _markers(base: Base, workspace: Workspace) -> Iterator[str]:
    """The configurations that make other workspaces of what was one."""
    if base.home not in (None, "."):
        yield f"a new {CONFIG_NAME} here takes this folder out of the workspace {base.home}"
    for folder in workspace.found.nested:
        if folder not in base.nested:
            yield f"{folder}/{CONFIG_NAME} is new: nothing in that folder is checked here"
