"""The tool ``trend`` says what the command says, and keeps what it has measured."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.agents.asking import MODEL, Agent
from tests.agents.test_tools import whole
from tests.conftest import Call
from tests.revisions.repository import Repository


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agent:
    """At a repository: a definition without an owner, then it has one, in one month."""
    for name, value in {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "GIT_CEILING_DIRECTORIES": str(tmp_path),
        "TZ": "UTC",
        "XDG_CACHE_HOME": "nowhere",
    }.items():
        monkeypatch.setenv(name, value)
    repository = Repository(tmp_path / "repository")
    monkeypatch.chdir(repository.folder)
    owned = MODEL.replace("name: claims, ", "name: claims, owner: it, ")
    for day, text, said in (
        ("2026-01-10", MODEL, "Begin"),
        ("2026-02-01", MODEL + "# A note.\n", "Note"),
        ("2026-02-03", owned, "Give it an owner\x1b[2J"),
    ):
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{who}_DATE", f"{day}T12:00:00+00:00")
        repository.write({"model.yaml": text})
        repository.git("add", "-A")
        repository.git("commit", "-q", "-m", said)
    return Agent(repository.folder)


OWNED = "definitions-with-an-owner"


def test_trend_says_what_its_command_says(agent: Agent, call: Call) -> None:
    _, out, _ = call("trend", "--every", "month", "--measure", OWNED, "--format", "json")
    said = json.loads(out.replace("\\u001b", "\\\\u001b"))
    assert whole(agent, "trend", every="month", measures=[OWNED]) == said
    (cause,) = said["causes"]
    assert cause["commit"]["day"] == "2026-02-03"
    assert [point["day"] for point in said["points"]] == ["2026-01-10", "2026-02-03"]


def test_trend_tells_measures_of_coverage_where_none_is_named(agent: Agent) -> None:
    measures = {one["measure"] for one in whole(agent, "coverage")["coverage"]}
    found = whole(agent, "trend", last=2)
    assert {one["measure"] for one in found["measures"]} == measures
    assert [point["day"] for point in found["points"]] == ["2026-02-01", "2026-02-03"]
    assert "no tag" in agent.error("trend", every="tag")
    assert f"did you mean {OWNED}?" in agent.error("trend", measures=[OWNED[:-1]])


def test_trend_judges_a_tree_again_only_by_other_rules(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = agent.data("trend")
    monkeypatch.setattr("bizalign_lint.trend.points.read_model", None)
    assert agent.data("trend") == before
    (agent.root / ".bizalign.yaml").write_text("select: [BAS101]\n")
    with pytest.raises(TypeError):
        agent.data("trend")


def test_trend_needs_a_repository(agent: Agent) -> None:
    shutil.rmtree(agent.root / ".git")
    assert "is not in a git repository" in agent.error("trend")
