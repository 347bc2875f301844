"""The language server in Emacs, by the recipe in editors/emacs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.editors.conftest import fill
from tests.editors.neovim import ROOT

EMACS = shutil.which("emacs")
PACKAGES = "(progn (require 'package) (package-activate-all) (require 'eglot) (require 'yaml-mode))"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What there was to see in one session."""
    pytest.importorskip("pygls", reason="the language server is not installed")
    found = EMACS and subprocess.run(
        [EMACS, "--batch", "-q", "--eval", PACKAGES], capture_output=True, check=False, timeout=60
    )
    if not found or found.returncode:
        pytest.skip("Emacs is not installed (Debian: emacs-nox elpa-eglot elpa-yaml-mode)")
    workspace = fill(tmp_path_factory.mktemp("emacs").resolve() / "workspace")
    done = subprocess.run(
        [
            *(EMACS or "emacs", "--batch", "-q"),
            *("--eval", "(progn (require 'package) (package-activate-all))"),
            *("-L", ROOT / "editors" / "emacs", "-l", Path(__file__).with_name("session.el")),
        ],
        cwd=workspace,
        env={
            **os.environ,
            "HOME": str(workspace.parent),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    return read


def test_server_is_that_of_the_workspace(seen: dict[str, Any]) -> None:
    assert (seen["server"], seen["root"]) == ("bizalign-lint", "workspace")


def test_what_a_clone_brings_along_is_started_where_the_user_trusts_it(
    seen: dict[str, Any],
) -> None:
    for name in ("untrusted", "trusted-by-itself", "trusted-elsewhere"):
        assert seen[name] == "bizalign-lint"
    assert seen["trusted"] == ".venv/bin/bizalign-lint"
    assert seen["risky"]


def test_structure_can_be_left_to_another_server(seen: dict[str, Any]) -> None:
    assert json.loads(seen["contact"]) == {"bizalign": {"structure": False}}


def test_breakage_in_another_file_comes_and_goes(seen: dict[str, Any]) -> None:
    (broken,) = seen["broken"]
    assert broken.startswith("5: ")
    assert "MOD109" in broken and "is named sales" in broken
    assert seen["mended"] is True


def test_completion_offers_what_fits_and_is_not_there_yet(seen: dict[str, Any]) -> None:
    assert seen["offered"] == ["sell"]


def test_a_completion_is_plain_text_where_nothing_fills_in_places(seen: dict[str, Any]) -> None:
    assert seen["accepted"] == "  components: "


def test_hover_says_what_it_is(seen: dict[str, Any]) -> None:
    assert "Pricing ☕" in seen["hover"]


def test_definition_is_in_another_file(seen: dict[str, Any]) -> None:
    assert seen["definition"] == "capabilities.yaml:8"


def test_rename_reaches_other_files(seen: dict[str, Any]) -> None:
    assert seen["renamed"].endswith("  supports: [price-setting]\n")
