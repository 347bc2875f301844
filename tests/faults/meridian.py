"""The clean example as values that a test may break."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bizalign_lint.engine import Loaded, load, run
from bizalign_lint.model import Source
from bizalign_lint.parse import parse
from bizalign_lint.report import Report
from bizalign_lint.settings import Settings

HOME = Path(__file__).parents[2] / "examples" / "meridian"
AS_OF = date(2026, 6, 30)


@cache
def shipped() -> Loaded:
    """The shipped schemas and rules, read once."""
    return load()


@dataclass(slots=True)
class Model:
    """The definitions of the example, each with the file that it is in."""

    definitions: list[tuple[str, dict[str, Any]]]

    def each(self, kind: str) -> Iterator[dict[str, Any]]:
        """The definitions of a kind, in the order of the files."""
        return (value for _, value in self.definitions if value["kind"] == kind)

    def one(self, kind: str, name: str) -> dict[str, Any]:
        """The definition of that name."""
        return next(value for value in self.each(kind) if value["metadata"]["name"] == name)

    def spec(self, kind: str, name: str) -> dict[str, Any]:
        """The specification of the definition of that name, to change."""
        spec: dict[str, Any] = self.one(kind, name).setdefault("spec", {})
        return spec

    def remove(self, kind: str, name: str) -> None:
        """Take a definition out."""
        self.definitions = [
            (path, value)
            for path, value in self.definitions
            if (value["kind"], value["metadata"]["name"]) != (kind, name)
        ]

    def add(self, value: dict[str, Any]) -> None:
        """Put a definition into a file of its own."""
        self.definitions.append(("zz-added.yaml", value))

    def check(self, **settings: Any) -> Report:
        """What all the rules find."""
        texts: dict[str, list[str]] = {}
        for path, value in self.definitions:
            texts.setdefault(path, []).append(json.dumps(value, ensure_ascii=False))
        sources = [
            Source(path, "\n---\n".join(documents).encode())
            for path, documents in sorted(texts.items())
        ]
        return run(shipped(), sources, Settings(as_of=AS_OF, **settings))


@cache
def _definitions() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.relative_to(HOME).as_posix(), document.value)
        for path in sorted(HOME.rglob("*.yaml"))
        if path.name != ".bizalign.yaml"
        for document in parse(Source(path.name, path.read_bytes())).documents
    ]


def fresh() -> Model:
    """The example as it is, to be broken."""
    return Model(copy.deepcopy(_definitions()))
