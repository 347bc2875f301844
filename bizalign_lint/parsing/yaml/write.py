"""Values → YAML text that every reader, of YAML 1.1 or 1.2, reads back equal.

Whole documents are written by ruamel.yaml; single scalars, also for edits within a file, by
``scalar``. Which texts need quotes is decided here for both.
"""

from __future__ import annotations

import json
import re
from typing import Any

from bizalign_lint.parsing.yaml.core_schema import NumberTooLong, resolve, yaml11_reading

EASY = re.compile(r"[\w./#-](?:[\w ./#:&()%+-]*[\w./#)%+-])?")
"""Text that needs no quotes, whatever is around it, as far as its characters go."""
_LINE = re.compile(r"[^\W\d_](?:[\w ,;'’&./()%+-]*[\w./)%+-])?")
"""What a new document shows without quotes on a line of its own, and …"""
_IN_BRACKETS = re.compile(r"[^\W\d_](?:[\w ;'’&./()%+-]*[\w./)%+-])?")
"""… within brackets. Dates and what holds a colon have quotes, whoever could do without."""
_NOT_EASY = re.compile(r"\s#|:\s|:$|^[-#]|^\.\.\.$|\s\s|[\x80-\xa0\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What YAML cannot hold as it is, and marks of direction, which change what a person reads."""
_WIDTH = 100


def plain(value: str) -> str:
    """A text for an edit: without quotes where it may be, within brackets or not, as dates are."""
    return value if _is_plain(value, EASY) else _quoted(value)


def scalar(value: Any, in_brackets: bool = False) -> str:
    """A text, a number, true, false or nothing, in a new document."""
    if not isinstance(value, str):
        return json.dumps(value)
    easy = _IN_BRACKETS if in_brackets else _LINE
    return value if _is_plain(value, easy) else _quoted(value)


def flow(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_inner(k)}: {_inner(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inner, value)) + "]"
    return scalar(value)


def document(value: dict[str, Any]) -> str:
    """A whole document in blocks, with short lists and mappings in one line."""
    from io import StringIO

    from ruamel.yaml import YAML
    from ruamel.yaml.representer import RoundTripRepresenter

    class Representer(RoundTripRepresenter):
        """Quotes what this module quotes."""

    def text(representer: Any, value: str) -> Any:
        quotes = None if _is_plain(value, _LINE) else '"'
        return representer.represent_scalar("tag:yaml.org,2002:str", value, quotes)

    Representer.add_representer(str, text)
    yaml = YAML()
    yaml.Representer = Representer
    yaml.width = 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(_laid_out(value, 0), out)
    return out.getvalue()


def _laid_out(value: Any, indent: int, lead: str = "") -> Any:
    """The same value, what fits into one line marked so.

    ``indent`` is where its line begins, and ``lead`` what the line begins with.
    """
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, dict):
        keys = indent + 2 if lead else indent
        map_ = CommentedMap((k, _laid_out(item, keys, f"{k}: ")) for k, item in value.items())
        in_item = lead == "- " and _simple([*value.values()])
        if not value or (in_item and indent + len(lead) + len(flow(value)) <= _WIDTH):
            map_.fa.set_flow_style()
        return map_
    if isinstance(value, list):
        list_ = CommentedSeq([_laid_out(item, indent + 2, "- ") for item in value])
        if _simple(value) and indent + len(lead) + len(flow(value)) <= _WIDTH:
            list_.fa.set_flow_style()
        return list_
    return value


def _simple(items: list[Any]) -> bool:
    return not any(isinstance(item, (dict, list)) for item in items)


def _inner(value: Any) -> str:
    return flow(value) if isinstance(value, (dict, list)) else scalar(value, in_brackets=True)


def _is_plain(value: str, easy: re.Pattern[str]) -> bool:
    """Whether a text is read as itself without quotes."""
    if not easy.fullmatch(value) or _NOT_EASY.search(value) or yaml11_reading(value) is not None:
        return False
    try:
        return resolve(value) == value
    except NumberTooLong:
        return False


def _quoted(value: str) -> str:
    return _UNPRINTABLE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
    )
