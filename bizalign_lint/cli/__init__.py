"""The command line. Only what is here prints, writes or exits."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress


def main() -> None:
    """The console script: run a command and exit with its code."""
    # A command makes many objects that live until its end; looking for dead ones only costs time.
    # One that stays, such as a server, has to switch it on again.
    gc.disable()
    try:
        _stop_in_order()
        from .edge import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before there was anything to interrupt
        sys.stderr.write("error: interrupted before the end\n")
        code = 2
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    # Python would now take apart, object by object, what nobody needs any more: in the smallest
    # run that takes longer than Python took to start.
    os._exit(code)


def _stop_in_order() -> None:
    """Let a signal to end be an interruption: what has been begun is cleared away first."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Who has been told not to listen, as by nohup, does not.
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
