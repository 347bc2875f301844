"""JSON as editors keep it, with comments and trailing commas, and where things stand in it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"(?:[ \t\r\n]+|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"')
_LITERAL = re.compile(r"true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_DEPTH = 100
_BYTE_ORDER_MARK = "\ufeff"


class NotJsoncError(Exception):
    """The text cannot be understood; ``line`` and ``column`` say where, counted from 1."""

    def __init__(self, text: str, at: int, message: str) -> None:
        super().__init__(message)
        before = text[:at]
        self.line = before.count("\n") + 1
        self.column = at - (before.rfind("\n") + 1) + 1


@dataclass(slots=True)
class Member:
    """A member of an object: its key, and from where to where its value stands."""

    key: str
    start: int
    """Where the key begins."""
    value: Value


@dataclass(slots=True)
class Value:
    """A value, and from where to where it stands."""

    start: int
    end: int
    plain: Any
    members: tuple[Member, ...] = ()
    comma: int | None = None
    """Where the comma after an object's last member stands, if there is one."""

    def member(self, key: str) -> Member | None:
        """The member of that name."""
        return next((m for m in self.members if m.key == key), None)


def read(text: str) -> Value | None:
    """The only value of a text; None where there is none. Raises NotJsoncError."""
    reader = _Reader(text)
    at = reader.space(1 if text.startswith(_BYTE_ORDER_MARK) else 0)
    if at == len(text):
        return None
    value = reader.value(at, 0)
    if reader.space(value.end) != len(text):
        raise NotJsoncError(text, reader.space(value.end), "nothing more is expected here")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text

    def space(self, at: int) -> int:
        """Where white space and comments end."""
        found = _SPACE.match(self._text, at)
        assert found is not None
        return found.end()

    def value(self, at: int, depth: int) -> Value:
        if depth > _DEPTH:
            raise self._wrong(at, "it is nested too deeply")
        if self._text.startswith("{", at):
            return self._object(at, depth)
        if self._text.startswith("[", at):
            return self._array(at, depth)
        found = _STRING.match(self._text, at) or _LITERAL.match(self._text, at)
        if found is None:
            raise self._wrong(at, "a value is expected here")
        return Value(at, found.end(), json.loads(found[0]))

    def _object(self, start: int, depth: int) -> Value:
        members: dict[str, Member] = {}
        comma = None
        at = self.space(start + 1)
        while not self._text.startswith("}", at):
            if members and comma is None:
                raise self._wrong(at, "a comma is expected here")
            member = self._member(at, depth)
            if member.key in members:
                raise self._wrong(at, f"{member.key} is here a second time")
            members[member.key] = member
            comma, at = self._comma(member.value.end)
        plain = {key: member.value.plain for key, member in members.items()}
        return Value(start, at + 1, plain, tuple(members.values()), comma)

    def _member(self, at: int, depth: int) -> Member:
        key = _STRING.match(self._text, at)
        if key is None:
            raise self._wrong(at, "a name in quotation marks is expected here")
        colon = self.space(key.end())
        if not self._text.startswith(":", colon):
            raise self._wrong(colon, "a colon is expected here")
        return Member(json.loads(key[0]), at, self.value(self.space(colon + 1), depth + 1))

    def _array(self, start: int, depth: int) -> Value:
        plain: list[Any] = []
        comma = None
        at = self.space(start + 1)
        while not self._text.startswith("]", at):
            if plain and comma is None:
                raise self._wrong(at, "a comma is expected here")
            item = self.value(at, depth + 1)
            plain.append(item.plain)
            comma, at = self._comma(item.end)
        return Value(start, at + 1, plain)

    def _comma(self, end: int) -> tuple[int | None, int]:
        """The comma after a value, if there is one, and where the next thing begins."""
        at = self.space(end)
        if self._text.startswith(",", at):
            return at, self.space(at + 1)
        return None, at

    def _wrong(self, at: int, message: str) -> NotJsoncError:
        return NotJsoncError(self._text, at, message)
