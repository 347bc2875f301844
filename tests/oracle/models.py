"""Models to try the oracles on: the rules' own cases, their mutants, and some out of thin air.

Everything is decided by seeds, so that a model is the same in every run.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from bizalign_lint.core import shipped as resources
from bizalign_lint.core.types import Source
from bizalign_lint.engine.model import Model, read_model
from bizalign_lint.engine.rule_tests import collect
from bizalign_lint.parsing.documents import parse, read_document
from bizalign_lint.schema.ontology import ObjectType, Property
from tests.oracle.values import AS_OF, day, plain
from tests.workspace import shipped

Definition = dict[str, Any]
Definitions = list[Definition]


@dataclass(frozen=True, slots=True)
class Trial:
    """One model, and where it comes from."""

    name: str
    definitions: Definitions

    @property
    def text(self) -> str:
        """The model as a file (JSON is YAML)."""
        return "\n---\n".join(json.dumps(d, ensure_ascii=False) for d in self.definitions)

    def read(self) -> Model:
        """The model as the engine reads it."""
        return read_model(shipped(), [Source("model.yaml", self.text.encode())])


def originals(share: int, shares: int) -> Iterator[Trial]:
    """One share of the cases and the random models; the shares together are all of them."""
    yield from _cases()[share::shares]
    yield from grown(share, shares)


def grown(share: int, shares: int, count: int = 0) -> Iterator[Trial]:
    """One share of the random models, or of so many."""
    for seed in range(share, count or RANDOM_MODELS, shares):
        yield Trial(f"random {seed}", _grown(Random(seed)))


def changed(share: int, shares: int) -> Iterator[Trial]:
    """One share of the cases, each after a few changes."""
    cases = _cases()
    for position in range(share, len(cases), shares):
        random, case = Random(position), cases[position]
        definitions = _mutated(random, case, random.choice(cases))
        yield Trial(f"{case.name}, changed", definitions)


RANDOM_MODELS = 160


def flawed() -> Iterator[Trial]:
    """Models of cases in which something is wrong that is no rule's to find."""
    return (trial for trial in _all_cases() if trial.read().flaws)


@cache
def _cases() -> Sequence[Trial]:
    """The models of all cases, as far as nothing but what the rules find is wrong with them."""
    return [trial for trial in _all_cases() if not trial.read().flaws]


@cache
def _all_cases() -> Sequence[Trial]:
    schema = read_document(resources.meta("cases")).value
    tests = {f"{s.path.removesuffix('.test.yaml')}.yaml": s for s in resources.rule_tests()}
    found = []
    for case in collect(shipped().rules.rules.values(), tests, schema):
        documents = parse(Source("model.yaml", case.model.encode())).documents
        if documents and case.as_of == AS_OF:
            found.append(Trial(f"{case.rule.id} {case.name}", [d.value for d in documents]))
    return found


def _mutated(random: Random, case: Trial, other: Trial) -> Definitions:
    """A model after a few changes, each of which left it sound."""
    definitions = copy.deepcopy(case.definitions)
    for _ in range(random.randint(1, 4)):
        for _attempt in range(5):
            changed = copy.deepcopy(definitions)
            random.choice(_CHANGES)(random, changed, other)
            _scrub(changed)
            if changed != definitions and _is_sound(changed):
                definitions = changed
                break
    return definitions


def _grown(random: Random) -> Definitions:
    """A model made of nothing but the schemas."""
    kinds = list(shipped().ontology.kinds)
    first = random.choice(kinds)
    around = [first, *(k for k in kinds if _near(first, k))]
    chosen = random.sample(around, min(len(around), random.randint(3, 6)))
    definitions: Definitions = [_definition(random, first, 0)]
    for _ in range(random.randint(5, 16)):
        grown = [*definitions, _definition(random, random.choice(chosen), len(definitions))]
        _fill(random, grown[-1], grown, 0.6)
        _scrub(grown)
        if _is_sound(grown):
            definitions = grown
    return definitions


def _near(kind: str, other: str) -> bool:
    kinds = shipped().ontology.kinds
    return any(
        other in property_.relation.to
        for _, type_ in _types(kinds[kind].type)
        for property_ in type_.properties.values()
        if property_.relation is not None
    ) or any(
        kind in property_.relation.to
        for _, type_ in _types(kinds[other].type)
        for property_ in type_.properties.values()
        if property_.relation is not None
    )


def _types(type_: ObjectType, path: str = "") -> Iterator[tuple[str, ObjectType]]:
    yield path, type_
    for property_ in type_.properties.values():
        if property_.object is not None:
            yield from _types(property_.object, f"{path}/{property_.name}")


def _is_sound(definitions: Definitions) -> bool:
    return not Trial("", definitions).read().flaws


@dataclass(frozen=True, slots=True)
class _Object:
    """An object in a definition, with what the schema says of it."""

    definition: Definition
    type: ObjectType
    value: dict[str, Any]

    def home(self, property_: Property) -> dict[str, Any]:
        """The mapping that a property stands in."""
        if property_.section is None:
            return self.value
        section: dict[str, Any] = self.definition.setdefault(property_.section, {})
        return section

    def get(self, property_: Property) -> Any:
        """The value of a property, or None."""
        return self.home(property_).get(property_.name)


