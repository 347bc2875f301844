"""Guards of the fast path: leave to the exact one what rapidyaml may not read as YAML 1.2.

Each guard is a scan in C and may err in one direction only: a file that is stopped needlessly costs
time. All were found by comparing the two paths, and are covered by such tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bizalign_lint.core.limits import MAX_KEY

_MAX_SIZE = 1 << 20
_MAX_DOUBTFUL = 50
"""Maximum number of different scalars for which quotes are looked up."""

# One translation makes many checks cheap: control characters become NUL, possible properties of a
# value 1, the first bytes of forbidden characters 2; and digits, brackets and indicators of block
# scalars each become the same character.
_CLASSES = bytes.maketrans(
    bytes([*range(10), *range(11, 32), 0x7F, *b"&!%?", 0xC2, 0xEF, *b"123456789{}>"]),
    bytes([0] * 32 + [1] * 4 + [2] * 2) + b"000000000[]|",
)
_MANY_DIGITS = b"0" * 18
_ODD_HEADER = re.compile(rb" \|[-+]?+ *[-+0#]")

_FOLDED_BLANK = re.compile(rb"\\\n *(?:\n|\Z)")
_END_MARK = re.compile(rb"^ *\.\.\.", re.MULTILINE)

# Non-ASCII characters that YAML forbids, and byte order marks.
_FORBIDDEN = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]|\xef(?:\xbb\xbf|\xbf[\xbe\xbf])")

# Characters after which, apart from spaces, a value may start.
_STARTERS = frozenset(b"-:?,[{\n")
_WORD = frozenset(b"0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_MAX_SPACES = 40

# Strings that may be strings only to rapidyaml: other spellings of null, booleans and numbers,
# scalars that YAML 1.1 reads otherwise, aliases, merge keys, and characters that cannot start a
# plain scalar. They are harmless if quoted in the file, but the JSON does not show that.
_NUMBER = rb"[-+]?+(?:\.?[0-9][0-9_.:]*(?:[eE][-+]?[0-9_]*)?|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+)"
_DOUBTFUL = re.compile(
    rb'"(?=[yYnNoOtTfF~.0-9+\-*@`<])'
    rb"(?:(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF|[tT]rue|TRUE|[fF]alse|FALSE"
    rb'|[nN]ull|NULL|~|[-+]?\.(?:[iI]nf|INF|[nN]a[nN]|NAN)|<<)"'
    rb'|NUMBER"|[*@`])'.replace(b"NUMBER", _NUMBER)
)

# Scalars that rapidyaml does not turn into strings unless they are keys or quoted.
_JSON_SCALAR = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|true|false|null")
_BAD_STARTER = re.compile(rb"(?:\A|[\n:,?\[{]|- ) *[*@`]")
_ENDERS = frozenset(b"\n,]}:#")

# rapidyaml allows plain scalars to start with a closing bracket, comma or colon (and, misled by
# indentation, with a space), and keys to be empty. (After an opening bracket, _ODD_FLOW finds it.)
_NO_STARTERS = re.compile(rb' "(?:[ \]}]|":)')

# A text (translated by _CLASSES) in which all brackets are lists or mappings of words and quoted
# text, with at most two levels, that end on the same line.
_WORDS = rb"""(?:[-\w./+()@ \x80-\xff]++| *"[^"\\\n]*+" *| *'[^'\n]*+' *)"""
_FLAT = rb"\[(?:WORDS(?:(?<! ): WORDS)?(?:,|(?=\])))*+\]"
_NESTED = rb"\[(?:(?:WORDS(?:(?<! ): (?:WORDS| *FLAT *))?| *FLAT *)(?:,|(?=\])))*+\]"
_SIMPLE = re.compile(
    rb"(?:[^\[]++|NESTED *(?:\n|\Z| #))*+".replace(b"NESTED", _NESTED)
    .replace(b"FLAT", _FLAT)
    .replace(b"WORDS", _WORDS)
)
# In brackets: text after a closing bracket, and colons that libyaml reads differently.
_ODD_FLOW = re.compile(rb"[\]}] *[^ ,\]}:]|:[,?\[\]{}]|[\[{,:] *[:?,]")
# A thousands separator ends an entry in YAML, which is reported as a flaw.
_TORN = b"0,000"
_TORN_NUMBER = re.compile(rb"\[[^\[\]]*[0-9],[0-9]{3}(?![0-9])")
_FLOW_START = re.compile(rb"(?:^|[-:?]) *[\[{]")
_QUOTED = re.compile(rb"(?<![^ \[{,:])(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')")

