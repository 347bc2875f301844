"""Where two judges of a model differ, told with the smallest model in which they do."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.oracle.models import Trial
from tests.oracle.verdicts import Verdict

Definitions = list[dict[str, Any]]
Differ = Callable[[Trial], set[Verdict]]
"""The verdicts that only one of two judges gives."""


def told(trial: Trial, differ: Differ, names: str) -> str:
    """What a person needs to find out who is right; ``names`` are the judges'."""
    rules = {rule for rule, _ in differ(trial)}
    rule = min(rules)

    def still(definitions: Definitions) -> bool:
        smaller = Trial(trial.name, definitions)
        return not smaller.read().flaws and any(r == rule for r, _ in differ(smaller))

    smallest = Trial(trial.name, _shrunk(trial.definitions, still))
    verdicts = sorted(v for v in differ(smallest) if v[0] == rule)
    return (
        f"{names} differ about {sorted(rules)}; in {trial.name!r}, made smaller:\n"
        f"{verdicts}\n" + "\n---\n".join(json.dumps(d) for d in smallest.definitions)
    )


def _shrunk(definitions: Definitions, still: Callable[[Definitions], bool]) -> Definitions:
    """Take out whatever is not needed, until nothing more can go."""
    if not still(definitions):
        return definitions
    while True:
        for smaller in _smaller(definitions):
            if smaller and still(smaller):
                definitions = smaller
                break
        else:
            return definitions


def _smaller(value: Any) -> Iterator[Any]:
    """The value without one of its parts, from the largest parts to the smallest."""
    if isinstance(value, dict):
        for key in value:
            if key not in ("apiVersion", "kind", "metadata", "spec", "name"):
                yield {k: v for k, v in value.items() if k != key}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield value[:index] + value[index + 1 :]
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        if isinstance(inner, (dict, list)):
            for smaller in _smaller(inner):
                changed = copy.copy(value)
                changed[key] = smaller
                yield changed
