"""The command line: options → a run → what is printed.

Invariants: only this room prints and exits; every BizalignError is reported once, in ``edge``;
anything else is a crash, with exit code 4 and a log. Heavy imports wait until they are needed.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from functools import partial
from types import FrameType

_CRASH = 4
_CRASHED = b"bizalign-lint crashed, and could not report it\n"
_INTERRUPTED = b"""\
error: interrupted
  hint: every file is either unchanged or complete; run the command again for the rest
"""


def main() -> None:
    """The console script: run a command and exit with its code."""
    # A command makes many objects that live until its end; looking for dead ones only costs time.
    # One that stays, such as a server, has to switch it on again.
    gc.disable()
    code = _CRASH
    try:
        code = _run()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
    finally:
        # Python would now take apart, object by object, what nobody needs any more: in the
        # smallest run that takes longer than Python took to start. After a crash it might hang at
        # it, and would exit with 1, which means findings.
        os._exit(code)


def _run() -> int:
    try:
        _stop_in_order()
        from bizalign_lint.cli.edge import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before there was anything to interrupt
        os.write(2, _INTERRUPTED)
        return 2
    except Exception:  # such as no memory to import what would report it
        os.write(2, _CRASHED)
        return _CRASH


def _stop_in_order() -> None:
    """On a signal to end, clear away what has been begun, and say so."""
    try:
        # The file that standard error is now: while YAML is read, 2 leads nowhere for a moment.
        errors = os.dup(2)
    except OSError:
        errors = -1
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Whoever was started to ignore the signal, as by nohup, does not.
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, partial(_stop, errors))


def _stop(errors: int, _number: int, _frame: FrameType | None) -> None:
    # Not by an exception: orjson, for one, crashes when one rises while it is imported.
    try:
        writing = sys.modules.get(f"{__name__}.writing")
        for draft in tuple(getattr(writing, "drafts", ())):
            with suppress(OSError):
                os.unlink(draft)
        with suppress(OSError):
            os.write(errors, _INTERRUPTED)
    finally:
        os._exit(2)
