"""pySHACL as the engine's judge: many models in one graph, told apart by the names of nodes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pyshacl
from rdflib import RDF, SH, Graph

from bizalign_lint.exporters.rdf import Exporter, Subject
from bizalign_lint.exporters.turtle import Writer
from bizalign_lint.exporters.vocabulary import PREFIXES, RULE
from bizalign_lint.graph import nodes as ours
from tests.oracle.rules import Book
from tests.oracle.values import AS_OF
from tests.oracle.verdicts import Verdict

_WRITER = Writer(PREFIXES)


def read(subjects: Sequence[Subject]) -> Graph:
    """Statements as rdflib reads what we write."""
    text = "".join([*_WRITER.head(), *(_WRITER.subject(*subject) for subject in subjects)])
    return Graph().parse(data=text, format="turtle")


@cache
def shapes_graph(subjects: tuple[Subject, ...]) -> Graph:
    """The shapes of a book, read once."""
    return read(subjects)


def data_graph(book: Book, models: Sequence[ours.Graph]) -> Graph:
    """Some models in one graph."""
    ontology = book.loaded.ontology
    return read(
        [
            subject
            for number, model in enumerate(models)
            for subject in Exporter(
                model, ontology, AS_OF.isoformat(), book.shapes.shortcuts, _base(number)
            ).subjects()
        ]
    )


def judge(book: Book, models: Sequence[ours.Graph]) -> list[set[Verdict]]:
    """For each model, what pySHACL says: which nodes break which rules."""
    _, report, _ = pyshacl.validate(
        data_graph(book, models),
        shacl_graph=shapes_graph(book.shapes.subjects),
        inference=None,
        inplace=True,
    )
    found: list[set[Verdict]] = [set() for _ in models]
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = str(report.value(result, SH.sourceShape))
        if shape.startswith(RULE):  # not a detail of another result
            focus = str(report.value(result, SH.focusNode))
            number, _, node = focus.removeprefix(_BASE).partition(":")
            found[int(number)].add((shape.removeprefix(RULE), node.replace("/", ":", 1)))
    return found


_BASE = "urn:trial:"


def _base(number: int) -> str:
    return f"{_BASE}{number}:"
