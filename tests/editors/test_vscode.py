"""The extension for VS Code says what the server understands. What it does is tested beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
EXTENSION = HERE.parent.parent / "editors" / "vscode"
MANIFEST = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
SETTINGS = MANIFEST["contributes"]["configuration"]["properties"]
REGISTERED = set(
    re.findall(
        r'registerCommand\("([\w.]+)"', (EXTENSION / "src/extension.ts").read_text(encoding="utf-8")
    )
)


def test_every_command_is_there_for_somebody() -> None:
    pytest.importorskip("pygls", reason="the language server is an extra")
    from bizalign_lint.lsp.features.lenses import SHOW

    contributed = {command["command"] for command in MANIFEST["contributes"]["commands"]}
    assert contributed | {SHOW} == REGISTERED


def test_settings_are_those_of_the_server() -> None:
    pytest.importorskip("pygls", reason="the language server is an extra")
    from bizalign_lint.lsp.settings import SECTION, ClientOptions, client_options

    assert all(name.startswith(f"{SECTION}.") for name in SETTINGS)
    # Not set, it depends on whether the YAML extension tells the same.
    assert SETTINGS[f"{SECTION}.structure"]["default"] is None
    off = {SECTION: {"server": {"path": ""}, "structure": False, "trace": {"server": "off"}}}
    assert client_options(off, ClientOptions()) == ClientOptions(structure=False)


def test_the_readme_lists_every_command_and_setting() -> None:
    readme = (EXTENSION / "README.md").read_text(encoding="utf-8")
    for command in MANIFEST["contributes"]["commands"]:
        assert f"| {command['title']} |" in readme
    for name in SETTINGS:
        assert f"| `{name}` |" in readme


def test_no_folder_chooses_what_is_started() -> None:
    """Nothing is started before it is trusted, and its settings name no program even then."""
    assert MANIFEST["capabilities"]["untrustedWorkspaces"]["supported"] is False
    assert SETTINGS["bizalign.server.path"]["scope"] == "machine"


@pytest.mark.parametrize("folder", [HERE, EXTENSION], ids=lambda folder: folder.name)
def test_locks_pin_everything_and_name_no_registry(folder: Path) -> None:
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text
    packages = json.loads(text)["packages"]
    assert all("integrity" in package for path, package in packages.items() if path)
