"""Where a command ends: its exit code, and every error reported once."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from bizalign_lint.cli.crash import report_crash
from bizalign_lint.cli.group import commands
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.streams import flush
from bizalign_lint.core.errors import BizalignError, InterruptedRunError, UsageError, reason

INTERNAL = 4
BROKEN_PIPE = 141


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""Why standard output may take no more."""
_INTERRUPTED = InterruptedRunError(
    "interrupted",
    hint="every file is either unchanged or complete; run the command again for the rest",
)
_NOWHERE = UsageError("the current folder no longer exists", hint="change to another folder")


def run(arguments: Sequence[str]) -> int:
    """Run a command; returns its exit code and lets no exception through."""
    folder = _here()
    try:
        flush()
        return _run(arguments, Session(), folder)
    except Exception as error:
        report_crash(error, arguments, folder)
        return INTERNAL


def _run(arguments: Sequence[str], session: Session, folder: str) -> int:
    try:
        code = _invoke(arguments, session, folder)
        sys.stdout.flush()
    except BizalignError as error:
        return _print_and_exit_code(error, session)
    except click.ClickException as error:
        from bizalign_lint.cli.errors import print_usage_error

        # The exit code says it even where standard error takes no more.
        with suppress(OSError):
            print_usage_error(error, session)
        return 2
    except (KeyboardInterrupt, click.Abort):
        return _print_and_exit_code(_INTERRUPTED, session)
    except BrokenPipeError:
        # Whoever read our output has left. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:
        if error.errno in _NO_ROOM and error.filename is None:
            return _print_and_exit_code(_no_room(error), session)
        raise
    return code if isinstance(code, int) else 0


def _invoke(arguments: Sequence[str], session: Session, folder: str) -> object:
    try:
        # Not commands.main(), which has its own way with interruptions and broken pipes.
        with commands.make_context("bizalign-lint", list(arguments), obj=session) as context:
            if not folder:
                raise _NOWHERE
            return commands.invoke(context)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code


def _print_and_exit_code(error: BizalignError, session: Session) -> int:
    from bizalign_lint.cli.errors import print_error

    with suppress(OSError):
        print_error(error, session)
    return error.exit_code


def _here() -> str:
    """The current folder; empty when it is gone."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _no_room(error: OSError) -> UsageError:
    # What is left in the buffer would be tried once more, and reported once more, at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return UsageError(f"cannot write the output: {reason(error)}")
