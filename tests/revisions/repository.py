"""A git repository to compare revisions of, made for a test."""

from __future__ import annotations

import shutil
import subprocess
import textwrap
from collections.abc import Mapping
from pathlib import Path

CONFIG = "asOf: 2026-06-30\n"


class Repository:
    """A repository with a branch main; nobody's git configuration has a part in it."""

    def __init__(self, folder: Path, form: str = "sha1") -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.begin(form)
        self.write({".bizalign.yaml": CONFIG})

    def begin(self, form: str = "sha1") -> None:
        """Make an empty repository, with names of objects of that form."""
        self.form = form
        shutil.rmtree(self.folder / ".git", ignore_errors=True)
        self.git("init", "-q", "-b", "main", "--template=", f"--object-format={form}")

    def git(self, *arguments: str) -> str:
        """What a git command prints."""
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        quiet = ("-c", "maintenance.auto=false")
        found = subprocess.run(
            ["git", *identity, *quiet, *arguments],
            cwd=self.folder,
            check=True,
            capture_output=True,
            text=True,
            errors="surrogateescape",
        )
        return found.stdout

    def git_given(self, text: str, *arguments: str) -> str:
        """What a git command prints that is given a text."""
        asked = ["git", *arguments]
        found = subprocess.run(
            asked, cwd=self.folder, check=True, capture_output=True, input=text, text=True
        )
        return found.stdout

    def write(self, files: Mapping[str, str]) -> None:
        """Write files, without a commit."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), "utf-8", "surrogateescape")

    def commit(self, files: Mapping[str, str] | None = None) -> str:
        """Write files and commit all there is; returns the commit."""
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "Change the model")
        head = (self.folder / ".git" / "HEAD").read_text("utf-8").strip()
        _, on_branch, branch = head.partition("ref: ")
        return (self.folder / ".git" / branch).read_text("utf-8").strip() if on_branch else head
