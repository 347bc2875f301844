"""What definitions contradict in each other, judged from raw schemas and definitions alone.

Like ``naive``, on which it builds, it shares no code with the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tests.oracle.naive import ROOT, Form, Raw, forms, read

Told = tuple[str, str]
"""A condition, and the reference of the definition that it is told of."""

Key = tuple[str, str, str]
"""Kind, namespace and name."""

JUDGED = frozenset(
    {
        "duplicate-name",
        "dangling-reference",
        "wrong-kind-reference",
        "hierarchy-cycle",
        "hierarchy-level",
        "dates-out-of-order",
        "unknown-term",
    }
)
"""The conditions that are judged here."""


def judge(definitions: list[Raw]) -> set[Told]:
    """All that is wrong between some definitions."""
    first: dict[Key, Raw] = {}
    told: set[Told] = set()
    for definition in definitions:
        if _key(definition) in first:
            told.add(("duplicate-name", _reference(definition)))
        else:
            first[_key(definition)] = definition
    known = dict(_names(first))
    for definition in first.values():
        form = forms()[definition["kind"]]
        values = {**definition["metadata"], **definition["spec"]}
        for condition in (*_references(form, values, definition, known), *_values(form, values)):
            told.add((condition, _reference(definition)))
    return told | set(_hierarchies(first))


def _key(definition: Raw) -> Key:
    metadata = definition["metadata"]
    return definition["kind"], metadata.get("namespace", "default"), metadata["name"]


def _reference(definition: Raw) -> str:
    kind, namespace, name = _key(definition)
    return f"{kind}:{namespace}/{name}"


def _names(definitions: dict[Key, Raw]) -> Iterator[tuple[Key, Raw]]:
    """Everything that can be referred to: definitions, and what has a name within them."""
    for (kind, namespace, name), definition in definitions.items():
        yield (kind, namespace, name), definition
        for held_by, form in forms()[kind].nested.items():
            for item in definition["spec"].get(held_by, []) if form.kind else []:
                yield (form.kind, namespace, f"{name}#{item['name']}"), item


def _held(form: Form, values: Raw) -> Iterator[tuple[Form, Raw]]:
    """An object and all objects within it."""
    yield form, values
    for name, inner in form.nested.items():
        if name in form.blocks.values():
            continue  # whoever reads the list they stand in meets them there
        value = values.get(name, [])
        for item in value if isinstance(value, list) else [value]:
            yield from _held(inner, item)


def _references(form: Form, values: Raw, definition: Raw, known: dict[Key, Raw]) -> Iterator[str]:
    namespace = _key(definition)[1]
    for inner, part in _held(form, values):
        for name, schema in inner.properties.items():
            if "x-relation" not in schema or name not in part:
                continue
            value = part[name]
            for item in value if isinstance(value, list) else [value]:
                text = item["to"] if isinstance(item, dict) else item
                condition = _leads(text, schema["x-relation"], namespace, known)
                if condition:
                    yield condition


def _leads(text: str, relation: Raw, namespace: str, known: dict[Key, Raw]) -> str:
    """What is wrong with a reference; empty when it leads to what it may lead to."""
    kinds: list[str] = relation["to"]
    meant = relation.get("default", kinds[0] if len(kinds) == 1 else None)
    said, colon, rest = text.rpartition(":")
    space, slash, name = rest.rpartition("/")
    there = {
        kind
        for kind, where, called in known
        if called == name and where in ([space] if slash else [namespace, "default"])
    }
    if colon:
        there = {kind for kind in there if kind.lower() == said.lower()}
    if there & set(kinds):
        # Where several kinds are allowed and none is the default, the reference has to say which.
        return "" if colon or meant in there else "dangling-reference"
    return "wrong-kind-reference" if there else "dangling-reference"


def _values(form: Form, values: Raw) -> Iterator[str]:
    for inner, part in _held(form, values):
        dates = [part[name] for name in inner.order if name in part]
        if dates != sorted(dates):
            yield "dates-out-of-order"
        for name, schema in inner.properties.items():
            vocabulary = schema.get("x-vocabulary")
            if vocabulary and name in part and vocabulary["version"] in part:
                terms = _terms().get(part[vocabulary["version"]], {})
                if part[name] not in terms.get(vocabulary["list"], []):
                    yield "unknown-term"


@cache
def _terms() -> dict[str, dict[str, set[str]]]:
    """Vocabulary version → list → its terms, narrower ones included."""
    files = [read(path) for path in (ROOT / "schemas" / "vocabularies").glob("*.yaml")]
    return {
        f"{file['vocabulary']}-{file['version']}": {
            name: {
                term for entry in entries for term in (entry["term"], *entry.get("narrower", ()))
            }
            for name, entries in file["lists"].items()
        }
        for file in files
    }


def _hierarchies(first: dict[Key, Raw]) -> Iterator[Told]:
    """One definition of each circle, the first; and each whose level does not follow."""
    for kind, form in forms().items():
        for name, schema in form.properties.items():
            counter = schema.get("x-relation", {}).get("hierarchy")
            if counter is None:
                continue
            above = {
                key: _above(definition["spec"].get(name, ""), key, first)
                for key, definition in first.items()
                if key[0] == kind
            }
            circles = {frozenset(_circle(key, above)) for key in above}
            for circle in circles - {frozenset()}:
                yield "hierarchy-cycle", _reference(first[next(k for k in above if k in circle)])
            around = {key for circle in circles for key in circle}
            for key, parent in above.items():
                if parent is None or counter is True or key in around:
                    continue
                level, wanted = (first[k]["spec"].get(counter) for k in (key, parent))
                if level is not None and wanted is not None and level != wanted + 1:
                    yield "hierarchy-level", _reference(first[key])


def _above(text: str, key: Key, first: dict[Key, Raw]) -> Key | None:
    """The definition that a parent's name means, seen from another one."""
    space, slash, name = text.rpartition(":")[2].rpartition("/")
    for where in [space] if slash else [key[1], "default"]:
        if (key[0], where, name) in first:
            return key[0], where, name
    return None


def _circle(start: Key, above: dict[Key, Key | None]) -> list[Key]:
    """The way from a definition back to itself; empty when there is none."""
    way = [start]
    while (parent := above[way[-1]]) is not None and parent not in way:
        way.append(parent)
    return way if parent == start else []