def _objects(definition: Definition) -> Iterator[_Object]:
    """The definition and all objects in it."""
    type_ = shipped().ontology.kinds[definition["kind"]].type
    yield from _within(_Object(definition, type_, definition))


def _within(here: _Object) -> Iterator[_Object]:
    yield here
    for property_ in here.type.properties.values():
        if property_.block is not None:
            value = here.get(property_)
            for item in value if isinstance(value, list) else (value,):
                if isinstance(item, dict):
                    yield from _within(_Object(here.definition, property_.block, item))


def _slots(definitions: Definitions) -> list[tuple[_Object, Property]]:
    """Every property that any object has, or might have."""
    return [
        (object_, property_)
        for definition in definitions
        for object_ in _objects(definition)
        for property_ in object_.type.properties.values()
        if property_.written and property_.name not in ("name", "namespace")
    ]


def _taken(definitions: Definitions) -> list[tuple[_Object, Property]]:
    return [slot for slot in _slots(definitions) if slot[0].get(slot[1]) is not None]


def _named(definitions: Definitions, kinds: Sequence[str]) -> list[str]:
    """A reference to each node of some kinds, nested ones included."""
    found = []
    for definition in definitions:
        for object_ in _objects(definition):
            if object_.type.name in kinds:
                name = definition["metadata"]["name"]
                if object_.value is not definition:
                    name += f"#{object_.value['name']}"
                space = definition["metadata"].get("namespace")
                name = f"{space}/{name}" if space else name
                found.append(f"{object_.type.name}:{name}" if len(kinds) > 1 else name)
    return found


def _scrub(definitions: Definitions) -> None:
    """Take out references to what is no longer there, and empty what must not be empty."""
    for object_, property_ in _taken(definitions):
        if property_.relation is None:
            continue
        known = {_key(text) for text in _named(definitions, property_.relation.to)}
        home, value = object_.home(property_), object_.get(property_)
        if isinstance(value, list):
            home[property_.name] = [text for text in value if _key(text) in known]
        elif _key(value) not in known and not property_.required:
            del home[property_.name]


def _key(item: str | dict[str, Any]) -> str:
    # A block may have lost its reference, which then is none that is known.
    text: str = item.get("to", "") if isinstance(item, dict) else item
    return text.rpartition(":")[2].rpartition("/")[2]


def _value(random: Random, property_: Property, definitions: Definitions) -> Any:
    """A value for a property; None when there is none to be had."""
    if property_.relation is not None:
        names = _named(definitions, property_.relation.to)
        if property_.many:
            sample = random.sample(names, min(len(names), random.choice((0, 1, 1, 2, 3))))
            return [_mixed(random, property_, name, definitions) for name in sample]
        return random.choice(names) if names else None
    if property_.object is not None:
        counts = (0, 1, 2, 3, 4) if property_.many else (1,)
        items = [
            _nested(random, property_.object, definitions, i) for i in range(random.choice(counts))
        ]
        return items if property_.many else items[0]
    if property_.many:
        values = [plain(random, property_, shipped().ontology) for _ in range(random.randint(0, 4))]
        return list(dict.fromkeys(v for v in values if v is not None))
    return plain(random, property_, shipped().ontology)


def _mixed(random: Random, property_: Property, name: str, definitions: Definitions) -> Any:
    """A reference, or the block that may stand in its place."""
    if property_.entry is None or random.random() < 0.5:
        return name
    return {**_nested(random, property_.entry, definitions, 0), "to": name}


