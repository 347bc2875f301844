"""Small workspaces for tests, checked in process through the engine's front door."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from bizalign_lint.core.report import Report
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Finding, Source
from bizalign_lint.engine.judge import run
from bizalign_lint.engine.load import Loaded, load

DAY = date(2026, 6, 30)


@cache
def shipped() -> Loaded:
    """The shipped schemas and rules, read once."""
    return load()


def sources(files: Mapping[str, str] | str) -> list[Source]:
    """Files as the engine takes them; one text alone is ``model.yaml``."""
    if isinstance(files, str):
        files = {"model.yaml": files}
    return [Source(path, textwrap.dedent(text).encode()) for path, text in sorted(files.items())]


def report(
    files: Mapping[str, str] | str, *select: str, loaded: Loaded | None = None, **settings: Any
) -> Report:
    """What a run over some files reports; ``select`` are the rules that run."""
    settings.setdefault("as_of", DAY)
    return run(loaded or shipped(), sources(files), Settings(select=select, **settings))


def findings(files: Mapping[str, str] | str, *select: str, **settings: Any) -> list[str]:
    """The findings, each as ``path:line:column RULE message``."""
    return [line(finding) for finding in report(files, *select, **settings).findings]


def line(finding: Finding) -> str:
    """A finding in one line."""
    span = finding.location.span
    place = f"{finding.location.path}:{span.line}:{span.column}"
    return f"{place} {finding.rule} {finding.message}"


def kinds_of(schema: Any) -> Iterator[str]:
    """The kinds that a schema describes, nested ones included."""
    if isinstance(schema, dict):
        if "x-kind" in schema:
            yield schema["properties"]["kind"]["const"]
        if "x-nested" in schema:
            yield schema["x-nested"]["kind"]
        for value in schema.values():
            yield from kinds_of(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from kinds_of(value)


def chain(kind: str, length: int) -> str:
    """Definitions of a kind, each the parent of the next."""
    return "\n---\n".join(
        f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata: {{name: c{number}, title: C{number}}}\n"
        f"spec: {{{f'parent: c{number - 1}' if number else ''}}}"
        for number in range(length)
    )
