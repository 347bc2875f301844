"""All pages, by the path that they belong at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from bizalign_lint.docs.examples import example
from bizalign_lint.docs.kind_index import ontology_index
from bizalign_lint.docs.kind_page import kind_page
from bizalign_lint.docs.links import INDEX, KINDS, RULES, VOCABULARIES, Links, homes
from bizalign_lint.docs.outline import Outline
from bizalign_lint.docs.properties_read import Read, properties_read
from bizalign_lint.docs.rule_index import guideline_index
from bizalign_lint.docs.rule_page import mentioned, rule_page
from bizalign_lint.docs.vocabulary_page import vocabulary_page
from bizalign_lint.engine import Loaded
from bizalign_lint.rules.language.rule import Rule

MARK = "<!-- Made by bizalign-lint docs of what rules and schemas say: change those instead. -->"
"""How every page begins; what begins otherwise is not ours to replace or remove."""

_RELATED = 5
_ALIKE = 0.2
"""How much two rules have to have in common: a trait that five others share counts so much."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is documented: rules by id, kinds and measures by name."""

    rules: frozenset[str]
    kinds: frozenset[str]
    measures: frozenset[str]
    shipped: bool
    """Whether it is what the linter ships, whose pages stand beside the guides."""


def everything(loaded: Loaded) -> Scope:
    """All rules and kinds."""
    return Scope(
        frozenset(loaded.rules.rules),
        frozenset(loaded.ontology.kinds),
        frozenset(measure.name for measure in loaded.rules.measures),
        shipped=True,
    )


def pages(
    loaded: Loaded,
    scope: Scope,
    outline: Outline,
    vocabularies: Sequence[Mapping[str, Any]],
) -> dict[str, str]:
    """The Markdown of every page in scope, by its path below the folder of the documentation."""
    ontology, rule_set = loaded.ontology, loaded.rules
    read = {id_: properties_read(rule, ontology) for id_, rule in rule_set.rules.items()}
    rules = [rule for id_, rule in rule_set.rules.items() if id_ in scope.rules]
    kinds = [kind for name, kind in ontology.kinds.items() if name in scope.kinds]
    at_rules, at_kinds = (
        Links(folder, scope.rules, homes(ontology, scope.kinds), scope.shipped)
        for folder in (RULES, KINDS)
    )
    guidelines = {guideline.id: guideline for guideline in rule_set.guidelines}
    found: dict[str, str] = {}
    for rule in rules:
        found[f"{RULES}/{rule.id}.md"] = rule_page(
            rule,
            guidelines[rule.guideline],
            ontology,
            example(rule, loaded),
            related(rule, rule_set.rules, read),
            at_rules,
        )
    if rules:
        measures = [m for m in rule_set.measures if m.name in scope.measures]
        found[f"{RULES}/{INDEX}"] = guideline_index(rule_set.guidelines, rules, measures, at_rules)
    for kind in kinds:
        found[f"{KINDS}/{kind.name}.md"] = kind_page(
            kind, ontology, outline, read, rule_set.rules, at_kinds
        )
    if kinds:
        found[f"{KINDS}/{INDEX}"] = ontology_index(
            ontology, kinds, outline, read, rule_set.rules, at_kinds
        )
    if kinds and scope.shipped:
        found[f"{KINDS}/{VOCABULARIES}"] = vocabulary_page(vocabularies, at_kinds)
    return {path: f"{MARK}\n\n{text}" for path, text in found.items()}


def related(
    rule: Rule, rules: Mapping[str, Rule], read: Mapping[str, frozenset[Read]]
) -> list[Rule]:
    """The rules worth knowing with one: those that its texts speak of, and those most like it.

    Two rules are alike in what few others look at, or are about.
    """
    spoken = [
        other
        for id_, other in rules.items()
        if id_ in mentioned(rule) or rule.id in mentioned(other)
    ]
    common = Counter(found for reads_ in read.values() for found in reads_)
    about = Counter(other.targets for other in rules.values())
    likeness: dict[str, float] = {}
    for id_, other in rules.items():
        if id_ == rule.id or other in spoken:
            continue
        # A property that several kinds have counts once.
        weights: dict[str, float] = {}
        for found in read[rule.id] & read[id_]:
            weight = 1 / (common[found] - 1)
            weights[found.property] = max(weight, weights.get(found.property, 0))
        likeness[id_] = fsum(weights.values())  # whatever their order, so that pages stay the same
        if rule.targets and other.targets == rule.targets:
            likeness[id_] += 1 / (about[rule.targets] - 1)
    like = sorted(
        (id_ for id_, score in likeness.items() if score >= _ALIKE),
        key=lambda id_: (-likeness[id_], id_),
    )
    return [*spoken, *(rules[id_] for id_ in like)][: max(_RELATED, len(spoken))]
