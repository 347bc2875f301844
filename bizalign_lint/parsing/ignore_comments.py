"""The syntax of suppression comments: recognising, parsing, writing and completing them.

``# bizalign: ignore[RULE, RULE] -- why, until=2030-12-31``
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

MARK = b"bizalign:"
"""Bytes that every file with a suppression contains."""
START = "bizalign: ignore"
"""The beginning of a suppression after ``# ``, as we write it."""
_LIST = r"#+\s*bizalign:\s*ignore\["

COMMENT = re.compile(_LIST + r"(?P<rules>[^\]]*)\](?P<rest>.*)", re.DOTALL)
OPEN = re.compile(_LIST + r"(?P<rules>[^\]\r\n]*)")
"""A comment whose list of rules may still be unfinished."""
TYPED = re.compile(_LIST + r"(?P<before>(?:[^\],]*,)*)\s*(?P<typed>[^\],]*)\Z")
"""A comment up to the cursor in its list: the rules before, and what is typed of the next."""
_TYPED_START = re.compile(r"#+\s*(?P<typed>[a-z]*|bizalign:\s*[a-z]*)\Z")

_UNTIL = re.compile(r"\buntil(?:\s*[=:]\s*|\s+(?=\d+[-./]\d))([^\s,;)]*[^\s,;).])?", re.IGNORECASE)
"""An expiry date, also in variants of ``until=2027-03-31``: none of them means no expiry."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_REASON = re.compile(
    r"\W*(?:(?:todo|fixme|tbd|tba|xxx|reason)\b\W*(?:say why|why|reason)?\W*)?", re.IGNORECASE
)
"""A missing reason, or a placeholder for one."""
_MAX_RULES = 100
"""Maximum number of rules in a comment; anything further is read as one odd name."""


class Ignore(NamedTuple):
    """A parsed suppression."""

    rules: tuple[str, ...]
    reason: str
    """Empty if it gives none."""
    until: str | None
    """The last day on which it applies, as written; None: no expiry."""


def parse_comment(rules: str, rest: str) -> Ignore:
    """Parse a suppression comment, given its list of rules and the rest of the comment."""
    ends = [until[1] or "" for until in _UNTIL.finditer(rest)]
    # Of several dates the earliest counts; anything that is no date comes before them.
    until = min(ends, key=lambda end: (is_day(end), end)) if ends else None
    reason = _UNTIL.sub("", rest.partition("--")[2].partition(" # ")[0]).strip(" ,;")
    named = tuple(dict.fromkeys(map(str.strip, rules.split(",", _MAX_RULES))))
    return Ignore(named, "" if _NO_REASON.fullmatch(reason) else reason, until)


def parse_record(text: str) -> Ignore:
    """Parse a suppression in a record of another tool: ``RULE, RULE -- why until=DATE``."""
    rules, dashes, reason = text.partition("--")
    rules, *ends = _UNTIL.split(rules, 1)
    rest = text[len(rules) :] if ends else f"{dashes}{reason}"
    return parse_comment(rules.strip(" []"), rest)


def is_day(text: str) -> bool:
    """Whether an expiry date is a valid ISO 8601 date."""
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def comment(rules: Iterable[str], reason: str) -> str:
    """A comment that suppresses rules, with a reason."""
    return f"# {START}[{', '.join(rules)}] -- {reason}"


def typed_start(text: str) -> str | None:
    """The typed beginning of a comment, after the ``#``; None if it cannot become a suppression."""
    found = _TYPED_START.match(text)
    if found is None or not START.startswith(" ".join(found["typed"].split())):
        return None
    return found["typed"]
