"""The rule language once more, as plainly as its page in docs/ puts it, and as slowly.

Works on the raw definitions, the raw schema files and the raw rule files, and shares no code with
the engine: two readings of the same text have to come to the same findings.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
WORKSPACE = "Workspace"

Raw = dict[str, Any]


def read(path: Path) -> Any:
    """A YAML file."""
    return YAML(typ="safe").load(path.read_text("utf-8"))


# ---------------------------------------------------------------------------- schemas


@dataclass(eq=False)
class Form:
    """What the schema says of one sort of object."""

    kind: str = ""
    properties: dict[str, Raw] = field(default_factory=dict)
    derived: dict[str, Raw] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    parent: str = ""
    nested: dict[str, Form] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    """Lists in which blocks may stand for references, and what paths call the blocks."""


@cache
def forms() -> dict[str, Form]:
    """The forms of all kinds of definition."""
    files = [read(path) for path in sorted((ROOT / "schemas").rglob("*.schema.yaml"))]
    by_id = {schema["$id"]: schema for schema in files}
    found = {}
    for schema in files:
        if "x-kind" in schema:
            name = schema["properties"]["kind"]["const"]
            found[name] = Form(kind=name)
            for section in ("metadata", "spec"):
                _read_form(schema["properties"][section], by_id, found[name])
    return found


def _resolve(schema: Raw, by_id: dict[str, Raw]) -> Raw:
    if "$ref" not in schema:
        return schema
    identifier, _, fragment = schema["$ref"].partition("#")
    target: Any = by_id[identifier]
    for step in fragment.strip("/").split("/"):
        target = target[step]
    return {**_resolve(target, by_id), **{k: v for k, v in schema.items() if k != "$ref"}}


def _read_form(schema: Raw, by_id: dict[str, Raw], form: Form) -> None:
    schema = _resolve(schema, by_id)
    form.order = schema.get("x-order", form.order)
    form.derived.update(schema.get("x-derived", {}))
    for name, raw in schema.get("properties", {}).items():
        inner = _resolve(raw, by_id)
        form.properties[name] = inner
        item = _resolve(inner["items"], by_id) if inner.get("type") == "array" else inner
        if entries := inner.get("x-relation", {}).get("entries"):
            form.properties[entries] = {}
            form.blocks[name] = entries
            form.nested[entries] = Form("")
            _read_form(item, by_id, form.nested[entries])
        if item.get("type") == "object" and "properties" in item:
            annotation = inner.get("x-nested", {})
            form.nested[name] = Form(
                annotation.get("kind", ""), parent=annotation.get("parent", "")
            )
            _read_form(item, by_id, form.nested[name])


# ---------------------------------------------------------------------------- the model


@dataclass(eq=False)
class Thing:
    """A definition, an object within one, or the workspace."""

    form: Form
    values: Raw
    holder: Thing | None = None
    held_by: str = ""
    namespace: str = "default"
    name: str = ""

    @property
    def entity(self) -> Thing:
        """The nearest thing with a kind."""
        return self if self.form.kind or self.holder is None else self.holder.entity


class World:
    """A model for a day."""

    def __init__(self, definitions: list[Raw], as_of: date) -> None:
        self.as_of = as_of
        self.things: list[Thing] = []
        self.workspace = Thing(Form(WORKSPACE), {})
        for definition in definitions:
            metadata = definition["metadata"]
            form = forms()[definition["kind"]]
            values = {**metadata, **definition["spec"]}
            for name, entries in form.blocks.items():
                mixed = values.get(name, [])
                if any(isinstance(item, dict) for item in mixed):
                    values[entries] = [item for item in mixed if isinstance(item, dict)]
                    values[name] = [i["to"] if isinstance(i, dict) else i for i in mixed]
            thing = Thing(
                form,
                values,
                namespace=metadata.get("namespace", "default"),
                name=metadata["name"],
            )
            self._enter(thing)
        self._known: dict[tuple[int, str], list[Any]] = {}

    def _enter(self, thing: Thing) -> None:
        self.things.append(thing)
        for name, form in thing.form.nested.items():
            value = thing.values.get(name, [])
            for item in value if isinstance(value, list) else [value]:
                full = f"{thing.name}#{item['name']}" if form.kind else ""
                self._enter(Thing(form, item, thing, name, thing.namespace, full))

    def of_kind(self, kind: str) -> list[Thing]:
        """All things of a kind."""
        return [thing for thing in self.things if thing.form.kind == kind]

    def find(self, reference: str, kinds: list[str], namespace: str) -> Thing:
        """What a reference, ``[kind:][namespace/]name``, stands for."""
        kind, colon, rest = reference.rpartition(":")
        space, slash, name = rest.rpartition("/")
        for where in [space] if slash else [namespace, "default"]:
            for thing in self.things:
                if (thing.namespace, thing.name) == (where, name):
                    fits = thing.form.kind.lower() == kind.lower() if colon else True
                    if fits and thing.form.kind in kinds:
                        return thing
        raise LookupError(reference)

    def step(self, thing: Thing, name: str) -> list[Any]:
        """The values of a property, a relation, a derived property or a way back."""
        key = (id(thing), name)
        if key not in self._known:
            self._known[key] = list(self._step(thing, name))
        return self._known[key]

    def _step(self, thing: Thing, name: str) -> list[Any]:
        if thing is self.workspace:
            return list(self.of_kind(name))
        if name in thing.form.derived:
            value = self._derived(thing, thing.form.derived[name])
            return [] if value is None else [value]
        if name in thing.form.properties:
            return self._property(thing, name)
        if name == thing.form.parent:
            return [thing.holder]
        return _once(
            other.entity
            for other in self.things
            for property_, schema in other.form.properties.items()
            if schema.get("x-relation", {}).get("inverse") == name
            and thing in self.step(other, property_)
        )

    def _property(self, thing: Thing, name: str) -> list[Any]:
        schema = thing.form.properties[name]
        if name in thing.form.nested:
            return [t for t in self.things if t.holder is thing and t.held_by == name]
        if name not in thing.values:
            return []
        value = thing.values[name]
        values = value if isinstance(value, list) else [value]
        if "x-relation" in schema:
            relation = schema["x-relation"]
            bare = [relation["default"]] if "default" in relation else relation["to"]
            return _once(
                self.find(text, relation["to"] if ":" in text else bare, thing.namespace)
                for text in values
            )
        return list(values)

    def back(self, thing: Thing, name: str) -> list[Any]:
        """``^name``: whatever has the thing as value of that property."""
        return [
            other
            for other in self.things
            if name in other.form.properties and thing in self.step(other, name)
        ]

    def _derived(self, thing: Thing, schema: Raw) -> Any:
        for function, paths in schema.items():
            if not function.endswith("Of"):
                continue
            if function == "phaseOf":
                stated = _at(thing.values, schema.get("otherwise", ""))
                return self._phase(thing, paths) or stated
            if function == "endingOf":
                return self._ending(thing, schema)
            if function == "languageOf":
                return self._language(thing, schema)
            if function == "nearestOf":
                up = [thing]
                while _at(up[-1].values, paths) is None:
                    above = [one for one in self.step(up[-1], schema["along"]) if one not in up]
                    if not above:
                        return None
                    up += above[:1]
                return _at(up[-1].values, paths)
            if function == "foldedOf":
                return _folded(thing, [paths] if isinstance(paths, str) else paths)
            if function == "totalOf":
                return _total(*(_at(thing.values, path) for path in paths))
            values = [_at(thing.values, path) for path in paths]
            if None in values:
                return None
            return _DERIVATIONS[function](*values)
        raise AssertionError(schema)

    def _phase(self, thing: Thing, name: str) -> str | None:
        """The last property, in x-order, whose date is on or before the as-of date."""
        begun = [
            phase
            for phase in thing.form.nested[name].order
            if phase in thing.values.get(name, {})
            and date.fromisoformat(thing.values[name][phase]) <= self.as_of
        ]
        return begun[-1] if begun else None

    def _ending(self, thing: Thing, schema: Raw) -> bool | None:
        """Whether the last date but one is reached, the last is near, or the end is meant."""
        lifecycle, *intents = schema["endingOf"]
        said = thing.values.get(lifecycle, {})
        if not said:
            return None
        order = thing.form.nested[lifecycle].order
        dates = {k: date.fromisoformat(v) for k, v in said.items() if k in order}
        begins, ends = order[-2:]
        stated = _at(thing.values, schema.get("otherwise", ""))
        if (self._phase(thing, lifecycle) or stated) in (begins, ends):
            return True
        if ends in dates and dates[ends] <= move(self.as_of, schema["horizon"], 1):
            return True
        dated = begins in dates or ends in dates
        declared = schema.get("declaredBy", [])
        return dated and any(thing.values.get(intent) in declared for intent in intents)

    def _language(self, thing: Thing, schema: Raw) -> str | None:
        """What is declared, here or around; else what the words tell, here before around."""
        around = [thing]
        while around[-1].holder is not None:
            around.append(around[-1].holder)
        for one in around:
            if schema["declared"] in one.values:
                return str(one.values[schema["declared"]]).split("-")[0]
        for one in around:
            text = " ".join(one.values.get(name, "") for name in schema["languageOf"]).lower()
            words = re.findall(r"[^\W\d_]+", text)
            counts = sorted(
                (sum(word in marks_of(language) for word in words), code)
                for code, language in languages().items()
            )
            if counts[-1][0] > counts[-2][0]:
                return counts[-1][1]
        return None


@cache
def languages() -> dict[str, Raw]:
    """The language files, by code."""
    files = [read(path) for path in sorted((ROOT / "schemas" / "languages").glob("*.yaml"))]
    return {file["language"]: file for file in files}


def marks_of(language: Raw) -> set[str]:
    """The words that tell a language."""
    phrases = [phrase for listed in language.get("lists", {}).values() for phrase in listed]
    words = {word for phrase in phrases for word in phrase.split(" ")}
    return (words - set(language.get("shared", []))) | set(language["marks"])


def with_words(pattern: str) -> str:
    """A pattern with the lists of words put in."""
    return re.sub(
        r"\$words\.(\w+)\.(\w+)",
        lambda found: "|".join(map(re.escape, languages()[found[1]]["lists"][found[2]])),
        pattern,
    )


def folded(text: str) -> str | None:
    """A text without case and punctuation, with & for every word that means it."""
    terms = _terms(text).split()
    text = ""
    for word in terms:
        between = text[-1:].isdecimal() and word[0].isdecimal()
        text += f" {word}" if between else word
    return text or None


def _folded(thing: Thing, names: list[str]) -> str | None:
    if names[0] not in thing.values:
        return None
    said = ""
    for name in names:
        more = thing.values.get(name, "")
        before, after = f" {_terms(said)} ", f" {_terms(more)} "
        if not (after.strip() and before.endswith(after)):
            said = f"{said} {more}"
    return folded(said)


def _terms(text: str) -> str:
    """The words of a text that make a difference."""
    also = {w for one in languages().values() for w in one.get("lists", {}).get("conjunctions", [])}
    plain = unicodedata.normalize("NFKC", text).casefold()
    found = re.findall(r"&|\w+(?:\.\w+|[+#]+\w*)*", plain)
    return " ".join("&" if word in also else word for word in found)


def _at(values: Raw, path: str) -> Any:
    found: Any = values
    for name in path.split("/"):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _total(amount: float | None, per: str | None, period: Raw | None) -> float | None:
    """An amount per month, quarter or year in the whole period; without its ends, in a year."""
    if amount is None or per is None:
        return amount
    months: float = 12
    if period and "start" in period and "end" in period:
        start = date.fromisoformat(period["start"])
        end = date.fromisoformat(period["end"]) + timedelta(days=1)
        months = 12 * (end.year - start.year) + end.month - start.month
        months += (end.day - start.day) / 30
    return round(amount * months / {"month": 1, "quarter": 3, "year": 12}[per], 6)


def _product(*numbers: float) -> float:
    product = 1.0
    for number in numbers:
        product *= number
    return product


_DERIVATIONS: dict[str, Any] = {
    "sumOf": lambda *numbers: sum(numbers),
    "productOf": _product,
    "differenceOf": lambda first, *others: first - sum(others),
    "dateOf": lambda day, duration: move(date.fromisoformat(day), duration, 1).isoformat(),
    "progressOf": lambda baseline, current, target: (
        None if target == baseline else (current - baseline) / (target - baseline)
    ),
}


def move(day: date, duration: str, sign: int) -> date:
    """Calendar arithmetic: a month after 31 January is the last of February."""
    amounts = {unit: sign * int(number) for number, unit in re.findall(r"(\d+)([YMWD])", duration)}
    months = day.year * 12 + day.month - 1 + 12 * amounts.get("Y", 0) + amounts.get("M", 0)
    year, month = months // 12, months % 12 + 1
    moved = date(year, month, min(day.day, monthrange(year, month)[1]))
    return moved + timedelta(days=7 * amounts.get("W", 0) + amounts.get("D", 0))


def _once(values: Iterator[Any] | list[Any]) -> list[Any]:
    """A node appears once however many ways lead to it, plain values as often as they occur."""
    found: list[Any] = []
    for value in values:
        if not isinstance(value, Thing) or not any(value is other for other in found):
            found.append(value)
    return found


# ---------------------------------------------------------------------------- paths

PathTree = tuple[Any, ...]


@cache
def parse_path(text: str) -> PathTree:
    """A SPARQL property path as nested tuples."""
    tokens = re.findall(r"[A-Za-z0-9-]+|[\^/|*+?()]", text)

    def alternative() -> PathTree:
        tree = sequence()
        while tokens and tokens[0] == "|":
            tokens.pop(0)
            tree = ("or", tree, sequence())
        return tree

    def sequence() -> PathTree:
        tree = element()
        while tokens and tokens[0] == "/":
            tokens.pop(0)
            tree = ("then", tree, element())
        return tree

    def element() -> PathTree:
        if tokens[0] == "^":
            tokens.pop(0)
            return ("back", element())
        word = tokens.pop(0)
        if word == "(":
            tree = alternative()
            assert tokens.pop(0) == ")"
        else:
            tree = ("step", word)
        while tokens and tokens[0] in "*+?":
            tree = (tokens.pop(0), tree)
        return tree

    tree = alternative()
    assert not tokens, text
    return tree


def walk(world: World, tree: PathTree, starts: list[Any], back: bool = False) -> list[Any]:
    """All values that a path leads to from some values; ``back``: the path read backwards."""
    match tree:
        case ("step", name):
            take = world.back if back else world.step
            return _once(
                value for start in starts if isinstance(start, Thing) for value in take(start, name)
            )
        case ("back", inner):
            return walk(world, inner, starts, not back)
        case ("then", first, second):
            if back:
                first, second = second, first
            return walk(world, second, walk(world, first, starts, back), back)
        case ("or", one, other):
            return _once([*walk(world, one, starts, back), *walk(world, other, starts, back)])
        case ("?", inner):
            return _once([*starts, *walk(world, inner, starts, back)])
        case ("+", inner):
            return walk(world, ("*", inner), walk(world, inner, starts, back), back)
        case ("*", inner):
            found = _once(starts)
            while True:
                wider = _once([*found, *walk(world, inner, found, back)])
                if len(wider) == len(found):
                    return found
                found = wider
    raise AssertionError(tree)


# ---------------------------------------------------------------------------- shapes


@dataclass
class Judge:
    """One rule on one model."""

    world: World
    rule: Raw

    def broken_by(self) -> set[tuple[str, str]]:
        """The rule and each node that breaks it."""
        if not all(self.path(path, self.world.workspace) for path in self.rule.get("evidence", [])):
            return set()
        targets = self.rule["target"]
        shape = {key: value for key, value in self.rule.items() if key not in ("where", "message")}
        return {
            (self.rule["id"], _reference(node))
            for target in (targets if isinstance(targets, list) else [targets])
            for node in self._of(target)
            if self.conforms(node, self.rule.get("where", {})) and not self.conforms(node, shape)
        }

    def told_of(self, broken_by: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """The same, without those of which an absent fact is not asked."""
        broken = {*broken_by}
        absence = self.rule.get("absence")
        if absence is None:
            return broken
        targets = self.rule["target"]
        fact = absence.get("of", self.rule.get("path"))
        for target in targets if isinstance(targets, list) else [targets]:
            about = [n for n in self._of(target) if self.conforms(n, self.rule.get("where", {}))]
            lacking = [
                node
                for node in about
                if (self.rule["id"], _reference(node)) in broken
                and not self.path(fact, node)
                and not self._says_none(node, fact)
            ]
            kept = []
            if len(lacking) < len(about) or absence.get("link"):
                above = re.match(r"\w+[*?](?=/)", fact)
                kept = [
                    node
                    for node in lacking
                    if above is None
                    or not any(up is not node and up in lacking for up in self.path(above[0], node))
                ] or lacking[:1]
            broken -= {(self.rule["id"], _reference(n)) for n in lacking if n not in kept}
        return broken

    def _says_none(self, node: Thing, path: str) -> bool:
        """Whether a fact is written down as none, by whom it would be inherited from."""
        if (brackets := re.sub(r"\([^()]*\)", "", path)) != path and "|" in brackets:
            # Of alternatives with brackets, those that are a property of its own.
            names = [one for one in brackets.split("|") if re.fullmatch(r"[\w-]+", one)]
            return any(node.values.get(name) is not None for name in names)
        above, _, fact = path.rpartition("/")
        if "(" in above or (above and not above.endswith("*")):
            return False
        top = self.path(above, node)[-1] if above else node
        return any(top.values.get(name.strip()) is not None for name in fact.split("|"))

    def _of(self, target: str) -> list[Thing]:
        return [self.world.workspace] if target == WORKSPACE else self.world.of_kind(target)

    def path(self, text: str, focus: Any) -> list[Any]:
        """The values of a path."""
        return walk(self.world, parse_path(text), [focus])

    def conforms(self, focus: Any, shape: Raw) -> bool:
        """Whether a node or value conforms to a shape."""
        values = self.expression(shape["path"], focus) if "path" in shape else [focus]
        return all(
            self.holds(key, argument, shape, values, focus) for key, argument in shape.items()
        )

    def holds(self, key: str, argument: Any, shape: Raw, values: list[Any], focus: Any) -> bool:
        """Whether one key of a shape holds."""
        if key in ("minCount", "maxCount", "hasValue", "equals", "qualifiedValueShape"):
            return self._together(key, argument, shape, values, focus)
        if key == "sameValueWithin":
            scopes = [argument] if isinstance(argument, str) else argument
            return all(self._as_the_first(values, shape["path"], one, focus) for one in scopes)
        if key in ("disjoint", "lessThan", "lessThanOrEquals", "uniqueValueWithin"):
            return all(self._compared(key, argument, shape, value, focus) for value in values)
        if key in ("node", "not", "and", "property", "or", "xone", "properties", "required"):
            return all(self._combined(key, argument, value) for value in values)
        return all(self._alone(key, argument, shape, value) for value in values)

    def _together(self, key: str, argument: Any, shape: Raw, values: list[Any], focus: Any) -> bool:
        """Counts, hasValue, qualified… and equals break for the node as a whole."""
        match key:
            case "minCount":
                return bool(len(values) >= self.comparand(argument))
            case "maxCount":
                return bool(len(values) <= self.comparand(argument))
            case "hasValue":
                return any(same(v, self.comparand(argument)) for v in values)
            case "equals":
                others = self.expression(argument, focus)
                return _subset(values, others) and _subset(others, values)
        count = sum(self.conforms(v, argument) for v in values)
        least = self.comparand(shape.get("qualifiedMinCount", 0))
        return bool(least <= count <= self.comparand(shape.get("qualifiedMaxCount", count)))

    def _compared(self, key: str, argument: Any, shape: Raw, value: Any, focus: Any) -> bool:
        if key == "uniqueValueWithin":
            return self._is_unique(value, shape["path"], argument, focus)
        others = self.expression(argument, focus)
        if key == "disjoint":
            return not any(same(value, other) for other in others)
        return all(ordered(value, _SIGNS[key], other) for other in others)

    def _combined(self, key: str, argument: Any, value: Any) -> bool:
        match key:
            case "node":
                return self.conforms(value, argument)
            case "not":
                return not self.conforms(value, argument)
            case "properties" | "required":
                return self._passes(value, {key: argument})
        conforming = [inner for inner in argument if self.conforms(value, inner)]
        match key:
            case "or":
                return len(conforming) > 0
            case "xone":
                return len(conforming) == 1
        return len(conforming) == len(argument)

    def _alone(self, key: str, argument: Any, shape: Raw, value: Any) -> bool:
        match key:
            case "class":
                kinds = argument if isinstance(argument, list) else [argument]
                return isinstance(value, Thing) and value.form.kind in kinds
            case "in":
                return any(same(value, self.comparand(member)) for member in argument)
            case "minInclusive" | "minExclusive" | "maxInclusive" | "maxExclusive":
                return ordered(value, _SIGNS[key], self.comparand(argument))
        if not isinstance(value, str):
            return True
        match key:
            case "pattern":
                flags = re.IGNORECASE if shape.get("flags") == "i" else 0
                return re.search(with_words(argument), value, flags) is not None
            case "minLength":
                return bool(len(value) >= argument)
            case "maxLength":
                return bool(len(value) <= argument)
        return True

    def _is_unique(self, value: Any, path: str, scope: str, focus: Thing) -> bool:
        """Whether no earlier node of the same scope has the value."""
        within = self.path(scope, focus)
        peers = self.world.of_kind(focus.form.kind)
        return not any(
            any(same(value, theirs) for theirs in self.path(path, earlier))
            and self.path(scope, earlier) == within
            for earlier in peers[: peers.index(focus)]
        )

    def _as_the_first(self, values: list[Any], path: str, scope: str, focus: Thing) -> bool:
        """Whether the first that shares something, and has any values, has all of these."""
        within = self.path(scope, focus)
        for peer in self.world.of_kind(focus.form.kind) if within else []:
            theirs = self.path(path, peer)
            if theirs and self.path(scope, peer) == within:
                return peer is focus or _subset(values, theirs)
        return True

    def _passes(self, thing: Thing, schema: Raw) -> bool:
        """JSON Schema on a node's own values, derived ones included."""
        own = dict(thing.values)
        for name in thing.form.derived:
            for value in self.world.step(thing, name):
                own[name] = value
        return bool(Draft202012Validator(_for_lists(self._filled(schema), own)).is_valid(own))

    def _filled(self, schema: Any) -> Any:
        """A JSON Schema with its comparands put in."""
        match schema:
            case dict():
                return {key: self._filled(value) for key, value in schema.items()}
            case list():
                return [self._filled(value) for value in schema]
        return self.comparand(schema)

    def comparand(self, value: Any) -> Any:
        """A literal, the as-of date moved or not, or a parameter."""
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        if value.startswith("$params."):
            return self.rule["params"][value.removeprefix("$params.")]["default"]
        parts = value.split()
        day = self.world.as_of
        if len(parts) == 3:
            day = move(day, self.comparand(parts[2]), -1 if parts[1] == "-" else 1)
        return day.isoformat()

    def expression(self, expression: Any, focus: Any) -> list[Any]:
        """The values of a path, or the one value that is computed, or nothing."""
        match expression:
            case str():
                return self.path(expression, focus)
            case int() | float():
                return [expression]
            case {"difference": [one, other]}:
                return self._both(one, other, focus, lambda a, b: a - b)
            case {"distance": [one, other]}:
                return self._both(one, other, focus, lambda a, b: abs(a - b))
            case {"percent": [one, other]}:
                return self._both(one, other, focus, lambda a, b: 100 * a / b if b else None)
        nodes = [focus]
        if "nodes" in expression:
            wanted = expression.get("filterShape", {})
            found = self.path(expression["nodes"], focus)
            nodes = [node for node in found if self.conforms(node, wanted)]
        function = next(k for k in ("count", "sum", "min", "max", "distinct") if k in expression)
        values = [v for node in nodes for v in self.path(expression[function], node)]
        match function:
            case "count":
                return [len(values)]
            case "sum":
                return [round(sum(values), 6)]
            case "distinct":
                different: list[Any] = []
                for value in values:
                    if not any(same(value, other) for other in different):
                        different.append(value)
                return [len(different)]
        return [min(values) if function == "min" else max(values)] if values else []

    def _both(self, one: Any, other: Any, focus: Any, compute: Any) -> list[Any]:
        left, right = self.expression(one, focus), self.expression(other, focus)
        if not left or not right:
            return []
        result = compute(left[0], right[0])
        return [] if result is None else [round(result, 6)]


