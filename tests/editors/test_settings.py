"""``schema --vscode``: settings that name the schema, or what to add to those that are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bizalign_lint.editors.patterns import patterns
from tests.conftest import Call

DEFINITION = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: order-hub}
spec: {}
"""


def test_patterns_name_the_folders_that_hold_definitions() -> None:
    assert patterns(["b/c/d.yaml", "a.yaml", "b/e.yml"]) == [
        "a.yaml",
        "b/*.yaml",
        "b/**/*.yaml",
        "b/*.yml",
        "b/**/*.yml",
    ]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "a.yaml").write_text(DEFINITION)
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "b.yaml").write_text("apiVersion: v1\nkind: Pod\n")
    (tmp_path / ".bizalign.yaml").write_text("profile: starter\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


NAMED = {
    "yaml.schemas": {
        ".vscode/bizalign.schema.json": [
            "model/*.yaml",
            "model/**/*.yaml",
            "model/*.yml",
            "model/**/*.yml",
        ]
    }
}


def test_writes_the_schema_and_settings_that_name_it(workspace: Path, call: Call) -> None:
    code, out, err = call("schema", "--vscode")
    assert (code, out) == (0, "")
    assert "names it" in err
    settings = workspace / ".vscode" / "settings.json"
    assert json.loads(settings.read_text(encoding="utf-8")) == NAMED
    schema = settings.with_name("bizalign.schema.json")
    assert "allOf" in json.loads(schema.read_text(encoding="utf-8"))["then"]
    before = settings.read_bytes()
    assert call("schema", "--vscode")[:2] == (0, "")
    assert settings.read_bytes() == before
    assert {path.name for path in settings.parent.iterdir()} == {schema.name, settings.name}


@pytest.mark.parametrize("content", [b'{"editor.rulers": [100], // ours\n}', b"", b'{"a": "\xff"}'])
def test_prints_what_to_add_to_settings_that_are_there(
    workspace: Path, call: Call, content: bytes
) -> None:
    settings = workspace / ".vscode" / "settings.json"
    settings.parent.mkdir()
    settings.write_bytes(content)
    code, out, err = call("schema", "--vscode")
    assert code == 0
    assert f"add to {settings}:" in err
    assert json.loads(f"{{{out}}}") == NAMED
    assert settings.read_bytes() == content
    settings.write_text(f"{{ // ours\n{out}}}")
    assert call("schema", "--vscode")[:2] == (0, "")


def test_another_file_can_be_named(workspace: Path, call: Call) -> None:
    assert call("schema", "--vscode", "--output", "tools/s.json")[0] == 0
    text = (workspace / ".vscode" / "settings.json").read_text(encoding="utf-8")
    assert list(json.loads(text)["yaml.schemas"]) == ["tools/s.json"]
    assert (workspace / "tools" / "s.json").is_file()
    code, _, err = call("schema", "--vscode", "--output", "../s.json")
    assert (code, "is not inside the workspace" in err) == (2, True)


def test_needs_a_definition_to_say_which_files(workspace: Path, call: Call) -> None:
    (workspace / "model" / "a.yaml").unlink()
    code, _, err = call("schema", "--vscode")
    assert (code, "there is no definition" in err) == (2, True)
    assert not (workspace / ".vscode").exists()
