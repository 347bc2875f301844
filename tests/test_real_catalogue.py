"""The rules on a capability map that was not written for them; only where its package is there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "real_catalogue.py"

package = pytest.importorskip("turbo_ea_capabilities")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalogue")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{len(package.load_all()):,} definitions" in done.stdout
    assert "CC BY 4.0" in done.stdout
    return folder


def test_there_are_no_false_alarms(folder: Path) -> None:
    """What is said is information about names, a hint or two among thousands of them."""
    done = subprocess.run(
        [sys.executable, "-m", "bizalign_lint", "check", str(folder), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    findings = json.loads(done.stdout)["findings"]
    counts = Counter(finding["severity"] for finding in findings)
    assert not counts.keys() - {"info"}
    assert counts.total() <= len(package.load_all()) / 1_000
    assert "MOD122" not in {finding["rule"] for finding in findings}


@pytest.mark.sampled(0, 1)
@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "pt", "ru", "zh"])
def test_there_are_none_in_other_languages(language: str, tmp_path: Path) -> None:
    """At most three among thousands of titles, as in English."""
    home = tmp_path / language
    subprocess.run(
        [sys.executable, str(SCRIPT), str(home), "--language", language],
        capture_output=True,
        check=True,
    )
    done = subprocess.run(
        [sys.executable, "-m", "bizalign_lint", "check", str(home), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(json.loads(done.stdout)["findings"]) <= 3


def test_the_work_of_others_is_attributed(folder: Path) -> None:
    notice = (folder / "NOTICE").read_text("utf-8")
    for words in ("Vincent Verdet", "creativecommons.org/licenses/by/4.0", "Changed: "):
        assert words in notice