def _nested(
    random: Random, type_: ObjectType, definitions: Definitions, position: int
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for property_ in type_.properties.values():
        if not property_.written:
            continue
        if property_.name == "name":
            found["name"] = f"part-{position}"
        elif property_.required or random.random() < 0.7:
            value = _value(random, property_, definitions)
            if value is not None:
                found[property_.name] = value
    _sort_dates(type_, found)
    return found


def _sort_dates(type_: ObjectType, value: dict[str, Any]) -> None:
    there = [name for name in type_.order if name in value]
    dates = sorted(value[name] for name in there)
    value.update(zip(there, dates, strict=True))


def _definition(random: Random, kind: str, number: int) -> Definition:
    metadata: dict[str, Any] = {"name": f"{kind.lower()}-{number}"}
    if random.random() < 0.1:
        metadata["namespace"] = "elsewhere"
    return {"apiVersion": "bizalign/v1", "kind": kind, "metadata": metadata, "spec": {}}


def _fill(random: Random, definition: Definition, definitions: Definitions, share: float) -> None:
    object_ = next(_objects(definition))
    for property_ in object_.type.properties.values():
        if not property_.written or property_.name in ("name", "namespace"):
            continue
        if property_.required or random.random() < share:
            value = _value(random, property_, definitions)
            if value is not None:
                object_.home(property_)[property_.name] = value
    _sort_dates(object_.type, definition["spec"])
    for property_ in object_.type.properties.values():
        relation = property_.relation
        if relation is None or not relation.hierarchy or not definition["spec"].get(property_.name):
            continue
        above = next(
            d
            for d in definitions
            if d["kind"] == definition["kind"]
            and d["metadata"]["name"] == _key(definition["spec"][property_.name])
        )
        level = above["spec"].get(relation.hierarchy)
        if level is not None:
            definition["spec"][relation.hierarchy] = level + 1


def _drop_definition(random: Random, definitions: Definitions, _other: Trial) -> None:
    if len(definitions) > 1:
        definitions.pop(random.randrange(len(definitions)))


def _drop_property(random: Random, definitions: Definitions, _other: Trial) -> None:
    if taken := _taken(definitions):
        object_, property_ = random.choice(taken)
        del object_.home(property_)[property_.name]


def _set_property(random: Random, definitions: Definitions, _other: Trial) -> None:
    object_, property_ = random.choice(_slots(definitions))
    value = _value(random, property_, definitions)
    if value is not None:
        object_.home(property_)[property_.name] = value


def _change_property(random: Random, definitions: Definitions, _other: Trial) -> None:
    if taken := _taken(definitions):
        object_, property_ = random.choice(taken)
        value = _value(random, property_, definitions)
        if value is not None:
            object_.home(property_)[property_.name] = value


def _move_date(random: Random, definitions: Definitions, _other: Trial) -> None:
    dates = [slot for slot in _taken(definitions) if slot[1].datatype == "date"]
    if dates:
        object_, property_ = random.choice(dates)
        object_.home(property_)[property_.name] = day(random)


def _nudge_number(random: Random, definitions: Definitions, _other: Trial) -> None:
    numbers = [s for s in _taken(definitions) if s[1].datatype in ("integer", "number")]
    if numbers:
        object_, property_ = random.choice(numbers)
        by = random.choice((-1, 1, 1.0 if property_.datatype == "number" else 2))
        object_.home(property_)[property_.name] += by


def _shorten_list(random: Random, definitions: Definitions, _other: Trial) -> None:
    lists = [slot for slot in _taken(definitions) if isinstance(slot[0].get(slot[1]), list)]
    if lists:
        object_, property_ = random.choice(lists)
        value = object_.get(property_)
        if value and random.random() < 0.7:
            value.pop(random.randrange(len(value)))
        else:
            value.clear()


def _double(random: Random, definitions: Definitions, _other: Trial) -> None:
    twin = copy.deepcopy(random.choice(definitions))
    twin["metadata"]["name"] += "-twin"
    definitions.append(twin)


def _move_to_namespace(random: Random, definitions: Definitions, _other: Trial) -> None:
    random.choice(definitions)["metadata"]["namespace"] = "elsewhere"


def _copy_elsewhere(random: Random, definitions: Definitions, _other: Trial) -> None:
    """The same names in a namespace of their own, where references lead first."""
    share = random.random()
    for definition in list(definitions):
        if "namespace" not in definition["metadata"] and random.random() < share:
            twin = copy.deepcopy(definition)
            twin["metadata"]["namespace"] = "elsewhere"
            definitions.append(twin)


def _spell_otherwise(random: Random, definitions: Definitions, _other: Trial) -> None:
    """Name something by kind and namespace, in place of its short name or beside it."""
    references = [s for s in _taken(definitions) if s[1].relation is not None and s[0].get(s[1])]
    if not references:
        return
    object_, property_ = random.choice(references)
    assert property_.relation is not None
    value = object_.get(property_)
    old = random.choice(value) if isinstance(value, list) else value
    kind, _, name = old.rpartition(":")
    kind = kind or (property_.relation.default or "")
    kind = kind.lower() if random.random() < 0.3 else kind
    name = name if "/" in name or random.random() < 0.5 else f"default/{name}"
    new = f"{kind}:{name}" if kind else name
    if not isinstance(value, list):
        object_.home(property_)[property_.name] = new
    elif random.random() < 0.5:
        value.append(new)
    else:
        value[value.index(old)] = new


def _add(random: Random, definitions: Definitions, _other: Trial) -> None:
    kind = random.choice(definitions)["kind"]
    near = [k for k in shipped().ontology.kinds if k == kind or _near(kind, k)]
    definitions.append(_definition(random, random.choice(near), len(definitions)))
    _fill(random, definitions[-1], definitions, 0.5)


def _graft(_random: Random, definitions: Definitions, other: Trial) -> None:
    there = {(d["kind"], d["metadata"]["name"]) for d in definitions}
    for definition in other.definitions:
        if (definition["kind"], definition["metadata"]["name"]) not in there:
            definitions.append(copy.deepcopy(definition))


_CHANGES: Sequence[Callable[[Random, Definitions, Trial], None]] = (
    _drop_definition,
    _drop_property,
    _drop_property,
    _set_property,
    _set_property,
    _change_property,
    _change_property,
    _move_date,
    _nudge_number,
    _shorten_list,
    _double,
    _move_to_namespace,
    _copy_elsewhere,
    _copy_elsewhere,
    _spell_otherwise,
    _add,
    _graft,
)
