"""Exports of the model, written by the commands and read back by our own readers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bizalign_lint.core import shipped
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import SourceSpec
from bizalign_lint.core.types import Document, Source
from bizalign_lint.engine.model import read_model
from bizalign_lint.mapping.landscape import read_landscape
from tests import workspace

EXAMPLES = Path(__file__).parents[2] / "examples"
MERIDIAN = EXAMPLES / "meridian"

Said = Mapping[str, Mapping[tuple[str, ...], Any]]
"""Reference → way to each value of a definition → the value."""


class Back(NamedTuple):
    """What our readers find in an export."""

    said: Said
    flaws: list[str]
    dropped: dict[tuple[str, str], int]


def model(root: Path) -> Said:
    """What the definitions of a workspace say."""
    files = [p for p in sorted(root.rglob("*.yaml")) if not p.name.startswith(".")]
    sources = [Source(str(p.relative_to(root)), p.read_bytes()) for p in files]
    return _said(read_model(workspace.shipped(), sources).documents)


def read_back(path: Path, name: str) -> Back:
    """What an export says, by the shipped mapping of a name."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    spec = SourceSpec(Globs(["*"]), name, shipped.mappings()[name])
    landscape = read_landscape([spec], workspace.shipped().ontology)
    read = landscape.read_files([Source(file.name, file.read_bytes()) for file in files])
    documents = [d for parsed in read.parsed.values() for d in parsed.documents]
    flaws = [str(f.details or f.subject) for parsed in read.parsed.values() for f in parsed.flaws]
    return Back(_said(documents), flaws, dict(read.runs[0].summary.dropped))


def _said(documents: Iterator[Document] | list[Document] | tuple[Document, ...]) -> Said:
    said = {}
    for document in documents:
        metadata = document.value["metadata"]
        space = metadata.get("namespace", "default")
        reference = f"{document.value['kind']}:{space}/{metadata['name']}"
        assert reference not in said
        said[reference] = dict(_leaves((), document.value))
    return said


def _leaves(way: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each value; texts without the spaces around them, lists of texts in any order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves((*way, key), inner)
    elif isinstance(value, str):
        yield way, value.strip()
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield way, sorted(item.strip() for item in value)
    else:
        yield way, json.loads(json.dumps(value))


HOSTILE = (
    "=cmd|'/c calc'!A0",
    "'=quoted",
    "'[quoted",
    "+1+1",
    "@SUM(A1)",
    "-2",
    "[1, 2",
    '{"a": 1}',
    "</name><script>alert(1)</script>",
    '"]:::x; end "',
    "'quote\" `back` \\ slash",
    "a: b # c",
    "- !!python/object",
    "{{ inject }} ${x} %TAG",
    "two\nlines",
    "; DROP TABLE nodes; --",
    "\u202egnp.exe\u2066",
    "ünïcode 漢字 🎉",
    "]]> <!-- &amp; &lt;",
    "%%{init: {}}%%",
    "x" * 199,
)
"""Titles that try to be something else in one format or another."""


def hostile(folder: Path) -> Path:
    """A workspace of capabilities with such titles, and applications that support them."""
    documents = []
    for number, title in enumerate(HOSTILE):
        for kind, spec in (
            ("Capability", {"level": 1}),
            ("Application", {"supports": [f"c{number}"]}),
        ):
            name = f"{kind[0].lower()}{number}"
            metadata = {"name": name, "title": title, "description": title, "owner": "it"}
            value = {"apiVersion": "bizalign/v1", "kind": kind, "metadata": metadata, "spec": spec}
            documents.append(json.dumps(value, ensure_ascii=False))
    unit = {"name": "it", "title": "IT", "owner": "it"}
    value = {"apiVersion": "bizalign/v1", "kind": "OrganizationUnit", "metadata": unit, "spec": {}}
    documents.append(json.dumps(value, ensure_ascii=False))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".bizalign.yaml").write_text("{}\n", "utf-8")
    (folder / "model.yaml").write_text("\n---\n".join(documents) + "\n", "utf-8")
    return folder
