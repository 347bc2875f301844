"""Where a command ends: its exit code, and every error told once."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TextIO

import click

from ..errors import BizalignError, InterruptedRunError, UsageError
from ..listing import reason
from .group import commands
from .session import Session

INTERNAL = 4
BROKEN_PIPE = 141


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""Why standard output may take no more."""
_INTERRUPTED = InterruptedRunError(
    "interrupted before the end",
    hint="every file is as it was, or written in full; run the command again for the rest",
)


def run(arguments: Sequence[str]) -> int:
    """Run a command; returns its exit code and lets no exception through."""
    session = Session()
    _settle_streams()
    try:
        # Not commands.main(), which has its own way with interruptions and broken pipes.
        with commands.make_context("bizalign-lint", list(arguments), obj=session) as context:
            code = commands.invoke(context)
        sys.stdout.flush()
    except BizalignError as error:
        from .errors import tell

        tell(error, session)
        return error.exit_code
    except click.ClickException as error:
        from .errors import tell_usage

        tell_usage(error, session)
        return 2
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except (KeyboardInterrupt, click.Abort):
        from .errors import tell

        tell(_INTERRUPTED, session)
        return _INTERRUPTED.exit_code
    except BrokenPipeError:
        # Whoever read our output has left. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM and error.filename is None:
            from .errors import tell

            refused = _no_room(error)
            tell(refused, session)
            return refused.exit_code
        from .crash import tell_crash

        tell_crash(error, arguments)
        return INTERNAL
    return code if isinstance(code, int) else 0


def _no_room(error: OSError) -> UsageError:
    # What is left in the buffer would be tried once more, and told once more, at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return UsageError(f"cannot write the output: {reason(error)}")


def _settle_streams() -> None:
    """Write the same bytes everywhere, never fail for a character, and do with a closed stream."""
    for name in ("stdout", "stderr"):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 for good
        elif isinstance(stream, TextIOWrapper):
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8", newline="\n")
            stream.reconfigure(errors="backslashreplace")
