"""Runs and reports the cases of mappings, for ``mapping test`` and ``pack test``."""

from __future__ import annotations

from collections.abc import Sequence

from bizalign_lint.cli.rule_cases import Tried
from bizalign_lint.core.types import Source
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.schema.ontology import Ontology


def try_mappings(
    ontology: Ontology, pairs: Sequence[tuple[Source, Source]], verbose: bool
) -> Tried:
    """Run the cases of mappings, which are given with the files of their cases."""
    from bizalign_lint.mapping.cases import try_cases

    lines: list[str] = []
    passed = failed = 0
    for mapping, tests in pairs:
        for outcome in try_cases(mapping, mapping.path, tests, ontology):
            passed += not outcome.details
            failed += bool(outcome.details)
            if outcome.details or verbose:
                said = "failed" if outcome.details else "passed"
                lines.append(f"{said} {clean(mapping.path)}: {clean(outcome.name)}")
            lines += (f"    {clean(line)}" for line in outcome.details)
    return Tried(tuple(lines), passed, failed)
