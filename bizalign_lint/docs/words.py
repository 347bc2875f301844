"""Shapes in plain words, as nested clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bizalign_lint.docs.clauses import GROUPS, Clause, flat, opposite, together
from bizalign_lint.docs.comparands import OPPOSITE, amount, bound, is_date, member
from bizalign_lint.docs.links import Links
from bizalign_lint.docs.markdown import code, listed
from bizalign_lint.graph.revisions import BACK
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language.paths import Path, Step
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
from bizalign_lint.schema.ontology import ObjectType, Ontology


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a clause speaks about."""

    text: str
    domain: Domain
    single: bool
    """Whether there is never more than one of it."""
    there: bool = False
    """Whether there is always one."""
    named: bool = True
    """Whether its text is short enough to say it again."""
    leads: bool = False
    """Whether it leads to other nodes, so that it may lead nowhere."""


class Words:
    """Says what the shapes of one rule mean. ``params`` are the defaults of its parameters."""

    def __init__(
        self, ontology: Ontology, params: Mapping[str, Any], links: Links, transition: str = ""
    ) -> None:
        self._ontology = ontology
        self._walker = Walker(ontology, "", BACK[transition])
        self._params = params
        self._links = links

    def shape(self, shape: Shape, kinds: Iterable[str]) -> list[Clause]:
        """What a shape asks of a node of some kinds."""
        types: Domain = tuple(self._ontology.types[kind] for kind in kinds)
        return flat(self._shape(shape, _Subject("it", types, True, there=True)))

    def _shape(self, shape: Shape, focus: _Subject) -> list[Clause]:
        if shape.path is None:
            return self._constraints(shape.constraints, focus, focus, reached=False)
        subject = self._subject(shape.path, focus)
        return self._constraints(shape.constraints, focus, subject, reached=True)

    def _constraints(
        self,
        constraints: Iterable[Constraint],
        focus: _Subject,
        subject: _Subject,
        reached: bool,
    ) -> list[Clause]:
        clauses: list[Clause] = []
        own: list[Constraint] = []
        nested: dict[str, tuple[Expression, list[Constraint]]] = {}
        for constraint in constraints:
            if constraint.name != "property":
                own.append(constraint)
                continue
            for shape in constraint.argument:
                assert shape.path is not None or shape.constraints
                if shape.path is None:
                    clauses += self._each(subject, self._shape(shape, _inside(subject)), reached)
                elif isinstance(shape.path, PathExpression):
                    text = path_text(shape.path.path)
                    nested.setdefault(text, (shape.path, []))[1].extend(shape.constraints)
                else:
                    clauses += self._each(subject, self._shape(shape, _inside(subject)), reached)
        for path, found in nested.values():
            inner = _Inner(path, tuple(found))
            one = self._constraints(
                inner.constraints, _inside(subject), self._subject(path, subject), reached=True
            )
            clauses += self._each(subject, one, reached)
        return self._own(own, focus, subject, reached) + clauses

    def _own(
        self, constraints: list[Constraint], focus: _Subject, subject: _Subject, reached: bool
    ) -> list[Clause]:
        """The constraints on the values themselves, those that belong together in one clause."""
        names = {constraint.name for constraint in constraints}
        if reached and not names.isdisjoint(("minCount", "hasValue")):
            subject = replace(subject, there=True)
        clauses = []
        for constraint in constraints:
            if constraint.name == "minCount" and subject.single and names & _VALUE_TESTS:
                continue  # what is said of the value says that there is one
            clauses += self._constraint(constraint, focus, subject, reached)
        return clauses

    def _constraint(
        self, constraint: Constraint, focus: _Subject, subject: _Subject, reached: bool
    ) -> list[Clause]:
        name, argument, text = constraint.name, constraint.argument, subject.text
        match name:
            case "minCount":
                return [_least(subject, amount(argument, self._params))]
            case "maxCount":
                return [_most(subject, amount(argument, self._params))]
            case "hasValue":
                value = member(argument, self._params)
                if subject.single:
                    return [Clause(f"{text} is {value}", (), f"{text} is not {value}")]
                return [Clause(f"{text} includes {value}", (), f"{text} does not include {value}")]
            case "qualifiedValueShape":
                return [self._qualified(constraint, subject)]
            case "equals" | "disjoint" | "lessThan" | "lessThanOrEquals":
                return [self._pair(constraint, focus, subject)]
            case "uniqueValueWithin":
                scope = code(path_text(argument.path))
                return [Clause(f"no other one with the same {scope} has the same {text}")]
            case "node" | "not" | "and" | "or" | "xone":
                clause = self._logical(constraint, _inside(subject) if reached else subject)
                return self._each(subject, [clause], reached)
        return [self._tested(constraint, subject, reached)]

    def _tested(self, constraint: Constraint, subject: _Subject, reached: bool) -> Clause:
        """A test of each value on its own."""
        name, argument = constraint.name, constraint.argument
        other = ""
        match name:
            case "in":
                members = [member(value, self._params) for value in argument]
                words = f"is {listed(members, 'or')}"
                other = f"is not {members[0]}"
                if len(members) > 1:
                    other = f"is neither {listed(members, 'nor')}"
            case "class":
                kinds = listed((self._links.kind(kind) for kind in argument), "or")
                words, other = f"is of the kind {kinds}", f"is not of the kind {kinds}"
            case "pattern":
                words = f"matches {code(argument.pattern)}"
                other = f"does not match {code(argument.pattern)}"
            case "minLength":
                words = f"has at least {argument.value} characters"
            case "maxLength":
                words = f"has at most {argument.value} characters"
            case _:
                dates = is_date(subject.domain)
                words = bound(name, argument, self._params, dates)
                other = bound(OPPOSITE[name], argument, self._params, dates)
                if reached and subject.there:
                    other += " or not given"
        lead = _lead(subject)
        if not other or not subject.single:
            return Clause(f"{lead} {words}")
        if reached and not subject.there:
            return Clause(f"{lead} {words}", (), f"{subject.text} is given and {other}")
        return Clause(f"{lead} {words}", (), f"{lead} {other}")

    def _pair(self, constraint: Constraint, focus: _Subject, subject: _Subject) -> Clause:
        argument = constraint.argument
        other = self._subject(argument, focus)
        lead = _lead(subject)
        dates = is_date((*subject.domain, *other.domain))
        match constraint.name:
            case "equals":
                return Clause(f"{subject.text} is the same as {other.text}")
            case "disjoint":
                same = "the same as" if other.single else "among"
                text = f"{lead} is not {same} {other.text}"
                return Clause(text, (), f"{subject.text} is {same} {other.text}")
            case "lessThan":
                return Clause(f"{lead} is {'before' if dates else 'less than'} {other.text}")
        return Clause(f"{lead} is {'not after' if dates else 'at most'} {other.text}")

    def _qualified(self, constraint: Constraint, subject: _Subject) -> Clause:
        qualified = constraint.argument
        it = _Subject("it", subject.domain, True, there=True)
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

    def _logical(self, constraint: Constraint, focus: _Subject) -> Clause:
        argument = constraint.argument
        if constraint.name == "node":
            return together(self._shape(argument, focus))
        if constraint.name == "not":
            return opposite(together(self._shape(argument, focus)))
        each = [together(self._shape(shape, focus)) for shape in argument]
        if constraint.name == "and":
            return together(each)
        return each[0] if len(each) == 1 else Clause(GROUPS[constraint.name], tuple(each))

    def _each(self, subject: _Subject, clauses: list[Clause], reached: bool) -> list[Clause]:
        """Clauses about what a path led to."""
        if not reached or all(_speaks_of(clause, subject) for clause in clauses):
            return clauses
        lead = f"for {subject.text}" if subject.single else f"for each of {subject.text}"
        one = together(clauses)
        return [Clause(f"{lead}, {one.text}", one.inner)]

    def _subject(self, expression: Expression, focus: _Subject) -> _Subject:
        match expression:
            case PathExpression(path):
                walked = self._walker.path(path, focus.domain)
                return _Subject(
                    code(path_text(path)),
                    walked.domain,
                    walked.single,
                    leads=_leads(path, focus.domain, walked.domain),
                )
            case Number(value):
                return _Subject(f"{value:g}", (), True, there=True)
            case Arithmetic(function, left, right):
                one, other = (self._subject(e, focus) for e in (left, right))
                words = _ARITHMETIC[function].format(one.text, other.text)
                return _Subject(words, (), True, named=False)
            case Aggregate():
                return self._aggregate(expression, focus)

    def _aggregate(self, expression: Aggregate, focus: _Subject) -> _Subject:
        nodes = expression.nodes
        within = focus if nodes is None else self._subject(nodes, focus)
        values = self._subject(expression.values, within)
        dates = is_date(values.domain)
        words = _AGGREGATES[expression.function, dates].format(values.text)
        if nodes is not None:
            words += f" over {within.text}"
        if expression.filter_shape is not None:
            inner = _Subject("it", within.domain, True, there=True)
            keeps = together(self._shape(expression.filter_shape, inner))
            conditions = listed((clause.text for clause in keeps.inner or (keeps,)), "and")
            words += f" (counting only where {conditions})"
        extreme = expression.function in ("min", "max")
        domain = values.domain if extreme else ()
        return _Subject(words, domain, True, there=not extreme, named=False)


