"""Explains common YAML mistakes, each with a way to fix it."""

from __future__ import annotations

import re

from bizalign_lint.core.limits import MAX_DEPTH, MAX_KEY
from bizalign_lint.parsing.yaml.parser_error import ParserError, Syntax

_TAB = "a tab is used for indentation; YAML needs spaces"
TOO_LONG = f"a key cannot have more than {MAX_KEY:,} characters"
_KEY = re.compile(r"""(?:[^\s"'#][^#]*?|"[^"]*"|'[^']*')[ \t]*:(?=\s|\Z)""")
_NO_SPACE = re.compile(r"[ \t]*(?:- +)*[\w.-]+:(?=[^\s/:])")


def _tab(error: ParserError) -> Syntax | None:
    before = error.line(error.at)
    indent = before[: len(before) - len(before.lstrip())]
    if "\t" not in indent:
        return None
    start = error.line_start(error.at) + indent.index("\t")
    return error.syntax(_TAB, start)


def bad_start(error: ParserError) -> Syntax:
    char = error.text[error.at : error.at + 1]
    if char == "\t":
        return error.syntax(_TAB, error.at)
    return error.syntax(f"a value cannot start with {char}; put it in quotes", error.at)


def unexpected_colon(error: ParserError) -> Syntax:
    if (tab := _tab(error)) is not None:
        return tab
    before = error.before(error.at)
    if len(before.strip()) > MAX_KEY:
        return error.syntax(TOO_LONG, error.at)
    if _KEY.match(before.lstrip(" -")):
        return error.syntax(
            "a second “: ” on one line; quote the value if the colon is part of it",
            error.at,
        )
    above = _above(error)
    if above is not None:
        start, line = above
        if (found := _NO_SPACE.match(line)) is not None:
            end = start + found.end()
            return error.syntax("add a space after this colon", end - 1)
    start = error.line_start(error.at) + error.indent(error.at)
    return error.syntax(
        "YAML reads this line as part of the value above; fix the indentation, "
        "or use | for multi-line text",
        start,
        error.at,
    )


def _above(error: ParserError) -> tuple[int, str] | None:
    """Start and text of the nearest line above the error that is not blank."""
    start = error.line_start(error.at)
    while start > 0:
        start = error.line_start(start - 1)
        line = error.line(start)
        if line.strip():
            return start, line
    return None


def no_entry(error: ParserError) -> Syntax:
    """A mapping or list continues with something other than an entry."""
    if (tab := _tab(error)) is not None:
        return tab
    before = error.before(error.at)
    rest = error.text[error.at : error.at + 2]
    if before.strip():
        if rest[:1] in tuple("]}"):
            return error.syntax(f"unmatched {rest[0]}", error.at)
        if before.rstrip()[-1] in "\"'":
            return error.syntax(
                "unexpected text after the closing quote; quote the whole value", error.at
            )
        return error.syntax("unexpected text after the value", error.at)
    start, end = error.at, _line_end(error)
    if error.at >= len(error.text):
        return error.syntax("unexpected end of document", start)
    if "'-'" in error.problem:
        return error.syntax(
            "wrong indentation: this is not aligned with the list above", start, end
        )
    if rest[:1] == "-" and not rest[1:].strip():
        return error.syntax("expected a key, found a list item; check the indentation", start, end)
    return error.syntax("wrong indentation: this is not aligned with the keys above", start, end)


def _line_end(error: ParserError) -> int:
    return error.line_start(error.at) + len(error.line(error.at).rstrip())


def unclosed(error: ParserError) -> Syntax:
    bracket = error.since if error.since is not None else error.at
    char = error.text[bracket : bracket + 1]
    closing = {"[": "]", "{": "}"}.get(char, "its closing bracket")
    if error.at >= len(error.text) or error.text.startswith("---", error.at):
        return error.syntax(f"this {char} is never closed; {closing} is missing", bracket)
    line = error.line_of(bracket)
    where = "" if line == error.line_of(error.at) else f" of line {line}"
    if where and error.indent(error.at) <= error.indent(bracket):
        return error.syntax(f"this {char} is never closed; {closing} is missing", bracket)
    return error.syntax(
        f"expected a comma or {closing} (for the {char}{where}) before this",
        error.at,
    )


