"""The rules that the oracles judge by: those shipped, and some that go into corners."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import compile_rules
from bizalign_lint.engine.load import Loaded, load
from bizalign_lint.exporters.shacl import Shapes, export
from bizalign_lint.rules.compiled.compile import CompiledRule
from tests.oracle import naive
from tests.oracle.values import AS_OF
from tests.workspace import shipped


@dataclass(frozen=True, slots=True)
class Book:
    """Some rules: as the engine has them, as their files have them, and as SHACL has them."""

    loaded: Loaded
    compiled: list[CompiledRule]
    raw: Sequence[dict[str, Any]]
    shapes: Shapes


def _book(loaded: Loaded, select: Sequence[str], raw: Sequence[dict[str, Any]]) -> Book:
    compiled = compile_rules(loaded, Settings(as_of=AS_OF, select=tuple(select)))
    rules = [c.rule for c in compiled]
    shapes = export(rules, loaded.ontology, AS_OF.isoformat(), {}, {})
    assert {c.rule.id for c in compiled} == {rule["id"] for rule in raw}
    return Book(loaded, compiled, raw, shapes)


@cache
def of_the_product() -> Book:
    """The shipped rules about nodes."""
    return _book(shipped(), (), naive.rules())


@cache
def of_the_corners() -> Book:
    """The rules of ``corners.yaml``, with the prose that a rule has to have."""
    raw = [
        {**_PROSE, **rule, "id": f"COR{number:03}"}
        for number, rule in enumerate(naive.read(Path(__file__).parent / "corners.yaml"), start=101)
    ]
    files = [
        Source(f"corners/corner-{rule['id'].lower()}.yaml", json.dumps(rule).encode())
        for rule in raw
    ]
    # The models are read with the shipped ontology; types of another one would be others.
    loaded = shipped()._replace(rules=load(rules=files).rules)
    return _book(loaded, ("COR",), raw)


_PROSE = {
    "guideline": "model",
    "severity": "warning",
    "message": "A corner",
    "summary": "A corner.",
    "rationale": "It is one.",
    "help": "None needed.",
}