_VALUE_TESTS = frozenset(
    {
        "in",
        "class",
        "pattern",
        "minLength",
        "maxLength",
        "minInclusive",
        "minExclusive",
        "maxInclusive",
        "maxExclusive",
        "lessThan",
        "lessThanOrEquals",
    }
)

_ARITHMETIC = {
    "difference": "{} less {}",
    "distance": "the distance between {} and {}",
    "percent": "{} in percent of {}",
}

_AGGREGATES = {
    (function, dates): words
    for function, plain, dated in (
        ("count", "the number of {}", "the number of {}"),
        ("distinct", "the number of different {}", "the number of different {}"),
        ("sum", "the sum of {}", "the sum of {}"),
        ("min", "the least of {}", "the earliest of {}"),
        ("max", "the greatest of {}", "the latest of {}"),
    )
    for dates, words in ((False, plain), (True, dated))
}


@dataclass(frozen=True, slots=True)
class _Inner:
    path: Expression
    constraints: tuple[Constraint, ...]


def _inside(subject: _Subject) -> _Subject:
    """One of the values of a subject."""
    if subject.single and subject.named:
        return subject
    return _Subject("it", subject.domain, True, there=True)


def _leads(path: Path, origins: Domain, domain: Domain) -> bool:
    """Whether a path goes to other nodes, and not just to what its node says itself."""
    if isinstance(path, Step) and path.inverse:
        return True
    if not all(isinstance(found, ObjectType) and found.name for found in domain):
        return False
    if not isinstance(path, Step):
        return True
    return not any(isinstance(o, ObjectType) and path.name in o.properties for o in origins)


def _without_not(shape: Shape) -> Shape | None:
    """The shape that a shape is the opposite of, if it is just that."""
    if shape.path is None and len(shape.constraints) == 1 and shape.constraints[0].name == "not":
        inner: Shape = shape.constraints[0].argument
        return inner
    return None


def _lead(subject: _Subject) -> str:
    if not subject.single:
        return f"each of {subject.text}"
    return subject.text if subject.there else f"{subject.text}, if given,"


def _least(subject: _Subject, number: str) -> Clause:
    if number != "1":
        return Clause(f"{subject.text} has at least {number} values")
    words = ("leads somewhere", "leads nowhere") if subject.leads else ("is given", "is not given")
    return Clause(f"{subject.text} {words[0]}", (), f"{subject.text} {words[1]}")


def _most(subject: _Subject, number: str) -> Clause:
    if number != "0":
        return Clause(f"{subject.text} has at most {number} values")
    return opposite(_least(subject, "1"))


def _speaks_of(clause: Clause, subject: _Subject) -> bool:
    """Whether a clause names what it is about already."""
    return clause.text.startswith((subject.text, f"each of {subject.text}"))
