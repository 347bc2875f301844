"""A repository with a small model and hooks, in which commits are attempted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from tests.revisions.repository import Repository

ROOT = Path(__file__).parent.parent.parent
SALES = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sales, title: Sales, owner: sales}
spec: {}
"""
ORDERS = """\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: orders
  title: Orders
  description: Takes orders.
  owner: sales
spec: {}
"""
BROKEN = ORDERS.replace("owner: sales", "owner: nobody")


def capability(name: str, owner: str = "sales") -> str:
    """A capability that belongs to somebody."""
    text = ORDERS.replace("name: orders", f"name: {name}").replace("Orders", name.title())
    return text.replace("owner: sales", f"owner: {owner}")


class Attempt(NamedTuple):
    """What a command that may fail has come to."""

    code: int
    said: str


class House(Repository):
    """A repository; what runs in it may fail."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.commit({"sales.yaml": SALES, "orders.yaml": ORDERS})

    def attempt(self, *command: str, folder: Path | None = None) -> Attempt:
        """Run a command in the repository."""
        found = subprocess.run(
            command,
            cwd=folder or self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=120,
        )
        return Attempt(found.returncode, found.stdout)

    def pre_commit(self, *arguments: str) -> Attempt:
        """Run pre-commit."""
        return self.attempt(sys.executable, "-m", "pre_commit", *arguments)

    def try_commit(self, *arguments: str, folder: Path | None = None) -> Attempt:
        """Commit what is staged, unless the hooks refuse; how many commits there are tells."""
        return self.attempt("git", "commit", "-m", "Change", *arguments, folder=folder)

    def install(self, *ids: str, arguments: tuple[str, ...] = ()) -> None:
        """Commit a configuration of pre-commit with our hooks, and install it."""
        self.commit({".pre-commit-config.yaml": configuration(*ids, arguments=arguments)})
        done = self.pre_commit("install", "-t", "pre-commit", "-t", "pre-merge-commit")
        assert done.code == 0, done.said

    def count(self) -> int:
        """How many commits there are."""
        return int(self.git("rev-list", "--count", "HEAD"))


def shipped() -> dict[str, dict[str, Any]]:
    """The hooks as they are shipped, by their ids."""
    hooks = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_bytes())
    return {hook["id"]: hook for hook in hooks}


def configuration(*ids: str, arguments: tuple[str, ...] = ()) -> str:
    """A configuration of pre-commit with shipped hooks, run from where this test runs.

    Everything is as it is shipped, but for the environment: to build one takes long.
    """
    import json

    hooks = [
        {
            **{k: v for k, v in shipped()[id_].items() if k != "minimum_pre_commit_version"},
            "language": "system",
            "args": arguments,
        }
        for id_ in ids or ("bizalign-lint",)
    ]
    return json.dumps({"repos": [{"repo": "local", "hooks": hooks}]})
