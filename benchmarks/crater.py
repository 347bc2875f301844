"""What a check says of models that nobody here wrote, by rule: before and after a rule changes.

    python benchmarks/crater.py [--models FOLDER] [--as-of DAY] [--save FILE] [--compare FILE]

The models are read where they are (beside the repository, unless FOLDER says otherwise) and are
copied to a place of their own for the check, since each needs a configuration of three lines.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODELS = {
    "insurer": ("insurer/model", ""),
    "platform-repository": ("platform-repository/architecture", ""),
    "giantswarm": ("giantswarm", 'sources:\n  - read: "*.yaml"\n    as: backstage\n'),
    "esdc": ("esdc", 'sources:\n  - read: "*.archimate"\n    as: archimate\n'),
}
"""Where each model is, and what its configuration says beside the profile."""
PROFILES = ("starter", "standard")

Counts = dict[str, dict[str, int]]
"""Findings by rule, by model and profile."""


def crater(models: Path, as_of: str) -> Counts:
    """The findings of every model that is there."""
    found: Counts = {}
    for name, (folder, configuration) in MODELS.items():
        if not (models / folder).is_dir():
            continue
        for profile in PROFILES:
            with tempfile.TemporaryDirectory() as home:
                copy = shutil.copytree(models / folder, Path(home, "model"))
                (copy / ".bizalign.yaml").write_text(f"profile: {profile}\n{configuration}")
                found[f"{name}, {profile}"] = _findings(copy, as_of)
    return found


def _findings(folder: Path, as_of: str) -> dict[str, int]:
    command = [sys.executable, "-m", "bizalign_lint", "check", str(folder), "--as-of", as_of]
    done = subprocess.run(
        [*command, "--format", "json", "--fail-on", "never"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    counts = Counter(finding["rule"] for finding in json.loads(done.stdout)["findings"])
    return dict(sorted(counts.items()))


def told(now: Counts, before: Counts | None) -> str:
    """The counts as text; beside those of before, where they differ."""
    lines: list[str] = []
    for model, counts in now.items():
        old = counts if before is None else before.get(model, {})
        lines.append(f"{model}: {sum(counts.values())}")
        for rule in sorted({*counts, *old}):
            count, was = counts.get(rule, 0), old.get(rule, 0)
            if before is None or count != was:
                lines.append(f"  {rule} {count}" + (f" (was {was})" if count != was else ""))
    return "\n".join(lines)


def main() -> None:
    """Run the checks and print what they find, or what has changed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--models", type=Path, default=ROOT.parent / "shared/data/models")
    parser.add_argument("--as-of", default="2026-11-28")
    parser.add_argument("--save", type=Path, help="keep the counts in this file")
    parser.add_argument("--compare", type=Path, help="a file of --save; only differences are shown")
    given = parser.parse_args()
    now = crater(given.models, given.as_of)
    if not now:
        parser.error(f"there are no models in {given.models}")
    before = json.loads(given.compare.read_text()) if given.compare else None
    if given.save:
        given.save.write_text(json.dumps(now, indent=1))
    print(told(now, before))


if __name__ == "__main__":
    main()
