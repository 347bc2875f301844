"""The rules in a table, with how well each is tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from bizalign_lint.core.conditions import INTEGRITY
from bizalign_lint.reporters.glyphs import clean

if TYPE_CHECKING:
    from bizalign_lint.engine.rule_tests import Case
    from bizalign_lint.rules.language.rule import Rule
    from bizalign_lint.schema.ontology import Ontology

_HEAD = ("rule", "severity", "cases", "judged by", "name")
_CASES = "its cases"
_NAIVE = "naive"


def table(
    rules: Sequence[Rule], cases: Sequence[Case], ontology: Ontology, shipped: Collection[str]
) -> Iterator[str]:
    """A line for each rule. docs/shacl.md says what judges the findings of a shipped one beside
    our own engine; ``shipped`` are the paths of their files.
    """
    counts = Counter(case.rule.id for case in cases)
    rows = [
        (
            rule.id,
            rule.severity.value,
            str(counts[rule.id]),
            _judges(rule, ontology) if rule.document.source.path in shipped else _CASES,
            clean(rule.name),
        )
        for rule in rules
    ]
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    for row in (_HEAD, *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"{'  '.join(cells).rstrip()}\n"


def _judges(rule: Rule, ontology: Ontology) -> str:
    from bizalign_lint.exporters.shacl import expressible

    if rule.condition is not None:
        return _NAIVE if rule.condition in INTEGRITY else _CASES
    return f"SHACL, {_NAIVE}" if expressible(rule, ontology) is None else _NAIVE
