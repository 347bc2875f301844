"""The Dockerfile, as far as it can be tried without an engine that builds it.

Its first stage is carried out in a folder: what it copies is copied, and what it installs is
installed and run. That the base image has Python, and Debian's archive git, is taken on trust.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ci.forge import Forge
from tests.ci.programs import checked
from tests.ci.runner import ROOT
from tests.revisions.repository import Repository

TEXT = (ROOT / "Dockerfile").read_text("utf-8")
INSTRUCTIONS = [
    (line.split(" ", 1)[0], line.split(" ", 1)[1])
    for line in re.sub(r" *\\\n *", " ", TEXT).splitlines()
    if line and not line.startswith("#")
]
FROM = [number for number, (word, _) in enumerate(INSTRUCTIONS) if word == "FROM"]
STAGE, FINAL = INSTRUCTIONS[: FROM[1]], INSTRUCTIONS[FROM[1] :]
IGNORED = (ROOT / ".dockerignore").read_text("utf-8").split()


def copies(stage: list[tuple[str, str]]) -> list[list[str]]:
    """The arguments of what a stage copies from the repository."""
    return [rest.split() for word, rest in stage if word == "COPY" and "--from" not in rest]


def test_everything_copied_is_sent_to_the_engine() -> None:
    assert IGNORED[0] == "*"
    for *sources, _ in copies(STAGE):
        for source in sources:
            assert f"!{source}" in IGNORED
            assert (ROOT / source).exists()


def test_first_stage_installs_a_program_that_runs(tmp_path: Path) -> None:
    if shutil.which("pip") is None and not Path(sys.executable).with_name("pip").exists():
        pytest.skip("there is no pip")
    source, prefix = tmp_path / "source", tmp_path / "opt"
    for *names, target in copies(STAGE):
        for name in names:
            to = source / (Path(name).name if target == "./" else target)
            to.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, to, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, to)
    (script,) = (rest for word, rest in STAGE if word == "RUN")
    script = script.replace("/opt/bizalign-lint", str(prefix)).replace(
        "python ", sys.executable + " ", 1
    )
    done = subprocess.run(
        ["sh", "-c", script], cwd=source, capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode and "No matching distribution" in done.stderr + done.stdout:
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr
    entry = prefix / "bin" / "bizalign-lint"
    run = subprocess.run(
        [entry, "check", ROOT / "examples" / "meridian"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_does_not_run_as_root_and_starts_the_check() -> None:
    last = dict(FINAL)
    assert last["USER"] == "1000"
    assert "useradd --create-home --uid 1000" in last["RUN"]
    assert (last["ENTRYPOINT"], last["CMD"]) == ('["bizalign-lint"]', '["check"]')
    assert "--from=build /opt/bizalign-lint /opt/bizalign-lint" in last["COPY"]
    assert last["ENV"].startswith("PATH=/opt/bizalign-lint/bin:")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a repository away")
def test_reads_a_repository_of_somebody_else(forge: Forge, tmp_path: Path) -> None:
    """What is mounted has another owner than the image's user, which git refuses by itself.

    What lies elsewhere is still refused.
    """
    last = dict(FINAL)
    (setting,) = re.findall(r"git config --system [^&]*", last["RUN"])
    assert setting.split()[-2:] == ["safe.directory", last["WORKDIR"]]
    setting = setting.replace(last["WORKDIR"], str(forge.server.folder))
    other = Repository(tmp_path / "other")
    other.commit({"a.yaml": "a: 1\n"})
    subprocess.run(["chown", "-R", "12345", other.folder], check=True)
    subprocess.run(["chown", "-R", "12345", forge.server.folder], check=True)
    command = [sys.executable, "-m", "bizalign_lint", "check", "--since", "HEAD"]
    own = {"GIT_CONFIG_SYSTEM": str(tmp_path / "gitconfig")}
    before, _, after, elsewhere = (
        subprocess.run(each, cwd=folder, env=os.environ | own, capture_output=True, check=False)
        for each, folder in (
            (command, forge.server.folder),
            (["sh", "-c", setting], forge.server.folder),
            (command, forge.server.folder),
            (command, other.folder),
        )
    )
    assert (before.returncode, after.returncode) == (2, 0), after.stderr
    assert elsewhere.returncode == 2
    assert b"git refuses to read the repository" in elsewhere.stderr


def test_both_stages_use_the_same_image() -> None:
    images = [rest.split()[0] for word, rest in INSTRUCTIONS if word == "FROM"]
    assert len(set(images)) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", images[0])


def test_is_clean_to_hadolint() -> None:
    checked("hadolint", "--no-color", "Dockerfile")
