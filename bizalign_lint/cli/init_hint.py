"""What to do in a folder whose only definitions may be in files of other tools."""

from __future__ import annotations

from bizalign_lint.cli.init import existing_files
from bizalign_lint.core.words import first_of
from bizalign_lint.sources.roots import CONFIG_NAME

_MOST_PATHS = 3


def hint_about_others(root: str, configured: bool) -> str:
    """The hint about what ``init`` finds there; empty if that is nothing.

    ``configured`` says whether there is a configuration already, which ``init`` keeps as it is.
    """
    there = existing_files(root)
    if there.nested:
        return ""
    if there.foreign:
        read = (f"{first_of(one.read, _MOST_PATHS)} as {one.name}" for one in there.foreign)
        files = first_of([*read], _MOST_PATHS)
        if configured:
            return f"name the files of other tools under sources in {CONFIG_NAME}: {files}"
        return f"bizalign-lint init reads the files of other tools as sources: {files}"
    if there.tables:
        files = first_of([table.path for table in there.tables], _MOST_PATHS)
        them = "it" if len(there.tables) == 1 else "them"
        return (
            f"no mapping knows the columns of {files}; bizalign-lint init shows what to write for "
            f"{them}"
        )
    return ""
