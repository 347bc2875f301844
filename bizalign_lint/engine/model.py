"""The files of a workspace → the graph of their definitions, and their flaws."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from bizalign_lint.core.types import Document, Flaw, Source
from bizalign_lint.engine.load import Loaded
from bizalign_lint.graph import integrity
from bizalign_lint.graph import linker as link
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.graph.titles import with_names
from bizalign_lint.parsing.documents import Parsed, parse_all
from bizalign_lint.schema.file_result import file_result
from bizalign_lint.schema.sanitize import Checked


class Model(NamedTuple):
    """The definitions of a workspace, read and linked."""

    graph: Graph
    documents: tuple[Document, ...]
    flaws: tuple[Flaw, ...]
    without_definitions: tuple[str, ...]
    """The paths of files without a definition."""


def parsed(loaded: Loaded, sources: Collection[Source]) -> Iterable[Parsed]:
    """The parsed files, in their order; ``sources`` must include all files of other tools."""
    landscape, completer = loaded.landscape, loaded.completer
    contents = parse_all(sources) if landscape is None else landscape.parse_all(sources)
    return contents if completer is None else map(completer.complete, contents)


def read_model(loaded: Loaded, sources: Collection[Source]) -> Model:
    """Parse, validate and link the files of a workspace. Anything wrong becomes a flaw."""
    return linked(loaded, sources, parsed(loaded, sources))


def linked(loaded: Loaded, sources: Collection[Source], contents: Iterable[Parsed]) -> Model:
    """Validate and link the files of a workspace; ``contents`` are the parsed files."""
    ontology, validator = loaded.ontology, loaded.validator
    documents: list[Document] = []
    checked: list[Checked] = []
    flaws: list[Flaw] = []
    doubtful: dict[str, Flaw] = {}
    without_definitions: list[str] = []
    for source, content in zip(sources, contents, strict=True):
        result = file_result(content, ontology, validator)
        if result.is_foreign:
            without_definitions.append(source.path)
        documents += result.documents
        checked += result.checked
        flaws += result.flaws
        doubtful |= result.doubtful
    graph, unlinked = link.build(ontology, checked, doubtful)
    flaws = [*with_names(flaws, graph, ontology), *unlinked]
    flaws.extend(integrity.flaws(graph, ontology))
    return Model(graph, tuple(documents), tuple(flaws), tuple(without_definitions))
