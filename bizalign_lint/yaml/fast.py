"""The fast path: rapidyaml → JSON → orjson, where it is certain to read what YAML 1.2 says.

Everything of every file goes through here, so each guard is a scan in C. A guard may be wrong in
one direction only: a file that it stops needlessly costs time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from threading import Lock
from typing import Any

import orjson
import ryml

from .limits import MAX_VALUES

_BOM = b"\xef\xbb\xbf"
_PIECE = 1 << 16
_LARGEST = 1 << 20
_LONGEST_KEY = 1024
"""libyaml takes no longer one, as YAML says; so no longer line is taken here."""

# One translation makes two questions cheap: is there anything unusual (NUL), and are there so
# many digits in a row that a number may not fit into 64 bits?
_UNUSUAL = bytes([*range(10), *range(11, 32), *b"&!%?\x7f", 0xC2, 0xEF])
_CLASSES = bytes(
    0 if byte in _UNUSUAL else ord("0") if byte in b"0123456789" else byte for byte in range(256)
)
_MANY_DIGITS = b"0" * 18

# Control characters, tabs and lone carriage returns; a byte order mark inside and what else YAML
# forbids.
_FORBIDDEN = re.compile(
    rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x84\x86-\x9f]|\xef(?:\xbb\xbf|\xbf[\xbe\xbf])"
)

# An anchor, tag, directive or complex key, if it stands where a value may start.
_PROPERTY = re.compile(rb"[&!%]|\?(?=[ \n,:\]}]|\Z)")
_NAMED = re.compile(rb"[&!](?<![A-Za-z0-9_].)(?=\S)", re.DOTALL)
_STARTERS = frozenset((b"", *(bytes([byte]) for byte in b"-:?,[{\n")))
_FARTHEST = 200

# Strings that rapidyaml has perhaps only left as strings: other spellings of null, booleans and
# numbers, what YAML 1.1 reads otherwise, aliases, merge keys, and characters that start no plain
# scalar. Quoted in the file they are harmless, but the JSON does not tell. Dates pass.
_DOUBTFUL = re.compile(
    rb'"(?=[yYnNoOtTfF~.0-9+\-&*!|>%@`<])'
    rb"(?:(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF|[tT]rue|TRUE|[fF]alse|FALSE"
    rb'|[nN]ull|NULL|~|[-+]?\.(?:[iI]nf|INF|[nN]a[nN]|NAN)|<<)"'
    rb'|(?![0-9]{4}-[0-9]{2}-[0-9]{2}")[-+.]?[0-9][-+0-9_.:xoa-fA-F]*"'
    rb"|[&*!|>%@`])"
)

# The file tells: these are the same scalars where they are not quoted, and some that only look so.
# What rapidyaml makes a number, true, false or null of is not among them, unless it is a key.
_END = rb"(?= *(?:[\n,\]}:#]|\Z))"
_VALUE_END = rb"(?= *(?:[\n,\]}#]|\Z))"
_NOT_QUOTED = re.compile(
    rb"(?:\A|[\n:,?\[{]|- ) *(?:[*@`]|(?:true|false|null) *:"
    rb"|(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF|True|TRUE|False|FALSE|Null|NULL|~|<<)END"
    rb"|(?![0-9]{4}-[0-9]{2}-[0-9]{2}END|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?VALUE)"
    rb"[-+.]?[0-9][-+0-9_.:xoa-fA-F]*END)".replace(b"END", _END).replace(b"VALUE", _VALUE_END)
)
# Even in quotes rapidyaml writes these its own way, or it may have taken a block for text.
_NEVER_SURE = re.compile(rb'"(?:[|>]|[-+]?\.[iInN])')

_NEXT_DOCUMENT = re.compile(rb"\n---(?=[ \n]|\Z)")

_tree = ryml.Tree()
_buffer = bytearray(4 * _PIECE)
_lock = Lock()
_nowhere = os.open(os.devnull, os.O_WRONLY)


def read(content: bytes) -> list[Any] | None:
    """The values of all documents of a file; None where the exact path has to decide."""
    if content.startswith(_BOM):
        content = content[3:]
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n")
    if len(content) <= _PIECE:
        return _read(content)
    values: list[Any] = []
    for piece in _pieces(content):
        read_values = _read(piece)
        if read_values is None:
            return None
        values += read_values
    return values


def _pieces(content: bytes) -> Iterator[bytes]:
    """A long file in pieces that begin with a document. A line ``---`` always starts one."""
    start = 0
    while (found := _NEXT_DOCUMENT.search(content, start + _PIECE)) is not None:
        yield content[start : found.start() + 1]
        start = found.start() + 1
    yield content[start:]


def _read(content: bytes) -> list[Any] | None:
    if not _is_usual(content):
        return None
    json, is_stream = _to_json(content)
    if json is None or (_DOUBTFUL.search(json) is not None and not _is_quoted(content, json)):
        return None
    if not json:
        return []
    try:
        value = orjson.loads(json)
    except orjson.JSONDecodeError:
        return None
    # Of two equal keys one is lost: then there are fewer than there were.
    if json.count(b'":') != orjson.dumps(value).count(b'":'):
        return None
    return value if is_stream else [value]


def _is_usual(content: bytes) -> bool:
    """Whether rapidyaml can be trusted with a text."""
    classes = content.translate(_CLASSES)
    if b"\0" in classes and _is_suspect(content):
        return False
    if _MANY_DIGITS in classes or b"\n..." in content or content[:3] == b"...":
        return False
    if not content.isascii():
        try:
            content.decode()
        except UnicodeDecodeError:
            return False
    if len(content) <= _LONGEST_KEY:
        return True
    return len(content) <= _LARGEST and max(map(len, content.split(b"\n"))) <= _LONGEST_KEY


def _is_suspect(content: bytes) -> bool:
    """Whether something unusual in a text is more than a character of a sentence."""
    if _FORBIDDEN.search(content) is not None or _NAMED.search(content) is not None:
        return True
    for found in _PROPERTY.finditer(content):
        # So many spaces are suspect by themselves.
        before = content[max(0, found.start() - _FARTHEST) : found.start()].rstrip(b" ")
        if before[-1:] in _STARTERS:
            return True
    return False


def _is_quoted(content: bytes, json: bytes) -> bool:
    """Whether what is doubtful in the JSON was meant as text, because it is in quotes."""
    return _NOT_QUOTED.search(content) is None and _NEVER_SURE.search(json) is None


def _to_json(content: bytes) -> tuple[bytes | None, bool]:
    """What rapidyaml makes of a text, and whether it is a list of documents.

    None where it gives up, and nobody hears why.
    """
    with _lock:
        try:
            before = os.dup(2)
        except OSError:
            before = -1
        else:
            # rapidyaml writes its errors to the process's standard error itself.
            os.dup2(_nowhere, 2)
        try:
            _tree.clear()
            _tree.clear_arena()
            ryml.parse_in_arena(content, _tree)
            if len(content) > MAX_VALUES and _tree.size() > MAX_VALUES:
                return None, False
            is_stream = _tree.is_stream(_tree.root_id())
            try:
                return bytes(ryml.emit_json_in_place(_tree, _buffer)), is_stream
            except IndexError:
                return ryml.emit_json(_tree).encode(), is_stream
        except ryml.ExceptionBasic:
            return None, False
        finally:
            if before >= 0:
                os.dup2(before, 2)
                os.close(before)
