"""Which versions of ours, packages and actions the documentation names, and which do not exist.

What exists elsewhere is a list here: nothing is looked up, so that a check needs no network.
Whoever names another package or action looks it up and adds it. Tags are those of this repository.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
OURS = "bizalign-lint"
PAGES = (
    *("*.md", "docs/*.md", "editors/*/README.md", "ci/*.yml", "action.yml"),
    *(".github/**/*.yml", "bizalign_lint/**/*.py", "editors/vscode/src/*.ts"),
)
"""Where a reader may copy from."""

PACKAGES = frozenset({"build", "pip", "pipx", "pre-commit", "uv"})
"""On PyPI. Ours is not among them until it is published."""

ACTIONS = {
    "actions/attest-build-provenance": {"v4.1.0": "a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32"},
    "actions/checkout": {"v5": "", "v5.0.0": "08c6903cd8c0fde910a37f88322edcfb5dd907a8"},
    "actions/deploy-pages": {"v4": ""},
    "actions/download-artifact": {"v4.3.0": "d3f86a106a0bac45b974a628896c90dbdf5c8093"},
    "actions/setup-python": {"v5": ""},
    "actions/upload-artifact": {"v4": "", "v4.6.2": "ea165f8d65b6e75b540449e92b4886f43607fa02"},
    "actions/upload-pages-artifact": {"v3": ""},
    "github/codeql-action/upload-sarif": {"v4": ""},
    "pypa/gh-action-pypi-publish": {"v1.14.2": "dc37677b2e1c63e2034f94d8a5b11f265b73ba33"},
}
"""The tags that exist, and the commit of those that a workflow of ours is pinned to."""

_TAG = re.compile(r"(?<![\w.])v\d+\.\d+\.\d+\b")
_OF_OURS = re.compile(rf"{OURS}|\b(?:rev|ref):")
_INSTALL = re.compile(
    r"\b(pip3? install|pip wheel|pipx (?:install|run|inject)|uv tool install|uv pip install"
    r"|uv tool run|uvx)\b(?! \[)(.*)"
)
_USES = re.compile(r"\buses: ([\w.-]+/[\w./-]+)@(\S+)(?: # (\S+))?")
_VALUE = ("-w", "-r", "-c", "--constraint", "--requirement", "--python", "--target", "--outdir")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def wrong(text: str, tags: Collection[str], pinned: bool) -> Iterator[str]:
    """What a page names that does not exist. ``pinned``: its actions have to be commits."""
    for line in text.splitlines():
        if _OF_OURS.search(line) and "uses: actions/" not in line:
            for tag in _TAG.findall(line):
                if tag not in tags:
                    yield f"{tag} is no tag: {line.strip()}"
        for how, what in _INSTALL.findall(line):
            for name in packages(how, what):
                if name not in PACKAGES:
                    yield f"{name} is not known to be on PyPI: {line.strip()}"
        for action, version, comment in _USES.findall(line):
            if not action.endswith(f"/{OURS}"):
                yield from _wrong_action(action, version, comment, pinned)


def _wrong_action(action: str, version: str, comment: str, pinned: bool) -> Iterator[str]:
    known = ACTIONS.get(action, {})
    if pinned and not known.get(comment):
        yield f"{action}@{version} is not pinned to a commit that we know, with its tag behind it"
    elif pinned and known[comment] != version:
        yield f"{action}@{version} is not {comment}, which is {known[comment]}"
    elif not pinned and version not in known:
        yield f"{action} is not known to have {version}"


def packages(how: str, arguments: str) -> Iterator[str]:
    """The packages that a command takes from PyPI, by what it is and what follows it."""
    text = re.split(r"`|&&|\|\||;|\)| #|\.\s|,\s", arguments)[0]
    try:
        words = shlex.split(text)
    except ValueError:
        words = text.split()
    skip = False
    for number, word in enumerate(words):
        if word == OURS and number == 0 and how == "pipx inject":
            continue
        if skip or word.startswith("-"):
            skip = word in _VALUE and not skip
            continue
        if not _is_address(word) and (name := _NAME.match(word)):
            yield name[0].lower()
        if how in ("uvx", "uv tool run", "pipx run"):
            return  # what follows is for the program


def _is_address(word: str) -> bool:
    return word.startswith((".", "/", "$", "~")) or "/" in word or "@ " in word


def tags() -> set[str]:
    """The tags of this repository."""
    done = subprocess.run(["git", "tag"], cwd=ROOT, capture_output=True, text=True, check=False)
    return set(done.stdout.split())


def all_wrong() -> Iterator[str]:
    """What is wrong with all pages, each with where it is."""
    known = tags()
    for pattern in PAGES:
        for page in sorted(ROOT.glob(pattern)):
            name = page.relative_to(ROOT)
            text = page.read_text("utf-8")
            for line in wrong(text, known, pinned=name.parts[0] == ".github"):
                yield f"{name}: {line}"


if __name__ == "__main__":
    sys.exit("\n".join(all_wrong()) or 0)
