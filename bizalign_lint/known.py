"""The baseline file of a workspace, from disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .errors import ConfigError

if TYPE_CHECKING:
    from .baseline import Entry

FILE_NAME = ".bizalign-baseline.json"


def read_baseline(root: str) -> tuple[Entry, ...] | None:
    """What the baseline knows; None when there is no baseline."""
    try:
        with open(os.path.join(root, FILE_NAME), "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"{FILE_NAME} cannot be read: {(error.strerror or '').lower()}") from None
    from .baseline import read

    return read(content, FILE_NAME)
