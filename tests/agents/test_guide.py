"""What the page for agents shows is what is answered; the index for agents leads somewhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bizalign_lint.cli.group import COMMANDS
from tests.agents.asking import MODEL, Agent, digest, workspace

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/agents.md").read_text("utf-8")
INDEX = (ROOT / "llms.txt").read_text("utf-8")
CALLS = re.findall(r"```text\n(\w+) (.+?)\n```\n\n```json\n(.+?)```", PAGE, re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")


def test_the_calls_are_answered_as_shown(tmp_path: Path) -> None:
    root = tmp_path / "drift"
    shutil.copytree(ROOT / "examples/meridian-drift", root)
    agent = Agent(root)
    assert len(CALLS) == PAGE.count("```text") == 5
    for tool, asked, shown in CALLS:
        arguments = json.loads(asked)
        for edit in arguments.get("edits", ()):
            assert digest(root / edit["path"]).startswith(edit["sha256"].rstrip("…"))
            edit["sha256"] = digest(root / edit["path"])
        _assert_holds(agent.ask(tool, **arguments), json.loads(shown), tool)


def _assert_holds(said: Any, shown: Any, at: str) -> None:
    """Whether an answer holds what the page shows of it."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            assert key in said, f"{at}/{key}"
            _assert_holds(said[key], value, f"{at}/{key}")
    elif isinstance(shown, list):
        assert len(said) == len(shown), at
        for number, value in enumerate(shown):
            _assert_holds(said[number], value, f"{at}/{number}")
    elif isinstance(shown, str) and shown.endswith("…"):
        assert said.startswith(shown[:-1]), at
    else:
        assert said == shown, at


def test_every_tool_and_objection_is_on_the_page() -> None:
    rows = PAGE.partition("| --- |")[2].partition("\n\n")[0]
    named = {
        name for row in rows.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }
    assert named == {*Agent(ROOT).tools}
    schema = json.loads((ROOT / "bizalign_lint/agents/edit.schema.json").read_bytes())
    codes = schema["properties"]["objections"]["items"]["properties"]["code"]["enum"]
    assert [code for code in codes if f"`{code}`" not in PAGE] == []


def _file(name: str) -> Any:
    """The JSON of a file that the page shows, which is the first block after its name."""
    block = re.compile(re.escape(f"`{name}`") + r".*?```json\n(.*?)```", re.DOTALL).search(PAGE)
    assert block is not None
    return json.loads(block[1])


def test_the_files_to_copy_start_what_there_is() -> None:
    server = _file(".mcp.json")["mcpServers"]["bizalign-lint"]
    assert server["command"] == "bizalign-lint"
    assert server["args"] == ["mcp"]
    assert "mcp" in COMMANDS
    skill = re.search(r"```markdown\n---\n(.*?)\n---\n(.*?)```", PAGE, re.DOTALL)
    assert skill is not None
    head = yaml.safe_load(skill[1])
    assert head["name"] == "alignment-model"
    assert len(head["description"]) <= 1024
    assert {*re.findall(r"`(\w+)`", skill[2])} - {"data"} <= {*Agent(ROOT).tools}


@pytest.mark.process
def test_the_hook_shows_an_agent_what_it_has_broken(tmp_path: Path) -> None:
    [hook] = _file(".claude/settings.json")["hooks"]["PostToolUse"][0]["hooks"]
    command = hook["command"].replace("bizalign-lint", f"{sys.executable} -m bizalign_lint", 1)
    model = workspace(tmp_path) / "model.yaml"
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "begin")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)

    def after_edit() -> tuple[int, str, str]:
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        return done.returncode, done.stdout, done.stderr

    assert after_edit() == (0, "", "")
    model.write_text(MODEL.replace("[claims]", "[nothing]"), "utf-8")
    code, out, err = after_edit()
    assert (code, out) == (2, "")
    assert "MOD109" in err


def test_the_index_leads_to_what_there_is() -> None:
    links = LINK.findall(INDEX)
    assert len(links) > 15
    assert [link for link in links if not (ROOT / link).is_file()] == []
    assert INDEX.startswith("# bizalign-lint\n\n> ")
    assert {line[:3] for line in INDEX.splitlines() if line} <= {"# b", "> A", "Fin", "## ", "- ["}


def test_every_guide_is_in_the_index_or_in_its_list() -> None:
    """An agent finds each page in one step, or in two."""
    listed = (ROOT / "docs/README.md").read_text("utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert {
        page for page in pages if f"({page}" not in listed and f"docs/{page}" not in INDEX
    } == set()
