"""Definitions of other tools' files → definition files that name their origin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bizalign_lint.core.types import Document
from bizalign_lint.mapping.names import DEFAULT
from bizalign_lint.mapping.write import written
from bizalign_lint.schema.ontology import Ontology

FROM, ID = "bizalign/imported-from", "bizalign/imported-id"
"""The annotations for the file that a definition came from, and for its id in that file."""
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Copy(NamedTuple):
    """A definition as the text of a file."""

    path: str
    """Relative to the target folder."""
    text: str
    origin: tuple[str, str]
    """The file that it came from, and its id in that file."""
    kind: str


def copies(documents: Iterable[Document], ontology: Ontology) -> Iterator[Copy]:
    """A file for each definition, including invalid ones, which people have to fix."""
    for document in documents:
        metadata = dict(document.value["metadata"])
        aliases = document.origin.aliases if document.origin is not None else ()
        kind, name = str(document.value.get("kind")), str(metadata["name"])
        origin = (document.source.path, aliases[0] if aliases else f"{kind}:{name}")
        annotations = metadata.get("annotations")
        annotations = annotations if isinstance(annotations, dict) else {}
        metadata["annotations"] = {**annotations, FROM: origin[0], ID: origin[1]}
        copy = Document(document.source, document.index, {**document.value, "metadata": metadata})
        namespace = str(metadata.get("namespace", DEFAULT))
        folders = [*([] if namespace == DEFAULT else [namespace]), _CAPITAL.sub("-", kind).lower()]
        yield Copy("/".join([*folders, f"{name}.yaml"]), written(copy, ontology), origin, kind)


def origin_of(document: Document) -> tuple[str, str] | None:
    """The file and id that a definition was imported from; None if it does not say."""
    metadata = document.value.get("metadata")
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    if not isinstance(annotations, dict) or FROM not in annotations or ID not in annotations:
        return None
    return str(annotations[FROM]), str(annotations[ID])
