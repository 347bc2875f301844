"""Shapes with repeating paths, evaluated lazily: only as far as the verdict requires."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bizalign_lint.graph.nodes import NOTHING
from bizalign_lint.rules.compiled import values as meaning
from bizalign_lint.rules.compiled.checks import Conforms, every
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.compiled.reach import Finds, leads_to_nodes, reach, reaches, repeats
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language import shapes
from bizalign_lint.rules.language.shapes import Aggregate, Constraint, PathExpression, Shape, Test

_MOST = 1000
"""Up to this count, values are collected lazily."""

TestOf = Callable[[Test, Domain], Conforms]
"""Makes the function of a constraint on each value."""

ConformsTo = Callable[[Shape, Domain], Conforms]


def lazily(
    context: Context, shape: Shape, origins: Domain, test: TestOf, conforms: ConformsTo
) -> Conforms | None:
    """Whether a node conforms to a shape with a repeating path; None for any other shape.

    Raises RuleError for a step that the ontology does not know.
    """
    path = shape.path
    counted = isinstance(path, Aggregate) and path.function == "count"
    if counted and path.nodes is None:  # type: ignore[union-attr]
        path = path.values  # type: ignore[union-attr]
    if not isinstance(path, PathExpression) or not repeats(path.path) or context.clock is not None:
        return None
    domain = context.walk(path, origins).domain
    lazy = _Lazy(context, path, origins=origins, domain=domain, test=test, conforms=conforms)
    made = [lazy.bound(c) if counted else lazy.constraint(c) for c in shape.constraints]
    known = [one for one in made if one is not None]
    return every(known) if len(known) == len(made) else None


class _Lazy:
    def __init__(
        self,
        context: Context,
        path: PathExpression,
        origins: Domain,
        domain: Domain,
        test: TestOf,
        conforms: ConformsTo,
    ) -> None:
        self._context = context
        self._path = path.path
        self._origins = origins
        self._domain = domain
        self._test = test
        self._conforms = conforms

    def constraint(self, constraint: Constraint) -> Conforms | None:
        """The function of a constraint on the values; None if it needs all of them."""
        value = self._context.value
        match constraint:
            case shapes.MinCount(least):
                return self._between(None, value(least), None)
            case shapes.MaxCount(most):
                return self._between(None, 0, value(most))
            case shapes.QualifiedValueShape(inner, least, most):
                qualified = self._context.once(inner, self._conforms(inner, self._domain))
                least, most = (None if one is None else value(one) for one in (least, most))
                return self._between(qualified, least or 0, most)
        if isinstance(constraint, Test):
            test = self._test(constraint, self._domain)
            broken = reaches(
                self._context, self._path, self._origins, lambda value: not test(value)
            )
            return lambda node: not broken(node)
        return None

    def bound(self, constraint: Constraint) -> Conforms | None:
        """The function of a constraint on the number of values; None if it is not lazy."""
        if not isinstance(constraint, shapes.Bound):
            return None
        limit = self._context.value(constraint.limit)
        found = self._first(None, limit + 2) if _is_small(limit) else None
        if found is None:
            return None
        test = meaning.bound(constraint.keyword, limit)
        return lambda node: test(len(found(node)))

    def _between(self, test: Conforms | None, least: Any, most: Any) -> Conforms | None:
        if not _is_small(least) or not (most is None or _is_small(most)):
            return None
        found = self._first(test, max(least, (most or 0) + 1))
        if found is None:
            return None

        def is_between(node: Any) -> bool:
            count = len(found(node))
            return bool(least <= count and (most is None or count <= most))

        return is_between

    def _first(self, test: Conforms | None, most: int) -> Finds | None:
        """Gives the first ``most`` values that pass a test; None if equal values would merge."""
        if most > 1 and not leads_to_nodes(self._domain):
            return None

        def wanted(value: Any) -> Any:
            return (value,) if test is None or test(value) else NOTHING

        return reach(self._context, self._path, self._origins, most, wanted)


def _is_small(count: Any) -> bool:
    return type(count) is int and 0 <= count <= _MOST
