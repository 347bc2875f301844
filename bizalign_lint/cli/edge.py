"""Where a command ends: its exit code, and every error told once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TextIO

import click

from ..errors import BizalignError
from .group import commands
from .session import Session

INTERNAL = 4
INTERRUPTED = 130
BROKEN_PIPE = 141


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
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:
        from .crash import tell_crash

        tell_crash(error, arguments)
        return INTERNAL
    return code if isinstance(code, int) else 0


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
