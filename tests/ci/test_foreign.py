"""The recipes on other tools' files: places are told where people edit, from the root on."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.ci.forge import Forge
from tests.ci.runner import Runner
from tests.ci.test_action import PULL
from tests.ci.test_gitlab import REPORT, job

SERVICE = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
"""
TABLE = "Application,Status\nTill,In use\nFax,In use\n"
MODEL = """\
<?xml version="1.0" encoding="UTF-8"?>
<archimate:model xmlns:archimate="http://www.archimatetool.com/archimate"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="M" id="m">
  <folder name="Strategy" id="f" type="strategy">
    <element xsi:type="archimate:Capability" name="Selling" id="c1"/>
    <element xsi:type="archimate:Capability" name="Pricing" id="c2"/>
  </folder>
</archimate:model>
"""
CONFIG = """\
asOf: 2026-06-30
select: [MOD101, MOD106]
sources:
  - {read: catalog-info.yaml, as: backstage}
  - {read: "*.csv", as: applications}
  - {read: "*.archimate", as: archimate}
"""
SOUND = {
    ".bizalign.yaml": CONFIG,
    "shop/catalog-info.yaml": SERVICE,
    "old.csv": "Application,Status\nPager,Odd\n",
    "apps.csv": TABLE,
    "m.archimate": MODEL,
}
CHANGED = {
    "shop/catalog-info.yaml": SERVICE.replace("production", "Productive"),
    "apps.csv": TABLE.replace("Fax,In use", "Fax,Idle"),
    "m.archimate": MODEL.replace('id="c2"', 'id="c1"'),
}
FOUND = {
    ("ea model/shop/catalog-info.yaml", 7),
    ("ea model/apps.csv", 3),
    ("ea model/m.archimate", 6),
}


@pytest.fixture
def foreign(tmp_path: Path) -> Forge:
    """A pull request that breaks a catalog, a table and a model below the root."""
    forge = Forge(tmp_path.resolve(), {f"ea model/{name}": text for name, text in SOUND.items()})
    forge.propose({f"ea model/{name}": text for name, text in CHANGED.items()})
    return forge


def test_github_shows_what_is_new_in_each_file(foreign: Forge) -> None:
    work = foreign.check_out("refs/pull/1/merge", 0)
    done = Runner.of(work, "pull_request", {}, **PULL).run(path="ea model", sarif="out.sarif")
    assert done.code == 1
    shown = (one.partition(",col=")[0] for one in done.commands)
    assert {*shown} == {f"::error file={path},line={line}" for path, line in FOUND}
    log = json.loads((work / "out.sarif").read_text("utf-8"))
    places = [
        result["locations"][0]["physicalLocation"]
        for run in log["runs"]
        for result in run["results"]
    ]
    told = {
        (place["artifactLocation"]["uri"].replace("%20", " "), place["region"]["startLine"])
        for place in places
    }
    assert told == FOUND | {("ea model/old.csv", 2)}


def test_gitlab_shows_what_is_new_in_each_file(foreign: Forge) -> None:
    work = foreign.check_out("refs/heads/change", 0)
    done = job(work, BIZALIGN_PATH="ea model", CI_MERGE_REQUEST_DIFF_BASE_SHA=foreign.base)
    assert done.returncode == 1
    for path, line in FOUND:
        assert f"{path.removeprefix('ea model/')}:{line}:" in done.stdout
    entries = json.loads((work / REPORT).read_text("utf-8"))
    told = {
        (one["location"]["path"], one["location"]["positions"]["begin"]["line"]) for one in entries
    }
    # A full report, so that GitLab can compare it with that of the target branch.
    assert told == FOUND | {("ea model/old.csv", 2)}
    report = (work / "bizalign-lint.xml").read_text("utf-8")
    assert len(ElementTree.fromstring(report).findall(".//failure")) == len(told)
