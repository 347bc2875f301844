"""An action on a definition, or a patch → a plan."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from bizalign_lint.core.durations import in_words, is_duration
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint as suggest
from bizalign_lint.core.suggest import listed
from bizalign_lint.core.types import Source
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.questions.definitions import find_definition
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.schema.ontology import Ontology
from bizalign_lint.whatif.outcome import Plan
from bizalign_lint.whatif.patch import new_file, read_patch
from bizalign_lint.whatif.scenarios import Scenarios, effective

ACTIONS = {
    "retire": ("on",),
    "replace": ("with", "on"),
    "move": ("to", "relation"),
    "delay": ("by",),
    "cut": ("by",),
}
"""The actions with their options; the first option is mandatory, except for retire."""


class Subject(NamedTuple):
    """The model to be changed, as of a day."""

    graph: Graph
    ontology: Ontology
    walker: Walker
    as_of: date


def check_options(action: str | None, definition: str | None, how: Mapping[str, Any]) -> None:
    """Raise UsageError for an unknown action, and for missing or unsuitable options.

    Options that are not given are None in ``how``.
    """
    given = [name for name, value in how.items() if value is not None]
    if action is None:
        if given != ["with"]:
            raise UsageError(
                "whatif needs a change: an action or a patch file",
                hint=f"the actions are {', '.join(ACTIONS)}; for a patch, --with patch.yaml",
            )
        return
    if action not in ACTIONS:
        hint = suggest(action, ACTIONS, listed(ACTIONS))
        raise UsageError(f"whatif {action}: unknown action", hint=hint)
    if definition is None:
        raise UsageError(
            f"whatif {action} needs a definition", hint=f"for example whatif {action} Kind:name"
        )
    for name in given:
        if name not in ACTIONS[action]:
            raise UsageError(f"whatif {action} takes no --{name}")
    first = ACTIONS[action][0]
    if first not in given and action != "retire":
        takes = " and ".join(f"--{name}" for name in ACTIONS[action])
        raise UsageError(f"whatif {action} needs --{first}", hint=f"it takes {takes}")


def plan(action: str, definition: str, how: Mapping[str, Any], asked: Subject) -> Plan:
    """An action of ``ACTIONS`` on a definition, as a plan. Raises UsageError."""
    scenarios = Scenarios(asked.ontology, asked.walker, asked.as_of)
    node = _find(definition, asked)
    if node.document is None or node.type.name not in asked.ontology.kinds:
        raise UsageError(
            f"{node.reference} is part of another definition",
            hint="describe the change in a patch (--with patch.yaml)",
        )
    wanted = _PLANNERS[action](scenarios, node, how, asked)
    made = effective(wanted.alterations)
    if not made:
        raise UsageError(f"{wanted.title}: the model already says so")
    return wanted._replace(alterations=made)


def plan_of_patch(patch: Source, asked: Subject, taken: Collection[str]) -> Plan:
    """A patch as a plan; ``taken`` are the paths of existing files. Raises UsageError."""
    patched = read_patch(patch, asked.graph, asked.ontology)
    added = new_file(patch, patched.added, taken)
    return Plan(f"{patch.path} is applied", patched.alterations, patched.touched, added)


def _find(text: str, asked: Subject) -> Node:
    return find_definition(text, asked.graph, asked.ontology)


def _retire(scenarios: Scenarios, node: Node, how: Mapping[str, Any], asked: Subject) -> Plan:
    on = _future(how["on"], asked) or asked.as_of
    title = f"{node.type.name} {node.title} is retired on {on}"
    return Plan(title, scenarios.retire(node, on), [node], day=on)


def _replace(scenarios: Scenarios, node: Node, how: Mapping[str, Any], asked: Subject) -> Plan:
    on = _future(how["on"], asked)
    other = _find(how["with"], asked)
    title = f"{other.type.name} {other.title} takes the place of {node.title}"
    title += f", which ends on {on}" if on else ""
    return Plan(title, scenarios.replace(node, other, on), [node, other], day=on)


def _move(scenarios: Scenarios, node: Node, how: Mapping[str, Any], asked: Subject) -> Plan:
    to = _find(how["to"], asked)
    title = f"{node.type.name} {node.title} is moved to {to.type.name} {to.title}"
    return Plan(title, scenarios.move(node, to, how["relation"]), [node])


def _delay(scenarios: Scenarios, node: Node, how: Mapping[str, Any], _: Subject) -> Plan:
    if not is_duration(how["by"]):
        raise UsageError(
            f"--by {how['by']} is not a duration",
            hint="give one such as P6M, P1Y or P35D (ISO 8601)",
        )
    title = f"{node.type.name} {node.title} is delayed by {in_words(how['by'])}"
    return Plan(title, scenarios.delay(node, how["by"]), [node])


def _cut(scenarios: Scenarios, node: Node, how: Mapping[str, Any], _: Subject) -> Plan:
    found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%", how["by"])
    if found is None or not 0 < Decimal(found[1]) <= 100:
        raise UsageError(
            f"--by {how['by']} is not a percentage above 0 and up to 100",
            hint="give one such as 20%",
        )
    title = f"the money of {node.type.name} {node.title} is cut by {found[1]} %"
    return Plan(title, scenarios.cut(node, Decimal(found[1])), [node])


_PLANNERS = {
    "retire": _retire,
    "replace": _replace,
    "move": _move,
    "delay": _delay,
    "cut": _cut,
}


def _future(on: date | None, asked: Subject) -> date | None:
    today = asked.as_of
    if on is not None and on < today:
        raise UsageError(
            f"--on {on} is in the past",
            hint=f"give {today} or a later day, or an earlier as-of date with --as-of",
        )
    return on
