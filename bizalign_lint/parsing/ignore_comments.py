"""The comment that accepts findings: how it is recognised, read, written and typed.

``# bizalign: ignore[RULE, RULE] -- why, until=2030-12-31``
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

MARK = b"bizalign:"
"""What a file must contain to have a suppression."""
START = "bizalign: ignore"
"""How it begins, as we write it."""
_LIST = r"#+\s*bizalign:\s*ignore\["

COMMENT = re.compile(_LIST + r"(?P<rules>[^\]]*)\](?P<rest>.*)", re.DOTALL)
OPEN = re.compile(_LIST + r"(?P<rules>[^\]\r\n]*)")
"""One whose list of rules need not have its end yet."""
TYPED = re.compile(_LIST + r"(?P<before>(?:[^\],]*,)*)\s*(?P<typed>[^\],]*)\Z")
"""One as far as the cursor in its list: the rules before, and what is typed of the next."""
_BEGUN = re.compile(r"#+\s*(?P<typed>[a-z]*|bizalign:\s*[a-z]*)\Z")

_UNTIL = re.compile(r"\buntil(?:\s*[=:]\s*|\s+(?=\d+[-./]\d))([^\s,;)]*[^\s,;).])?", re.IGNORECASE)
"""An end, also in forms that are near to ``until=2027-03-31``: none of them means for ever."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_REASON = re.compile(
    r"\W*(?:(?:todo|fixme|tbd|tba|xxx|reason)\b\W*(?:say why|why|reason)?\W*)?", re.IGNORECASE
)
"""What stands for a reason that nobody has given yet."""
_MOST_RULES = 100
"""So many rules are recognised in one comment; what follows is taken for one odd name."""


class Said(NamedTuple):
    """What a comment says."""

    rules: tuple[str, ...]
    reason: str
    """Empty where it gives none."""
    until: str | None
    """The last day it holds, as written; None: for ever."""


def said(rules: str, rest: str) -> Said:
    """What a comment says, by its list of rules and by what follows."""
    ends = [until[1] or "" for until in _UNTIL.finditer(rest)]
    # Of several ends the first counts, unless one of them is no date.
    until = min(ends, key=lambda end: (is_day(end), end)) if ends else None
    reason = _UNTIL.sub("", rest.partition("--")[2].partition(" # ")[0]).strip(" ,;")
    named = tuple(dict.fromkeys(map(str.strip, rules.split(",", _MOST_RULES))))
    return Said(named, "" if _NO_REASON.fullmatch(reason) else reason, until)


def said_in_record(text: str) -> Said:
    """What a record of another tool says in its place: ``RULE, RULE -- why until=DATE``."""
    rules, dashes, reason = text.partition("--")
    rules, *ends = _UNTIL.split(rules, 1)
    rest = text[len(rules) :] if ends else f"{dashes}{reason}"
    return said(rules.strip(" []"), rest)


def is_day(text: str) -> bool:
    """Whether the end of a comment is a date."""
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def comment(rules: Iterable[str], reason: str) -> str:
    """The comment that accepts what some rules find, and says why."""
    return f"# {START}[{', '.join(rules)}] -- {reason}"


def begun(text: str) -> str | None:
    """What is typed of its beginning, after the ``#``; None where it cannot become one."""
    found = _BEGUN.match(text)
    if found is None or not START.startswith(" ".join(found["typed"].split())):
        return None
    return found["typed"]
