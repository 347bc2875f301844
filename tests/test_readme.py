"""What the documentation shows is what a reader gets."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import Call

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

README = (ROOT / "README.md").read_text("utf-8")


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in {*re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))}:
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_ci_runs_what_the_readme_says() -> None:
    """The command that sets up and passes the tests, in a virtual environment of its own."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    line = next(line for line in README.splitlines() if "pytest" in line)
    for part in line.split(" && "):
        assert part.replace(".venv/bin/", "").replace("-m ", "") in script.replace(
            '"$venv/bin/', ""
        ).replace('" ', " ").replace("-m ", "")


def test_first_commands_need_only_python_and_pip() -> None:
    assert "python3 -m venv .venv && .venv/bin/pip install -q . &&" in README
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    assert all(">=" in requirement for requirement in project["dependencies"])


def test_what_commands_print_is_as_shown(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = re.findall(r"^```console\n\$ bizalign-lint (.*)\n([^`]*)^```$", README, re.MULTILINE)
    assert shown
    for command, output in shown:
        assert call(*shlex.split(command))[1] == output
