"""The budgets, one row each: what is measured against what."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from workload.model import model

from . import peers
from .memory import most
from .process import Command, alternate, run

REPOSITORY = Path(__file__).resolve().parents[2]
_ENVIRONMENT = {"PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"}
_START = "from bizalign_lint.cli import main; main()"
"""What the console script does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, and what it may be."""

    what: str
    measured: float
    unit: str
    budget: float | None
    """None: a figure for information only."""
    at_least: bool
    detail: str

    @property
    def met(self) -> bool:
        """Whether the figure is within its budget."""
        if self.budget is None:
            return True
        return self.measured >= self.budget if self.at_least else self.measured <= self.budget

    def as_json(self) -> dict[str, Any]:
        """The row for other programs."""
        return {**asdict(self), "met": self.met}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to measure, and where."""

    folder: Path
    rounds: int
    peer_rounds: int
    large_rounds: int


def check(folder: Path, *options: str, findings: bool = False) -> Command:
    """The check of a folder, as the console script runs it."""
    arguments = [sys.executable, "-c", _START, "check", *options]
    return Command(arguments, folder, (int(findings),), _ENVIRONMENT)


def ours(command: str, *options: str, folder: Path) -> Command:
    """Another command on a folder, as the console script runs it."""
    arguments = [sys.executable, "-c", _START, command, *options]
    return Command(arguments, folder, (0,), _ENVIRONMENT)


def workspace(plan: Plan, documents: int, flawed: bool = False) -> Path:
    """A generated model; made when it is not there yet."""
    folder = plan.folder / f"{'flawed' if flawed else 'clean'}-{documents}"
    if not folder.exists():
        draft = folder.with_suffix(".draft")
        for path, text in model(documents, flawed):
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            (draft / path).write_text(text, encoding="utf-8", newline="\n")
        draft.rename(folder)
    return folder


def start(plan: Plan) -> Iterator[Row]:
    """What it costs to begin at all."""
    nothing = Command([sys.executable, "-c", "pass"], plan.folder)
    for option in ("--version", "--help"):
        shown = ours(option, folder=plan.folder)
        yield ratio(
            f"{option} ÷ python -c pass", 6, *alternate(shown, nothing, 2 * plan.rounds + 1)
        )
    libraries = "click, jsonschema_rs, ryml, orjson"
    imported = Command([sys.executable, "-c", f"import {libraries}"], plan.folder)
    name = f"importing {libraries} ÷ python -c pass"
    yield ratio(name, None, *alternate(imported, nothing, 2 * plan.rounds + 1))


def small(plan: Plan) -> Iterator[Row]:
    """A model of 200 documents."""
    nothing = Command([sys.executable, "-c", "pass"], plan.folder)
    checked = check(workspace(plan, 200))
    name = "check of 200 documents ÷ python -c pass"
    yield ratio(name, 12, *alternate(checked, nothing, 2 * plan.rounds + 1))


def medium(plan: Plan) -> Iterator[Row]:
    """A model of 10,000 documents, clean and with findings."""
    clean, flawed = workspace(plan, 10_000), workspace(plan, 10_000, flawed=True)
    bare = Path(__file__).with_name("bare.py")
    yardstick = Command([sys.executable, str(bare), str(clean)], clean)
    for command in (check(clean), yardstick):
        run(command)  # so that every file is in the system's cache
    name = "check of 10,000 documents ÷ reading them with rapidyaml and orjson"
    yield ratio(name, 3, *alternate(check(clean), yardstick, plan.rounds))
    name = "every tenth document with a finding ÷ the same, clean"
    yield ratio(name, 2, *alternate(check(flawed, findings=True), check(clean), plan.rounds))


def against_peers(plan: Plan) -> Iterator[Row]:
    """The same 10,000 documents, given to other tools."""
    clean = workspace(plan, 10_000)
    schema = plan.folder / "schema.json"
    peers.write_schema(schema)
    files = peers.single_documents(clean)
    tools: list[tuple[str, float | None, list[str], tuple[int, ...]]] = [
        (
            "check-jsonschema",
            20,
            ["check_jsonschema", "--schemafile", str(schema), *files],
            (0,),
        ),
        ("yamllint", None, ["yamllint", "-d", "relaxed", "."], (0, 1)),
    ]
    for name, budget, arguments, codes in tools:
        peer = Command([sys.executable, "-m", *arguments], clean, codes)
        yield ratio(
            f"{name} on the same 10,000 documents ÷ check",
            budget,
            *alternate(peer, check(clean), plan.peer_rounds),
            at_least=True,
        )
    # Its licence is the AGPL, so it is in none of our extras.
    if find_spec("sourcemeta_jsonschema") is not None:
        arguments = ["-m", "sourcemeta_jsonschema", "validate", str(schema), *files, "--fast"]
        peer = Command([sys.executable, *arguments], clean)
        name = (
            "check of 10,000 documents ÷ sourcemeta's validator in C++ on the same, schemas alone"
        )
        yield ratio(name, 2, *alternate(check(clean), peer, plan.rounds))


def large(plan: Plan) -> Iterator[Row]:
    """A model of 100,000 documents."""
    hundred, ten = check(workspace(plan, 100_000)), check(workspace(plan, 10_000))
    name = "check of 100,000 documents ÷ check of 10,000"
    yield ratio(name, 11, *alternate(hundred, ten, plan.large_rounds))
    name = "peak memory of the check of 100,000 documents, all its processes"
    yield Row(name, most(hundred) / 1000, "GB", 1.5, False, "")


def page(plan: Plan) -> Iterator[Row]:
    """The page of a model of 10,000 documents, and of an example."""
    clean = workspace(plan, 10_000)
    file = plan.folder / "page.html"
    written, ahead = ours("report", "-o", str(file), folder=clean), ours("forecast", folder=clean)
    times = [(run(written), run(ahead), run(check(clean))) for _ in range(plan.large_rounds)]
    ratios = [(whole - part) / once for whole, part, once in times]
    whole, part, once = (statistics.median(column) for column in zip(*times, strict=True))
    yield Row(
        "page of 10,000 documents, without its forecast ÷ check",
        statistics.median(ratios),
        "×",
        2,
        False,
        f"({whole * 1000:,.0f} ms − {part * 1000:,.0f} ms) ÷ {once * 1000:,.0f} ms, "
        f"{len(ratios)} rounds, {min(ratios):.2f}–{max(ratios):.2f}",
    )
    yield Row("page of 10,000 documents", file.stat().st_size / 1e6, "MB", 6, False, "")
    run(ours("report", "-o", str(file), folder=REPOSITORY / "examples/meridian"))
    yield Row("page of examples/meridian", file.stat().st_size / 1e3, "KB", 500, False, "")


def ratio(
    what: str,
    budget: float | None,
    ours: Sequence[float],
    theirs: Sequence[float],
    at_least: bool = False,
) -> Row:
    """The middle one of the ratios of neighbouring runs."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    one, other = map(statistics.median, (ours, theirs))
    spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
    detail = f"{one * 1000:,.0f} ms ÷ {other * 1000:,.0f} ms, {len(ratios)} rounds, {spread}"
    return Row(what, statistics.median(ratios), "×", budget, at_least, detail)
