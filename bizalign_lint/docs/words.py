"""Shapes in plain words, as nested clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, assert_never

from bizalign_lint.docs.clauses import GROUPS, Clause, flat, opposite, together
from bizalign_lint.docs.comparands import OPPOSITE, amount, bound, is_date, member
from bizalign_lint.docs.links import Links
from bizalign_lint.docs.markdown import code, listed
from bizalign_lint.docs.subjects import (
    AGGREGATES,
    ARITHMETIC,
    Subject,
    at_least,
    at_most,
    described,
    leads_elsewhere,
    one_of,
    opening,
    speaks_of,
)
from bizalign_lint.graph.revisions import STEPS_BY_TRANSITION
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language import shapes
from bizalign_lint.rules.language.paths import text as path_text
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    Constraint,
    Expression,
    Number,
    PathExpression,
    Shape,
)
from bizalign_lint.schema.ontology import Ontology


class Words:
    """Says what the shapes of one rule mean. ``params`` are the defaults of its parameters."""

    def __init__(
        self, ontology: Ontology, params: Mapping[str, Any], links: Links, transition: str = ""
    ) -> None:
        self._ontology = ontology
        self._walker = Walker(ontology, "", STEPS_BY_TRANSITION[transition])
        self._params = params
        self._links = links

    def shape(self, shape: Shape, kinds: Iterable[str]) -> list[Clause]:
        """What a shape asks of a node of some kinds."""
        types: Domain = tuple(self._ontology.types[kind] for kind in kinds)
        return flat(self._shape(shape, Subject("it", types, True, there=True)))

    def _shape(self, shape: Shape, focus: Subject) -> list[Clause]:
        if shape.path is None:
            return self._constraints(shape.constraints, focus, focus, reached=False)
        subject = self._subject(shape.path, focus)
        return self._constraints(shape.constraints, focus, subject, reached=True)

    def _constraints(
        self,
        constraints: Iterable[Constraint],
        focus: Subject,
        subject: Subject,
        reached: bool,
    ) -> list[Clause]:
        clauses: list[Clause] = []
        own: list[Constraint] = []
        nested: dict[str, tuple[Expression, list[Constraint]]] = {}
        for constraint in constraints:
            if not isinstance(constraint, shapes.Property):
                own.append(constraint)
                continue
            for shape in constraint.shapes:
                assert shape.path is not None or shape.constraints
                if isinstance(shape.path, PathExpression):
                    text = path_text(shape.path.path)
                    nested.setdefault(text, (shape.path, []))[1].extend(shape.constraints)
                else:
                    clauses += self._each(subject, self._shape(shape, one_of(subject)), reached)
        for path, found in nested.values():
            one = self._constraints(
                found, one_of(subject), self._subject(path, subject), reached=True
            )
            clauses += self._each(subject, one, reached)
        return self._own(own, focus, subject, reached) + clauses

    def _own(
        self, constraints: list[Constraint], focus: Subject, subject: Subject, reached: bool
    ) -> list[Clause]:
        """The constraints on the values themselves, those that belong together in one clause."""
        if reached and any(isinstance(c, shapes.MinCount | shapes.HasValue) for c in constraints):
            subject = replace(subject, there=True)
        described = any(isinstance(constraint, _Described) for constraint in constraints)
        clauses = []
        for constraint in constraints:
            if isinstance(constraint, shapes.MinCount) and subject.single and described:
                continue  # what is said of the value says that there is one
            clauses += self._constraint(constraint, focus, subject, reached)
        return clauses

    def _constraint(
        self, constraint: Constraint, focus: Subject, subject: Subject, reached: bool
    ) -> list[Clause]:
        if isinstance(constraint, shapes.Test):
            return self._test(constraint, subject, reached)
        text = subject.text
        match constraint:
            case shapes.MinCount(least):
                return [at_least(subject, amount(least, self._params))]
            case shapes.MaxCount(most):
                return [at_most(subject, amount(most, self._params))]
            case shapes.HasValue(wanted):
                value = member(wanted, self._params)
                if subject.single:
                    return [Clause(f"{text} is {value}", (), f"{text} is not {value}")]
                return [Clause(f"{text} includes {value}", (), f"{text} does not include {value}")]
            case shapes.QualifiedValueShape():
                return [self._qualified(constraint, subject)]
            case (
                shapes.Equals() | shapes.Disjoint() | shapes.LessThan() | shapes.LessThanOrEquals()
            ):
                return [self._pair(constraint, focus, subject)]
            case shapes.UniqueValueWithin(scope):
                same = code(path_text(scope.path))
                return [Clause(f"no other one with the same {same} has the same {text}")]
            case shapes.SameValueWithin(scope):
                same = code(path_text(scope.path))
                return [Clause(f"the first one with the same {same} has the same {text}")]
            case _:
                assert_never(constraint)

    def _test(self, constraint: shapes.Test, subject: Subject, reached: bool) -> list[Clause]:
        """What each value passes or fails on its own; the second text is the opposite."""
        match constraint:
            case shapes.In(members):
                shown = [member(value, self._params) for value in members]
                words = f"is {listed(shown, 'or')}"
                other = f"is not {shown[0]}"
                if len(shown) > 1:
                    other = f"is neither {listed(shown, 'nor')}"
            case shapes.Class(names):
                kinds = listed((self._links.kind(kind) for kind in names), "or")
                words, other = f"is of kind {kinds}", f"is not of kind {kinds}"
            case shapes.Pattern(regex):
                words = f"matches {code(regex.text)}"
                other = f"does not match {code(regex.text)}"
            case shapes.MinLength(least):
                words, other = f"has at least {least} characters", ""
            case shapes.MaxLength(most):
                words, other = f"has at most {most} characters", ""
            case shapes.Bound(keyword, limit):
                dates = is_date(subject.domain)
                words = bound(keyword, limit, self._params, dates)
                other = bound(OPPOSITE[keyword], limit, self._params, dates)
                if reached and subject.there:
                    other += " or not given"
            case (
                shapes.Node()
                | shapes.Property()
                | shapes.Not()
                | shapes.And()
                | shapes.Or()
                | shapes.Xone()
            ):
                clause = self._logical(constraint, one_of(subject) if reached else subject)
                return self._each(subject, [clause], reached)
            case _:
                assert_never(constraint)
        return [described(subject, words, other, reached)]

    def _pair(self, constraint: shapes.PropertyPair, focus: Subject, subject: Subject) -> Clause:
        other = self._subject(constraint.other, focus)
        start = opening(subject)
        dates = is_date((*subject.domain, *other.domain))
        match constraint:
            case shapes.Equals():
                return Clause(f"{subject.text} is the same as {other.text}")
            case shapes.Disjoint():
                same = "the same as" if other.single else "among"
                text = f"{start} is not {same} {other.text}"
                return Clause(text, (), f"{subject.text} is {same} {other.text}")
            case shapes.LessThan():
                return Clause(f"{start} is {'before' if dates else 'less than'} {other.text}")
            case shapes.LessThanOrEquals():
                return Clause(f"{start} is {'not after' if dates else 'at most'} {other.text}")
            case _:
                assert_never(constraint)

    def _qualified(self, qualified: shapes.QualifiedValueShape, subject: Subject) -> Clause:
        it = Subject("it", subject.domain, True, there=True)
        inner = together(self._shape(qualified.shape, it))
        counts = []
        if qualified.least is not None:
            least = amount(qualified.least, self._params)
            counts.append("at least one" if least == "1" else f"at least {least}")
        if qualified.most is not None:
            most = amount(qualified.most, self._params)
            counts.append("none" if most == "0" else f"at most {most}")
        lead = f"for {' and '.join(counts)} of {subject.text}"
        if counts == ["at least one"] and subject.single:
            lead = f"for {subject.text}, which is given"
        if counts == ["none"] and (without := _without_not(qualified.shape)) is not None:
            inner = together(self._shape(without, it))
            lead = f"for each of {subject.text}"
        return Clause(f"{lead}, {inner.text}", inner.inner)

    def _logical(self, constraint: _Nesting, focus: Subject) -> Clause:
        match constraint:
            case shapes.Node(inner):
                return together(self._shape(inner, focus))
            case shapes.Not(inner):
                return opposite(together(self._shape(inner, focus)))
            case shapes.Property(inners) | shapes.And(inners):
                return together(self._alternatives(inners, focus))
            case shapes.Or(inners) | shapes.Xone(inners):
                each = self._alternatives(inners, focus)
                group = GROUPS["or" if isinstance(constraint, shapes.Or) else "xone"]
                return each[0] if len(each) == 1 else Clause(group, tuple(each))
            case _:
                assert_never(constraint)

    def _alternatives(self, inners: Iterable[Shape], focus: Subject) -> list[Clause]:
        return [together(self._shape(inner, focus)) for inner in inners]

    def _each(self, subject: Subject, clauses: list[Clause], reached: bool) -> list[Clause]:
        """Clauses about what a path led to."""
        if not reached or all(speaks_of(clause, subject) for clause in clauses):
            return clauses
        lead = f"for {subject.text}" if subject.single else f"for each of {subject.text}"
        one = together(clauses)
        return [Clause(f"{lead}, {one.text}", one.inner)]

    def _subject(self, expression: Expression, focus: Subject) -> Subject:
        match expression:
            case PathExpression(path):
                walked = self._walker.path(path, focus.domain)
                return Subject(
                    code(path_text(path)),
                    walked.domain,
                    walked.single,
                    leads=leads_elsewhere(path, focus.domain, walked.domain),
                )
            case Number(value):
                return Subject(f"{value:g}", (), True, there=True)
            case Arithmetic(function, left, right):
                one, other = (self._subject(e, focus) for e in (left, right))
                words = ARITHMETIC[function].format(one.text, other.text)
                return Subject(words, (), True, named=False)
            case Aggregate():
                return self._aggregate(expression, focus)

    def _aggregate(self, expression: Aggregate, focus: Subject) -> Subject:
        nodes = expression.nodes
        within = focus if nodes is None else self._subject(nodes, focus)
        values = self._subject(expression.values, within)
        dates = is_date(values.domain)
        words = AGGREGATES[expression.function, dates].format(values.text)
        if nodes is not None:
            words += f" over {within.text}"
        if expression.filter_shape is not None:
            inner = Subject("it", within.domain, True, there=True)
            keeps = together(self._shape(expression.filter_shape, inner))
            conditions = listed((clause.text for clause in keeps.inner or (keeps,)), "and")
            words += f" (counting only where {conditions})"
        extreme = expression.function in ("min", "max")
        domain = values.domain if extreme else ()
        return Subject(words, domain, True, there=not extreme, named=False)


_Nesting = shapes.Node | shapes.Property | shapes.Not | shapes.And | shapes.Or | shapes.Xone

_Described = (
    shapes.In
    | shapes.Class
    | shapes.Pattern
    | shapes.MinLength
    | shapes.MaxLength
    | shapes.Bound
    | shapes.LessThan
    | shapes.LessThanOrEquals
)
"""The constraints whose words say of a value that there is one, too."""


def _without_not(shape: Shape) -> Shape | None:
    """The shape that a shape is the opposite of, if it is just that."""
    match shape:
        case Shape(None, (shapes.Not(inner),)):
            return inner
    return None
