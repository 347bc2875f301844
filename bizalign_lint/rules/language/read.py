"""Rule files → rules. Kinds and paths are checked later, when a rule is compiled."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bizalign_lint.core.conditions import CONDITIONS
from bizalign_lint.core.errors import RuleError, raise_all
from bizalign_lint.core.suggest import with_nearest
from bizalign_lint.core.types import Document, Location, Pointer, Severity
from bizalign_lint.parsing.positions import locate
from bizalign_lint.rules.language.places import day, fail
from bizalign_lint.rules.language.read_shapes import ShapeReader
from bizalign_lint.rules.language.rule import (
    SHARE,
    Absence,
    Guideline,
    Measure,
    Need,
    Parameter,
    Reference,
    Rule,
    RuleSet,
)
from bizalign_lint.rules.language.shapes import PathExpression
from bizalign_lint.schema.messages import objections
from bizalign_lint.schema.ontology import WORKSPACE


class Forms(NamedTuple):
    """The JSON Schemas of the three types of file in a rules folder."""

    rule: dict[str, Any]
    guideline: dict[str, Any]
    measure: dict[str, Any]


_GUIDELINE = "guideline.yaml"
_MEASURE = ".measure.yaml"
_OWN_KEYS = ("target", "evidence", "needs", "where", "shape", "weight", "unit")


def check_forms(documents: Iterable[Document], forms: Forms) -> None:
    """Raise RuleError for the first file that is malformed, with the place."""
    for document in documents:
        if _is(document, _GUIDELINE):
            _check_form(document, forms.guideline)
        elif _is(document, _MEASURE):
            _check_form(document, forms.measure)
        else:
            _check_form(document, forms.rule)


def read_rules(documents: Sequence[Document]) -> RuleSet:
    """All rules, measures and guidelines in files that have passed ``check_forms``.

    Raises RuleError for an invalid shape, a duplicate id or name, or an unknown guideline or rule.
    """
    guidelines: dict[str, Guideline] = {}
    rules: dict[str, Rule] = {}
    measures: dict[str, Measure] = {}
    names: dict[str, Rule] = {}
    for document in documents:
        if _is(document, _GUIDELINE):
            guideline = Guideline(**document.value)
            guidelines[guideline.id] = guideline
    for document in documents:
        if _is(document, _GUIDELINE):
            continue
        if _is(document, _MEASURE):
            measure = _measure(document)
            _check_guideline(document, measure.guideline, guidelines)
            measures[measure.name] = measure
            continue
        rule = _rule(document)
        _check_guideline(document, rule.guideline, guidelines)
        for what, known in (
            (f"the id {rule.id}", rules.get(rule.id)),
            (f"the name {rule.name}", names.get(rule.name)),
        ):
            if known is not None:
                where = known.document.source.path
                raise fail(document, ("id",), f"{what} is already used by {where}")
        rules[rule.id] = names[rule.name] = rule
    for rule in rules.values():
        for number, id_ in enumerate(rule.instead_of):
            if id_ not in rules:
                raise _unknown_rule(rule.document, ("insteadOf", number), id_, rules)
    for measure in measures.values():
        _check_counted(measure, rules)
    return RuleSet(
        {id_: rules[id_] for id_ in sorted(rules)},
        tuple(sorted(guidelines.values(), key=lambda g: (g.order, g.id))),
        tuple(sorted(measures.values(), key=lambda m: (guidelines[m.guideline].order, m.name))),
    )


def _is(document: Document, ending: str) -> bool:
    return document.source.path.endswith(ending)


def _check_guideline(document: Document, name: str, guidelines: Mapping[str, Guideline]) -> None:
    if name not in guidelines:
        message = with_nearest(f"unknown guideline {name}", name, guidelines)
        raise fail(document, ("guideline",), message)


def _check_counted(measure: Measure, rules: Mapping[str, Rule]) -> None:
    """Raise RuleError if a measure counts by a rule that is not about the nodes of one model."""
    for number, id_ in enumerate(measure.rules):
        rule, pointer = rules.get(id_), ("rules", number)
        if rule is None:
            raise _unknown_rule(measure.document, pointer, id_, rules)
        if rule.shape is None or rule.transition:
            raise fail(measure.document, pointer, f"{id_} is not a rule about nodes")


def _unknown_rule(
    document: Document, pointer: Pointer, id_: str, rules: Mapping[str, Rule]
) -> RuleError:
    return fail(document, pointer, with_nearest(f"unknown rule {id_}", id_, rules))


def _measure(document: Document) -> Measure:
    value = document.value
    reader = ShapeReader(document, {})
    own = "target" in value and "shape" in value
    if own == ("rules" in value) or (not own and not value.keys().isdisjoint(_OWN_KEYS)):
        raise fail(document, (), "a measure needs rules, or a target and a shape")
    return Measure(
        name=os.path.basename(document.source.path).removesuffix(_MEASURE),
        guideline=value["guideline"],
        title=value["title"],
        rationale=" ".join(value["rationale"].split()),
        rules=tuple(value.get("rules", ())),
        targets=texts(value.get("target", ())),
        evidence=_evidence(document, reader),
        needs=_needs(document, reader),
        where=reader.shape(value["where"], ("where",)) if "where" in value else None,
        shape=reader.shape(value["shape"], ("shape",)) if own else None,
        weight=reader.path(value["weight"], ("weight",)) if "weight" in value else None,
        unit=reader.path(value["unit"], ("unit",)) if "unit" in value else None,
        params={},
        document=document,
    )


def _check_form(document: Document, schema: dict[str, Any]) -> None:
    raise_all(
        RuleError(message, Location(document.source.path, locate(place)))
        for place, message in objections(schema, document)
    )


def _rule(document: Document) -> Rule:
    value = document.value
    reader = ShapeReader(document, value.get("params", {}))
    condition = value.get("condition")
    if condition is not None and condition not in CONDITIONS:
        raise fail(
            document,
            ("condition",),
            with_nearest(f"unknown condition {condition}", condition, CONDITIONS),
        )
    shape = reader.shape(value, ())
    if condition is None and "target" not in value:
        raise fail(document, (), "a rule needs a target, or a condition that it reports")
    if condition is None and not shape.constraints:
        raise fail(document, (), "the rule has no constraint")
    if condition is not None and ("target" in value or shape.constraints):
        raise fail(document, ("condition",), "a rule cannot have both a condition and a target")
    target = value.get("target", ())
    return Rule(
        id=value["id"],
        name=os.path.basename(document.source.path).removesuffix(".yaml"),
        guideline=value["guideline"],
        severity=Severity(value["severity"]),
        summary=" ".join(value["summary"].split()),
        rationale=value["rationale"].strip(),
        references=tuple(
            Reference(r["title"], r.get("url", "")) for r in value.get("references", ())
        ),
        message=" ".join(value["message"].split()),
        help=" ".join(value["help"].split()),
        targets=texts(target),
        where=reader.shape(value["where"], ("where",)) if "where" in value else None,
        evidence=_evidence(document, reader),
        needs=_needs(document, reader),
        params={
            name: Parameter(p["default"], p["description"])
            for name, p in value.get("params", {}).items()
        },
        shape=shape if condition is None else None,
        condition=condition,
        as_of=day(document, ("asOf",), value["asOf"]) if "asOf" in value else None,
        bad=value.get("bad", ""),
        good=value.get("good", ""),
        document=document,
        transition=_transition(document, condition, target),
        previous=texts(value.get("previous", ())),
        lifecycles=value.get("lifecycles"),
        instead_of=texts(value.get("insteadOf", ())),
        comes_from_value="cause" in value,
        several=" ".join(value.get("several", "").split()),
        absence=_absence(document, reader),
        optional=value.get("optional", False),
        preview=value.get("preview", False),
        lapse=value.get("lapse", False),
        tag=value.get("tag", ""),
    )


def _evidence(document: Document, reader: ShapeReader) -> tuple[PathExpression, ...]:
    paths = document.value.get("evidence", ())
    return tuple(reader.path(text, ("evidence", i)) for i, text in enumerate(paths))


def _needs(document: Document, reader: ShapeReader) -> tuple[Need, ...]:
    return tuple(
        reader.need(value, ("needs", i)) for i, value in enumerate(document.value.get("needs", ()))
    )


def _absence(document: Document, reader: ShapeReader) -> Absence | None:
    value = document.value.get("absence")
    if value is None:
        return None
    if SHARE not in document.value.get("params", {}):
        raise fail(document, ("absence",), f"absence needs the parameter {SHARE}")
    share = document.value["params"][SHARE]["default"]
    if isinstance(share, bool) or not isinstance(share, int | float):
        message = f"{SHARE} is not a number: its default is {share}"
        raise fail(document, ("params", SHARE, "default"), message)
    of: Pointer = ("absence", "of") if "of" in value else ("path",)
    fact = value.get("of", document.value.get("path"))
    if not isinstance(fact, str):
        raise fail(document, ("absence",), "name the fact with of, as the rule itself has no path")
    return Absence(
        reader.path(fact, of),
        " ".join(value["none"].split()),
        " ".join(value["some"].split()),
        value.get("link", False),
    )


def texts(value: str | Sequence[str]) -> tuple[str, ...]:
    """One text, or several."""
    return (value,) if isinstance(value, str) else tuple(value)


def _transition(document: Document, condition: str | None, target: str | Sequence[str]) -> str:
    found = str(document.value.get("transition", ""))
    if found and (condition is not None or WORKSPACE in texts(target)):
        message = "a transition is about definitions: give their kinds as target"
        raise fail(document, ("transition",), message)
    return found
