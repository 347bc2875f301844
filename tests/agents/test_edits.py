"""``propose_edit``: what an edit would do, and when it is made."""

from __future__ import annotations

import os
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.agents import proposal
from tests.agents.asking import MODEL, Agent, digest, refused, tree, workspace

WRITE = import_module("bizalign_lint.cli.mcp").write_files
NEW = "apiVersion: bizalign/v1\nkind: Provider\nmetadata: {name: desk, title: Desk Ltd}\nspec: {}\n"
BREAKS = [{"old": "supports: [claims]", "new": "supports: [nothing]"}]
BROKEN = MODEL.replace("[claims]", "[nothing]")


@pytest.fixture
def reader(tmp_path: Path) -> Agent:
    return Agent(workspace(tmp_path))


@pytest.fixture
def writer(tmp_path: Path) -> Agent:
    return Agent(workspace(tmp_path), WRITE)


def test_an_edit_is_tried_and_nothing_is_written(reader: Agent) -> None:
    before = tree(reader.root)
    found = reader.edit("model.yaml", replace=[{"old": "Claims desk", "new": "Desk of claims"}])
    assert (found["verdict"], found["written"], found["objections"]) == ("accepted", False, [])
    assert found["files"] == [
        {
            "path": "model.yaml",
            "before": digest(reader.root / "model.yaml"),
            "after": found["files"][0]["after"],
        }
    ]
    assert found["files"][0]["after"] != found["files"][0]["before"]
    assert tree(reader.root) == before


def test_an_edit_that_adds_an_error_is_refused(writer: Agent) -> None:
    before = tree(writer.root)
    found = writer.edit("model.yaml", replace=BREAKS, write=True)
    assert refused(found) == ["adds-errors"]
    assert not found["written"]
    assert [(f["rule"], f["message"]) for f in found["added"]] == [
        ("MOD109", "no Capability is named nothing")
    ]
    assert found["findings"]["before"]["error"] == 0
    assert found["findings"]["after"]["error"] == 1
    assert tree(writer.root) == before


def test_the_findings_that_an_edit_resolves_are_named_and_it_is_written(tmp_path: Path) -> None:
    agent = Agent(workspace(tmp_path, BROKEN), WRITE)
    how: Any = {"replace": [{"old": "[nothing]", "new": "[claims]"}]}
    assert agent.edit("model.yaml", **how)["verdict"] == "accepted"
    found = agent.edit("model.yaml", **how, write=True)
    assert [f["rule"] for f in found["removed"]] == ["MOD109"]
    assert (found["verdict"], found["written"], found["added"]) == ("accepted", True, [])
    assert (tmp_path / "model.yaml").read_text("utf-8") == MODEL
    assert found["files"][0]["after"] == digest(tmp_path / "model.yaml")
    assert agent.data("check")["summary"]["bySeverity"]["error"] == 0


def test_an_edit_that_trades_one_error_for_another_is_refused(tmp_path: Path) -> None:
    agent = Agent(workspace(tmp_path, BROKEN), WRITE)
    found = agent.edit(
        "model.yaml",
        replace=[{"old": "[nothing]", "new": "[claims]"}, {"old": "level: 1", "new": "level: one"}],
        write=True,
    )
    assert refused(found) == ["adds-errors"]
    assert [f["rule"] for f in found["removed"]] == ["MOD109"]


def test_the_same_mistake_with_another_value_is_no_new_one(tmp_path: Path) -> None:
    agent = Agent(workspace(tmp_path, BROKEN))
    found = agent.edit("model.yaml", replace=[{"old": "[nothing]", "new": "[nowhere]"}])
    assert (found["verdict"], found["added"], found["removed"]) == ("accepted", [], [])
    assert [f["message"] for f in found["changed"]] == ["no Capability is named nowhere"]


def test_an_edit_that_accepts_an_error_is_refused(tmp_path: Path) -> None:
    agent = Agent(workspace(tmp_path, BROKEN), WRITE)
    ignore = "[nothing], components: [windows]}  # bizalign: ignore[MOD109] -- an agent says so"
    found = agent.edit(
        "model.yaml",
        replace=[{"old": "[nothing], components: [windows]}", "new": ignore}],
        write=True,
    )
    assert refused(found) == ["suppresses-errors"]
    assert [f["rule"] for f in found["suppressed"]] == ["MOD109"]
    assert (found["removed"], found["written"]) == ([], False)


IGNORE = "components: [windows]}  # bizalign: ignore[MOD109] -- an agent says so"


