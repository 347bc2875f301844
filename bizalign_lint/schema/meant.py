"""A value that a schema refuses → what was probably meant by it, to say so in the message.

What could mean but one thing is a safe fix. The rest is offered only: 340,000 is another number in
Zurich than in Lisbon, and what is high on one scale is not the same on another.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import orjson

from bizalign_lint.core.dates import period_of, readings
from bizalign_lint.core.suggest import suggestion
from bizalign_lint.core.words import slug
from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.schema.aliases import hinted_at, instead, value_called
from bizalign_lint.schema.ontology import Property
from bizalign_lint.schema.patterns import compile_regex
from bizalign_lint.schema.reshaped import reshaped

_TRUTH = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_NUMBER = re.compile(
    r"(?P<before>[A-Z]{3}|[€$£])?\s*"
    r"(?P<number>[-+]?(?:[0-9]{1,3}(?:[,\s’'][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"\s*(?P<after>%|[A-Z]{3}|[€$£])?"
)
_BETWEEN = re.compile(r"[,\s’']")
_LONGEST = 100


class Meant(NamedTuple):
    """What was probably meant by a value."""

    told: str = ""
    """What the message says of it; empty where nothing is known to be meant."""
    near: str = ""
    """The text to put in its place; empty where a person has to choose."""
    certain: bool = False
    """Whether nothing else can be meant."""
    block: str = ""
    """What to put in its place where that is more than a text, as JSON."""


_NOTHING = Meant()


def meant(value: object, property_: Property, keyword: str) -> Meant:
    """What was probably meant by a value that fails a keyword."""
    word = value_called(value, property_)
    if word is not None:
        near = word if isinstance(word, str) else ""
        return Meant(instead(word), near, certain=bool(near))
    word = hinted_at(value, property_)
    if word is not None:
        return Meant(suggestion(str(word)), word if isinstance(word, str) else "")
    if keyword == "type" and (said := reshaped(value, property_)) is not None:
        block = orjson.dumps(said.value).decode()
        return Meant(f"write {flow(said.value)}", certain=said.certain, block=block)
    if property_.datatype == "date":
        return _date(str(value)) if _is_short(value) else _NOTHING
    if not isinstance(value, str) or not _is_short(value):
        return _NOTHING
    return Meant(suggestion(_offered(value, property_, keyword)))


def _is_short(value: object) -> bool:
    return isinstance(value, str | int) and len(str(value)) <= _LONGEST


def _date(text: str) -> Meant:
    days = readings(text)
    if len(days) == 1:
        return Meant(suggestion(days[0]), days[0], certain=True)
    if days:
        return Meant(f"it may mean {' or '.join(days)}")
    time = period_of(text)
    if time is not None:
        return Meant(f"choose a day from {time.first} to {time.last}")
    return _NOTHING


def _offered(value: str, property_: Property, keyword: str) -> str:
    if keyword == "pattern" and property_.relation is None:
        return next((word for word in (slug(value), value.upper()) if _fits(word, property_)), "")
    if keyword != "type":
        return ""
    if property_.datatype == "boolean":
        return _TRUTH.get(value.lower(), "")
    if property_.datatype in ("integer", "number") and (found := _NUMBER.fullmatch(value)):
        return _BETWEEN.sub("", found["number"]) if _said_more(found) else ""
    return ""


def _fits(word: str, property_: Property) -> bool:
    return compile_regex(str(property_.schema.get("pattern", ""))).matches(word)


def _said_more(found: re.Match[str]) -> bool:
    """Whether there is more than a number in quotes."""
    return bool(found["before"] or found["after"] or _BETWEEN.search(found["number"]))
