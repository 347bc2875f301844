"""Records as entities of Backstage's catalog model, one YAML document each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bizalign_lint.exporters.entries import Backwards, Entry
from bizalign_lint.exporters.said import text
from bizalign_lint.parsing.yaml.write import flow, scalar

API_VERSION = "backstage.io/v1alpha1"
_KINDS = ("API", "Component", "Domain", "Group", "Location", "Resource", "System", "User")
_SPELLING = {kind.lower(): kind for kind in _KINDS}
_LONGEST = 63
_TAG = re.compile(r"[a-z0-9:+#]+(?:-[a-z0-9:+#]+)*")
_DIGEST = 8


class Names:
    """Names that Backstage accepts, unique for each kind and namespace."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._names: dict[Entry, tuple[str, str]] = {}
        taken: set[tuple[str, str, str]] = set()
        for entry in entries:
            node = entry.node
            space = _short(node.namespace.replace(".", "-"), node.reference)
            name = _short(node.name, node.reference)
            if (entry.type, space, name) in taken:
                name = _with_digest(node.name, node.reference)
            taken.add((entry.type, space, name))
            self._names[entry] = space, name

    def name(self, entry: Entry) -> tuple[str, str]:
        """The namespace and name of the entity that a definition becomes."""
        return self._names[entry]

    def refer(self, target: Entry, type_: str, seen_from: Entry, /) -> str:
        """A reference, without the kind or namespace where they follow from the context."""
        space, name = self._names[target]
        kind = "" if target.type == type_ else f"{target.type}:"
        same = space == self._names[seen_from][0]
        return f"{kind}{name}" if same else f"{kind}{space}/{name}"


def _short(name: str, reference: str) -> str:
    return name if len(name) <= _LONGEST else _with_digest(name, reference)


def _with_digest(name: str, reference: str) -> str:
    digest = hashlib.sha256(reference.encode()).hexdigest()[:_DIGEST]
    return f"{name[: _LONGEST - _DIGEST - 1].rstrip('-.')}-{digest}"


def render(made: Backwards) -> Iterator[str]:
    """The YAML of the entities, in the order of their definitions."""
    for number, entry in enumerate(made.records):
        yield "---\n" if number else ""
        yield from _block(_entity(entry, made), "")


def _entity(entry: Entry, made: Backwards) -> dict[str, Any]:
    metadata = dict(entry.fields.get("metadata", {}))
    tags = metadata.get("tags", [])
    kept = [tag for tag in tags if _TAG.fullmatch(tag) and len(tag) <= _LONGEST]
    if len(kept) < len(tags):
        made.left_out[f"tags of {entry.node.type.name}"] += len(tags) - len(kept)
    for key in ("tags", "annotations"):
        metadata.pop(key, None)
    if kept:
        metadata["tags"] = list(dict.fromkeys(kept))
    annotations = _annotations(entry.fields["metadata"].get("annotations", {}))
    if annotations:
        metadata["annotations"] = annotations
    order = ("name", "namespace", "title", "description", "annotations", "tags")
    return {
        "apiVersion": API_VERSION,
        "kind": _SPELLING.get(entry.type, entry.type),
        "metadata": {key: metadata[key] for key in order if key in metadata},
        "spec": entry.fields.get("spec", {}),
    }


def _block(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    """A mapping as YAML, a line for each value."""
    for key, held in value.items():
        name = f"{indent}{scalar(key)}:"
        if isinstance(held, Mapping) and held:
            yield f"{name}\n"
            yield from _block(held, f"{indent}  ")
        else:
            yield f"{name} {scalar(held) if isinstance(held, str) else flow(held)}\n"


def _annotations(said: Mapping[str, Any]) -> dict[str, str]:
    return {key: text(value) for key, value in sorted(said.items())}
