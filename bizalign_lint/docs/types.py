"""What a property may hold, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bizalign_lint.docs.links import Links
from bizalign_lint.docs.markdown import code, listed, prose
from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.schema.ontology import ObjectType, Ontology, Property

PROPERTIES = ("property", "holds", "needed", "meaning")
"""The header of a table of properties."""

_WORDS = {
    "string": ("text", "texts"),
    "date": ("date", "dates"),
    "integer": ("whole number", "whole numbers"),
    "number": ("number", "numbers"),
    "boolean": ("true or false", "true or false"),
    "object": ("block", "blocks"),
    "any": ("anything", "anything"),
}


def forms(ontology: Ontology) -> dict[str, Mapping[str, Any]]:
    """The shared shapes of texts, by name: those that a pattern distinguishes."""
    return {
        name: schema
        for resource in ontology.resources.values()
        for name, schema in resource.get("$defs", {}).items()
        if schema.get("type") == "string" and "pattern" in schema
    }


def elsewhere(names: Sequence[str], schema: Mapping[str, Any]) -> Iterator[str]:
    """What other tools call a kind or a property, and its values, in sentences."""
    if names:
        yield f"Elsewhere called {listed(map(code, names), 'or')}."
    if values := schema.get("x-value-aliases"):
        meant = (f"{code(str(word))} for {code(str(value))}" for word, value in values.items())
        yield f"Other tools say {listed(meant)}."


class Types:
    """Says what properties hold. ``forms`` are described on the index of kinds."""

    def __init__(self, ontology: Ontology, links: Links, place: str) -> None:
        self._forms = forms(ontology)
        self._kinds = set(ontology.kinds)
        self._links = links
        self._place = place
        """The heading on the index of kinds under which forms are described."""

    def rows(self, type_: ObjectType, section: str | None, path: str = "") -> Iterator[list[str]]:
        """The rows of a table for the properties of an object, those of blocks within included."""
        for name, found in type_.properties.items():
            if not found.written or (not path and found.section != section):
                continue
            here = f"{path}{name}"
            meaning = prose(found.description)
            if "default" in found.schema:
                default = code(flow(found.schema["default"]))
                meaning += "" if default in meaning else f" Without it: {default}."
            meaning += "".join(
                f" {sentence}" for sentence in elsewhere(found.aliases, found.schema)
            )
            yield [code(here), self.holds(found), "yes" if found.required else "", meaning]
            if found.block is not None and not found.block.name:
                yield from self.rows(found.block, None, f"{here}{'[]' if found.many else ''}.")

    def holds(self, found: Property) -> str:
        """What a property may hold."""
        what = self._one(found)
        if found.many and found.enum is not None:
            return f"several of {what}"
        return f"list of {what}" if found.many else what

    def _one(self, found: Property) -> str:
        if found.relation is not None:
            to = found.relation.to
            noun = "references" if found.many else "reference"
            if len(to) > 3:
                others = len(to) - 2
                return f"{noun} to {', '.join(map(self._links.kind, to[:2]))} or {others} others"
            return f"{noun} to {listed(map(self._links.kind, to), 'or')}"
        if found.object is not None and found.object.name:
            return self._links.kind(found.object.name)
        if found.enum is not None:
            return listed(map(code, found.enum), "or")
        if found.vocabulary is not None:
            return f"term of {self._links.vocabularies(code(found.vocabulary.list))}"
        schema = found.schema
        if form := next((n for n, s in self._forms.items() if _same(s, schema)), None):
            if form in _WORDS:
                return self._links.kind_index(_word(form, found.many), self._place)
            return self._links.kind_index(form, self._place)
        return _range(_word(found.datatype, found.many), schema)


def _same(form: Mapping[str, Any], schema: Mapping[str, Any]) -> bool:
    return bool(form["pattern"] == schema.get("pattern"))


def _word(datatype: str, many: bool) -> str:
    return _WORDS.get(datatype, _WORDS["any"])[many]


def _range(word: str, schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f"{word} from {least} to {most}"
    if least is not None:
        return f"{word} from {least}"
    return word if most is None else f"{word} up to {most}"


def choices(type_: ObjectType, section: str | None, path: str = "") -> Iterator[Choice]:
    """The properties of an object that are one of a few values, with what these mean."""
    for name, found in type_.properties.items():
        if not found.written or (not path and found.section != section):
            continue
        here = f"{path}{name}"
        if found.enum is not None:
            meanings = found.schema.get("x-enum-descriptions", {})
            yield here, [(value, meanings.get(value, "")) for value in found.enum]
        if found.block is not None and not found.block.name:
            yield from choices(found.block, None, f"{here}{'[]' if found.many else ''}.")


Choice = tuple[str, list[tuple[Any, str]]]
"""A property and its values, each with what it means."""
