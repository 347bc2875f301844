"""What rules compare values with, as RDF writes those values; and what cannot be compared."""

from __future__ import annotations

from typing import Any

from bizalign_lint.exporters import vocabulary
from bizalign_lint.exporters.turtle import XSD, Literal
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language.shapes import Expression
from bizalign_lint.schema.ontology import ObjectType, Property


class NotExpressible(Exception):
    """SHACL Core has no way to say this; the text is the reason."""


def whole(number: float) -> Literal:
    """A number of values."""
    return Literal(str(int(number)), f"{XSD}integer")


def sort(member: ObjectType | Property) -> str:
    """Values of different sorts are never equal, and have no order."""
    if isinstance(member, ObjectType):
        return "node"
    return "number" if member.datatype in ("integer", "number") else member.datatype


def term(value: Any, domain: Domain) -> Literal:
    """A comparand, written as the values that it is compared with for equality."""
    if not isinstance(value, str):
        return vocabulary.literal(value, "")
    sorts = {sort(member) for member in domain} & {"string", "date", "any"}
    if len(sorts) > 1:
        raise NotExpressible("text and dates are compared with one value")
    return vocabulary.literal(value, *(sorts or {"string"}))


def bound(value: Any, domain: Domain) -> Literal:
    """A comparand, written as the values that it is compared with for their order."""
    sorts = {sort(member) for member in domain}
    if sorts not in ({"string"}, {"date"}) if isinstance(value, str) else sorts != {"number"}:
        raise NotExpressible("a bound on values that may have no order with it")
    return term(value, domain)


def demand_text(domain: Domain) -> None:
    """Leave it to SHACL only where all values are text: it has a text for other values too."""
    if {sort(member) for member in domain} != {"string"}:
        raise NotExpressible("a test of text on what may be no text")


def computes(expression: Expression | None) -> NotExpressible:
    """The reason why an expression has no counterpart."""
    function = getattr(expression, "function", "a number")
    return NotExpressible(f"it needs {function}: SHACL Core does not compute")
