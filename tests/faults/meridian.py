"""The clean example as values that a test may break."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from bizalign_lint.core.report import Report
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Finding, Source
from bizalign_lint.engine.judge import run
from bizalign_lint.incremental.model import LiveModel
from bizalign_lint.parsing.documents import parse
from tests.workspace import DAY, shipped

HOME = Path(__file__).parents[2] / "examples" / "meridian"
ADDED = "added.yaml"
"""The file that new definitions are put into."""


@dataclass(slots=True)
class Model:
    """The definitions of the example, by the file that they are in."""

    files: dict[str, list[dict[str, Any]]]
    texts: dict[str, bytes] = field(default_factory=dict)
    """Files that were changed as text."""

    def each(self, kind: str) -> Iterator[dict[str, Any]]:
        """The definitions of a kind, in the order of the files."""
        return (
            value for values in self.files.values() for value in values if value["kind"] == kind
        )

    def one(self, kind: str, name: str) -> dict[str, Any]:
        """The definition of that name."""
        (found,) = (value for value in self.each(kind) if value["metadata"]["name"] == name)
        return found

    def remove(self, kind: str, name: str) -> None:
        """Take a definition out."""
        found = self.one(kind, name)
        for values in self.files.values():
            values[:] = [value for value in values if value is not found]

    def add(self, value: dict[str, Any]) -> None:
        """Put a definition into a file of its own."""
        self.files.setdefault(ADDED, []).append(value)

    def rewrite(self, path: str, old: str, new: str) -> None:
        """Change the text of a file, in one place."""
        text = _contents()[path].decode()
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
        self.texts[path] = text.replace(old, new).encode()

    def changed(self) -> set[str]:
        """The files that are not as they were."""
        before = _before()
        changed = {path for path, values in self.files.items() if values != before.get(path)}
        return changed | self.texts.keys()

    def check(self, **settings: Any) -> Report:
        """What all the rules find."""
        contents = {**_contents(), **{path: self._text(path) for path in self.changed()}}
        sources = [Source(path, content) for path, content in sorted(contents.items())]
        return run(shipped(), sources, Settings(as_of=DAY, **settings))

    def findings(self) -> Sequence[Finding]:
        """The same findings, judged on one live model that takes in what was changed and gives it
        back: a tenth of the time.
        """
        live, changed = _live(), self.changed()
        live.change({path: Source(path, self._text(path)) for path in changed})
        try:
            return live.judge()
        finally:
            contents = _contents()
            live.change(
                {p: Source(p, contents[p]) if p in contents else None for p in changed},
            )

    def _text(self, path: str) -> bytes:
        """A file that was changed. JSON is YAML; its short lines are read by the fast path."""
        written = self.texts.get(path)
        if written is not None:
            return written
        documents = (json.dumps(v, ensure_ascii=False, indent=1) for v in self.files[path])
        return "\n---\n".join(documents).encode()


@cache
def _contents() -> dict[str, bytes]:
    """The files of the example."""
    return {
        path.relative_to(HOME).as_posix(): path.read_bytes()
        for path in sorted(HOME.rglob("*.yaml"))
        if path.name != ".bizalign.yaml"
    }


@cache
def _live() -> LiveModel:
    """The clean example, judged already."""
    sources = [Source(path, content) for path, content in _contents().items()]
    live = LiveModel(shipped(), Settings(as_of=DAY), sources)
    live.judge()
    return live


@cache
def _values() -> bytes:
    """The definitions in them, in a form that is quick to copy."""
    return orjson.dumps(
        {
            path: [document.value for document in parse(Source(path, content)).documents]
            for path, content in _contents().items()
        }
    )


@cache
def _before() -> Any:
    """The definitions as they are, to compare with."""
    return orjson.loads(_values())


def fresh() -> Model:
    """The example as it is, to be broken."""
    return Model(orjson.loads(_values()))