def test_an_error_is_not_accepted_before_it_is_made(writer: Agent) -> None:
    """The comment alone accepts nothing yet; with the error it would."""
    ignore = [{"old": "components: [windows]}", "new": IGNORE}]
    first = writer.edit("model.yaml", replace=ignore, write=True)
    assert (first["written"], first["suppressed"]) == (True, [])
    second = writer.edit("model.yaml", replace=BREAKS, write=True)
    assert refused(second) == ["suppresses-errors"]
    assert [f["rule"] for f in second["suppressed"]] == ["MOD109"]
    both = writer.edit("model.yaml", text=BROKEN.replace("components: [windows]}", IGNORE))
    assert refused(both) == ["suppresses-errors"]


def test_an_error_that_the_baseline_still_knows_is_not_made_again(tmp_path: Path) -> None:
    agent = Agent(workspace(tmp_path, BROKEN), WRITE)
    from bizalign_lint.findings.baseline import entries, render

    known = render(entries(agent.desk.report(agent.desk.read()).findings))
    (tmp_path / ".bizalign-baseline.json").write_text("".join(known), "utf-8")
    assert agent.data("check")["findings"] == []
    assert agent.edit("model.yaml", text=MODEL, write=True)["written"]
    again = agent.edit("model.yaml", text=BROKEN, write=True)
    assert refused(again) == ["suppresses-errors"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (MODEL.replace("{level: 1}", "{level: [}"), ["adds-errors"]),
        ("kind: [\n", ["no-definition"]),
        ("", ["no-definition"]),
        ("# nothing is left\n", ["no-definition"]),
        ("on: push\njobs: {}\n", ["no-definition"]),
        (f"{MODEL}---\non: push\njobs: {{}}\n", ["no-definition"]),
    ],
)
def test_a_file_holds_definitions_and_nothing_else(
    text: str, codes: list[str], writer: Agent
) -> None:
    before = tree(writer.root)
    assert refused(writer.edit("model.yaml", text=text, write=True)) == codes
    assert tree(writer.root) == before


def test_what_else_a_file_holds_stays(tmp_path: Path) -> None:
    agent = Agent(workspace(tmp_path, f"on: push\n---\n{MODEL}"), WRITE)
    assert agent.edit("model.yaml", replace=[{"old": "2019", "new": "2020"}], write=True)["written"]
    assert (tmp_path / "model.yaml").read_text("utf-8").startswith("on: push\n")


def test_definitions_that_come_and_go_are_named(reader: Agent) -> None:
    text = MODEL.replace("name: windows", "name: linux").replace("[windows]", "[linux]")
    found = reader.edit("model.yaml", text=text)
    assert found["definitions"] == {
        "added": ["ITComponent:default/linux"],
        "removed": ["ITComponent:default/windows"],
    }


def test_a_new_file_is_made(writer: Agent) -> None:
    found = writer.edit("parties/desk.yaml", text=NEW, write=True)
    assert (found["verdict"], found["written"]) == ("accepted", True)
    assert found["files"][0]["before"] is None
    assert (writer.root / "parties/desk.yaml").read_text("utf-8") == NEW
    assert writer.data("get", definition="Provider:desk")["path"] == "parties/desk.yaml"


def test_the_first_definition_of_a_workspace_can_be_written(tmp_path: Path) -> None:
    agent = Agent(tmp_path, WRITE)
    assert agent.edit("desk.yaml", text=NEW, write=True)["written"]
    assert agent.data("search", text="desk")["found"]


def test_several_files_are_one_proposal(writer: Agent) -> None:
    """Apart, the first of these would be an error."""
    capability = "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: nothing}\n"
    edits = [
        {"path": "model.yaml", "sha256": digest(writer.root / "model.yaml"), "replace": BREAKS},
        {"path": "more.yaml", "text": f"{capability}spec: {{level: 1}}\n"},
    ]
    found = writer.data("propose_edit", edits=edits, write=True)
    assert (refused(found), found["written"]) == ([], True)
    again = writer.data("propose_edit", edits=edits, write=True)
    assert refused(again) == ["stale"]
    twice = writer.data("propose_edit", edits=[edits[1], edits[1]])
    assert refused(twice) == ["stale"]


def test_one_file_is_edited_once(reader: Agent) -> None:
    edit = {"path": "more.yaml", "text": NEW}
    assert refused(reader.data("propose_edit", edits=[edit, edit])) == ["twice"]


def test_without_leave_nothing_is_written(reader: Agent) -> None:
    before = tree(reader.root)
    found = reader.edit("more.yaml", text=NEW, write=True)
    assert refused(found) == ["read-only"]
    assert not found["written"]
    assert "`bizalign-lint mcp --allow-writes`" in found["objections"][0]["message"]
    assert tree(reader.root) == before


