"""The errors of archives that are broken, encrypted or maliciously large."""

from __future__ import annotations

import struct
import zlib
from zipfile import BadZipFile

BROKEN = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    RuntimeError,  # encrypted, or compressed by an unsupported method
)
"""Exceptions that the standard library raises for archives it cannot read."""
