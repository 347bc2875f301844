"""The mistakes that people make in YAML, each said with what to do about it."""

from __future__ import annotations

import re

from bizalign_lint.core.limits import MAX_DEPTH, MAX_KEY
from bizalign_lint.parsing.yaml.parser_error import ParserError, Syntax

_TAB = "a tab is used for indentation; YAML needs spaces"
TOO_LONG = f"a key cannot have more than {MAX_KEY:,} characters"
_KEY = re.compile(r"""(?:[^\s"'#][^#]*?|"[^"]*"|'[^']*')[ \t]*:(?=\s|\Z)""")
_NO_SPACE = re.compile(r"[ \t]*(?:- +)*[\w.-]+:(?=[^\s/:])")


def _tab(said: ParserError) -> Syntax | None:
    before = said.line(said.at)
    indent = before[: len(before) - len(before.lstrip())]
    if "\t" not in indent:
        return None
    start = said.line_start(said.at) + indent.index("\t")
    return said.syntax(_TAB, start)


def bad_start(said: ParserError) -> Syntax:
    char = said.text[said.at : said.at + 1]
    if char == "\t":
        return said.syntax(_TAB, said.at)
    return said.syntax(f"a value cannot start with {char}; put it in quotes", said.at)


def unexpected_colon(said: ParserError) -> Syntax:
    if (tab := _tab(said)) is not None:
        return tab
    before = said.before(said.at)
    if len(before.strip()) > MAX_KEY:
        return said.syntax(TOO_LONG, said.at)
    if _KEY.match(before.lstrip(" -")):
        return said.syntax(
            "a second “: ” on one line; quote the value if the colon is part of it",
            said.at,
        )
    above = _above(said)
    if above is not None:
        start, line = above
        if (found := _NO_SPACE.match(line)) is not None:
            end = start + found.end()
            return said.syntax("add a space after this colon", end - 1)
    start = said.line_start(said.at) + said.indent(said.at)
    return said.syntax(
        "YAML reads this line as part of the value above; fix the indentation, "
        "or use | for multi-line text",
        start,
        said.at,
    )


def _above(said: ParserError) -> tuple[int, str] | None:
    """The last line with something in it above the error's line."""
    start = said.line_start(said.at)
    while start > 0:
        start = said.line_start(start - 1)
        line = said.line(start)
        if line.strip() and not line.lstrip().startswith("#"):
            return start, line
    return None


def no_entry(said: ParserError) -> Syntax:
    """A mapping or list goes on with something that is none of its entries."""
    if (tab := _tab(said)) is not None:
        return tab
    before = said.before(said.at)
    rest = said.text[said.at : said.at + 2]
    if before.strip():
        if rest[:1] in tuple("]}"):
            return said.syntax(f"unmatched {rest[0]}", said.at)
        if before.rstrip()[-1] in "\"'":
            return said.syntax(
                "unexpected text after the closing quote; quote the whole value", said.at
            )
        return said.syntax("unexpected text after the value", said.at)
    start, end = said.at, _line_end(said)
    if said.at >= len(said.text):
        return said.syntax("unexpected end of document", start)
    if "'-'" in said.problem:
        return said.syntax("wrong indentation: this is not aligned with the list above", start, end)
    if rest[:1] == "-" and not rest[1:].strip():
        return said.syntax("expected a key, found a list item; check the indentation", start, end)
    return said.syntax("wrong indentation: this is not aligned with the keys above", start, end)


def _line_end(said: ParserError) -> int:
    return said.line_start(said.at) + len(said.line(said.at).rstrip())


def unclosed(said: ParserError) -> Syntax:
    bracket = said.since if said.since is not None else said.at
    char = said.text[bracket : bracket + 1]
    closing = {"[": "]", "{": "}"}.get(char, "its closing bracket")
    if said.at >= len(said.text) or said.text.startswith("---", said.at):
        return said.syntax(f"this {char} is never closed; {closing} is missing", bracket)
    line = said.line_of(bracket)
    where = "" if line == said.line_of(said.at) else f" of line {line}"
    if where and said.indent(said.at) <= said.indent(bracket):
        return said.syntax(f"this {char} is never closed; {closing} is missing", bracket)
    return said.syntax(
        f"expected a comma or {closing} (for the {char}{where}) before this",
        said.at,
    )