# The state that an edit was made for


def test_an_edit_of_another_state_is_refused(writer: Agent) -> None:
    model = writer.root / "model.yaml"
    seen = writer.data("get", definition="desk")["sha256"]
    assert seen == digest(model)
    model.write_text(MODEL.replace("2019", "2020"), "utf-8")
    found = writer.edit("model.yaml", sha256=seen, text=MODEL, write=True)
    assert refused(found) == ["stale"]
    assert "2020" in model.read_text("utf-8")


def test_what_is_saved_at_the_same_moment_is_not_lost(tmp_path: Path) -> None:
    """Somebody saves the file after it was judged, and before it is written."""
    model = workspace(tmp_path) / "model.yaml"
    saved = MODEL.replace("2019", "2020")

    def late(root: str, changes: Any) -> None:
        model.write_text(saved, "utf-8")
        WRITE(root, changes)

    agent = Agent(tmp_path, late)
    found = agent.edit("model.yaml", replace=[{"old": "Claims desk", "new": "Desk"}], write=True)
    assert refused(found) == ["write"]
    assert "it has changed since it was read" in found["objections"][0]["message"]
    assert model.read_text("utf-8") == saved


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"text": MODEL}, "unchanged"),
        ({"text": "x", "replace": BREAKS}, "form"),
        ({}, "form"),
        ({"replace": [{"old": "nowhere to be found", "new": ""}]}, "match"),
        ({"replace": [{"old": "title", "new": ""}]}, "match"),
        ({"text": "x", "sha256": None}, "stale"),
        ({"text": "x", "sha256": "0" * 64}, "stale"),
    ],
)
def test_what_cannot_be_tried_is_refused(how: dict[str, Any], code: str, reader: Agent) -> None:
    edit = {"path": "model.yaml", "sha256": digest(reader.root / "model.yaml"), **how}
    edit = {key: value for key, value in edit.items() if value is not None}
    found = reader.data("propose_edit", edits=[edit])
    assert refused(found) == [code]
    assert found["findings"]["after"] is None


def test_too_much_text_is_refused(reader: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposal, "MAX_BYTES", 100)
    assert refused(reader.edit("new.yaml", text="#" * 101)) == ["text"]


def test_line_breaks_stay_what_they_are(tmp_path: Path) -> None:
    agent = Agent(workspace(tmp_path), WRITE)
    model = tmp_path / "model.yaml"
    model.write_bytes(MODEL.replace("\n", "\r\n").encode())
    old = "metadata: {name: windows, title: Windows, owner: it}\nspec: {category: software}\n"
    new = "metadata: {name: windows, title: Windows 11, owner: it}\nspec: {category: software}\n"
    assert agent.edit("model.yaml", replace=[{"old": old, "new": new}], write=True)["written"]
    assert model.read_bytes() == MODEL.replace(old, new).replace("\n", "\r\n").encode()


def test_what_is_not_utf_8_is_left_to_people(tmp_path: Path) -> None:
    agent = Agent(workspace(tmp_path))
    (tmp_path / "latin.yaml").write_bytes(b"# Z\xfcrich\n" + NEW.encode())
    assert refused(agent.edit("latin.yaml", replace=[{"old": "Ltd", "new": "AG"}])) == ["text"]


# Where files may be