# A block scalar starts after a key or dash, and its text is indented further than these.
_HEADER = re.compile(rb"((?: *-(?= ))* *)([^ #\"'\[{][^#\"'\[{]*: +)?[|>][-+]? *")

# A quote followed by a key's colon, or by text that is not allowed there. Prose often has the
# latter, but does not start with a quote.
_AFTER_DOUBLE_QUOTE = re.compile(rb'" *:|" +[^ \n#:,\]}]')
_AFTER_SINGLE_QUOTE = re.compile(rb"' *:|' +[^ \n#:,\]}]")
_AFTER_QUOTE = re.compile(rb"""["'](?: *:| +[^ \n#:,\]}])""")
_QUOTED_KEYS = re.compile(rb"""(?:[^"']*(?:"[^"'\\]*"|'[^"'\\]*'))+""")
_APOSTROPHE = re.compile(rb"(?<=[A-Za-z0-9\x80-\xff])'(?=[A-Za-z0-9\x80-\xff])")
_QUOTED_START = re.compile(rb"""(?:^|[-:?,\[{]) *["']""")


def allow_text(content: bytes) -> bool:
    """Whether rapidyaml can be trusted with a text."""
    # Checked first: the time of the other checks is quadratic in the length of a line.
    if len(content) > _MAX_SIZE or _has_long_line(content):
        return False
    classes = content.translate(_CLASSES)
    if b"\0" in classes or _MANY_DIGITS in classes:
        return False
    if b"\1" in classes and _has_property(content, classes):
        return False
    if b"\2" in classes and _FORBIDDEN.search(content) is not None:
        return False
    if b"..." in content and _END_MARK.search(content) is not None:
        return False
    if b"\\" in content and _FOLDED_BLANK.search(content) is not None:
        return False
    if b"|" in classes and (content[-1:] != b"\n" or _ODD_HEADER.search(classes)):
        return False
    if b"[" in classes and (
        (_TORN in classes and _TORN_NUMBER.search(content))
        or not (_SIMPLE.fullmatch(classes) or _has_simple_brackets(content))
    ):
        return False
    if (
        (b'"' in content and _AFTER_DOUBLE_QUOTE.search(content))
        or (b"'" in content and _AFTER_SINGLE_QUOTE.search(content))
    ) and not _has_simple_quotes(content):
        return False
    if not content.isascii():
        try:
            content.decode()
        except UnicodeDecodeError:
            return False
    return True


def _has_long_line(content: bytes) -> bool:
    """Whether a line may hold a key that is too long for YAML."""
    start = 0
    while start + MAX_KEY < len(content):
        end = content.rfind(b"\n", start, start + MAX_KEY + 1)
        if end < 0:
            return True
        start = end + 1
    return False


def allow_json(content: bytes, json: bytes) -> bool:
    """Whether the JSON that rapidyaml made of a text can be trusted."""
    if _NO_STARTERS.search(json) is not None:
        return False
    if _DOUBTFUL.search(json) is None:
        return True
    doubtful = {
        (found[0][1:], json[found.end() : found.end() + 1] == b":")
        for found in _DOUBTFUL.finditer(json)
    }
    return len(doubtful) <= _MAX_DOUBTFUL and all(_is_text(content, *each) for each in doubtful)


