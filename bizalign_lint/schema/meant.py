"""An invalid value → what was probably meant, for messages and fixes.

If only one thing can be meant, the fix is safe; otherwise it is only a suggestion: 340,000 is
another number in Zurich than in Lisbon, and "high" differs between scales.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import orjson

from bizalign_lint.core.dates import period_of, readings
from bizalign_lint.core.suggest import suggestion
from bizalign_lint.core.words import slug
from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.schema.aliases import find_value, hinted_value, use_instead
from bizalign_lint.schema.ontology import Property
from bizalign_lint.schema.patterns import compile_regex
from bizalign_lint.schema.reshaped import reshaped

_BOOLEANS = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_NUMBER = re.compile(
    r"(?P<before>[A-Z]{3}|[€$£])?\s*"
    r"(?P<number>[-+]?(?:[0-9]{1,3}(?:[,\s’'][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"\s*(?P<after>%|[A-Z]{3}|[€$£])?"
)
_SEPARATORS = re.compile(r"[,\s’']")
_MAX_LENGTH = 100


class Meant(NamedTuple):
    """What was probably meant by a value."""

    hint: str = ""
    """The hint for the message; empty if no meaning is known."""
    near: str = ""
    """The text to replace it with; empty if a person has to choose."""
    certain: bool = False
    """Whether it can mean nothing else."""
    block: str = ""
    """The replacement as JSON, if it is not a text."""


_NOTHING = Meant()


def meant(value: object, property_: Property, keyword: str) -> Meant:
    """What was probably meant by a value that violates a schema keyword."""
    word = find_value(value, property_)
    if word is not None:
        near = word if isinstance(word, str) else ""
        return Meant(use_instead(word), near, certain=bool(near))
    word = hinted_value(value, property_)
    if word is not None:
        return Meant(suggestion(str(word)), word if isinstance(word, str) else "")
    if keyword == "type" and (shaped := reshaped(value, property_)) is not None:
        block = orjson.dumps(shaped.value).decode()
        return Meant(f"write {flow(shaped.value)}", certain=shaped.certain, block=block)
    if property_.datatype == "date":
        return _date(str(value)) if _is_short(value) else _NOTHING
    if not isinstance(value, str) or not _is_short(value):
        return _NOTHING
    return Meant(suggestion(_suggested(value, property_, keyword)))


def _is_short(value: object) -> bool:
    return isinstance(value, str | int) and len(str(value)) <= _MAX_LENGTH


def _date(text: str) -> Meant:
    days = readings(text)
    if len(days) == 1:
        return Meant(suggestion(days[0]), days[0], certain=True)
    if days:
        return Meant(f"it may mean {' or '.join(days)}")
    period = period_of(text)
    if period is not None:
        return Meant(f"choose a day from {period.first} to {period.last}")
    return _NOTHING


def _suggested(value: str, property_: Property, keyword: str) -> str:
    if keyword == "pattern" and property_.relation is None:
        return next((word for word in (slug(value), value.upper()) if _fits(word, property_)), "")
    if keyword != "type":
        return ""
    if property_.datatype == "boolean":
        return _BOOLEANS.get(value.lower(), "")
    if property_.datatype in ("integer", "number") and (found := _NUMBER.fullmatch(value)):
        return _SEPARATORS.sub("", found["number"]) if _is_decorated(found) else ""
    return ""


def _fits(word: str, property_: Property) -> bool:
    return compile_regex(str(property_.schema.get("pattern", ""))).matches(word)


def _is_decorated(found: re.Match[str]) -> bool:
    """Whether a text has a unit or separators in addition to a number."""
    return bool(found["before"] or found["after"] or _SEPARATORS.search(found["number"]))
