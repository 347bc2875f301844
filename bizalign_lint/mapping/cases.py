"""Tests mappings on small files against the definitions that must result."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from typing import Any, NamedTuple

from bizalign_lint.core.errors import MappingError
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import SourceSpec
from bizalign_lint.core.types import Document, Location, Source
from bizalign_lint.mapping.apply import MappingRun
from bizalign_lint.mapping.language import Rules
from bizalign_lint.mapping.read import read_rules
from bizalign_lint.mapping.write import written
from bizalign_lint.parsing.documents import form, parse, read_document
from bizalign_lint.parsing.positions import locate
from bizalign_lint.readers import formats
from bizalign_lint.readers.records import Read
from bizalign_lint.schema.messages import objections
from bizalign_lint.schema.ontology import Ontology

_BOOK = "workbook.xlsx"


class Outcome(NamedTuple):
    """The result of a case."""

    name: str
    details: tuple[str, ...]
    """What differs from the case; empty if it passes."""


def try_cases(mapping: Source, name: str, tests: Source, ontology: Ontology) -> Iterator[Outcome]:
    """Run the cases of a mapping. Raises MappingError, with the place, for an invalid case."""
    rules = read_rules(mapping, name, ontology)
    document = read_document(tests, MappingError)
    for place, message in objections(form("mapping-cases"), document):
        raise MappingError(message, Location(tests.path, locate(place)))
    for number, case in enumerate(document.value["cases"]):
        if ("files" in case) == ("sheets" in case):
            place = locate_case(document, number)
            raise MappingError("give either files or sheets", Location(tests.path, place))
        yield Outcome(case["name"], tuple(_differences(case, rules, ontology)))


def locate_case(document: Document, number: int) -> Any:
    """The span of a case in its file."""
    from bizalign_lint.core.types import Place

    return locate(Place(document, ("cases", number)))


def _differences(case: Mapping[str, Any], rules: Rules, ontology: Ontology) -> Iterator[str]:
    read = _read(case, rules)
    applied = MappingRun(
        rules, SourceSpec(Globs(), rules.name), formats.find(rules.reader), ontology
    )
    applied.run(read)
    actual = [*applied.kept, *(one.document for one in applied.definitions)]
    wanted = parse(Source("gives.yaml", case["gives"].encode())).documents
    yield from unified_diff(
        _lines(wanted, ontology), _lines(actual, ontology), "expected", "actual", lineterm="", n=2
    )
    left: Counter[str] = Counter()
    for (type_, _), count in applied.summary.left.items():
        left[type_] += count
    if (expected := Counter(case.get("leaves", {}))) != left:
        yield f"left out {dict(left)}, expected {dict(expected)}"
    there = [one for file, one in read if not rules.leaves_file(file.path, one.records)]
    flaws = [flaw for one in there for flaw in one.flaws]
    flaws += [flaw for found in applied.flaws.values() for flaw in found]
    problems = [flaw.details.get("problem", flaw.subject) for flaw in flaws]
    for part in case.get("wrong", ()):
        found = next((one for one in problems if part in one), None)
        if found is None:
            yield f"no problem reported with: {part}"
        else:
            problems.remove(found)
    yield from (f"unexpected problem: {one}" for one in problems)


def _read(case: Mapping[str, Any], rules: Rules) -> list[tuple[Source, Read]]:
    format_ = formats.find(rules.reader)
    if "sheets" not in case:
        sources = [Source(path, text.encode()) for path, text in sorted(case["files"].items())]
        return [(source, format_.read(source, rules.options)) for source in sources]
    book = Source(_BOOK, b"")
    if format_.of_tables is None:
        raise MappingError(f"the reader {rules.reader} has no sheets: give files")
    tables = {name: [*csv.reader(text.splitlines())] for name, text in case["sheets"].items()}
    return [(book, format_.of_tables(book, tables, rules.options))]


def _lines(documents: list[Document], ontology: Ontology) -> list[str]:
    texts = sorted(written(document, ontology) for document in documents)
    return "---\n".join(texts).splitlines()