def _for_lists(schema: Raw, own: Raw) -> Raw:
    """What the page says of lists: each item is tested, and an empty list is no value."""
    required = list(schema.get("required", ()))
    tests = {}
    for name, test in schema.get("properties", {}).items():
        value = own.get(name)
        if test.get("minItems", 0) > 0 or "contains" in test:
            required.append(name)
        if isinstance(value, list):
            whole = {key: test[key] for key in ("minItems", "maxItems", "contains") if key in test}
            if "contains" in test.get("not", {}):
                whole["not"] = test["not"]
            test = {**whole, "items": {k: v for k, v in test.items() if k not in whole}}
        elif isinstance(value, dict):
            test = _for_lists(test, value)
        tests[name] = test
    whole = {"properties": tests, "required": required}
    filled: list[Raw] = [{"properties": {name: {"not": {"const": []}}}} for name in required]
    return {"allOf": [whole, *filled]}


_SIGNS = {
    "minInclusive": ">=",
    "minExclusive": ">",
    "maxInclusive": "<=",
    "maxExclusive": "<",
    "lessThan": "<",
    "lessThanOrEquals": "<=",
}


def same(one: Any, other: Any) -> bool:
    """Whether two values are one: nodes by identity, true is not 1."""
    if isinstance(one, Thing) or isinstance(other, Thing):
        return one is other
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def ordered(one: Any, sign: str, other: Any) -> bool:
    """Whether two values stand in that order; values of different types are never compared."""
    numbers = [isinstance(v, (int, float)) and not isinstance(v, bool) for v in (one, other)]
    texts = [isinstance(v, str) for v in (one, other)]
    if not all(numbers) and not all(texts):
        return True
    match sign:
        case "<":
            return bool(one < other)
        case "<=":
            return bool(one <= other)
        case ">":
            return bool(one > other)
    return bool(one >= other)


