"""What answers cost that look ahead, back, or around: forecast, trend, impact, path, query."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from .process import Command, alternate, run
from .rows import REPOSITORY, Plan, Row, check, ours, ratio, workspace

_REVISIONS = 100
_FIRST = date(2024, 8, 1)


def over_time(plan: Plan) -> Iterator[Row]:
    """Each as a ratio to a check of the same files."""
    meridian = REPOSITORY / "examples" / "meridian"
    large = workspace(plan, 10_000)
    for what, folder, budget in (("meridian", meridian, 2), ("10,000 documents", large, 4)):
        command = ours("forecast", "--for", "P36M", folder=folder)
        name = f"forecast of 36 months of {what} ÷ check"
        yield ratio(name, budget, *alternate(command, check(folder), plan.large_rounds))
    one, other = _ends(large)
    for command in (
        ours("impact", one, folder=large),
        ours("path", one, other, folder=large),
        ours("query", "Capability", "--where", "{path: ^supports, maxCount: 0}", folder=large),
    ):
        name = f"{command.arguments[3]} in 10,000 documents ÷ check"
        yield ratio(name, 1.2, *alternate(command, check(large), plan.large_rounds))
    yield from _trend(plan, meridian)


def _ends(folder: Path) -> tuple[str, str]:
    """Two definitions that are far from each other."""
    listed = [
        subprocess.run(
            [*ours("query", kind, "--select", "name", "--format", "csv", folder=folder).arguments],
            cwd=folder,
            env={**os.environ, **ours("query", folder=folder).environment},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()[1]
        for kind in ("ITComponent", "Strategy")
    ]
    return f"ITComponent:{listed[0]}", f"Strategy:{listed[1]}"


def _trend(plan: Plan, model: Path) -> Iterator[Row]:
    """The trend of many revisions, with nothing kept and with everything."""
    history = plan.folder / "history"
    if not history.exists():
        _make_history(history, model)
    cache = plan.folder / "cache"
    trend = ours("trend", "--last", str(_REVISIONS), folder=history)
    trend = replace(trend, environment={**trend.environment, "XDG_CACHE_HOME": str(cache)})
    cold, warm, once = [], [], []
    for _ in range(plan.large_rounds):
        shutil.rmtree(cache, ignore_errors=True)
        cold.append(run(trend))
        warm.append(run(trend))
        once.append(run(Command(check(model).arguments, model, (0, 1), check(model).environment)))
    yield ratio(
        f"trend of {_REVISIONS} revisions of meridian, nothing known ÷ check", 150, cold, once
    )
    yield ratio(f"trend of {_REVISIONS} revisions of meridian, all known ÷ check", 8, warm, once)


def _make_history(folder: Path, model: Path) -> None:
    """A repository in which the model changes every week."""
    draft = folder.with_suffix(".draft")
    shutil.copytree(model, draft)
    file = next(draft.rglob("erp.yaml"))
    text = file.read_text("utf-8")
    _git(draft, "init", "-q")
    for number in range(_REVISIONS):
        day = (_FIRST + timedelta(weeks=number)).isoformat()
        changed = text.replace("  owner:", f"  tags: [t{number}]\n  owner:", 1)
        file.write_text(changed, encoding="utf-8", newline="\n")
        _git(draft, "add", "-A")
        _git(draft, "commit", "-q", "-m", f"Change {number}", day=day)
    draft.rename(folder)


def _git(folder: Path, *arguments: str, day: str = "2024-08-01") -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    dates = {f"GIT_{role}_DATE": f"{day}T12:00:00" for role in ("AUTHOR", "COMMITTER")}
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, env={**os.environ, **dates})
