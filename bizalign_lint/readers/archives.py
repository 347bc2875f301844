"""What archives that are broken, encrypted or made to be huge end in."""

from __future__ import annotations

import struct
import zlib
from zipfile import BadZipFile

BROKEN = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    RuntimeError,  # It is encrypted, or packed in a way that nobody knows.
)
"""What the standard library raises for an archive that it cannot read."""
