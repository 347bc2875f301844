"""What no output takes the place of: the definitions and the configuration of a workspace."""

from __future__ import annotations

import os
import re

from bizalign_lint.core.errors import UsageError
from bizalign_lint.sources.listing import SUFFIXES
from bizalign_lint.sources.read import read
from bizalign_lint.sources.roots import CONFIG_NAME

_DEFINITION = re.compile(rb"""^(?:\{\s*)?["']?apiVersion["']?\s*:\s*["']?bizalign/""", re.MULTILINE)


def refuse_kept(name: str, place: str) -> None:
    """Raise UsageError for a file that people have written definitions or settings in.

    ``name`` is what messages call it, ``place`` where it is.
    """
    if os.path.basename(place) == CONFIG_NAME:
        what = "it is the configuration"
    elif place.endswith(SUFFIXES) and _DEFINITION.search(_content(place)):
        what = "it holds definitions"
    else:
        return
    raise UsageError(f"cannot write {name}: {what}", hint="name another file")


def _content(place: str) -> bytes:
    try:
        return read(place) or b""
    except OSError:
        return b""  # whoever writes to it says what is wrong
