"""The values that rules compare with, as RDF literals, if RDF compares them as we do."""

from __future__ import annotations

from typing import Any

from bizalign_lint.exporters import vocabulary
from bizalign_lint.exporters.turtle import XSD, Literal
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language.shapes import Expression
from bizalign_lint.schema.ontology import ObjectType, Property


class NotExpressible(Exception):
    """SHACL Core cannot express this; the text is the reason."""


def whole(number: float) -> Literal:
    """A count as an integer literal."""
    return Literal(str(int(number)), f"{XSD}integer")


def sort(member: ObjectType | Property) -> str:
    """The sort of a member's values: those of different sorts are never equal and have no order."""
    if isinstance(member, ObjectType):
        return "node"
    return "number" if member.datatype in ("integer", "number") else member.datatype


def term(value: Any, domain: Domain) -> Literal:
    """The literal for a comparand of a test for equality, with the datatype of the values."""
    if not isinstance(value, str):
        return vocabulary.literal(value, "")
    sorts = {sort(member) for member in domain} & {"string", "date", "any"}
    if len(sorts) > 1:
        raise NotExpressible("text and dates are compared with one value")
    return vocabulary.literal(value, *(sorts or {"string"}))


def bound(value: Any, domain: Domain) -> Literal:
    """The literal for a comparand of a test of order, with the datatype of the values."""
    sorts = {sort(member) for member in domain}
    if sorts not in ({"string"}, {"date"}) if isinstance(value, str) else sorts != {"number"}:
        raise NotExpressible("a bound on values that may not be comparable with it")
    return term(value, domain)


def demand_text(domain: Domain) -> None:
    """Raise NotExpressible unless all values are text: SHACL tests others by their text, too."""
    if {sort(member) for member in domain} != {"string"}:
        raise NotExpressible("a test of text on values that may not be text")


def computes(expression: Expression | None) -> NotExpressible:
    """The reason why an expression has no counterpart."""
    function = getattr(expression, "function", "a number")
    return NotExpressible(f"it needs {function}: SHACL Core cannot compute")
