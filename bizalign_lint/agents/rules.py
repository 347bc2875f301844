"""The tools about rules: ``list_rules`` and ``explain_rule``."""

from __future__ import annotations

from typing import Any

from bizalign_lint.agents.answers import Answer
from bizalign_lint.agents.desk import Desk, Reading
from bizalign_lint.agents.forms import RULES, taken
from bizalign_lint.agents.reports import parsed
from bizalign_lint.agents.tool import Arguments, Tool
from bizalign_lint.core import shipped as resources
from bizalign_lint.core.settings import selects
from bizalign_lint.engine.judge import is_selected
from bizalign_lint.reporters.json import document
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.names import find, unknown_rule


def _list_rules(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read()
    rules = reading.loaded.rules.rules.values()
    wanted = given.get("select", ())
    for selector in wanted:
        if not any(selects(selector, rule.id, rule.guideline) for rule in rules):
            raise unknown_rule(selector, reading.loaded.rules)
    shipped = _shipped()
    chosen = [
        rule
        for rule in rules
        if not wanted or any(selects(one, rule.id, rule.guideline) for one in wanted)
    ]
    value = {"rules": [_summary(rule, reading, shipped) for rule in chosen]}
    return Answer(parsed([document(1, value)]), "rules")


def _explain_rule(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read()
    rule = find(given["rule"], reading.loaded.rules)
    guideline = next(g for g in reading.loaded.rules.guidelines if g.id == rule.guideline)
    params = reading.settings.params.get(rule.id, {})
    value = {
        **_summary(rule, reading, _shipped()),
        "guidelineTitle": guideline.title,
        "targets": [*rule.targets],
        "rationale": rule.rationale,
        "help": rule.help,
        "params": [
            {
                "name": name,
                "value": str(params.get(name, parameter.default)),
                "description": parameter.description,
            }
            for name, parameter in rule.params.items()
        ],
        "asOf": rule.as_of.isoformat() if rule.as_of is not None else None,
        "before": rule.previous[-1] if rule.previous else None,
        "bad": rule.bad or None,
        "good": rule.good or None,
        "references": [{"title": one.title, "url": one.url} for one in rule.references],
    }
    return Answer(parsed([document(1, value)]))


def _summary(rule: Rule, reading: Reading, shipped: frozenset[str]) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "name": rule.name,
        "guideline": rule.guideline,
        "severity": reading.settings.severity(rule.id, rule.severity).value,
        "summary": rule.summary,
        "runs": is_selected(rule, reading.settings) and not rule.transition,
        "own": rule.document.source.path not in shipped,
    }


def _shipped() -> frozenset[str]:
    return frozenset(source.path for source in resources.rules())


TOOLS = (
    Tool(
        name="list_rules",
        title="List the rules",
        description=(
            "The rules, shipped and the organisation's own, with severity and summary; runs says "
            "whether check runs it here."
        ),
        takes=taken(
            {
                "select": {
                    **RULES,
                    "description": "Only these: ids, id prefixes (BAS) or guidelines.",
                }
            }
        ),
        form="agents/rules",
        run=_list_rules,
    ),
    Tool(
        name="explain_rule",
        title="Explain a rule",
        description=(
            "What a rule finds, why that matters and what to do, with an example that has the "
            "finding (bad) and one that does not (good)."
        ),
        takes=taken(
            {
                "rule": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 200,
                    "description": "An id such as BAS101, or the rule's name.",
                }
            },
            "rule",
            paged=False,
        ),
        form="agents/rule",
        run=_explain_rule,
    ),
)
