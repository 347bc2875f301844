"""What a new workspace begins with, as files."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence

from bizalign_lint.cli.init_sources import Proposal
from bizalign_lint.core import shipped as resources
from bizalign_lint.parsing.yaml.write import scalar
from bizalign_lint.sources.roots import CONFIG_NAME

HOOKS = ".pre-commit-config.yaml"
JOBS = {"github": ".github/workflows/alignment.yml", "gitlab": ".gitlab-ci.yml"}
"""Where the services look for their jobs."""

_HOOK = """\
repos:
  - repo: local
    hooks:
      - id: bizalign-lint
        name: bizalign-lint
        entry: bizalign-lint check --tracked --new
        language: system
        pass_filenames: false
        always_run: true
"""
_GITHUB = """\
name: Alignment
on:
  pull_request:
  push: {{branches: [main]}}
permissions:
  contents: read
jobs:
  alignment:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: {{persist-credentials: false}}
      - run: {install}
      - run: bizalign-lint check --format github
"""
_GITLAB = """\
alignment:
  image: python:3.13
  script:
    - {install}
    - bizalign-lint check --output junit:alignment.xml
  artifacts:
    when: always
    reports: {{junit: alignment.xml}}
"""


def configuration(found: Collection[Proposal]) -> str:
    """The configuration, with the files of other tools that were found, and their mappings."""
    text = resources.starter()[CONFIG_NAME].decode()
    if not found:
        return text
    lines = map(entry, found)
    return f"{text}sources:           # files of other tools, read where they are\n{''.join(lines)}"


def entry(proposal: Proposal) -> str:
    """An entry of the sources: on one line where it names one pattern."""
    parts = [f"as: {proposal.name}"]
    if proposal.columns:
        columns = ", ".join(f"{name}: {_texts(called)}" for name, called in proposal.columns)
        parts.append(f"columns: {{{columns}}}")
    if proposal.open:
        parts.append(f"open: [{', '.join(proposal.open)}]")
    if len(proposal.read) == 1:
        return f"  - {{{', '.join((f'read: {_texts(proposal.read)}', *parts))}}}\n"
    paths = (f"      - {scalar(path, False)}" for path in proposal.read)
    return "\n".join(("  - read:", *paths, *(f"    {part}" for part in parts), ""))


def _texts(texts: Sequence[str]) -> str:
    shown = [scalar(text, True) for text in texts]
    return shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]"


def first_model() -> dict[str, str]:
    """A model to look at and to replace, by path."""
    files = resources.starter().items()
    return {path: content.decode() for path, content in files if path != CONFIG_NAME}


def hook() -> str:
    """A hook for pre-commit, run by the bizalign-lint that is installed."""
    return _HOOK


def job(service: str, requirement: str) -> str:
    """Write a job for this CI service. ``requirement`` is what pip is to install."""
    install = scalar(f"python -m pip install -q {shlex.quote(requirement)}")
    return (_GITHUB if service == "github" else _GITLAB).format(install=install)
