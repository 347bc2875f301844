"""Values → YAML text that readers of YAML 1.1 and 1.2 read back as the same values.

Whole documents are written by ruamel.yaml, scalars and short values by this module, which decides
for both which texts need quotes.
"""

from __future__ import annotations

import json
import re
from typing import Any

from bizalign_lint.parsing.yaml.core_schema import NumberTooLong, resolve, yaml11_reading

EASY = re.compile(r"[\w./#-](?:[\w ./#:&()%+-]*[\w./#)%+-])?")
"""Characters of a text that needs no quotes in any context."""
_LINE = re.compile(r"[^\W\d_](?:[\w ,;'’&./()%+-]*[\w./)%+-])?")
"""Texts that are not quoted in a new document in block style, and …"""
_IN_BRACKETS = re.compile(r"[^\W\d_](?:[\w ;'’&./()%+-]*[\w./)%+-])?")
"""… within brackets. Dates and texts with a colon are always quoted."""
_NOT_EASY = re.compile(r"\s#|:\s|:$|^[-#]|^\.\.\.$|\s\s|[\x80-\xa0\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Characters that YAML cannot contain, and direction marks, which change what people see."""
_WIDTH = 100


def plain(value: str) -> str:
    """A text for an edit, in any context; quoted only if necessary, so dates are not."""
    return value if _is_plain(value, EASY) else _quoted(value)


def scalar(value: Any, in_brackets: bool = False) -> str:
    """A text, number, boolean or None for a new document."""
    if not isinstance(value, str):
        return json.dumps(value)
    allowed = _IN_BRACKETS if in_brackets else _LINE
    return value if _is_plain(value, allowed) else _quoted(value)


def flow(value: Any) -> str:
    """A value on one line, in flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_in_flow(k)}: {_in_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_in_flow, value)) + "]"
    return scalar(value)


def document(value: dict[str, Any]) -> str:
    """A whole document in block style, with short lists and mappings on one line."""
    from io import StringIO

    from ruamel.yaml import YAML
    from ruamel.yaml.representer import RoundTripRepresenter

    class Representer(RoundTripRepresenter):
        """Quotes the texts that this module quotes."""

    def text(representer: Any, value: str) -> Any:
        quotes = None if _is_plain(value, _LINE) else '"'
        return representer.represent_scalar("tag:yaml.org,2002:str", value, quotes)

    Representer.add_representer(str, text)
    yaml = YAML()
    yaml.Representer = Representer
    yaml.width = 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(_layout(value, 0), out)
    return out.getvalue()


def _layout(value: Any, indent: int, lead: str = "") -> Any:
    """The value, with collections that fit on one line marked as flow style.

    ``indent`` is the indentation of its line, ``lead`` the text at the start of the line.
    """
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, dict):
        keys = indent + 2 if lead else indent
        map_ = CommentedMap((k, _layout(item, keys, f"{k}: ")) for k, item in value.items())
        in_item = lead == "- " and _is_flat([*value.values()])
        if not value or (in_item and indent + len(lead) + len(flow(value)) <= _WIDTH):
            map_.fa.set_flow_style()
        return map_
    if isinstance(value, list):
        list_ = CommentedSeq([_layout(item, indent + 2, "- ") for item in value])
        if _is_flat(value) and indent + len(lead) + len(flow(value)) <= _WIDTH:
            list_.fa.set_flow_style()
        return list_
    return value


def _is_flat(items: list[Any]) -> bool:
    return not any(isinstance(item, (dict, list)) for item in items)


def _in_flow(value: Any) -> str:
    return flow(value) if isinstance(value, (dict, list)) else scalar(value, in_brackets=True)


def _is_plain(value: str, allowed: re.Pattern[str]) -> bool:
    """Whether a text needs no quotes."""
    if not allowed.fullmatch(value) or _NOT_EASY.search(value) or yaml11_reading(value) is not None:
        return False
    try:
        return resolve(value) == value
    except NumberTooLong:
        return False


def _quoted(value: str) -> str:
    return _UNPRINTABLE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
    )
