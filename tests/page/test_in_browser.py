"""The page in a real browser: Debian's Chromium, driven by playwright-core and judged by axe-core.

``npm ci --prefix tests/page`` fetches both; without them, or without a browser, these are skipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.cli.edge import run
from tests.test_report_page import TREND

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    BROWSER is None or NODE is None or not (HERE / "node_modules/axe-core").is_dir(),
    reason="needs chromium, node, and npm ci --prefix tests/page",
)

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
HOSTILE = f"""\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: one
  title: "</title></script><script>alert(1)</script><img src=//a.example onerror=alert(2)>"
  description: "<style>body{{display:none}}</style>"
spec: {{level: 1, tier: strategic}}
---
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: two, title: "{LONG}"}}
spec: {{level: 1, maturity: {{current: 1, target: 5}}}}
---
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: three, title: "\\u202Eإدارة الطلبات\\u202C والمبيعات"}}
spec: {{level: 2, parent: two}}
---
apiVersion: bizalign/v1
kind: Application
metadata: {{name: app, title: "{LONG[:250]}", owner: nobody}}
spec:
  supports: [three]
  functionalFit: 3
  technicalFit: 1
  timeClassification: invest
  lifecycle: {{active: 2020-01-01, phaseOut: 2027-01-01}}
---
apiVersion: bizalign/v1
kind: Cost
metadata: {{name: c, title: "{LONG[:250]}"}}
spec: {{costObject: "Application:app", amount: 1e12, currency: EUR}}
---
apiVersion: bizalign/v1
kind: Disruption
metadata: {{name: d, title: "{LONG[:250]}"}}
spec: {{lens: market}}
---
apiVersion: bizalign/v1
kind: Strategy
metadata: {{name: s, title: "{LONG[:250]}"}}
spec: {{level: 1}}
---
apiVersion: bizalign/v1
kind: Objective
metadata: {{name: o, title: "{LONG[:250]}"}}
spec: {{strategy: s, keyResults: [{{name: k, title: "{LONG[:250]}", unit: "{LONG[:250]}"}}]}}
---
apiVersion: bizalign/v1
kind: Decision
metadata: {{name: x, title: "{LONG[:250]}"}}
spec: {{status: accepted, drivers: ["Disruption:d"], affects: ["Application:app"]}}
"""


def driven(file: Path) -> Any:
    """What the browser makes of a page."""
    assert BROWSER is not None
    assert NODE is not None
    command = [NODE, str(HERE / "drive.mjs"), BROWSER, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def is_accessible_in_light_and_dark(seen: Any) -> None:
    for scheme in ("light", "dark"):
        assert {part: found for part, found in seen["axe"][scheme].items() if found} == {}, scheme


def asks_for_nothing_and_complains_of_nothing(seen: Any) -> None:
    assert seen["plain"]["asked"] == []
    assert seen["plain"]["said"] == []


def fits_every_width(seen: Any) -> None:
    for width, needed in seen["plain"]["widths"].items():
        assert needed <= int(width), width


def works_by_keyboard(seen: Any) -> None:
    plain = seen["plain"]
    assert plain["first"] == "Skip to the content"
    assert (plain["colour"], plain["shown"]) == ("by-v", 1)
    assert len(plain["opened"]) == 1
    assert plain["within"]
    assert (plain["closed"], plain["back"]) == (0, "cap")


def the_worklist_can_be_filtered_and_sorted(seen: Any) -> None:
    plain = seen["plain"]
    assert 0 < len(plain["filtered"]) <= plain["rows"] == plain["again"]
    assert all(plain["word"] in row for row in plain["filtered"])
    assert plain["told"] == f"{len(plain['filtered'])} shown"
    assert plain["sorted"] == sorted(plain["sorted"])
    assert plain["aria"] == "ascending"


def the_theme_can_be_chosen(seen: Any) -> None:
    assert seen["plain"]["light"] != seen["plain"]["dark"]


def prints_whole_and_light(seen: Any) -> None:
    printed = seen["print"]
    assert (printed["closed"], printed["panels"]) == (0, 0)
    assert printed["ground"] == "rgb(255, 255, 255)"
    assert printed["bytes"] > 20_000
    assert "Worklist" in printed["text"]


def works_without_script(seen: Any) -> None:
    silent = seen["silent"]
    assert (silent["tools"], silent["legend"]) == (False, True)
    assert len(silent["opened"]) == 1
    assert silent["closed"] == 0


@pytest.mark.sampled(0, 1)
@pytest.mark.parametrize("model", ["drift", "hostile"])
def test_the_page(model: str, tmp_path: Path) -> None:
    """All that is asked of a page, of one start of the browser: starting it takes longest."""
    folder = ROOT / "examples/meridian-drift"
    if model == "hostile":
        folder = tmp_path / "model"
        folder.mkdir()
        (folder / "m.yaml").write_text(HOSTILE, "utf-8")
    file, trend = tmp_path / "page.html", tmp_path / "trend.json"
    trend.write_text(json.dumps(TREND))
    given = ("--as-of", "2027-06-30", "--trend", str(trend), "-o", str(file))
    assert run(("report", str(folder), *given)) == 0
    seen = driven(file)
    for asked in (
        is_accessible_in_light_and_dark,
        asks_for_nothing_and_complains_of_nothing,
        fits_every_width,
        works_by_keyboard,
        the_worklist_can_be_filtered_and_sorted,
        the_theme_can_be_chosen,
        prints_whole_and_light,
        works_without_script,
    ):
        asked(seen)
