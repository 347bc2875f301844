"""Shapes of a rule file → values: constraints, paths, expressions and comparands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bizalign_lint.core.durations import is_duration
from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.suggest import nearest, suggestion
from bizalign_lint.core.types import Document, Location, Place, Pointer, Span
from bizalign_lint.parsing.positions import locate
from bizalign_lint.rules.language import paths
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    AsOf,
    Comparand,
    Constraint,
    Expression,
    Literal,
    Number,
    Param,
    PathExpression,
    Qualified,
    Shape,
)

_AS_OF = re.compile(r"\$asOf(?:\s*([-+])\s*(\S+))?")
_PARAM = re.compile(r"\$params\.([A-Za-z][A-Za-z0-9]*)")

_AGGREGATES = ("count", "sum", "min", "max", "distinct")
_ARITHMETIC = ("difference", "distance", "percent")
_TESTS = {
    "minimum": "minInclusive",
    "maximum": "maxInclusive",
    "exclusiveMinimum": "minExclusive",
    "exclusiveMaximum": "maxExclusive",
    "minItems": "minCount",
    "maxItems": "maxCount",
    "minLength": "minLength",
    "maxLength": "maxLength",
}
"""What JSON Schema's keywords are called in SHACL."""


def fail(document: Document, pointer: Pointer, message: str, key: bool = False) -> RuleError:
    """The error of a rule file, with its place."""
    return RuleError(message, place_of(document, pointer, key))


