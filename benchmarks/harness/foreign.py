"""What it costs to read other tools' files where they are."""

from __future__ import annotations

from collections.abc import Iterator

from workload.foreign import FORMATS

from .process import Command, alternate, run, work
from .rows import Plan, Row, check, ratio, workspace


def sources(plan: Plan) -> Iterator[Row]:
    """10,000 records of other tools, in CPU time: the work, not the cores that share it.

    Where there are cores, our own files are read by several processes, and those of others by one.
    """
    own = check(workspace(plan, 10_000))
    for name, make in FORMATS.items():
        folder = plan.folder / f"foreign-{name}"
        if not folder.exists():
            draft = folder.with_suffix(".draft")
            for path, text in make(10_000):
                (draft / path).parent.mkdir(parents=True, exist_ok=True)
                content = text if isinstance(text, bytes) else text.encode()
                (draft / path).write_bytes(content)
            draft.rename(folder)
        checked = check(folder)
        arguments = [*checked.arguments, "--fail-on", "never"]
        theirs = Command(arguments, folder, (0,), checked.environment)
        for command in (theirs, own):
            run(command)  # so that every file is in the system's cache
        what = f"check of 10,000 records of {name} ÷ check of 10,000 documents, in CPU time"
        yield ratio(what, 2, *alternate(theirs, own, plan.rounds, work))
