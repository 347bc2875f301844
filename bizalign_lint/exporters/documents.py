"""The two Turtle files of an export, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.exporters.rdf import Exporter
from bizalign_lint.exporters.shacl import Shapes
from bizalign_lint.exporters.turtle import Writer, comment
from bizalign_lint.exporters.vocabulary import PREFIXES

_WRITER = Writer(PREFIXES)


def shapes_document(shapes: Shapes, as_of: str) -> Iterator[str]:
    """The shapes, and which rules are not among them and why."""
    yield comment(f"Rules as SHACL Core shapes, for {as_of}. Made by bizalign-lint export shacl.")
    for left in shapes.left_out:
        yield comment(f"Left out: {left.rule.id} {left.rule.name}: {left.reason}.")
    yield "\n"
    yield from _WRITER.head()
    yield "\n"
    for subject in sorted(shapes.subjects, key=lambda subject: subject[0].value):
        yield _WRITER.subject(*subject)


def data_document(exporter: Exporter) -> Iterator[str]:
    """The model."""
    yield comment(f"The model, for {exporter.as_of}. Made by bizalign-lint export shacl.")
    yield "\n"
    yield from _WRITER.head()
    yield "\n"
    for subject in exporter.subjects():
        yield _WRITER.subject(*subject)
