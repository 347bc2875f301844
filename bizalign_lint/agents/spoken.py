"""What the command line says of its options → the same of a tool's arguments.

An agent has no command line: ``--as-of`` is ``as_of`` to it. A remark in brackets about an option
that the tool does not take is left out; a whole command is for a person, and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_PIECES = re.compile(
    r"(?P<command>`[^`]*`)"
    r"|(?P<remark>\s*\([^()]*--[a-z][^()]*\))"
    r"|(?<![\w-])--(?P<option>[a-z][a-z-]*)"
)
_OPTION = re.compile(r"--([a-z][a-z-]*)")


def in_arguments(text: str, arguments: Collection[str]) -> str:
    """A text with arguments, of those that a tool takes, in place of options."""

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
