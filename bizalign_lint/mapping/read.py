"""Mapping files → Rules, checked against the ontology; errors are located."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bizalign_lint.core import shipped
from bizalign_lint.core.errors import MappingError, raise_all
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.core.types import Document, Location, Place, Pointer, Source
from bizalign_lint.core.words import folded, with_article
from bizalign_lint.mapping.language import (
    Element,
    Fill,
    Relation,
    Rules,
    Setting,
    Value,
    View,
)
from bizalign_lint.mapping.read_exports import field_pointer, links, rest
from bizalign_lint.parsing.documents import form, read_document
from bizalign_lint.parsing.positions import locate
from bizalign_lint.readers import formats
from bizalign_lint.schema.messages import objections
from bizalign_lint.schema.ontology import ObjectType, Ontology, Property

_MOST_WORDS = 16
_PROPERTY = "property"
"""The field in which readers put the user-defined properties of a record."""


def read_rules(source: Source, name: str, ontology: Ontology) -> Rules:
    """A mapping, including what it extends. Raises MappingError, with the places."""
    document = read_document(source, MappingError)
    flaws = objections(form("mapping"), document)
    raise_all(error(place, message) for place, message in flaws)
    return _Reader(document, name, ontology).rules()


def error(place: Place, message: str, hint: str = "") -> MappingError:
    """An error about a place in a mapping, or in the configuration that uses it."""
    return MappingError(message, Location(place.document.source.path, locate(place)), hint)


def unknown(place: Place, what: str, name: str, known: Collection[str]) -> MappingError:
    """An error about an unknown name, with the nearest known name or all known names."""
    return error(place, f"unknown {what} {name}", hint(name, known, _some(known)))


def _some(known: Collection[str]) -> str:
    return listed(sorted(known)) if 0 < len(known) <= 12 else ""


def setting_at(kind: ObjectType, path: str) -> tuple[Pointer, Property] | str:
    """The pointer and property at a path of a kind; or the first unknown step of the path."""
    current: ObjectType | None = kind
    pointer: list[str | int] = []
    found: Property | None = None
    for step in path.split("."):
        found = current.properties.get(step) if current is not None else None
        if found is None or not found.written:
            return step
        if not pointer and found.section is not None:
            pointer.append(found.section)
        pointer.append(step)
        current = found.object
    assert found is not None
    return tuple(pointer), found


class _Reader:
    def __init__(self, document: Document, name: str, ontology: Ontology) -> None:
        self._document = document
        self._value = document.value
        self._name = name
        self._ontology = ontology
        self._errors: list[MappingError] = []

    def rules(self) -> Rules:
        rules = Rules(self._name, self._value.get("reader", ""))
        base = self._base()
        if base is not None:
            rules.reader = rules.reader or base.reader
            rules.options = dict(base.options)
            rules.every = dict(base.every)
            rules.rest = base.rest
        rules.rest = self._value.get("rest", rules.rest)
        rules.links, rules.link_write = links(self._value, base)
        rules.every.update(self._value.get("every", {}))
        self._every, self._rest = rules.every, rules.rest
        if not rules.reader:
            message = "give reader (the format of the files) or extends (a shipped mapping)"
            self._errors.append(error(self._place(), message))
        elif rules.reader not in formats.NAMES:
            place = self._place("reader")
            self._errors.append(unknown(place, "reader", rules.reader, formats.NAMES))
        rules.options.update(self._value.get("options", {}))
        for index, entry in enumerate(self._value.get("elements", ())):
            rules.elements.append(self._element(entry, ("elements", index)))
        for index, entry in enumerate(self._value.get("relations", ())):
            relation = self._relation(entry, ("relations", index))
            rules.relations += [relation] if relation is not None else []
        for index, entry in enumerate(self._value.get("views", ())):
            if self._kind(entry["kind"], ("views", index, "kind")) is not None:
                rules.views.append(View(entry["kind"], entry["title"]))
        raise_all(self._errors)
        if base is not None:
            rules.elements += base.elements
            rules.relations += base.relations
            rules.views += base.views
        return rules

    def _base(self) -> Rules | None:
        name = self._value.get("extends")
        if name is None:
            return None
        known = shipped.mappings()
        if name not in known:
            raise unknown(self._place("extends"), "mapping", name, known)
        return read_rules(known[name], name, self._ontology)

    def _place(self, *pointer: str | int, key: bool = False) -> Place:
        return Place(self._document, pointer, key)

    def _kind(self, name: str, pointer: Pointer) -> ObjectType | None:
        if name in self._ontology.kinds:
            return self._ontology.kinds[name].type
        self._errors.append(unknown(self._place(*pointer), "kind", name, self._ontology.kinds))
        return None

    def _element(self, entry: Mapping[str, Any], here: Pointer) -> Element:
        if sum(key in entry for key in ("to", "leave", "definition")) != 1:
            self._errors.append(
                error(self._place(*here), "give either to (a kind) or leave (why it is left out)")
            )
        settings: dict[Pointer, Setting] = {}
        fills: list[Fill] = []
        kind = self._kind(entry["to"], (*here, "to")) if "to" in entry else None
        if kind is not None:
            for place in (("every",), (*here, "set")):
                within = self._every if place == ("every",) else entry.get("set", {})
                for path, values in within.items():
                    setting = self._setting(kind, path, values, (*place, path))
                    if setting is not None:
                        settings[setting.pointer] = setting
            for setting in rest(kind, self._rest):
                settings.setdefault(setting.pointer, setting)
            fills = [
                Fill(
                    Value(
                        field_pointer(fill["field"]),
                        refers=fill.get("refers", ""),
                        split=fill.get("split", ""),
                    ),
                    fill["property"],
                )
                for fill in entry.get("fill", ())
            ]
        condition = entry["from"]
        return Element(
            frozenset(_list(condition.get("type", []))),
            tuple(
                (field_pointer(path), frozenset(map(folded, _list(words))))
                for path, words in condition.get("where", {}).items()
            ),
            kind=entry.get("to", ""),
            why=entry.get("leave", ""),
            name=field_pointer(entry["name"]) if "name" in entry else (),
            namespace=field_pointer(entry["namespace"]) if "namespace" in entry else (),
            settings=tuple(settings.values()),
            fills=tuple(fills),
            joins=field_pointer(entry["joins"]) if "joins" in entry else (),
            has=tuple(map(field_pointer, _list(condition.get("has", [])))),
            is_definition="definition" in entry,
            type=next(iter(_list(condition.get("type", ()))), ""),
            marks=tuple(
                (field_pointer(path), _list(words)[0])
                for path, words in condition.get("where", {}).items()
            ),
            write=tuple(
                (field_pointer(path), value) for path, value in entry.get("write", {}).items()
            ),
        )

    def _setting(self, kind: ObjectType, path: str, entry: Any, here: Pointer) -> Setting | None:
        found = setting_at(kind, path)
        if isinstance(found, str):
            known = [name for name, one in kind.properties.items() if one.written]
            message = f"unknown property {path} of {kind.name}"
            self._errors.append(error(self._place(*here, key=True), message, hint(found, known)))
            return None
        pointer, property_ = found
        values = tuple(self._values(entry, property_, here))
        return Setting(pointer, property_, values)

    def _values(self, entry: Any, property_: Property, here: Pointer) -> Iterator[Value]:
        if isinstance(entry, list):
            for index, one in enumerate(entry):
                yield from self._values(one, property_, (*here, index))
            return
        if isinstance(entry, str):
            yield Value(field_pointer(entry))
            return
        if sum(key in entry for key in ("field", "property", "column", "value")) != 1:
            message = "give one of field, property, column or value"
            self._errors.append(error(self._place(*here), message))
        each = entry.get("each")
        if each and (property_.object is None or each not in property_.object.properties):
            inner = property_.object.properties if property_.object is not None else ()
            message = f"{property_.name} has no objects with a property {each}"
            self._errors.append(error(self._place(*here, "each"), message, hint(each, inner)))
        words = entry.get("words")
        if property_.enum is not None:
            ours = {"value": entry["value"]} if "value" in entry else words or {}
            for word, our in ours.items():
                if our not in property_.enum:
                    place = (*here, "value") if "value" in entry else (*here, "words", word)
                    known = [str(one) for one in property_.enum]
                    message = f"{our} is not a value of {property_.name}"
                    advice = hint(str(our), known, listed(known))
                    self._errors.append(error(self._place(*place), message, advice))
        yield Value(
            _field(entry),
            entry.get("value"),
            None if words is None else {folded(str(theirs)): our for theirs, our in words.items()},
            reports_others=entry.get("others") != "left",
            refers=entry.get("refers", ""),
            then=next(self._values(entry["then"], property_, (*here, "then")), None)
            if "then" in entry
            else None,
            split=entry.get("split", ""),
            decimal=entry.get("decimal", "."),
            each=entry.get("each", ""),
            is_name=entry.get("form") == "name",
            among=entry.get("among", ""),
            known=_known(words or {}),
            theirs=None
            if words is None
            else {our: str(theirs) for theirs, our in [*words.items()][::-1]},
        )

    def _relation(self, entry: Mapping[str, Any], here: Pointer) -> Relation | None:
        if ("of" in entry) == ("chain" in entry):
            self._errors.append(
                error(self._place(*here), "give either of (direct links) or chain (several)")
            )
            return None
        kinds = {end: self._kind(entry[end], (*here, end)) for end in ("source", "target")}
        end, _, path = entry["fill"].partition("/")
        kind = kinds[end]
        if kind is None or kinds["source"] is None or kinds["target"] is None:
            return None
        found = setting_at(kind, path)
        other = entry["target" if end == "source" else "source"]
        if isinstance(found, str):
            known = [p.name for p in kind.links if p.relation]
            message = f"unknown relation {path} of {kind.name}"
            advice = hint(path, known, listed(known))
            self._errors.append(error(self._place(*here, "fill"), message, advice))
            return None
        pointer, property_ = found
        if property_.relation is None or other not in property_.relation.to:
            message = f"{path} of {kind.name} cannot refer to {with_article(other)}"
            self._errors.append(error(self._place(*here, "fill"), message))
            return None
        types = _list(entry["of"] if "of" in entry else entry["chain"])
        return Relation(
            frozenset(types),
            1 if "of" in entry else entry.get("steps", 3),
            source=entry["source"],
            target=entry["target"],
            at_source=end == "source",
            property=property_,
            pointer=pointer,
            type=types[0],
        )


def _field(entry: Mapping[str, Any]) -> Pointer:
    """The field that a value comes from, given as ``property``, ``column`` or ``field``."""
    if "property" in entry:
        return (_PROPERTY, entry["property"])
    if "column" in entry:
        return (entry["column"],)
    return field_pointer(entry.get("field", ()))


def _known(words: Mapping[str, Any]) -> str:
    """The words of a table; if there are many, their number and the values they stand for."""
    if len(words) <= _MOST_WORDS:
        return ", ".join(map(str, words))
    return f"{len(words)} words for {', '.join(dict.fromkeys(map(str, words.values())))}"


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
