"""What a command changes in the model: shown as a difference, or written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from io import StringIO

from bizalign_lint.cli.writing import model_target, replace
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.types import Source
from bizalign_lint.reporters.glyphs import clean

Changed = Sequence[tuple[Source, Source]]
"""Files, each as it was and as it is to be."""


def difference(changed: Changed, place: str) -> Iterator[str]:
    """A unified diff that ``git apply`` and ``patch -p1`` take.

    ``place`` is the workspace as seen from the folder that it is to be applied in.
    """
    from difflib import unified_diff

    for old, new in changed:
        path = old.path if place in ("", ".") else f"{place}/{old.path}"
        one, other = quoted_path(f"a/{path}"), quoted_path(f"b/{path}")
        lines = unified_diff(_lines(old), _lines(new), one, other)
        for line in lines:
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def quoted_path(path: str) -> str:
    """A path as git writes it in a patch: what a line cannot hold is quoted as in C."""
    pieces = [char if char not in '"\\' and char.isprintable() else _in_c(char) for char in path]
    if pieces != [*path]:
        return f'"{"".join(pieces)}"'
    # Where a name has a space, a tab says where it ends.
    return f"{path}\t" if " " in path else path


def _in_c(char: str) -> str:
    if char in _IN_C:
        return _IN_C[char]
    return "".join(f"\\{byte:03o}" for byte in os.fsencode(char))


_IN_C = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _lines(source: Source) -> list[str]:
    """The lines with their breaks, a CR included; only a LF ends one."""
    return list(StringIO(source.content.decode(), newline="\n"))


def write_changes(root: str, changed: Changed) -> None:
    """Write the files, each in one step.

    Raises UsageError for the first that cannot be written; those before it are.
    """
    for number, (old, new) in enumerate(changed):
        try:
            replace(model_target(old.path, root), old.content, [new.content])
        except UsageError as error:
            if number:
                hint = f"{number} of {len(changed)} files had been written before"
                raise UsageError(error.message, hint=hint) from None
            raise


def print_note(text: str) -> None:
    """Say something on standard error, apart from any report."""
    sys.stderr.write(f"{clean(text)}\n")
