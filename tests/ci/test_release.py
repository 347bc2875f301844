"""What a release needs, and what the documentation may name before there is one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from ci import named
from ci.release import wrong
from tests.ci.programs import checked
from tests.ci.runner import ROOT

WORKFLOW = ".github/workflows/release.yml"


def test_what_pages_name_exists() -> None:
    """Look up what you name, and add it to the lists in ci/named.py."""
    assert list(named.all_wrong()) == []


def test_it_is_a_command_as_well() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ci.named"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_tag_it_asks_for_one() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ci.release"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "name the tag: python3 -m ci.release v0.1.0\n")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("    rev: v0.1.0", "v0.1.0 is no tag"),
        ("- uses: your-organisation/bizalign-lint@v9.9.9", "v9.9.9 is no tag"),
        ("    rev: v2.0.0", ""),
        ("pip install bizalign-lint", "bizalign-lint is not known to be on PyPI"),
        ('`pipx install "bizalign-lint[lsp]"`, then', "bizalign-lint is not known"),
        ("uvx bizalign-lint check", "bizalign-lint is not known"),
        ("uvx --from . bizalign-lint check", ""),
        ("uvx --from git+https://x.org/y bizalign-lint check", ""),
        ("pipx inject bizalign-lint ./house", ""),
        ("pipx inject bizalign-lint house-rules", "house-rules is not known"),
        ('pip install "bizalign-lint @ git+https://git.example.org/x@COMMIT"', ""),
        ("pip install -q -c constraints.txt '.[dev]' && x", ""),
        ("pip install pre-commit>=4", ""),
        ("uses: actions/checkout@v5", ""),
        ("uses: actions/checkout@v99", "actions/checkout is not known to have v99"),
        ("uses: someone/thing@v1", "someone/thing is not known to have v1"),
    ],
)
def test_what_is_named_and_does_not_exist(line: str, told: str) -> None:
    found = list(named.wrong(line, {"v2.0.0"}, pinned=False))
    assert [one.startswith(told) for one in found] == [True] * bool(told)


@pytest.mark.parametrize(
    ("uses", "fine"),
    [
        ("actions/checkout@v5", False),
        ("actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0", True),
        ("actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8", False),
        (f"actions/checkout@{'a' * 40} # v5.0.0", False),
    ],
)
def test_our_workflows_pin_commits(uses: str, fine: bool) -> None:
    assert (list(named.wrong(f"- uses: {uses}", set(), pinned=True)) == []) == fine


def test_a_tag_is_released_only_whole(tmp_path: Path) -> None:
    for name in ("bizalign_lint/__init__.py", "editors/vscode/package.json", "tests/rules/ids.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 - 2026-12-01\n")
    assert list(wrong("v0.1.0", tmp_path)) == []
    assert len(list(wrong("v0.2.0", tmp_path))) == 3
    rule = tmp_path / "rules" / "model" / "new.yaml"
    rule.parent.mkdir(parents=True)
    rule.write_text("id: MOD999\n")
    assert list(wrong("v0.1.0", tmp_path)) == ["MOD999 is not in tests/rules/ids.txt"]


def test_package_and_extension_have_one_version() -> None:
    from bizalign_lint import __version__

    extension = json.loads((ROOT / "editors/vscode/package.json").read_text("utf-8"))
    assert extension["version"] == __version__


def test_only_what_publishes_may_write() -> None:
    value = YAML(typ="safe").load((ROOT / WORKFLOW).read_text("utf-8"))
    assert value["permissions"] == {}
    jobs = value["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read"}
    assert jobs["pypi"]["permissions"] == {"id-token": "write"}
    for name in ("pypi", "image"):
        assert jobs[name]["if"] == "github.ref_type == 'tag'"
        assert "environment" in jobs[name]
    assert {*jobs["release"]["needs"]} == {"build", "pypi", "image"}


def test_the_workflow_is_well_formed() -> None:
    checked("actionlint", WORKFLOW)


def test_the_workflow_is_safe_to_zizmor() -> None:
    checked("zizmor", "--offline", "--quiet", WORKFLOW)


@pytest.mark.process
@pytest.mark.slow
def test_pip_installs_from_an_address(tmp_path: Path) -> None:
    """A clone has one; as docs/install.md says, pip takes it as it is."""
    pytest.importorskip("hatchling")
    pip = [sys.executable, "-m", "pip"]
    for tool in ([*pip, "--version"], ["git", "--version"]):
        if (
            shutil.which(tool[0]) is None
            or subprocess.run(tool, capture_output=True, check=False).returncode
        ):
            pytest.skip(f"there is no {tool[-2]}")
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a clone")
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--target"]
    address = f"git+file://{ROOT}@{commit}"
    subprocess.run([*pip, "install", *options, str(tmp_path), address], check=True)
    carried = tmp_path / "bizalign_lint" / "_data"
    assert {"schemas", "rules", "mappings", "examples"} <= {path.name for path in carried.iterdir()}
