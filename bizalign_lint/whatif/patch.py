"""A patch file with definitions → the changed values and new definitions that it makes of a model.

Objects are merged (RFC 7396: ``null`` removes a property), lists of named objects by name; any
other list is replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint
from bizalign_lint.core.types import (
    Change,
    Document,
    Flaw,
    Location,
    Operation,
    Place,
    Pointer,
    Source,
)
from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, Graph, Node, qualified
from bizalign_lint.parsing.documents import parse
from bizalign_lint.parsing.positions import locate
from bizalign_lint.parsing.yaml.write import document as written
from bizalign_lint.schema.ontology import Ontology
from bizalign_lint.whatif.scenarios import Alteration


class Patched(NamedTuple):
    """The changes that a patch makes to a model."""

    alterations: list[Alteration]
    touched: list[Node]
    """The definitions that it changes."""
    added: list[Document]
    """The definitions that it adds."""


def read_patch(source: Source, graph: Graph, ontology: Ontology) -> Patched:
    """The changes that a patch makes. Raises UsageError, with the place, if it does not apply."""
    parsed = parse(source)
    for flaw in parsed.flaws:
        raise _broken(flaw)
    if not parsed.documents:
        raise UsageError(
            f"{source.path} contains no definition",
            hint="a definition starts with apiVersion: bizalign/v1",
        )
    patched = Patched([], [], [])
    seen: set[tuple[str, str]] = set()
    for document in parsed.documents:
        kind, name, namespace = _identity(document, ontology)
        key = kind, qualified(namespace, name)
        if key in seen:
            raise _refused(document, ("metadata", "name"), f"{kind}:{name} is in the patch twice")
        seen.add(key)
        node = graph.find(kind, namespace, name)
        if node is None:
            _check_new(document, kind, name, graph)
            patched.added.append(document)
            continue
        assert node.document is not None
        patched.touched.append(node)
        merge = _Merge(document, node.document.index)
        found = merge.changes(node.document.value, (), document.value)
        patched.alterations.extend(Alteration(node.document, change) for change in found)
    if not patched.alterations and not patched.added:
        raise UsageError(
            f"{source.path} changes nothing: the model already has all its values",
        )
    return patched


def _identity(document: Document, ontology: Ontology) -> tuple[str, str, str]:
    value = document.value
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in ontology.kinds:
        near = hint(str(kind), ontology.kinds)
        raise _refused(document, ("kind",), f"unknown kind {kind}", near)
    metadata = value.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    if not isinstance(metadata, dict) or not isinstance(name, str):
        raise _refused(document, ("metadata",), f"the {kind} to change has no metadata.name")
    namespace = metadata.get("namespace", DEFAULT_NAMESPACE)
    return kind, name, namespace if isinstance(namespace, str) else DEFAULT_NAMESPACE


def _check_new(document: Document, kind: str, name: str, graph: Graph) -> None:
    if not isinstance(document.value["metadata"].get("title"), str):
        near = hint(
            name, graph.names.get(kind, ()), "to add a definition, give it a metadata.title"
        )
        raise _refused(
            document, ("metadata", "name"), f"the model has no {kind}:{name} to change", near
        )


class _Merge(NamedTuple):
    """Merges a definition of a patch into one of the model."""

    patch: Document
    number: int
    """The index of the model's definition among the documents of its file."""

    def changes(self, old: Any, pointer: Pointer, new: Any) -> Iterator[Change]:
        """The changes that merge ``new`` into ``old``; their pointers are those of ``old``."""
        if isinstance(old, dict) and isinstance(new, dict):
            for name, value in new.items():
                below = (*pointer, name)
                if value is None and name not in old:
                    said = ".".join(map(str, below))
                    raise _refused(self.patch, below, f"the definition has no {said} to remove")
                if value is None:
                    yield Change(self.number, below, Operation.REMOVE)
                elif name in old:
                    yield from self.changes(old[name], below, value)
                else:
                    yield Change(self.number, below, Operation.PUT, value)
        elif _named(old) and _named(new):
            at = {item["name"]: position for position, item in enumerate(old)}
            if all(item["name"] in at for item in new):
                for item in new:
                    position = at[item["name"]]
                    yield from self.changes(old[position], (*pointer, position), item)
            else:
                both = {item["name"]: item for item in old}
                for item in new:
                    both[item["name"]] = {**both.get(item["name"], {}), **item}
                yield Change(self.number, pointer, Operation.PUT, [*both.values()])
        elif old != new:
            yield Change(self.number, pointer, Operation.PUT, new)


def _named(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and isinstance(item.get("name"), str) for item in value)
    )


def _refused(document: Document, pointer: Pointer, message: str, help_: str = "") -> UsageError:
    place = Place(document, pointer)
    return UsageError(message, Location(document.source.path, locate(place)), help_)


def _broken(flaw: Flaw) -> UsageError:
    place = flaw.place
    at = (
        place
        if isinstance(place, Location)
        else Location(place.document.source.path, locate(place))
    )
    return UsageError(flaw.details.get("problem") or f"not a definition: {flaw.condition}", at)


def new_file(patch: Source, added: list[Document], taken: Collection[str]) -> list[Source]:
    """The file for the definitions that a patch adds; an empty list if it adds none.

    It is named after the patch, with ``-new``. Raises UsageError if that file exists.
    """
    if not added:
        return []
    stem = patch.path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    path = f"{stem}-new.yaml"
    if path in taken:
        raise UsageError(
            f"the new definitions would be written to {path}, which exists already",
            hint="rename the patch file",
        )
    text = "---\n".join(written(document.value) for document in added)
    return [Source(path, text.encode())]
