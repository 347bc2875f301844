"""The command line. Only what is here prints, writes or exits."""

from __future__ import annotations

import sys


def main() -> None:
    """The console script: run a command and exit with its code."""
    from .edge import run

    sys.exit(run(sys.argv[1:]))
