"""libyaml's complaints → what is wrong and how to mend it, in a person's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import events

_TAB = "a tab is used for indentation; YAML wants spaces"
_LONG_KEY = 1024
_KEY = re.compile(r"""(?:[^\s"'#][^#]*?|"[^"]*"|'[^']*')[ \t]*:(?=\s|\Z)""")
_NO_SPACE = re.compile(r"[ \t]*(?:- +)*[\w.-]+:(?=[^\s/:])")


@dataclass(frozen=True, slots=True)
class Syntax:
    """What is wrong, the stretch of text to point at, and where reading stopped."""

    problem: str
    start: int
    end: int
    found: int


@dataclass(frozen=True, slots=True)
class _Error:
    """What libyaml says, with places that are indexes of the whole text."""

    text: str
    problem: str
    context: str
    at: int
    since: int | None
    opened: int | None

    def line_of(self, index: int) -> int:
        return self.text.count("\n", 0, index) + 1

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def line(self, index: int) -> str:
        end = self.text.find("\n", index)
        return self.text[self.line_start(index) : end if end >= 0 else len(self.text)].rstrip("\r")

    def before(self, index: int) -> str:
        """The part of the line that stands before an index."""
        return self.text[self.line_start(index) : index]

    def syntax(self, problem: str, start: int, end: int | None = None) -> Syntax:
        return Syntax(problem, start, start + 1 if end is None else end, self.at)


def explain(text: str, offset: int, error: events.YAMLError, opened: int | None) -> Syntax:
    """Put an error into words.

    ``opened`` is where the bracket stands that was opened last and is still open.
    """
    if not isinstance(error, events.MarkedYAMLError):
        return Syntax(str(error), offset, offset + 1, offset)
    mark, since = error.problem_mark, error.context_mark
    at = min((mark.index if mark else 0) + offset, len(text))
    problem, context = error.problem or "", error.context or ""
    said = _Error(text, problem, context, at, since.index + offset if since else None, opened)
    for words, put in _EXPLANATIONS:
        if words in problem:
            return put(said)
    return said.syntax(f"{context}, {problem}" if context else problem, at)


def _tab(error: _Error) -> Syntax | None:
    before = error.line(error.at)
    indent = before[: len(before) - len(before.lstrip())]
    if "\t" not in indent:
        return None
    start = error.line_start(error.at) + indent.index("\t")
    return error.syntax(_TAB, start)


def _bad_start(error: _Error) -> Syntax:
    char = error.text[error.at : error.at + 1]
    if char == "\t":
        return error.syntax(_TAB, error.at)
    return error.syntax(f"a value cannot start with {char}; put it in quotes", error.at)


def _unexpected_colon(error: _Error) -> Syntax:
    if (tab := _tab(error)) is not None:
        return tab
    before = error.before(error.at)
    if len(before.strip()) > _LONG_KEY:
        return error.syntax(f"a key cannot have more than {_LONG_KEY} characters", error.at)
    if _KEY.match(before.lstrip(" -")):
        return error.syntax(
            "a second “: ” in one line; put the value in quotes if the colon belongs to it",
            error.at,
        )
    above = _above(error)
    if above is not None:
        start, line = above
        if (found := _NO_SPACE.match(line)) is not None:
            end = start + found.end()
            return error.syntax("a space is missing behind this colon", end - 1)
    indent = len(before) - len(before.lstrip())
    start = error.line_start(error.at) + indent
    return error.syntax(
        "this is taken for more text of the value above it; check the indentation, "
        "or put text of several lines in quotes or under |",
        start,
        error.at,
    )


def _above(error: _Error) -> tuple[int, str] | None:
    """The last line with something in it above the error's line."""
    start = error.line_start(error.at)
    while start > 0:
        start = error.line_start(start - 1)
        line = error.line(start)
        if line.strip() and not line.lstrip().startswith("#"):
            return start, line
    return None


def _no_entry(error: _Error) -> Syntax:
    """A mapping or list goes on with something that is none of its entries."""
    if (tab := _tab(error)) is not None:
        return tab
    before = error.before(error.at)
    rest = error.text[error.at : error.at + 2]
    if before.strip():
        if rest[:1] in tuple("]}"):
            return error.syntax(f"this {rest[0]} closes nothing", error.at)
        if before.rstrip()[-1] in "\"'":
            return error.syntax(
                "text behind the closing quote; put all of the value inside the quotes", error.at
            )
        return error.syntax("this does not belong to the value before it", error.at)
    start, end = error.at, _line_end(error)
    if error.at >= len(error.text):
        return error.syntax("the document ends in the middle of something", start)
    if "'-'" in error.problem:
        return error.syntax(
            "this does not line up with the list above it; check the indentation", start, end
        )
    if rest[:1] == "-" and not rest[1:].strip():
        return error.syntax(
            "a list item stands where a key is expected; check the indentation", start, end
        )
    return error.syntax(
        "this does not line up with the keys above it; check the indentation", start, end
    )


def _line_end(error: _Error) -> int:
    return error.line_start(error.at) + len(error.line(error.at).rstrip())


def _unclosed(error: _Error) -> Syntax:
    bracket = error.since if error.since is not None else error.at
    char = error.text[bracket : bracket + 1]
    closing = {"[": "]", "{": "}"}.get(char, "its closing bracket")
    if error.at >= len(error.text) or error.text.startswith("---", error.at):
        return error.syntax(f"this {char} is never closed; {closing} is missing", bracket)
    line = error.line_of(bracket)
    where = "" if line == error.line_of(error.at) else f" of line {line}"
    return error.syntax(
        f"a comma or the {closing} that closes the {char}{where} is missing before this",
        error.at,
    )


def _no_content(error: _Error) -> Syntax:
    char = error.text[error.at : error.at + 1]
    at_end = not char or error.text.startswith("---", error.at)
    if at_end and error.opened is not None:
        opening = error.text[error.opened]
        closing = "]" if opening == "[" else "}"
        return error.syntax(f"this {opening} is never closed; {closing} is missing", error.opened)
    if char in tuple("]}"):
        return error.syntax(f"this {char} closes nothing", error.at)
    if char == ",":
        return error.syntax("there is no value before this comma", error.at)
    return error.syntax("a value is expected here", error.at)


def _unclosed_quote(error: _Error) -> Syntax:
    start = error.since if error.since is not None else error.at
    return error.syntax("this quote is never closed", start)


def _no_colon(error: _Error) -> Syntax:
    start = error.since if error.since is not None else error.at
    line = error.line(start).rstrip()
    end = error.line_start(start) + len(line)
    if (found := _NO_SPACE.match(line)) is not None:
        colon = error.line_start(start) + found.end() - 1
        return error.syntax("a space is missing behind this colon", colon)
    return error.syntax(
        "this is neither “key: value” nor a list item; is a colon missing?", start, end
    )


def _escape(error: _Error) -> Syntax:
    start = error.text.rfind("\\", 0, error.at + 2)
    shown = error.text[start : start + 2]
    return error.syntax(
        f"{shown} is no escape in double quotes; write \\\\ for a backslash, or use single quotes",
        start,
        start + 2,
    )


def _bad_escape(error: _Error) -> Syntax:
    start = max(error.text.rfind("\\", 0, error.at + 1), 0)
    return error.syntax("this escape does not give a character", start, start + 2)


def _name(error: _Error) -> Syntax:
    start = error.since if error.since is not None else error.at
    char = error.text[start : start + 1]
    return error.syntax(
        f"behind {char} a name is expected; put text that starts with {char} in quotes", start
    )


def _list_on_key_line(error: _Error) -> Syntax:
    if (tab := _tab(error)) is not None:
        return tab
    if error.before(error.at).strip():
        return error.syntax(
            "a list cannot start in the line of its key; put “- ” on a line of its own", error.at
        )
    return error.syntax("a list item does not belong here; check the indentation", error.at)


def _block_header(error: _Error) -> Syntax:
    start = error.since if error.since is not None else error.at
    char = error.text[start : start + 1]
    return error.syntax(
        f"text under {char} starts on the next line; put a value that starts with {char} in quotes",
        error.at,
    )


def _document_start(error: _Error) -> Syntax:
    char = error.text[error.at : error.at + 1]
    if char in tuple("]}"):
        return error.syntax(f"this {char} closes nothing", error.at)
    return error.syntax(
        "the document has ended before this; a further one starts with a line ---", error.at
    )


def _directive(error: _Error) -> Syntax:
    start = error.since if error.since is not None else error.at
    return error.syntax(
        "a line that starts with % is a directive, and YAML knows only %YAML and %TAG",
        start,
        max(_line_end(error), start + 1),
    )


_EXPLANATIONS = (
    ("cannot start any token", _bad_start),
    ("mapping values are not allowed", _unexpected_colon),
    ("expected '-' indicator", _no_entry),
    ("did not find expected key", _no_entry),
    ("expected ',' or", _unclosed),
    ("expected node content", _no_content),
    ("unexpected end of stream", _unclosed_quote),
    ("unexpected document indicator", _unclosed_quote),
    ("could not find expected ':'", _no_colon),
    ("unknown escape character", _escape),
    ("escape code", _bad_escape),
    ("expected alphabetic or numeric", _name),
    ("block sequence entries are not allowed", _list_on_key_line),
    ("expected comment or line break", _block_header),
    ("expected <document start>", _document_start),
    ("unknown directive name", _directive),
)
