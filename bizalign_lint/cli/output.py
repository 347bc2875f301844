"""Where reports go beside standard output."""

from __future__ import annotations

import os
from typing import NamedTuple

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.reporters import FORMATS


class Output(NamedTuple):
    """A report in a format, to a file."""

    format: str
    path: str


def parse_output(text: str) -> Output:
    """``FORMAT:FILE`` as an Output that can be written, as far as possible beforehand."""
    format_, colon, path = text.partition(":")
    if not colon or not path:
        raise UsageError(
            f"--output {text}: give a format and a file", hint="for example json:report.json"
        )
    if format_ not in FORMATS:
        raise UsageError(
            f"--output {text}: unknown format {format_}",
            hint=hint(format_, FORMATS, listed(FORMATS)),
        )
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise UsageError(f"--output {text}: no such folder: {folder}")
    if os.path.isdir(path):
        raise UsageError(f"--output {text}: {path} is a folder")
    return Output(format_, path)