def no_content(error: ParserError) -> Syntax:
    char = error.text[error.at : error.at + 1]
    at_end = not char or error.text.startswith("---", error.at)
    if at_end and error.opened is not None:
        opening = error.text[error.opened]
        closing = "]" if opening == "[" else "}"
        return error.syntax(f"this {opening} is never closed; {closing} is missing", error.opened)
    if char in tuple("]}"):
        return error.syntax(f"unmatched {char}", error.at)
    if char == ",":
        return error.syntax("a value is missing before this comma", error.at)
    return error.syntax("expected a value here", error.at)


def unclosed_quote(error: ParserError) -> Syntax:
    start = error.since if error.since is not None else error.at
    return error.syntax("this quote is never closed", start)


def no_colon(error: ParserError) -> Syntax:
    start = error.since if error.since is not None else error.at
    line = error.line(start).rstrip()
    end = error.line_start(start) + len(line)
    if (found := _NO_SPACE.match(line)) is not None:
        colon = error.line_start(start) + found.end() - 1
        return error.syntax("add a space after this colon", colon)
    key = line.find(": ")
    if key > MAX_KEY:
        return error.syntax(TOO_LONG, start, error.line_start(start) + key)
    return error.syntax("neither “key: value” nor a list item; is a colon missing?", start, end)


def escape(error: ParserError) -> Syntax:
    start = error.text[: error.at + 2].rfind("\\")
    shown = error.text[start : start + 2]
    return error.syntax(
        f"{shown} is not an escape in double quotes; write \\\\ for a backslash, "
        "or use single quotes",
        start,
        start + 2,
    )


def bad_escape(error: ParserError) -> Syntax:
    start = max(error.text[: error.at + 1].rfind("\\"), 0)
    return error.syntax(
        "this escape is not a character; write the character itself", start, start + 2
    )


def name(error: ParserError) -> Syntax:
    start = error.since if error.since is not None else error.at
    char = error.text[start : start + 1]
    return error.syntax(f"expected a name after {char}; quote values that start with {char}", start)


def list_on_key_line(error: ParserError) -> Syntax:
    if (tab := _tab(error)) is not None:
        return tab
    if error.before(error.at).strip():
        return error.syntax(
            "a list cannot start on the line of its key; put “- ” on its own line", error.at
        )
    return error.syntax("unexpected list item; check the indentation", error.at)


def block_header(error: ParserError) -> Syntax:
    start = error.since if error.since is not None else error.at
    char = error.text[start : start + 1]
    return error.syntax(
        f"text under {char} starts on the next line; put a value that starts with {char} in quotes",
        error.at,
    )


def document_start(error: ParserError) -> Syntax:
    char = error.text[error.at : error.at + 1]
    if char in tuple("]}"):
        return error.syntax(f"unmatched {char}", error.at)
    return error.syntax("the document ended before this line; start another with ---", error.at)


def directive(error: ParserError) -> Syntax:
    line = error.since if error.since is not None else error.at
    return error.syntax(
        "a line that starts with % is a directive; YAML has only %YAML 1.2 and %TAG",
        line,
        max(_line_end(error), line + 1),
    )


def tab_inside(error: ParserError) -> Syntax:
    return error.syntax(_TAB, error.at)


def complex_key(error: ParserError) -> Syntax:
    return error.syntax(
        "a question mark followed by a space starts a key, which is not possible here; "
        "put the text in quotes",
        error.at,
    )


def colon_in_flow(error: ParserError) -> Syntax:
    return error.syntax("this colon does not follow a key; put the value in quotes", error.at)


def tag(error: ParserError) -> Syntax:
    start = error.since if error.since is not None else error.at
    return error.syntax(
        "this is read as a tag, but is not a valid one; quote values that start with !",
        start,
    )


def too_deep(error: ParserError) -> Syntax:
    return error.syntax(f"this is nested deeper than {MAX_DEPTH} levels", error.at)
