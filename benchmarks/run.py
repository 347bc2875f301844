#!/usr/bin/env python3
"""Measure the budgets of docs/performance.md: ``python benchmarks/run.py``.

Everything is a ratio of two processes that run in turn on the same machine and files, so it holds
on any machine. Exit code 1 when a budget is not met.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(1, str(REPOSITORY))

from harness.rows import Plan, Row  # noqa: E402  # the repository has to be found first
from harness.sections import SECTIONS  # noqa: E402


def main() -> int:
    """Measure, print, judge."""
    arguments = _arguments()
    sections = arguments.only or list(SECTIONS)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bizalign-bench-") as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        plan = Plan(
            folder.resolve(), arguments.rounds, arguments.peer_rounds, arguments.large_rounds
        )
        for section in sections:
            for row in SECTIONS[section](plan):
                rows.append(row)
                print(_line(row), flush=True)
    if arguments.json:
        found = {"python": platform.python_version(), "rows": [row.as_json() for row in rows]}
        arguments.json.write_text(json.dumps(found, indent=2) + "\n")
    missed = [row for row in rows if not row.met]
    print(f"{len(rows) - len(missed)} of {len(rows)} within budget")
    return int(bool(missed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", nargs="+", choices=SECTIONS, help="measure only these; everything otherwise"
    )
    parser.add_argument("--rounds", type=int, default=7, help="of each comparison (7)")
    parser.add_argument("--peer-rounds", type=int, default=1, help="of the other tools (1)")
    parser.add_argument("--large-rounds", type=int, default=3, help="with 100,000 documents (3)")
    parser.add_argument(
        "--folder", type=Path, help="keep the generated models here, and use those that are there"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    return parser.parse_args()


def _line(row: Row) -> str:
    if row.budget is None:
        verdict, budget = "for information", ""
    else:
        verdict = "met" if row.met else "NOT MET"
        budget = f"{'≥' if row.at_least else '≤'} {row.budget:g} {row.unit}"
    figure = f"{row.measured:.2f} {row.unit}"
    return f"{figure:>10}  {budget:8}  {verdict:15}  {row.what}" + (
        f" ({row.detail})" if row.detail else ""
    )


if __name__ == "__main__":
    sys.exit(main())
