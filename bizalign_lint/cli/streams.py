"""Standard output and error, to which everything is written or it is reported that it was not."""

from __future__ import annotations

import io
import os
import select
import sys
from typing import Any, TextIO


class _Whole(io.RawIOBase):
    """A descriptor that takes all that is written to it, however slowly its reader reads.

    Python's own takes what a pipe that does not block has room for, and, unbuffered, keeps
    silent about the rest; so it does of a disk that is nearly full.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        """The descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return os.isatty(self._descriptor)

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any, /) -> int:
        """Write all of it. Raises OSError."""
        left = memoryview(data).cast("B")
        size = len(left)
        while left:
            try:
                left = left[os.write(self._descriptor, left) :]
            except BlockingIOError:
                select.select((), (self._descriptor,), ())
        return size


class _AtOnce(io.BufferedWriter):
    """Keeps nothing back."""

    def write(self, data: Any, /) -> int:
        """Write all of it. Raises OSError."""
        size = super().write(data)
        self.flush()
        return size


def flush() -> None:
    """Write the same bytes everywhere, never fail for a character, and do with a closed stream."""
    for name in ("stdout", "stderr"):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 for good
        elif stream is getattr(sys, f"__{name}__") and isinstance(stream, io.TextIOWrapper):
            setattr(sys, name, _whole(stream))
        elif isinstance(stream, io.TextIOWrapper):
            _same_everywhere(stream)


def _whole(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    stream.flush()
    raw = _Whole(stream.fileno())
    # Who wants nothing buffered gets each piece at once.
    made = io.TextIOWrapper(
        _AtOnce(raw) if stream.write_through else io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
    _same_everywhere(made)
    return made


def _same_everywhere(stream: io.TextIOWrapper) -> None:
    if not stream.isatty():
        stream.reconfigure(encoding="utf-8", newline="\n")
    stream.reconfigure(errors="backslashreplace")
