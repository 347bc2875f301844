"""Records that are definitions already → documents."""

from __future__ import annotations

from bizalign_lint.core.settings import SourceSpec
from bizalign_lint.core.types import Document, Source
from bizalign_lint.mapping.columns import KIND, definition
from bizalign_lint.mapping.origin import RecordOrigin
from bizalign_lint.parsing.envelope import API_VERSION
from bizalign_lint.readers.records import Record
from bizalign_lint.schema.ontology import Ontology


def kept(
    source: Source, index: int, record: Record, comments: bool, spec: SourceSpec, ontology: Ontology
) -> Document | None:
    """The definition in a record: its raw data, or a row with a column for each property.

    None for a row without a known kind.
    """
    origin = RecordOrigin(record, comments, frozenset(spec.open), record.aliases, ())
    origin.fields[()] = (record.locator, ())
    if record.raw is not None:
        return Document(source, index, dict(record.raw), origin)
    kind = ontology.kinds.get(str(record.fields.get(KIND, "")))
    if kind is None:
        return None
    sections, columns = definition(kind.type, record.fields)
    origin.fields.update({pointer: (record.locator, name) for pointer, name in columns.items()})
    value = {"apiVersion": API_VERSION, "kind": kind.name, "metadata": {}, "spec": {}, **sections}
    return Document(source, index, value, origin)
