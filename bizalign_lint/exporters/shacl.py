"""Rules → shapes of SHACL Core (https://www.w3.org/TR/shacl/), as described in docs/shacl.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.types import Severity
from bizalign_lint.exporters import vocabulary
from bizalign_lint.exporters.comparands import NotExpressible, whole
from bizalign_lint.exporters.constraints import Translator
from bizalign_lint.exporters.paths import Predicates, either
from bizalign_lint.exporters.rdf import Shortcut, Subject
from bizalign_lint.exporters.shapes import node_shape
from bizalign_lint.exporters.turtle import RDF_TYPE, Blank, Collection, Iri, Literal, Pair, Term
from bizalign_lint.exporters.vocabulary import RDFS, sh
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.language.shapes import PathExpression
from bizalign_lint.schema.ontology import WORKSPACE, Ontology

_SEVERITIES = {
    Severity.ERROR: "Violation",
    Severity.WARNING: "Warning",
    Severity.INFO: "Info",
}
_ANY_DAY = "2000-01-01"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule that SHACL Core cannot express, and why."""

    rule: Rule
    reason: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """The rules of a workspace as far as SHACL Core can express them."""

    subjects: tuple[Subject, ...]
    left_out: tuple[LeftOut, ...]
    shortcuts: tuple[Shortcut, ...]
    """Paths for which the data needs a predicate of its own, because the shapes use it."""


def expressible(rule: Rule, ontology: Ontology) -> str | None:
    """Why a rule cannot be expressed in SHACL Core; None if it can."""
    try:
        _body(rule, _translator(rule, ontology, Predicates.of(ontology), _ANY_DAY, {}))
    except NotExpressible as reason:
        return str(reason)
    return None


def export(
    rules: Iterable[Rule],
    ontology: Ontology,
    as_of: str,
    params: Mapping[str, Mapping[str, Any]],
    severities: Mapping[str, Severity],
) -> Shapes:
    """The shapes of some rules, for one day. ``params`` and ``severities`` are by rule id.

    Raises RuleError, with its place, for a rule that the ontology contradicts.
    """
    predicates = Predicates.of(ontology)
    subjects: list[Subject] = []
    left_out: list[LeftOut] = []
    shortcuts: dict[Iri, Shortcut] = {}
    for rule in sorted(rules, key=lambda rule: rule.id):
        translator = _translator(rule, ontology, predicates, as_of, params.get(rule.id, {}))
        try:
            body = _body(rule, translator)
        except NotExpressible as reason:
            left_out.append(LeftOut(rule, str(reason)))
            continue
        head = _head(rule, severities.get(rule.id, rule.severity))
        subjects.append((vocabulary.rule(rule.id), (*head, body)))
        for shortcut in translator.shortcuts:
            known = shortcuts.get(shortcut.predicate, shortcut)
            origins = tuple(dict.fromkeys((*known.origins, *shortcut.origins)))
            shortcuts[shortcut.predicate] = Shortcut(shortcut.path, origins)
    return Shapes(tuple(subjects), tuple(left_out), tuple(shortcuts.values()))


def _translator(
    rule: Rule, ontology: Ontology, predicates: Predicates, as_of: str, params: Mapping[str, Any]
) -> Translator:
    merged = {name: parameter.default for name, parameter in rule.params.items()} | dict(params)
    context = Context(rule, Walker(ontology, as_of), merged)
    return Translator(context, predicates)


def _head(rule: Rule, severity: Severity) -> Iterator[Pair]:
    yield RDF_TYPE, sh("NodeShape")
    for target in rule.targets:
        yield sh("targetClass"), vocabulary.kind(target)
    yield sh("name"), Literal(rule.name)
    yield sh("description"), Literal(rule.rationale)
    for reference in rule.references:
        yield Iri(f"{RDFS}seeAlso"), Literal(reference.url or reference.title)
    yield sh("severity"), sh(_SEVERITIES[severity])
    yield sh("message"), Literal(rule.summary)


def _body(rule: Rule, translator: Translator) -> Pair:
    """The shape of a rule as a single constraint, so that a node breaks it once."""
    if rule.shape is None:
        raise NotExpressible("it reports what an earlier stage finds")
    if rule.transition:
        raise NotExpressible("it compares the model with an earlier revision")
    types = translator.context.ontology.types
    unknown = next((target for target in rule.targets if target not in types), None)
    if unknown is not None:
        raise RuleError(f"unknown kind {unknown}")
    targets = tuple(types[target] for target in rule.targets)
    guards = [_evidence(rule, path, translator) for path in rule.evidence]
    if rule.where is not None:
        guards.append(translator.shape(rule.where, targets))
    shape = translator.shape(rule.shape, targets)
    if not guards:
        return sh("node"), node_shape(shape)
    negated = (Blank(((sh("not"), guard),)) for guard in guards)
    return sh("or"), Collection((*negated, shape))


def _evidence(rule: Rule, evidence: PathExpression, translator: Translator) -> Blank:
    """The shape for the evidence of a rule: what must exist before the rule reports anything."""
    context = translator.context
    context.walk(evidence, (context.ontology.types[WORKSPACE],))
    path = translator.path(evidence)
    if WORKSPACE not in rule.targets:
        up: Iterable[Term] = (
            Blank(((sh("inversePath"), vocabulary.property_(target)),)) for target in rule.targets
        )
        path = Collection((either(tuple(up)), path))
    elif len(rule.targets) > 1:
        raise NotExpressible("evidence for the workspace and for nodes in it")
    return Blank(((sh("path"), path), (sh("minCount"), whole(1))))
