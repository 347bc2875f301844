"""Whether the tests take enough of the engine's branches: ``coverage json`` → an exit code.

coverage's own ``fail_under`` counts lines and branches together, and lines are easily had.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

LEAST = 95


def main(report: str) -> str:
    """What is wrong; empty when nothing is."""
    counted = json.loads(Path(report).read_text("utf-8"))
    branches = counted["totals"]["num_branches"]
    taken = counted["totals"]["covered_branches"]
    percent = 100 * taken / branches
    print(f"{percent:.1f} % of {branches:,} branches are taken; {LEAST} % is the least")
    worst = sorted(
        (file["summary"]["covered_branches"] - file["summary"]["num_branches"], path)
        for path, file in counted["files"].items()
    )
    if percent >= LEAST:
        return ""
    return "\n".join(f"{path}: {-missed} are not" for missed, path in worst[:20] if missed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) or 0)
