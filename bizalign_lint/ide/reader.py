"""One document of a text, read by its indentation, brackets and commas."""

from __future__ import annotations

import re

from bizalign_lint.ide.parts import Part, unquoted

_KEY = re.compile(
    r"""
    (?P<key> "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\r\n]|'')*'
      | (?: [^\s\-?:,\[\]{}\#&*!|>%@`"'] | [-?:](?=\S) ) (?: [^:\#\r\n] | :(?=\S) | (?<=\S)\# )*? )
    [ \t]* : (?=[ \t\r\n]|\Z)
    """,
    re.VERBOSE,
)
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]+)*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?=#|\r|\n|\Z)")
_PLAIN_END = re.compile(r"[ \t]*(?=\r|\n|\Z)|[ \t]+#")
_FLOW_END = re.compile(r"[ \t]*(?=[,\[\]{}\r\n]|\Z)|[ \t]+#|:(?=[\s,\[\]{}]|\Z)")
_DEEPEST = 100
"""The maximum nesting of brackets or lists; what is nested more deeply is not read."""


class Reader:
    """Reads one document: ``root`` is its outline, ``comments`` are the comments in it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._end = text, end
        self.comments: list[tuple[int, int]] = []
        self.root = Part(start, -1, value_start=start, value_end=end)
        self._stack = [self.root]
        self._depth = 0
        at = start
        while at < end:
            at = self._line(at)

    def _line(self, at: int) -> int:
        """Read what begins on a line; returns the index of the next line."""
        text, line = self._text, at
        at = self._blank(at)
        if self._comment(at) or self._ends_line(at):
            return self._next(at)
        while text.startswith("-", at) and self._is_space(at + 1):
            column = at - line
            self._leave(column, dash=True)
            if len(self._stack) > _DEEPEST:
                return self._next(at)
            part = Part(at, column, self._stack[-1], key_end=at + 1, dash=True)
            part.value_start = part.value_end = self._clipped(self._blank(at + 1))
            self._push(part)
            at = self._blank(at + 1)
            if self._comment(at) or self._ends_line(at):
                return self._next(at)
        return self._content(at, at - line)

    def _content(self, at: int, column: int) -> int:
        key = _KEY.match(self._text, at, self._end)
        if len(self._stack) > _DEEPEST:
            return self._next(at)
        if key is not None:
            self._leave(column, dash=False)
            part = Part(
                start=at,
                column=column,
                parent=self._stack[-1],
                key=unquoted(key["key"]),
                key_end=key.end("key"),
            )
            self._push(part)
            return self._value(part, self._blank(key.end()))
        top = self._stack[-1]
        if top.dash and top.value_start == at and not top.parts:
            return self._value(top, at)
        self._leave(column, dash=False)
        above = self._stack[-1]
        if above.value_start < above.value_end and not above.flow and above is not self.root:
            stop = self._plain(at)
            above.value_end = stop
            return self._rest(stop)
        part = Part(at, column, above, key_end=at, bare=True)
        above.add(part)
        return self._value(part, at)

    def _value(self, part: Part, at: int) -> int:
        """Read the value of a part; returns the index of the next line."""
        found = _PROPERTIES.match(self._text, at, self._end)
        at = found.end() if found is not None else at
        part.value_start = part.value_end = self._clipped(at)
        if at >= self._end or self._ends_line(at) or self._comment(at):
            return self._next(at)
        first = self._text[at]
        if first in "|>" and _HEADER.match(self._text, at, self._end):
            return self._block(part, at)
        if first in "[{":
            at = self._flow(part, at)
        elif first in "\"'":
            at = part.value_end = self._quoted(at, part.column)
        else:
            at = part.value_end = self._plain(at)
        return self._rest(at)

    def _rest(self, at: int) -> int:
        at = self._blank(at)
        self._comment(at)
        return self._next(at)

    def _block(self, part: Part, at: int) -> int:
        part.block = True
        end = self._plain(at)
        line = self._rest(end)
        while line < self._end:
            content = self._blank(line)
            if not self._ends_line(content):
                if content - line <= part.column:
                    break
                end = content + len(self._text[content : self._next(content)].rstrip())
            line = self._next(content)
        part.value_start, part.value_end = at, end
        return line

    def _flow(self, part: Part, at: int) -> int:
        """Read what is in brackets; returns the index after it."""
        text = self._text
        part.flow, part.value_start = text[at], at
        self._depth += 1
        at += 1
        close = "]" if part.flow == "[" else "}"
        while True:
            at = self._flow_blank(at)
            if at >= self._end or text[at] in "]}":
                break
            if text[at] == ",":
                at += 1
                continue
            if self._is_left_open(at, part) or self._depth > _DEEPEST:
                at = self._end_of_content(at)
                break
            at = self._flow_entry(part, at)
        self._depth -= 1
        part.closed = at < self._end and text[at] == close
        at += part.closed
        part.value_end = at
        return at

    def _flow_entry(self, holder: Part, at: int) -> int:
        """Read one entry in brackets; returns the index after it."""
        listed = holder.flow == "["
        part = Part(at, holder.column, holder, key_end=at, dash=listed, bare=not listed)
        holder.add(part)
        end = self._flow_value(part, at)
        colon = self._blank(end)
        if part.flow or not self._text.startswith(":", colon) or colon >= self._end:
            return max(end, at + 1)
        if listed:  # a single pair in a list is a mapping of its own
            part.value_end = part.value_start
            part = Part(part.value_start, holder.column, part)
            holder.parts[-1].add(part)
        part.key, part.key_end, part.bare = unquoted(self._text[part.start : end]), end, False
        part.value_start = part.value_end = self._clipped(self._blank(colon + 1))
        at = self._flow_blank(colon + 1)
        return at if self._is_left_open(at, holder) else self._flow_value(part, at)

    def _flow_value(self, part: Part, at: int) -> int:
        """Read one value in brackets, if there is one; returns the index after it."""
        found = _PROPERTIES.match(self._text, at, self._end)
        at = found.end() if found is not None else at
        if at >= self._end or self._text[at] in ",]}\r\n#":
            return at
        part.value_start = at
        if self._text[at] in "[{":
            return self._flow(part, at)
        quoted = self._text[at] in "\"'"
        part.value_end = self._quoted(at, -1) if quoted else self._flow_plain(at)
        return part.value_end

    def _is_left_open(self, at: int, part: Part) -> bool:
        """Whether a bracket has been left open: a line begins like an entry in block style."""
        line = at
        while line > 0 and self._text[line - 1] in " \t":
            line -= 1
        if line <= part.start or self._text[line - 1] not in "\r\n":
            return False
        column = at - line
        dash = self._text.startswith("- ", at)
        key = dash or _KEY.match(self._text, at, self._end) is not None
        return column <= part.column and key

    def _end_of_content(self, at: int) -> int:
        """The end of the last line before an index that is not blank."""
        while self._text[at - 1] in " \t\r\n":
            at -= 1
        return at

    def _flow_blank(self, at: int) -> int:
        """The index after spaces, line breaks and comments."""
        while at < self._end:
            if self._text[at] in " \t\r\n":
                at += 1
            elif not self._comment(at):
                break
            else:
                at = self.comments[-1][1]
        return at

    def _flow_plain(self, at: int) -> int:
        found = _FLOW_END.search(self._text, at, self._end)
        return max(found.start() if found is not None else self._end, self._clipped(at + 1))

    def _plain(self, at: int) -> int:
        found = _PLAIN_END.search(self._text, at, self._end)
        return found.start() if found is not None else self._end

    def _quoted(self, at: int, column: int) -> int:
        """The end of a quoted scalar; the end of its line if the closing quote is missing."""
        quote, text, i = self._text[at], self._text, at + 1
        while i < self._end:
            char = text[i]
            if char == "\\" and quote == '"':
                i += 1
            elif char == quote:
                if quote == "'" and text.startswith("'", i + 1):
                    i += 1
                else:
                    return i + 1
            elif char in "\r\n":
                below = self._blank(i + 1)
                line = below - i - 1
                if not self._ends_line(below) and line <= column:
                    break
            i += 1
        return self._plain(at) if column >= 0 else self._flow_plain(at)

    def _leave(self, column: int, dash: bool) -> None:
        """Leave the parts that end before content at a column."""
        stack = self._stack
        while len(stack) > 1 and (
            stack[-1].column > column
            or (stack[-1].column == column and not (dash and not stack[-1].dash))
        ):
            stack.pop()

    def _push(self, part: Part) -> None:
        self._stack[-1].add(part)
        self._stack.append(part)

    def _comment(self, at: int) -> bool:
        if at < self._end and self._text[at] == "#":
            end = at
            while end < self._end and self._text[end] not in "\r\n":
                end += 1
            if not self.comments or self.comments[-1][0] < at:
                self.comments.append((at, end))
            return True
        return False

    def _ends_line(self, at: int) -> bool:
        return at >= self._end or self._text[at] in "\r\n"

    def _is_space(self, at: int) -> bool:
        return at >= self._end or self._text[at] in " \t\r\n"

    def _blank(self, at: int) -> int:
        while at < self._end and self._text[at] in " \t":
            at += 1
        return at

    def _clipped(self, at: int) -> int:
        return min(at, self._end)

    def _next(self, at: int) -> int:
        """The start of the next line."""
        while at < self._end and self._text[at] not in "\r\n":
            at += 1
        return min(at + (2 if self._text.startswith("\r\n", at) else 1), self._end)
