"""Reads the baseline file of a workspace."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bizalign_lint.core.errors import ConfigError, reason
from bizalign_lint.sources.bounds import top
from bizalign_lint.sources.read import read_setup

if TYPE_CHECKING:
    from bizalign_lint.findings.baseline import Entry

FILE_NAME = ".bizalign-baseline.json"


def read_baseline(root: str) -> tuple[Entry, ...] | None:
    """The entries of the baseline; None if there is none. Raises ConfigError."""
    try:
        content = read_setup(os.path.join(root, FILE_NAME), top(root))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"{FILE_NAME} cannot be read: {reason(error)}") from None
    from bizalign_lint.findings.baseline import read

    return read(content, FILE_NAME)