def _subset(values: list[Any], others: list[Any]) -> bool:
    return all(any(same(v, other) for other in others) for v in values)


def _reference(node: Thing) -> str:
    if node.form.kind == WORKSPACE:
        return WORKSPACE
    return f"{node.form.kind}:{node.namespace}/{node.name}"


# ---------------------------------------------------------------------------- all rules


@cache
def rules() -> list[Raw]:
    """The shipped rules about nodes as they are, from their files."""
    found = [
        read(path)
        for path in sorted((ROOT / "rules").glob("*/*.yaml"))
        if path.name != "guideline.yaml" and not path.name.endswith((".test.yaml", ".measure.yaml"))
    ]
    return [rule for rule in found if "target" in rule and "transition" not in rule]


def judge(
    rules: Iterable[Raw], definitions: list[Raw], as_of: date
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Each rule with each node that breaks it, and with each node that findings are about."""
    world = World(definitions, as_of)
    broken: set[tuple[str, str]] = set()
    told: set[tuple[str, str]] = set()
    for rule in rules:
        one = Judge(world, rule)
        breaking = one.broken_by()
        broken |= breaking
        told |= one.told_of(breaking)
    return broken, told


# ---------------------------------------------------------------------------- what is not known

Way = tuple[str, ...]


def _parts(path: str) -> Way:
    """A path, part by part: cut where a slash is in no brackets."""
    found, depth, start = [], 0, 0
    for at, sign in enumerate(path):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            return (path,)
        if sign == "/" and not depth:
            found.append(path[start:at])
            start = at + 1
    return (*found, path[start:])


def _ways(shape: Any, base: Way) -> Iterator[Way]:
    """The paths that a shape reads, from the node in question."""
    if isinstance(shape, list):
        for one in shape:
            yield from _ways(one, base)
    if not isinstance(shape, dict):
        return
    bases = [base]
    if "path" in shape:
        bases = [(*base, *way) for way in _read_by(shape["path"])]
        yield from bases
    for key, value in shape.items():
        if key in ("and", "or", "xone", "property", "node", "not", "qualifiedValueShape"):
            for one in bases:
                yield from _ways(value, one)
        elif key in _BESIDE:
            others = value if isinstance(value, list) else [value]
            yield from ((*base, *way) for other in others for way in _read_by(other))
        elif key in ("properties", "required"):
            yield from ((*one, name) for one in bases for name in value)


_BESIDE = (
    *("equals", "disjoint", "lessThan", "lessThanOrEquals"),
    *("uniqueValueWithin", "sameValueWithin"),
)


def _read_by(expression: Any) -> list[Way]:
    match expression:
        case str():
            return [_parts(expression)]
        case {"difference": operands} | {"distance": operands} | {"percent": operands}:
            return [way for operand in operands for way in _read_by(operand)]
        case dict():
            function = next(
                k for k in ("count", "sum", "min", "max", "distinct") if k in expression
            )
            first = _parts(expression["nodes"]) if "nodes" in expression else ()
            inner = _ways(expression.get("filterShape", {}), first)
            return [(*first, *_parts(expression[function])), *inner]
    return []


def _demands(shape: Raw) -> Iterator[Raw]:
    """What a shape demands, one by one."""
    if "path" in shape:
        yield shape
        return
    for key, value in shape.items():
        if key in ("and", "property"):
            for one in value:
                yield from _demands(one)
        elif key == "node":
            yield from _demands(value)
        elif key == "properties":
            yield from ({"properties": {name: test}} for name, test in value.items())
        elif key == "required":
            yield from ({"required": [name]} for name in value)
        elif key not in ("message", "qualifiedMinCount", "qualifiedMaxCount", "flags"):
            beside = ("qualifiedMinCount", "qualifiedMaxCount", "flags")
            yield {key: value, **{k: shape[k] for k in beside if k in shape}}


def _alike(one: Way, other: Way) -> bool:
    """Whether one of two ways is the beginning of the other."""
    return all(a == b for a, b in zip(one, other, strict=False))


class Doubt:
    """What of a model a rule has no answer for."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.rule = judge.rule
        self.shape = {k: v for k, v in self.rule.items() if k in _HOLDING}

    def unknown(self) -> set[tuple[str, str]]:
        """The rule, and each node that it does not find broken and cannot judge."""
        targets = self.rule["target"]
        return {
            (self.rule["id"], _reference(node))
            for target in (targets if isinstance(targets, list) else [targets])
            for node in self.judge._of(target)
            if not self._breaks(node) and self._in_doubt(node)
        }

    def _breaks(self, node: Thing) -> bool:
        where = self.rule.get("where", {})
        return self.judge.conforms(node, where) and not self.judge.conforms(node, self.shape)

    def _in_doubt(self, node: Thing) -> bool:
        lacking = [need for need in self._needs() if self._lacks(need, node)]
        if not lacking:
            return False
        facts = [_parts(need["path"]) for need in lacking]
        facts = [
            (*_parts(need["nodes"]), *fact) if "nodes" in need else fact
            for need, fact in zip(lacking, facts, strict=True)
        ]
        demands = list(_demands(self.rule.get("where", {})))
        for demand in demands:
            reads = any(_alike(way, fact) for way in _ways(demand, ()) for fact in facts)
            if not reads and not self.judge.conforms(node, demand):
                return False
        asked = [way for demand in demands for way in _ways(demand, ())]
        holding = [*_ways(self.shape, ())]
        decides = any(
            not any(_alike(fact, way) for way in asked) or any(_alike(fact, way) for way in holding)
            for fact in facts
        )
        return decides or not self.judge.conforms(node, self.shape)

    def _needs(self) -> Iterator[Raw]:
        for need in self.rule.get("needs", []):
            yield {"path": need} if isinstance(need, str) else need

    def _lacks(self, need: Raw, node: Thing) -> bool:
        if not self.judge.conforms(node, need.get("where", {})):
            return False
        nodes = self.judge.path(need["nodes"], node) if "nodes" in need else [node]
        return any(
            self._lacks_itself(need["path"], one)
            for one in nodes
            if self.judge.conforms(one, need.get("filterShape", {}))
        )

    def _lacks_itself(self, path: str, node: Thing) -> bool:
        """Whether a path leads nowhere, and nobody has written down that there is nothing."""
        if self.judge.path(path, node):
            return False
        first, *rest = _parts(path)
        schema = node.form.derived.get(path, {})
        climb = first if rest and first[-1] in "*+?" else ""
        if climb:
            path = "/".join(rest)
        elif "nearestOf" in schema:
            climb = f"{schema['along']}*"
        if climb:
            node = [node, *self.judge.path(climb, node)][-1]
        names = path[1:-1] if path.startswith("(") and path.endswith(")") else path
        ways = names.split("|") if not re.search(r"[(^]", names) else [names]
        known = [way for way in ways if self._may_say(node, way)]
        return bool(known) and not any(self._says_none(node, way) for way in known)

    def _may_say(self, node: Thing, way: str) -> bool:
        first = re.match(r"[\w-]+", way)
        if first is None or first[0] in _inverses(node.form.kind):
            return True
        return first[0] in node.form.properties or first[0] in node.form.derived

    def _says_none(self, node: Thing, way: str) -> bool:
        schema = node.form.derived.get(way)
        if schema is not None:
            # Of dates that are all to come, it is known that no phase has begun.
            return "phaseOf" in schema and bool(_at(node.values, schema["phaseOf"]))
        if not re.fullmatch(r"[\w-]+(?:/[\w-]+)*", way):
            return False
        names = way.split("/")
        for name in names:
            if node.values.get(name) is None:
                return False
            inner = [t for t in self.judge.world.things if t.holder is node and t.held_by == name]
            if name not in node.form.nested or isinstance(node.values[name], list):
                return name == names[-1]
            node = inner[0]
        return True


_HOLDING = frozenset(
    (
        *("path", "minCount", "maxCount", "class", "in", "hasValue", "pattern", "flags"),
        *("minLength", "maxLength", "minInclusive", "minExclusive", "maxInclusive"),
        *("maxExclusive", "equals", "disjoint", "lessThan", "lessThanOrEquals"),
        *("uniqueValueWithin", "sameValueWithin", "node", "not", "and", "or", "xone", "property"),
        *("qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount"),
        *("properties", "required"),
    )
)
"""The keys of a rule that say what must hold."""


@cache
def _inverses(kind: str) -> frozenset[str]:
    """The names by which relations lead back from a kind."""
    return frozenset(
        schema["x-relation"]["inverse"]
        for form in _every_form()
        for schema in form.properties.values()
        if kind in schema.get("x-relation", {}).get("to", ())
    )


@cache
def _every_form() -> tuple[Form, ...]:
    """The forms of all kinds, and of all objects within."""
    found = [*forms().values()]
    for form in found:
        found.extend(form.nested.values())
    return tuple(found)


def unknown(rules: Iterable[Raw], definitions: list[Raw], as_of: date) -> set[tuple[str, str]]:
    """Each rule with each node that breaks it not, and that it cannot judge for want of a fact."""
    world = World(definitions, as_of)
    asking = (rule for rule in rules if "needs" in rule)
    return set().union(*(Doubt(Judge(world, rule)).unknown() for rule in asking))
