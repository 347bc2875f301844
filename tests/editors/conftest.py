"""A workspace to edit, and an editor in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editors.neovim import NVIM, Neovim

FILES = {
    ".bizalign.yaml": "asOf: 2026-06-30\nselect: [MOD109, MOD101]\n",
    "capabilities.yaml": """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: sell, title: Selling, owner: sales}
spec: {level: 1}
---
apiVersion: bizalign/v1
kind: Capability
metadata: {name: pricing, title: Pricing ☕, owner: sales}
spec: {level: 2, parent: sell}
""",
    "teams.yaml": """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sales, title: Sales, owner: sales}
spec: {}
""",
    "applications/shop.yaml": """\
apiVersion: bizalign/v1
kind: Application
metadata:
  name: shop
  owner: sales
spec:
  supports: [pricing]
""",
}


def fill(folder: Path) -> Path:
    """Make a folder a workspace in which nothing is wrong."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace in which nothing is wrong."""
    return fill(tmp_path.resolve() / "workspace")


@pytest.fixture
def neovim(workspace: Path, tmp_path: Path) -> Iterator[Neovim]:
    """Neovim in the workspace, with the recipe of editors/neovim."""
    if NVIM is None:
        pytest.skip("Neovim is not installed (Debian: apt-get install neovim)")
    pytest.importorskip("pygls", reason="the language server is not installed")
    with Neovim(workspace, tmp_path.resolve()) as editor:
        yield editor