def day(document: Document, pointer: Pointer, text: str) -> date:
    """The date that a text stands for; the schema has seen to its form, not to the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise fail(document, pointer, f"{text} is not a date") from None


def place_of(document: Document, pointer: Pointer, key: bool = False) -> Location:
    """Where something in a rule file stands."""
    return Location(document.source.path, locate(Place(document, pointer, key)))


def step_place(document: Document, expression: PathExpression, step: paths.Step) -> Location:
    """Where a step of a path stands."""
    location = place_of(document, expression.pointer)
    span = location.span
    line = document.source.content.decode().splitlines()[span.line - 1]
    start = line.find(expression.text, span.column - 1)
    if start < 0:  # the path is a key, and the place that of its value
        start = line.rfind(expression.text, 0, span.column)
    if start < 0:
        return location
    column = start + 1 + step.offset
    return Location(location.path, Span(span.line, column, span.line, column + len(step.name)))


class ShapeReader:
    """Reads the shapes of one file."""

    def __init__(self, document: Document, params: Mapping[str, Any]) -> None:
        self._document = document
        self._params = params

    def shape(self, value: Mapping[str, Any], pointer: Pointer) -> Shape:
        path = self.expression(value["path"], (*pointer, "path")) if "path" in value else None
        message = " ".join(value.get("message", "").split()) if pointer else ""
        constraints = tuple(self._constraints(value, pointer))
        if path is not None and pointer and not constraints:
            message = "what must hold of these? Give a constraint, such as minCount: 1"
            raise fail(self._document, (*pointer, "path"), message)
        return Shape(path, constraints, pointer, message)

    def _shapes(self, values: Sequence[Any], pointer: Pointer) -> tuple[Shape, ...]:
        return tuple(self.shape(value, (*pointer, i)) for i, value in enumerate(values))

    def _constraints(self, value: Mapping[str, Any], pointer: Pointer) -> Iterator[Constraint]:
        for name, argument in value.items():
            here = (*pointer, name)
            if name == "properties":
                yield from self._tests(argument, here)
            elif name == "required":
                yield from (self._required(property_, here) for property_ in argument)
            elif name == "pattern":
                flags = value.get("flags", "")
                yield Constraint(name, self._pattern(argument, here, flags), here)
            elif name == "qualifiedValueShape":
                yield Constraint(name, self._qualified(value, pointer), here)
            elif name in _ARGUMENTS:
                yield Constraint(name, _ARGUMENTS[name](self, argument, here), here)

    def _qualified(self, value: Mapping[str, Any], pointer: Pointer) -> Qualified:
        here = (*pointer, "qualifiedValueShape")
        least, most = (
            self._count(value[key], (*pointer, key)) if key in value else None
            for key in ("qualifiedMinCount", "qualifiedMaxCount")
        )
        if least is None and most is None:
            message = "how many? Give qualifiedMinCount or qualifiedMaxCount"
            raise fail(self._document, here, message)
        return Qualified(self.shape(value["qualifiedValueShape"], here), least, most)

    def _members(self, values: Sequence[Any], pointer: Pointer) -> tuple[Comparand, ...]:
        return tuple(self.comparand(value, (*pointer, i)) for i, value in enumerate(values))

    def _tests(self, tests: Mapping[str, Any], pointer: Pointer) -> Iterator[Constraint]:
        """JSON Schema on a node's own values, as property shapes."""
        for name, test in tests.items():
            here = (*pointer, name)
            yield Constraint("property", (self._test(name, test, here),), here)

    def _required(self, name: str, pointer: Pointer) -> Constraint:
        shape = Shape(
            self.path(name, pointer), (Constraint("minCount", Literal(1), pointer),), pointer
        )
        return Constraint("property", (shape,), pointer)

    def _test(self, name: str | None, test: Mapping[str, Any], pointer: Pointer) -> Shape:
        found: list[Constraint] = []
        for key, argument in test.items():
            here = (*pointer, key)
            if key == "const":
                found.append(Constraint("in", (self.comparand(argument, here),), here))
            elif key == "enum":
                found.append(Constraint("in", self._members(argument, here), here))
            elif key == "pattern":
                found.append(Constraint("pattern", self._pattern(argument, here, ""), here))
            elif key == "contains":
                value = self.comparand(argument["const"], here)
                found.append(Constraint("hasValue", value, here))
            elif key == "not":
                found.append(Constraint("not", self._test(None, argument, here), here))
            elif key == "properties":
                found.extend(self._tests(argument, here))
            elif key == "required":
                found.extend(self._required(property_, here) for property_ in argument)
            elif name is None and key in ("minItems", "maxItems"):
                message = f"{key} is about a list, {pointer[-1]} about each of its items"
                raise fail(self._document, here, message, key=True)
            else:
                found.append(Constraint(_TESTS[key], self.comparand(argument, here), here))
        path = None if name is None else self.path(name, pointer, key=True)
        return Shape(path, tuple(found), pointer)

    def path(self, text: str, pointer: Pointer, key: bool = False) -> PathExpression:
        try:
            return PathExpression(paths.parse(text), text, pointer)
        except paths.PathSyntaxError as error:
            location = place_of(self._document, pointer, key)
            raise RuleError(f"{text!r} is not a path: {error}", location) from None

    def expression(self, value: Any, pointer: Pointer) -> Expression:
        if isinstance(value, str):
            return self.path(value, pointer)
        if isinstance(value, (int, float)):
            return Number(value)
        named = [key for key in value if key in (*_AGGREGATES, *_ARITHMETIC)]
        if len(named) != 1:
            message = "an expression has exactly one of " + ", ".join((*_AGGREGATES, *_ARITHMETIC))
            raise fail(self._document, pointer, message)
        (function,) = named
        here = (*pointer, function)
        if function in _ARITHMETIC:
            if len(value) != 1:
                raise fail(self._document, pointer, f"{function} takes two operands, nothing else")
            left, right = (self.expression(v, (*here, i)) for i, v in enumerate(value[function]))
            return Arithmetic(function, left, right, pointer)
        nodes, filter_ = value.get("nodes"), value.get("filterShape")
        if filter_ is not None and nodes is None:
            raise fail(self._document, (*pointer, "filterShape"), "nodes is missing: filter what?")
        return Aggregate(
            function,
            self.path(value[function], here),
            None if nodes is None else self.path(nodes, (*pointer, "nodes")),
            None if filter_ is None else self.shape(filter_, (*pointer, "filterShape")),
            pointer,
        )

    def comparand(self, value: Any, pointer: Pointer) -> Comparand:
        if not isinstance(value, str) or not value.startswith("$"):
            return Literal(value)
        if found := _PARAM.fullmatch(value):
            return self._param(found[1], pointer)
        if found := _AS_OF.fullmatch(value):
            if found[1] is None:
                return AsOf()
            sign = 1 if found[1] == "+" else -1
            if parameter := _PARAM.fullmatch(found[2]):
                return AsOf(sign, self._duration(parameter[1], pointer))
            if is_duration(found[2]):
                return AsOf(sign, Literal(found[2]))
            message = f"{found[2]} is not a duration such as P35D or P6M"
            raise fail(self._document, pointer, message)
        message = f"{value!r} is not understood; there are $asOf, $asOf - P35D and $params.name"
        raise fail(self._document, pointer, message)

    def _param(self, name: str, pointer: Pointer) -> Param:
        if name not in self._params:
            near = suggestion(nearest(name, self._params))
            message = f"the rule has no parameter {name}" + (f"; {near}" if near else "")
            raise fail(self._document, pointer, message)
        return Param(name)

    def _duration(self, name: str, pointer: Pointer) -> Param:
        """A parameter that a date is moved by."""
        param = self._param(name, pointer)
        default = self._params[name]["default"]
        if not isinstance(default, str) or not is_duration(default):
            message = f"{name} is no duration: its default is {default}, not such as P35D"
            raise fail(self._document, pointer, message)
        return param

    def _count(self, value: Any, pointer: Pointer) -> Comparand:
        comparand = self.comparand(value, pointer)
        if isinstance(comparand, AsOf) or (
            isinstance(comparand, Literal) and isinstance(value, str)
        ):
            raise fail(self._document, pointer, f"{value!r} is not a number")
        return comparand

    def _pattern(self, text: str, pointer: Pointer, flags: str) -> re.Pattern[str]:
        try:
            return re.compile(text, re.IGNORECASE if flags else 0)
        except re.error as error:
            message = f"{text!r} is not a regular expression: {error}"
            raise fail(self._document, pointer, message) from None


_ARGUMENTS: dict[str, Callable[[ShapeReader, Any, Pointer], Any]] = {
    **dict.fromkeys(("minCount", "maxCount"), ShapeReader._count),
    **dict.fromkeys(
        ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive", "hasValue"),
        ShapeReader.comparand,
    ),
    **dict.fromkeys(("minLength", "maxLength"), lambda _, value, __: Literal(value)),
    **dict.fromkeys(("equals", "lessThan", "lessThanOrEquals"), ShapeReader.expression),
    **dict.fromkeys(("disjoint", "uniqueValueWithin"), ShapeReader.path),
    **dict.fromkeys(("node", "not"), ShapeReader.shape),
    **dict.fromkeys(("and", "or", "xone", "property"), ShapeReader._shapes),
    "in": ShapeReader._members,
    "class": lambda _, value, __: (value,) if isinstance(value, str) else tuple(value),
}
"""How the argument of each plain constraint is read."""
