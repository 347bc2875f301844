#!/usr/bin/env python3
"""How a check grows with models that are hard to judge: ``python benchmarks/growth.py``.

Each shape of workload/shapes.py is judged at n, 2n and 4n, in this process, and the seconds of
the processor are divided: what is linear doubles. Exit code 1 when one grows faster than that.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from datetime import date
from pathlib import Path
from time import process_time

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from workload.shapes import SHAPES  # the repository has to be found first

from bizalign_lint.core.report import Report
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import run
from bizalign_lint.engine.load import Loaded, load

BUDGET = 2.8
"""So many times as long for twice as much; what is quadratic takes four times as long."""
_DAY = date(2026, 11, 24)


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", metavar="WORD", default="", help="shapes whose name has it")
    parser.add_argument("--times", type=int, default=1, help="all sizes so many times as large")
    arguments = parser.parse_args()
    # On one processor the engine works in one process, whose seconds are all there are.
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
    gc.disable()  # as in the command
    loaded = load()
    missed = 0
    for shape, (size, make) in SHAPES.items():
        if arguments.only not in shape:
            continue
        sizes = [size * arguments.times * factor for factor in (1, 2, 4)]
        taken = []
        for number in sizes:
            gc.collect()
            start = process_time()
            report = _judge(loaded, "---\n".join(make(number)))
            taken.append(process_time() - start)
        ratio = taken[-1] / taken[0] / 2
        missed += ratio > BUDGET
        grown = " ".join(f"{seconds:7.2f}" for seconds in taken)
        verdict = "met" if ratio <= BUDGET else "NOT MET"
        slowest = max(report.seconds, key=lambda rule: report.seconds[rule])
        stopped = f", stopped: {', '.join(sorted(report.stopped))}" if report.stopped else ""
        print(
            f"{grown} s  × {taken[1] / taken[0]:.2f} × {taken[2] / taken[1]:.2f}  {verdict:8}"
            f"{shape} ({', '.join(map(str, sizes))}; slowest {slowest}{stopped})",
            flush=True,
        )
    print(f"budget: at most × {BUDGET} for twice as much, on the average of both steps")
    return int(bool(missed))


def _judge(loaded: Loaded, text: str) -> Report:
    return run(loaded, [Source("model.yaml", text.encode())], Settings(as_of=_DAY))


if __name__ == "__main__":
    sys.exit(main())
