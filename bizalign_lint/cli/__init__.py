"""The command line. Only what is here prints, writes or exits."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """The console script: run a command and exit with its code."""
    # A command makes many objects that live until its end; looking for dead ones only costs time.
    # One that stays, such as a server, has to switch it on again.
    gc.disable()
    from .edge import run

    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    # Python would now take apart, object by object, what nobody needs any more: in the smallest
    # run that takes longer than Python took to start.
    os._exit(code)
