"""Shapes of a rule file → values: constraints, paths, expressions and comparands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args

from bizalign_lint.core.durations import is_duration
from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.suggest import with_nearest
from bizalign_lint.core.types import Document, Pointer
from bizalign_lint.rules.language import paths, shapes
from bizalign_lint.rules.language.places import fail, place_of
from bizalign_lint.rules.language.rule import Need
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    AsOf,
    BoundKeyword,
    Comparand,
    Constraint,
    Expression,
    Literal,
    Number,
    Param,
    PathExpression,
    Shape,
)
from bizalign_lint.schema.patterns import PatternError, compile_regex

_AS_OF = re.compile(r"\$asOf(?:\s*([-+])\s*(\S+))?")
_PARAM = re.compile(r"\$params\.([A-Za-z][A-Za-z0-9]*)")

_AGGREGATES: tuple[shapes.AggregateFunction, ...] = get_args(shapes.AggregateFunction)
_ARITHMETIC: tuple[shapes.ArithmeticFunction, ...] = get_args(shapes.ArithmeticFunction)


class ShapeReader:
    """Reads the shapes in one rule file; its methods raise RuleError with the place."""

    def __init__(self, document: Document, params: Mapping[str, Any]) -> None:
        self._document = document
        self._params = params

    def shape(self, value: Mapping[str, Any], pointer: Pointer) -> Shape:
        path = self.expression(value["path"], (*pointer, "path")) if "path" in value else None
        message = " ".join(value.get("message", "").split()) if pointer else ""
        constraints = tuple(self._constraints(value, pointer))
        if path is not None and pointer and not constraints:
            message = "a constraint is missing, such as minCount: 1"
            raise fail(self._document, (*pointer, "path"), message)
        return Shape(path, constraints, pointer, message)

    def _shapes(self, values: Sequence[Any], pointer: Pointer) -> tuple[Shape, ...]:
        return tuple(self.shape(value, (*pointer, i)) for i, value in enumerate(values))

    def _constraints(self, value: Mapping[str, Any], pointer: Pointer) -> Iterator[Constraint]:
        for key, argument in value.items():
            here = (*pointer, key)
            match key:
                case "properties":
                    yield from self._tests(argument, here)
                case "required":
                    yield from (self._required(property_, here) for property_ in argument)
                case "pattern":
                    yield self._pattern(argument, here, value.get("flags", ""))
                case "qualifiedValueShape":
                    yield self._qualified(value, pointer)
                case "sameValueWithin":
                    yield from self._same_value(argument, here)
                case _ if key in _CONSTRAINTS:
                    yield _CONSTRAINTS[key](self, argument, here)

    def _qualified(self, value: Mapping[str, Any], pointer: Pointer) -> shapes.QualifiedValueShape:
        here = (*pointer, "qualifiedValueShape")
        least, most = (
            self._count(value[key], (*pointer, key)) if key in value else None
            for key in ("qualifiedMinCount", "qualifiedMaxCount")
        )
        if least is None and most is None:
            message = "qualifiedMinCount or qualifiedMaxCount is missing"
            raise fail(self._document, here, message)
        inner = self.shape(value["qualifiedValueShape"], here)
        return shapes.QualifiedValueShape(inner, least, most, here)

    def _same_value(self, value: str | Sequence[str], pointer: Pointer) -> Iterator[Constraint]:
        """One constraint for each of the alternative scopes."""
        if isinstance(value, str):
            yield shapes.SameValueWithin(self.path(value, pointer), pointer)
            return
        for position, path in enumerate(value):
            yield shapes.SameValueWithin(self.path(path, (*pointer, position)), pointer)

    def _members(self, values: Sequence[Any], pointer: Pointer) -> tuple[Comparand, ...]:
        return tuple(self.comparand(value, (*pointer, i)) for i, value in enumerate(values))

    def _tests(self, tests: Mapping[str, Any], pointer: Pointer) -> Iterator[Constraint]:
        """Tests in JSON Schema of a node's own values, as property shapes."""
        for name, test in tests.items():
            here = (*pointer, name)
            yield shapes.Property((self._test(name, test, here),), here)

    def _required(self, name: str, pointer: Pointer) -> Constraint:
        exists = (shapes.MinCount(Literal(1), pointer),)
        return shapes.Property((Shape(self.path(name, pointer), exists, pointer),), pointer)

    def _test(self, name: str | None, test: Mapping[str, Any], pointer: Pointer) -> Shape:
        found: list[Constraint] = []
        for key, argument in test.items():
            here = (*pointer, key)
            match key:
                case "properties":
                    found.extend(self._tests(argument, here))
                case "required":
                    found.extend(self._required(property_, here) for property_ in argument)
                case "minItems" | "maxItems" if name is None:
                    message = f"{key} applies to a list, {pointer[-1]} to each of its items"
                    raise fail(self._document, here, message, key=True)
                case _:
                    found.append(_TESTS[key](self, argument, here))
        path = None if name is None else self.path(name, pointer, key=True)
        return Shape(path, tuple(found), pointer)

    def path(self, text: str, pointer: Pointer, key: bool = False) -> PathExpression:
        try:
            return PathExpression(paths.parse(text), text, pointer)
        except paths.PathSyntaxError as error:
            location = place_of(self._document, pointer, key)
            raise RuleError(f"{text!r} is not a path: {error}", location) from None

    def need(self, value: str | Mapping[str, Any], pointer: Pointer) -> Need:
        """A fact that a rule needs: a path, or an object that also selects nodes."""
        if isinstance(value, str):
            return Need(
                self.path(value, pointer), None, filter_shape=None, where=None, pointer=pointer
            )
        shapes = {
            key: self.shape(value[key], (*pointer, key))
            for key in ("filterShape", "where")
            if key in value
        }
        if "filterShape" in value and "nodes" not in value:
            message = "filterShape needs nodes; to filter the target itself, use where"
            raise fail(self._document, (*pointer, "filterShape"), message)
        return Need(
            self.path(value["path"], (*pointer, "path")),
            self.path(value["nodes"], (*pointer, "nodes")) if "nodes" in value else None,
            filter_shape=shapes.get("filterShape"),
            where=shapes.get("where"),
            pointer=pointer,
            fact=value.get("fact", ""),
        )

    def expression(self, value: Any, pointer: Pointer) -> Expression:
        if isinstance(value, str):
            return self.path(value, pointer)
        if isinstance(value, (int, float)):
            return Number(value)
        aggregates = [function for function in _AGGREGATES if function in value]
        arithmetic = [function for function in _ARITHMETIC if function in value]
        if len(aggregates) + len(arithmetic) != 1:
            message = "an expression needs exactly one of " + ", ".join(
                (*_AGGREGATES, *_ARITHMETIC)
            )
            raise fail(self._document, pointer, message)
        for name in arithmetic:
            if len(value) != 1:
                raise fail(self._document, pointer, f"{name} takes two operands, nothing else")
            here = (*pointer, name)
            left, right = (self.expression(v, (*here, i)) for i, v in enumerate(value[name]))
            return Arithmetic(name, left, right, pointer)
        (function,) = aggregates
        nodes, filter_ = value.get("nodes"), value.get("filterShape")
        if filter_ is not None and nodes is None:
            raise fail(self._document, (*pointer, "filterShape"), "filterShape needs nodes")
        return Aggregate(
            function,
            self.path(value[function], (*pointer, function)),
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
        message = f"unknown value {value!r}; use $asOf, $asOf - P35D or $params.name"
        raise fail(self._document, pointer, message)

    def _param(self, name: str, pointer: Pointer) -> Param:
        if name not in self._params:
            message = with_nearest(f"the rule has no parameter {name}", name, self._params)
            raise fail(self._document, pointer, message)
        return Param(name)

    def _duration(self, name: str, pointer: Pointer) -> Param:
        """A parameter by which a date is shifted."""
        param = self._param(name, pointer)
        default = self._params[name]["default"]
        if not isinstance(default, str) or not is_duration(default):
            message = f"{name} is not a duration such as P35D: its default is {default}"
            raise fail(self._document, pointer, message)
        return param

    def _count(self, value: Any, pointer: Pointer) -> Comparand:
        comparand = self.comparand(value, pointer)
        if isinstance(comparand, AsOf) or (
            isinstance(comparand, Literal) and isinstance(value, str)
        ):
            raise fail(self._document, pointer, f"{value!r} is not a number")
        if isinstance(comparand, Param):
            default = self._params[comparand.name]["default"]
            if isinstance(default, bool) or not isinstance(default, int | float):
                message = f"{comparand.name} is not a number: its default is {default}"
                raise fail(self._document, pointer, message)
        return comparand

    def _pattern(self, text: str, pointer: Pointer, flags: str) -> shapes.Pattern:
        try:
            regex = compile_regex(text, ignores_case=bool(flags))
        except PatternError as error:
            raise fail(self._document, pointer, str(error)) from None
        if found := _PARAM.search(text):
            raise fail(self._document, pointer, f"{found[0]} cannot be part of a pattern")
        return shapes.Pattern(regex, pointer)


def _bound(keyword: BoundKeyword) -> _Read:
    return lambda read, value, at: shapes.Bound(keyword, read.comparand(value, at), at)


def _kinds(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


_Read = Callable[[ShapeReader, Any, Pointer], Constraint]

_CONSTRAINTS: Mapping[str, _Read] = {
    "minCount": lambda read, value, at: shapes.MinCount(read._count(value, at), at),
    "maxCount": lambda read, value, at: shapes.MaxCount(read._count(value, at), at),
    "hasValue": lambda read, value, at: shapes.HasValue(read.comparand(value, at), at),
    "in": lambda read, value, at: shapes.In(read._members(value, at), at),
    "class": lambda _, value, at: shapes.Class(_kinds(value), at),
    "minLength": lambda _, value, at: shapes.MinLength(value, at),
    "maxLength": lambda _, value, at: shapes.MaxLength(value, at),
    "minInclusive": _bound("minInclusive"),
    "minExclusive": _bound("minExclusive"),
    "maxInclusive": _bound("maxInclusive"),
    "maxExclusive": _bound("maxExclusive"),
    "equals": lambda read, value, at: shapes.Equals(read.expression(value, at), at),
    "disjoint": lambda read, value, at: shapes.Disjoint(read.path(value, at), at),
    "lessThan": lambda read, value, at: shapes.LessThan(read.expression(value, at), at),
    "lessThanOrEquals": lambda read, value, at: shapes.LessThanOrEquals(
        read.expression(value, at), at
    ),
    "uniqueValueWithin": lambda read, value, at: shapes.UniqueValueWithin(read.path(value, at), at),
    "node": lambda read, value, at: shapes.Node(read.shape(value, at), at),
    "property": lambda read, value, at: shapes.Property(read._shapes(value, at), at),
    "not": lambda read, value, at: shapes.Not(read.shape(value, at), at),
    "and": lambda read, value, at: shapes.And(read._shapes(value, at), at),
    "or": lambda read, value, at: shapes.Or(read._shapes(value, at), at),
    "xone": lambda read, value, at: shapes.Xone(read._shapes(value, at), at),
}
"""The readers of constraints that are one key of a shape, by key."""

_TESTS: Mapping[str, _Read] = {
    "const": lambda read, value, at: shapes.In((read.comparand(value, at),), at),
    "enum": _CONSTRAINTS["in"],
    "pattern": lambda read, value, at: read._pattern(value, at, ""),
    "minLength": _CONSTRAINTS["minLength"],
    "maxLength": _CONSTRAINTS["maxLength"],
    "minimum": _CONSTRAINTS["minInclusive"],
    "maximum": _CONSTRAINTS["maxInclusive"],
    "exclusiveMinimum": _CONSTRAINTS["minExclusive"],
    "exclusiveMaximum": _CONSTRAINTS["maxExclusive"],
    "minItems": _CONSTRAINTS["minCount"],
    "maxItems": _CONSTRAINTS["maxCount"],
    "contains": lambda read, value, at: shapes.HasValue(read.comparand(value["const"], at), at),
    "not": lambda read, value, at: shapes.Not(read._test(None, value, at), at),
}
"""The readers of JSON Schema keywords, each as the equivalent SHACL constraint, by keyword."""
