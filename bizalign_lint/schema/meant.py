"""A value that a schema refuses → the value that was probably meant, to offer it in the message.

Only what a person recognises at once is offered, and nothing of it is a fix: 340,000 is another
number in Zurich than in Lisbon.
"""

from __future__ import annotations

import re

from bizalign_lint.core.words import slug
from bizalign_lint.schema.ontology import Property

_TRUTH = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_NUMBER = re.compile(
    r"(?P<before>[A-Z]{3}|[€$£])?\s*"
    r"(?P<number>[-+]?(?:[0-9]{1,3}(?:[,\s’'][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"\s*(?P<after>%|[A-Z]{3}|[€$£])?"
)
_BETWEEN = re.compile(r"[,\s’']")
_LONGEST = 100


def meant(value: object, property_: Property, keyword: str) -> str:
    """The value that was probably meant by one that fails a keyword; empty when none is."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return ""
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
    return re.search(str(property_.schema.get("pattern", "")), word) is not None


def _said_more(found: re.Match[str]) -> bool:
    """Whether there is more than a number in quotes."""
    return bool(found["before"] or found["after"] or _BETWEEN.search(found["number"]))
