"""One definition with something to find in it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from .choice import number
from .definition import Definition
from .emit import Verbatim, document

Change = Callable[[dict[str, Any]], None]


def seed_fault(definition: Definition) -> str:
    """The definition as YAML, with a flaw of one sort or another."""
    value = copy.deepcopy(definition.value)
    sort = number(f"{definition.path} {value['metadata']['name']} flaw", 8)
    if sort == 0:
        value["metadata"]["owner"] = value["metadata"]["owner"][:-1] + "x"  # leads nowhere
    elif sort == 1:
        value["metadata"]["title"] = 2026  # not a text
    elif sort == 2:
        value["spec"]["remarks"] = "Agreed by telephone"  # no such field
    elif sort == 3:
        value["metadata"]["labels"] = {"critical": Verbatim("no")}  # false to YAML 1.1
    elif sort == 4:
        return document(value).replace("  name:", "  title: Twice\n  name:", 1)
    else:
        _RULES.get(definition.kind, _orphan)(value)
    return document(value)


def _orphan(value: dict[str, Any]) -> None:
    value["metadata"]["owner"] = "nobody"


def _drop(*names: str) -> Change:
    def change(value: dict[str, Any]) -> None:
        for name in names:
            value["spec"].pop(name, None)

    return change


def _set(**values: Any) -> Change:
    def change(value: dict[str, Any]) -> None:
        value["spec"].update(values)

    return change


def _activity(value: dict[str, Any]) -> None:
    value["metadata"]["title"] = f"Manage {value['metadata']['title']}"


def _deliverable(value: dict[str, Any]) -> None:
    value["spec"]["keyResults"][0]["title"] = "Implement the new planner"


_RULES: dict[str, Change] = {
    "Application": _set(timeClassification="tolerate", technicalFit=1, reviewedOn="2025-02-01"),
    "Capability": _activity,
    "Objective": _deliverable,
    "Initiative": _drop("budget", "keyResults"),
    "Disruption": _set(assessedOn="2025-01-10"),
    "License": _set(usage=5000),
    "ITComponent": _set(lifecycle={"phaseIn": "2025-09-01", "active": "2025-02-01"}),
    "Decision": _drop("rationale"),
    "Cost": _drop("costObject"),
    "Strategy": _set(cadence="annual"),
    "OperatingModel": _drop("capabilities"),
    "Dispensation": _drop("approver"),
}
"""What a rule of the guidelines finds in a definition of each kind."""
