"""Several workspaces in one run: each checked by its own configuration, reported in one report."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bizalign_lint.cli.check_workspace import Checked, CheckRequest, check_workspace
from bizalign_lint.cli.options import effective
from bizalign_lint.core.errors import NothingToCheckError, UnknownOwnerError, UsageError
from bizalign_lint.core.today import today
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.bounds import work_tree
from bizalign_lint.sources.roots import Root, configured

if TYPE_CHECKING:
    from bizalign_lint.cli.session import Session
    from bizalign_lint.core.report import Report


class Run(NamedTuple):
    """What became of all workspaces."""

    root: str
    """The absolute path of the folder that the report's paths are relative to."""
    only: tuple[str, ...] | None
    """The files and folders asked about, relative to the root; None for all of them."""
    checked: Sequence[Checked]
    report: Report
    code: int
    """The exit code, the most severe of all."""

    def place(self, one: Checked) -> str:
        """The prefix of the paths of a workspace; empty for one alone."""
        place = _place(one.root, self.root)
        return "" if place == "." else f"{place}/"


def check_all(roots: Sequence[Root], request: CheckRequest, session: Session) -> Run:
    """Check some workspaces, or those below a folder that is none itself.

    Raises NothingToCheckError when none holds a definition, and UsageError when there cannot be
    one report on them.
    """
    if len(roots) == 1:
        session.root = roots[0].path
        try:
            one = check_workspace(roots[0], request)
        except NothingToCheckError:
            roots = [] if configured(roots[0].path) else _below(roots[0], request)
            if not roots:
                raise
        else:
            return Run(one.root.path, one.root.only, [one], one.report, int(one.fails))
    root = _around(roots)
    _refuse_days(roots, request, session)
    checked: list[Checked] = []
    empty: list[NothingToCheckError] = []
    unknown: list[UnknownOwnerError] = []
    for each in roots:
        session.root = each.path
        try:
            checked.append(check_workspace(each, request))
        except NothingToCheckError as error:
            empty.append(error)
        except UnknownOwnerError as error:
            unknown.append(error)
    if unknown and not checked:
        raise unknown[0]
    if not checked:
        places = ", ".join(_place(each, root) for each in roots)
        raise NothingToCheckError(
            f"there is nothing to check: no definition in the workspaces {places}",
            hint="a definition starts with apiVersion: bizalign/v1",
        )
    for none in empty:
        sys.stderr.write(f"note: {clean(none.message)}\n")
    code = empty[0].exit_code if empty else max(int(one.fails) for one in checked)
    return Run(root, _only(roots, root), checked, _joined(checked, root), code)


def _below(root: Root, request: CheckRequest) -> list[Root]:
    """The workspaces below a folder."""
    config = effective(root.path, **request.options)
    if root.only is not None or config.files:
        return []
    found = request.find(root.path, config.include, config.exclude, frozenset(), config.also)
    return [
        Root(os.path.realpath(os.path.join(root.path, folder)), None) for folder in found.nested
    ]


def _around(roots: Sequence[Root]) -> str:
    """The folder around all: the repository's, where there is one."""
    tops = {work_tree(root.path) for root in roots}
    if len(tops) > 1:
        raise UsageError(
            "the workspaces are in different git repositories, so one report cannot refer to the "
            "files of both",
            hint="check those of one repository at a time",
        )
    return tops.pop() or os.path.commonpath([root.path for root in roots])


def _refuse_days(roots: Sequence[Root], request: CheckRequest, session: Session) -> None:
    """Raise UsageError where the workspaces are to be checked for different days."""
    days = {}
    for root in roots:
        session.root = root.path
        days[effective(root.path, **request.options).as_of or today()] = root.path
    if len(days) > 1:
        said = " and ".join(f"{os.path.basename(path)} for {day}" for day, path in days.items())
        raise UsageError(
            f"one report covers one day, but asOf asks for {said}",
            hint="give one day for all, such as --as-of 2026-06-30, or check them one at a time",
        )


def _place(root: Root, around: str) -> str:
    return os.path.relpath(root.path, around).replace(os.sep, "/")


def _only(roots: Sequence[Root], around: str) -> tuple[str, ...]:
    return tuple(
        path
        for root in roots
        for path in (
            [_place(root, around)]
            if root.only is None
            else [os.path.normpath(f"{_place(root, around)}/{path}") for path in root.only]
        )
    )


def _joined(checked: Sequence[Checked], around: str) -> Report:
    from bizalign_lint.findings.join import Part, join

    return join([Part(_place(one.root, around), one.report) for one in checked])
