"""The GitLab include: its lines run as they stand in ci/gitlab.yml."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.ci.forge import BROKEN, OLD, Forge
from tests.ci.programs import checked
from tests.ci.runner import ROOT, load

JOB: dict[str, Any] = load("ci/gitlab.yml")["bizalign-lint"]
REPORT = "gl-code-quality-report.json"


def job(work: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the job's lines in one shell that stops at the first failure, as GitLab's runner does.

    Without a package index the one line that installs is passed over; the program is that of the
    test's own environment.
    """
    here = Path(sys.executable).parent.parent
    lines = JOB["before_script"] + JOB["script"]
    assert sum("pip install" in line for line in lines) == 1
    lines = [line for line in lines if "pip install" not in line]
    lines = [f"venv={here}" if line == "venv=$(mktemp -d)" else line for line in lines]
    lines = [line for line in lines if " -m venv " not in line]
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME"} or k.startswith("GIT_")}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(lines)],
        cwd=work,
        env={**kept, "CI": "true", "BIZALIGN_PACKAGE": "bizalign-lint", **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def places(work: Path) -> list[str]:
    """Where the code quality report finds something."""
    return [entry["location"]["path"] for entry in json.loads((work / REPORT).read_text("utf-8"))]


def news(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Where the text in the log finds something."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    return re.findall(r"^(\S+\.yaml):\d+:\d+: ", text, re.MULTILINE)


def test_merge_request_is_compared_with_its_base(forge: Forge) -> None:
    forge.propose({"model/teams.yaml": BROKEN}, {"model/late.yaml": OLD.replace("billing", "late")})
    work = forge.check_out("refs/heads/change", 0)
    done = job(work, CI_MERGE_REQUEST_DIFF_BASE_SHA=forge.base)
    assert (done.returncode, news(done)) == (1, ["model/capabilities.yaml"])
    assert "known before" in done.stdout
    whole = ["model/capabilities.yaml", "model/old.yaml"]
    assert places(work) == whole
    report = ElementTree.parse(work / "bizalign-lint.xml")
    assert len(report.findall(".//failure")) == len(whole)


def test_merged_results_are_compared_with_the_target(forge: Forge) -> None:
    """What others have merged in the meantime is not new."""
    forge.propose({"model/teams.yaml": BROKEN}, {"model/late.yaml": OLD.replace("billing", "late")})
    work = forge.check_out("refs/pull/1/merge", 0)
    target = forge.server.git("rev-parse", "main").strip()
    shas = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": forge.base}
    assert news(job(work, **shas)) == ["model/capabilities.yaml", "model/late.yaml"]
    done = job(work, **shas, CI_MERGE_REQUEST_TARGET_BRANCH_SHA=target)
    assert news(done) == ["model/capabilities.yaml"]


def test_reports_of_both_sides_can_be_compared(forge: Forge) -> None:
    """What is on the target branch as well is in both, by the same fingerprint and case."""
    forge.propose({"model/teams.yaml": BROKEN})
    work = forge.check_out("refs/heads/main", 0)
    job(work)
    before = marks(work)
    work = forge.check_out("refs/heads/change", 2)
    job(work, CI_MERGE_REQUEST_DIFF_BASE_SHA=forge.base)
    after = marks(work)
    for one, other in zip(before, after, strict=True):
        assert one < other
        assert len(other - one) == 1


def marks(work: Path) -> tuple[set[str], set[str]]:
    """What the two reports of a job know findings by."""
    entries = json.loads((work / REPORT).read_text("utf-8"))
    failed = ElementTree.parse(work / "bizalign-lint.xml").findall(".//failure/..")
    return {entry["fingerprint"] for entry in entries}, {case.attrib["name"] for case in failed}


def test_default_branch_shows_everything(forge: Forge) -> None:
    work = forge.check_out("refs/heads/main", 0)
    done = job(work)
    assert (done.returncode, places(work)) == (1, ["model/old.yaml"])


def test_variables_reach_the_check(forge: Forge) -> None:
    work = forge.check_out("refs/heads/main", 0)
    options = "--fail-on never --ignore MOD1??"
    assert job(work, BIZALIGN_OPTIONS="--fail-on never --as-of 2031-01-01").returncode == 0
    (work / "MOD109").touch()
    assert "MOD1??" in job(work, BIZALIGN_OPTIONS=options).stderr
    assert places(work) == ["model/old.yaml"]
    assert "no such file or folder: $(id)" in job(work, BIZALIGN_PATH="$(id)").stderr
    sha = "0" * 40
    assert job(work, BIZALIGN_SINCE="all", CI_MERGE_REQUEST_DIFF_BASE_SHA=sha).returncode == 1
    assert f"unknown revision {sha}" in job(work, CI_MERGE_REQUEST_DIFF_BASE_SHA=sha).stderr


def test_shallow_clone_says_what_to_fetch(forge: Forge) -> None:
    forge.propose({"model/teams.yaml": BROKEN})
    done = job(forge.check_out("refs/heads/change", 1), CI_MERGE_REQUEST_DIFF_BASE_SHA=forge.base)
    assert done.returncode == 2
    assert "GIT_DEPTH: 0" in done.stderr
    assert str(JOB["variables"]["GIT_DEPTH"]) == "0"


def test_package_must_be_named(forge: Forge) -> None:
    """A name that nobody has chosen would be whatever an index has under it."""
    done = job(forge.check_out("refs/heads/main", 1), BIZALIGN_PACKAGE="")
    assert done.returncode == 2
    assert "BIZALIGN_PACKAGE is not set" in done.stderr


def test_reports_are_the_files_that_are_written() -> None:
    script = "".join(JOB["script"])
    for name, file in JOB["artifacts"]["reports"].items():
        format_ = "gitlab" if name == "codequality" else name
        assert f"--output={format_}:{file} " in script
    assert JOB["artifacts"]["when"] == "always"


def test_is_a_pipeline_to_gitlab() -> None:
    checked(
        "check-jsonschema",
        *("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", "ci/gitlab.yml"),
    )


@pytest.mark.parametrize("part", ["before_script", "script"])
def test_lines_are_clean_to_shellcheck(part: str, tmp_path: Path) -> None:
    script = tmp_path / "script.sh"
    lines = ["venv=given", *JOB[part]] if part == "script" else JOB[part]
    script.write_text("#!/bin/bash -e\n" + "\n".join(lines) + "\n")
    # SC2086: the one place without quotation marks is meant, and says so.
    checked("shellcheck", "--exclude=SC2086", str(script))
    assert (ROOT / "ci" / "gitlab.yml").read_text("utf-8").count("${BIZALIGN_OPTIONS:-}") == 1