def no_content(said: ParserError) -> Syntax:
    char = said.text[said.at : said.at + 1]
    at_end = not char or said.text.startswith("---", said.at)
    if at_end and said.opened is not None:
        opening = said.text[said.opened]
        closing = "]" if opening == "[" else "}"
        return said.syntax(f"this {opening} is never closed; {closing} is missing", said.opened)
    if char in tuple("]}"):
        return said.syntax(f"unmatched {char}", said.at)
    if char == ",":
        return said.syntax("a value is missing before this comma", said.at)
    return said.syntax("a value is expected here", said.at)


def unclosed_quote(said: ParserError) -> Syntax:
    start = said.since if said.since is not None else said.at
    return said.syntax("this quote is never closed", start)


def no_colon(said: ParserError) -> Syntax:
    start = said.since if said.since is not None else said.at
    line = said.line(start).rstrip()
    end = said.line_start(start) + len(line)
    if (found := _NO_SPACE.match(line)) is not None:
        colon = said.line_start(start) + found.end() - 1
        return said.syntax("add a space after this colon", colon)
    key = line.find(": ")
    if key > MAX_KEY:
        return said.syntax(TOO_LONG, start, said.line_start(start) + key)
    return said.syntax("neither “key: value” nor a list item; is a colon missing?", start, end)


def escape(said: ParserError) -> Syntax:
    start = said.text.rfind("\\", 0, said.at + 2)
    shown = said.text[start : start + 2]
    return said.syntax(
        f"{shown} is not an escape in double quotes; write \\\\ for a backslash, "
        "or use single quotes",
        start,
        start + 2,
    )


def bad_escape(said: ParserError) -> Syntax:
    start = max(said.text.rfind("\\", 0, said.at + 1), 0)
    return said.syntax(
        "this escape is not a character; write the character itself", start, start + 2
    )


def name(said: ParserError) -> Syntax:
    start = said.since if said.since is not None else said.at
    char = said.text[start : start + 1]
    return said.syntax(f"expected a name after {char}; quote values that start with {char}", start)


def list_on_key_line(said: ParserError) -> Syntax:
    if (tab := _tab(said)) is not None:
        return tab
    if said.before(said.at).strip():
        return said.syntax(
            "a list cannot start on the line of its key; put “- ” on its own line", said.at
        )
    return said.syntax("unexpected list item; check the indentation", said.at)


def block_header(said: ParserError) -> Syntax:
    start = said.since if said.since is not None else said.at
    char = said.text[start : start + 1]
    return said.syntax(
        f"text under {char} starts on the next line; put a value that starts with {char} in quotes",
        said.at,
    )


def document_start(said: ParserError) -> Syntax:
    char = said.text[said.at : said.at + 1]
    if char in tuple("]}"):
        return said.syntax(f"unmatched {char}", said.at)
    return said.syntax("the document ended before this line; start another with ---", said.at)


def directive(said: ParserError) -> Syntax:
    line = said.since if said.since is not None else said.at
    return said.syntax(
        "a line that starts with % is a directive; YAML has only %YAML 1.2 and %TAG",
        line,
        max(_line_end(said), line + 1),
    )


def tab_inside(said: ParserError) -> Syntax:
    return said.syntax(_TAB, said.at)


def complex_key(said: ParserError) -> Syntax:
    return said.syntax(
        "a question mark followed by a space starts a key, which is not possible here; "
        "put the text in quotes",
        said.at,
    )


def colon_in_flow(said: ParserError) -> Syntax:
    return said.syntax("this colon does not follow a key; put the value in quotes", said.at)


def tag(said: ParserError) -> Syntax:
    start = said.since if said.since is not None else said.at
    return said.syntax(
        "this is read as a tag, but is not a valid one; quote values that start with !",
        start,
    )


def too_deep(said: ParserError) -> Syntax:
    return said.syntax(f"this is nested deeper than {MAX_DEPTH} levels", said.at)
