"""The results of the compiled rule, for use where not all values were traced."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bizalign_lint.graph.nodes import NOTHING
from bizalign_lint.rules.compiled.checks import Conforms
from bizalign_lint.rules.compiled.constraints import compile_expression, compile_shape, compile_test
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.compiled.reach import Finds, leads_to_nodes, reach
from bizalign_lint.rules.compiled.values import Get
from bizalign_lint.rules.language.shapes import Aggregate, Constraint, PathExpression, Shape, Test

Made = TypeVar("Made")

MOST = 20
"""The maximum number of offending values to report for a definition if a path repeats."""


class Exact:
    """The compiled functions of parts of a rule, made on demand."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def conforms(self, shape: Shape, constraint: Constraint | None = None) -> Conforms:
        """Whether a node conforms to a shape of the rule, or to one constraint of it."""
        only = shape if constraint is None else shape._replace(constraints=(constraint,))
        origins = self._context.origins[id(shape)]
        return self._once(
            lambda: compile_shape(self._context, only, origins), id(shape), id(constraint)
        )

    def value(self, aggregate: Aggregate) -> Get:
        """The value of an aggregate."""
        origins = self._context.origins[id(aggregate)]

        def make() -> Get:
            get = compile_expression(self._context, aggregate, origins).get
            assert get is not None
            return get

        return self._once(make, id(aggregate))

    def offending(self, shape: Shape, constraint: Test) -> Finds:
        """The nodes that break a constraint on each value."""

        def make() -> Finds:
            context, path = self._context, shape.path
            assert isinstance(path, PathExpression)
            origins = context.origins[id(shape)]
            domain = context.walk(path, origins).domain
            if not leads_to_nodes(domain):
                return lambda _: NOTHING
            test = compile_test(context, constraint, domain)
            wanted = lambda value: NOTHING if test(value) else (value,)  # noqa: E731
            return reach(context, path.path, origins, MOST, wanted)

        return self._once(make, id(shape), id(constraint), MOST)

    def _once(self, make: Callable[[], Made], *key: int) -> Made:
        made = self._context.made
        if key not in made:
            made[key] = make()
        found: Made = made[key]
        return found
