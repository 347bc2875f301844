"""Sound models with one thing in them that contradicts another. Seeds decide which."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from random import Random

from tests.oracle.models import Definitions, Trial, originals
from tests.oracle.naive import Form, Raw, forms


def seeded(share: int, shares: int) -> Iterator[Trial]:
    """One share of the models, each spoilt in each of the ways that it can be."""
    for number, trial in enumerate(originals(share, shares)):
        for way in _WAYS:
            definitions = copy.deepcopy(trial.definitions)
            way(Random(number), definitions)
            if definitions != trial.definitions:
                name = way.__name__.strip("_").replace("_", " ")
                yield Trial(f"{trial.name}, {name}", definitions)


def _parts(definitions: Definitions) -> list[tuple[Raw, Form, Raw]]:
    """Every object, with the definition that it is in and what the schema says of it."""
    found = []
    for definition in definitions:
        form = forms()[definition["kind"]]
        found += [(definition, form, definition[section]) for section in ("metadata", "spec")]
        found += [(definition, *inner) for inner in _within(form, definition["spec"])]
    return found


def _within(form: Form, values: Raw) -> Iterator[tuple[Form, Raw]]:
    for name, inner in form.nested.items():
        value = values.get(name, [])
        for item in value if isinstance(value, list) else [value]:
            yield inner, item
            yield from _within(inner, item)


def _other_reference(random: Random, definitions: Definitions) -> None:
    found = [
        (part, name)
        for _, form, part in _parts(definitions)
        for name, schema in form.properties.items()
        if "x-relation" in schema and part.get(name)
    ]
    if not found:
        return
    part, name = random.choice(found)
    value = part[name]
    chosen = random.choice(value) if isinstance(value, list) else value
    old = chosen["to"] if isinstance(chosen, dict) else chosen
    other = random.choice(definitions)
    new = random.choice(
        (
            f"{old}x",
            old.rpartition(":")[2],
            other["metadata"]["name"],
            f"{other['kind']}:{other['metadata']['name']}",
            f"elsewhere/{old.rpartition(':')[2].rpartition('/')[2]}",
        )
    )
    changed = {**chosen, "to": new} if isinstance(chosen, dict) else new
    part[name] = [changed if item == chosen else item for item in value] if value != old else new


def _other_parent(random: Random, definitions: Definitions) -> None:
    trees = [
        definition
        for definition in definitions
        if "hierarchy"
        in forms()[definition["kind"]].properties.get("parent", {}).get("x-relation", {})
    ]
    if trees:
        child = random.choice(trees)
        parents = [d["metadata"]["name"] for d in trees if d["kind"] == child["kind"]]
        child["spec"]["parent"] = random.choice(parents)


def _other_level(random: Random, definitions: Definitions) -> None:
    found = [d for d in definitions if "level" in d["spec"] and "parent" in d["spec"]]
    found = found or [d for d in definitions if "level" in d["spec"]]
    if found:
        random.choice(found)["spec"]["level"] = random.randint(1, 3)


def _other_date(random: Random, definitions: Definitions) -> None:
    found = [
        (part, name) for _, form, part in _parts(definitions) for name in form.order if name in part
    ]
    if found:
        part, name = random.choice(found)
        part[name] = f"{random.randint(2020, 2032)}-0{random.randint(1, 9)}-15"


def _other_term(random: Random, definitions: Definitions) -> None:
    found = [
        (part, name, schema["x-vocabulary"]["version"])
        for _, form, part in _parts(definitions)
        for name, schema in form.properties.items()
        if "x-vocabulary" in schema and name in part
    ]
    if found:
        part, name, version = random.choice(found)
        change: Raw = random.choice(
            ({name: "Sundries"}, {version: "tbm-4.0"}, {version: "tbm-5.0"}, {version: "tbm-9.9"})
        )
        part.update(change)


def _once_more(random: Random, definitions: Definitions) -> None:
    twin = copy.deepcopy(random.choice(definitions))
    twin["metadata"]["title"] = "Somewhat different"
    definitions.insert(random.randint(0, len(definitions)), twin)


_WAYS: tuple[Callable[[Random, Definitions], None], ...] = (
    _other_reference,
    _other_parent,
    _other_level,
    _other_date,
    _other_term,
    _once_more,
)
