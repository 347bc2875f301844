"""What a command changes in the model: shown as a difference, or written."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from io import StringIO

from bizalign_lint.cli.writing import member, replace
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.types import Source

Changed = Sequence[tuple[Source, Source]]
"""Files, each as it was and as it is to be."""


def difference(changed: Changed) -> Iterator[str]:
    """A unified diff that ``git apply`` and ``patch -p1`` take, in the workspace root."""
    from difflib import unified_diff

    for old, new in changed:
        path = old.path
        lines = unified_diff(_lines(old), _lines(new), f"a/{path}", f"b/{path}")
        for line in lines:
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(source: Source) -> list[str]:
    """The lines with their breaks, a CR included; only a LF ends one."""
    return list(StringIO(source.content.decode(), newline="\n"))


def write_changes(root: str, changed: Changed) -> None:
    """Write the files, each in one step.

    Raises UsageError for the first that cannot be written; those before it are.
    """
    for number, (old, new) in enumerate(changed):
        try:
            replace(member(old.path, root), old.content, [new.content])
        except UsageError as error:
            if number:
                hint = f"{number} of {len(changed)} files had been written before"
                raise UsageError(error.message, hint=hint) from None
            raise


def tell(text: str) -> None:
    """Say something on standard error, where no report stands."""
    sys.stderr.write(f"{text}\n")