def _is_text(content: bytes, doubtful: bytes, key: bool) -> bool:
    """Whether a doubtful string is a string in the text, too, as it is quoted there."""
    scalar = doubtful.removesuffix(b'"')
    if scalar[-3:].lower() in (b"inf", b"nan"):
        # rapidyaml rewrites these even if quoted.
        return False
    if doubtful is scalar:
        return _BAD_STARTER.search(content) is None
    if not key and _JSON_SCALAR.fullmatch(scalar) is not None:
        return True
    at = -1
    while (at := content.find(scalar, at + 1)) >= 0:
        if at == 0 or content[at - 1] in _STARTERS or content[at - 1 : at] == b" ":
            after = content[at + len(scalar) : at + len(scalar) + _MAX_SPACES].lstrip(b" ")
            if not after or after[0] in _ENDERS:
                return False
    return True


def _has_property(content: bytes, classes: bytes) -> bool:
    """Whether there may be an anchor, tag, directive or complex key, and not only prose."""
    at = -1
    while (at := classes.find(b"\1", at + 1)) >= 0:
        char, after = content[at : at + 1], content[at + 1 : at + 2]
        if char == b"?" and after not in b" \n,:]}":
            continue
        # That many spaces are suspicious by themselves.
        before = content[max(0, at - _MAX_SPACES) : at].rstrip(b" ")
        if not before or before[-1] in _STARTERS:
            return True
        if char in b"&!" and after not in b" \n" and content[at - 1] not in _WORD:
            return True
    return False


def _has_simple_quotes(content: bytes) -> bool:
    """Whether no quoted key spans several lines, and no text follows a quoted value."""
    lines = list(_outside_blocks(content))
    any_open_quote = any(map(_has_open_quote, lines))
    for line in lines:
        for found in _AFTER_QUOTE.finditer(line):
            if found[0].endswith(b":"):
                if _QUOTED_KEYS.fullmatch(line, 0, found.start() + 1) is None:
                    return False
            elif _QUOTED_START.search(line) is not None or any_open_quote:
                return False
    return True


def _has_open_quote(line: bytes) -> bool:
    """Whether a quoted scalar may end on a later line."""
    return _QUOTED_START.search(_QUOTED.sub(b"q", line)) is not None


def _has_simple_brackets(content: bytes) -> bool:
    """Whether no scalar in brackets spans several lines, and nothing else there is unusual."""
    depth, complete = 0, True
    for line in _outside_blocks(content):
        if depth == 0 and _FLOW_START.search(line) is None:
            continue
        flow = _flow(line, depth > 0)
        if flow is None or (not complete and flow[:1] not in (b"]", b"}")):
            return False
        depth += flow.count(b"[") + flow.count(b"{") - flow.count(b"]") - flow.count(b"}")
        if depth < 0:
            return False
        if flow:
            complete = depth == 0 or flow[-1:] in b",[{"
    return depth == 0


def _flow(line: bytes, inside: bool) -> bytes | None:
    """The part of a line in brackets, without comments and quotes; None if it is unusual."""
    flow = line.partition(b" #")[0]
    if b'"' in flow or b"'" in flow:
        flow = _QUOTED.sub(b"q", _APOSTROPHE.sub(b"", flow))
        if b'"' in flow or b"'" in flow:
            return None
    if not inside:
        start = _FLOW_START.search(flow)
        flow = flow[start.end() - 1 :] if start is not None else b""
    flow = flow.strip()
    if _ODD_FLOW.search(flow) is not None or (inside and flow[:1] in (b":", b"?", b"-", b"#")):
        return None
    # rapidyaml may read a comment after a plain scalar as a part of it.
    if len(flow) < len(line.strip()) and b" #" in line and flow[-1:] not in b",[{]}":
        return None
    return flow


def _outside_blocks(content: bytes) -> Iterator[bytes]:
    """The lines that are not the text of block scalars."""
    parent = -1
    inside = False
    for line in content.split(b"\n"):
        if inside:
            if not line.strip() or len(line) - len(line.lstrip(b" ")) > parent:
                continue
            inside = False
        header = _HEADER.fullmatch(line)
        if header is not None:
            inside = True
            parent = header.end(1) if header[2] else header[1].rfind(b"-")
        yield line
