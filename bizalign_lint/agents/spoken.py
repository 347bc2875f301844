"""Messages about options of the command line → messages about a tool's arguments.

An agent has no command line: ``--as-of`` becomes ``as_of``. A remark in brackets about an option
that the tool does not have is left out; a whole command is for people, and stays as it is. So
does what a message quotes: it means what its writer meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_PIECES = re.compile(
    r"(?P<command>`[^`]*`)"
    r"|(?P<remark>\s*\([^()]*--[a-z][^()]*\))"
    r"|(?<![\w-])--(?P<option>[a-z][a-z-]*)"
)
_OPTION = re.compile(r"--([a-z][a-z-]*)")


def in_arguments(text: str, arguments: Collection[str], quoted: Iterable[str] = ()) -> str:
    """A text in which options are replaced by the arguments of a tool.

    ``quoted`` are texts of others that it may quote, which are left as they are.
    """
    kept = sorted({one for one in quoted if _OPTION.search(one)}, key=len, reverse=True)
    if not kept:
        return _ours_in_arguments(text, arguments)
    pieces = re.split(f"({'|'.join(map(re.escape, kept))})", text)
    return "".join(
        piece if at % 2 else _ours_in_arguments(piece, arguments) for at, piece in enumerate(pieces)
    )


def _ours_in_arguments(text: str, arguments: Collection[str]) -> str:

    def replace(found: re.Match[str]) -> str:
        if found["remark"] is not None:
            said = {_argument(option) for option in _OPTION.findall(found["remark"])}
            return _renamed(found["remark"]) if said <= {*arguments} else ""
        if found["option"] is not None and _argument(found["option"]) in arguments:
            return _argument(found["option"])
        return found[0]

    return _PIECES.sub(replace, text)


def _renamed(text: str) -> str:
    return _OPTION.sub(lambda found: _argument(found[1]), text)


def _argument(option: str) -> str:
    return option.replace("-", "_")