OUTSIDE = [
    "/etc/passwd",
    "/tmp/model.yaml",
    "../outside.yaml",
    "a/../../outside.yaml",
    "./model.yaml",
    "a//b.yaml",
    "",
    " ",
    "C:/model.yaml",
    "C:model.yaml",
    "\\\\host\\share\\model.yaml",
    "a\\..\\..\\b.yaml",
    ".bizalign.yaml",
    ".bizalign-baseline.json",
    ".git/config.yaml",
    ".github/workflows/run.yaml",
    "a/.hidden/b.yaml",
    "a/.GIT/b.yaml",
    "model.json",
    "model.py",
    "model.yaml/x.yaml",
    "model.yaml\x00.txt",
    "new\n.yaml",
    "con.yaml",
    "nul/x.yaml",
    "model.yaml ",
    "dir./x.yaml",
    "~/x.yaml\x7f",
    "model.yaml:stream.yaml",
    f"{'x' * 201}.yaml",
    "node_modules/x.yaml",
    "own/rule.yaml",
    "bizalign-lifecycles.json",
    "nested/x.yaml",
    "left-out/x.yaml",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_only_files_of_the_model_are_changed(path: str, tmp_path: Path) -> None:
    root = tmp_path / "w"
    config = "asOf: 2026-06-30\nexclude: [left-out]\nrules: [own]\n"
    workspace(root, {".bizalign.yaml": config, "model.yaml": MODEL, "nested/.bizalign.yaml": "{}"})
    (root / "own").mkdir()
    agent, before = Agent(root, WRITE), tree(tmp_path)
    reply = agent.reply("propose_edit", edits=[{"path": path, "text": NEW}], write=True)
    if not reply.is_error:
        assert refused(reply.value["data"]) == ["path"]
    assert tree(tmp_path) == before


@pytest.mark.parametrize("path", [".hidden.yaml", ".github/run.yaml", "a/.hidden/b.yaml"])
@pytest.mark.parametrize("exists", [False, True])
def test_hidden_files_are_refused_because_they_are_hidden(
    path: str, exists: bool, tmp_path: Path
) -> None:
    workspace(tmp_path, {"model.yaml": MODEL, **({path: NEW} if exists else {})})
    answer = Agent(tmp_path, WRITE).edit(path, text=NEW, write=True)
    assert [(one["code"], one["message"]) for one in answer["objections"]] == [
        ("path", "hidden files and folders are never changed")
    ]


@pytest.mark.parametrize("leads", ["file", "folder", "new", "inside", "nowhere"])
def test_nothing_is_written_through_a_link(leads: str, tmp_path: Path) -> None:
    root = workspace(tmp_path / "w", {"model.yaml": MODEL, "parts/more.yaml": NEW})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.yaml").write_text(NEW.replace("desk", "other"), "utf-8")
    target, path = {
        "file": (outside / "x.yaml", "link.yaml"),
        "folder": (outside, "link/x.yaml"),
        "new": (outside, "link/new.yaml"),
        "inside": (root / "parts", "link/more.yaml"),
        "nowhere": (outside / "new.yaml", "link.yaml"),
    }[leads]
    (root / path.split("/")[0]).symlink_to(target)
    agent, before = Agent(root, WRITE), tree(tmp_path)
    for sha256 in (None, digest(outside / "x.yaml")):
        edit = {"path": path, "text": NEW.replace("Ltd", "AG")}
        edit |= {"sha256": sha256} if sha256 else {}
        assert refused(agent.data("propose_edit", edits=[edit], write=True)) == ["path"]
    assert tree(tmp_path) == before


def test_a_pipe_is_not_waited_for(reader: Agent) -> None:
    os.mkfifo(reader.root / "pipe.yaml")
    assert refused(reader.edit("pipe.yaml", text=NEW)) == ["path"]


def test_another_tools_file_is_left_to_that_tool(tmp_path: Path) -> None:
    files = {
        ".bizalign.yaml": "sources: [{read: [catalog.yaml], as: backstage}]\n",
        "catalog.yaml": "apiVersion: backstage.io/v1alpha1\nkind: Domain\n"
        "metadata: {name: claims}\nspec: {owner: it}\n",
        "model.yaml": MODEL,
    }
    agent = Agent(workspace(tmp_path, files))
    assert refused(agent.edit("catalog.yaml", text=NEW)) == ["path"]


@pytest.mark.process
def test_what_git_ignores_is_not_made(tmp_path: Path) -> None:
    workspace(tmp_path, {"model.yaml": MODEL, ".gitignore": "drafts/\n"})
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    agent = Agent(tmp_path, WRITE)
    assert refused(agent.edit("drafts/x.yaml", text=NEW, write=True)) == ["path"]
    assert agent.edit("parts/x.yaml", text=NEW, write=True)["written"]


def test_a_file_that_is_read_only_stays_as_it_is(writer: Agent) -> None:
    model = writer.root / "model.yaml"
    model.chmod(0o444)
    if os.access(model, os.W_OK):
        pytest.skip("whoever runs this may write everything")
    found = writer.edit("model.yaml", text=MODEL.replace("2019", "2020"), write=True)
    assert refused(found) == ["write"]
    assert model.read_text("utf-8") == MODEL


def test_who_writes_says_how_far_it_came(tmp_path: Path) -> None:
    """A file each is written in one step, several are not."""
    root = workspace(tmp_path)
    (root / "more.yaml").write_text(NEW, "utf-8")

    def late(at: str, changes: Any) -> None:
        (root / "more.yaml").write_text(NEW + "# saved\n", "utf-8")
        WRITE(at, changes)

    agent = Agent(root, late)
    edits = [
        {"path": name, "sha256": digest(root / name), "replace": [{"old": old, "new": new}]}
        for name, old, new in (("model.yaml", "2019", "2020"), ("more.yaml", "Ltd", "AG"))
    ]
    found = agent.data("propose_edit", edits=edits, write=True)
    assert "1 of 2 files were written before" in found["objections"][0]["message"]
