"""The page of one rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from bizalign_lint.docs.examples import Example, unmarked
from bizalign_lint.docs.links import Links
from bizalign_lint.docs.markdown import code, fence, link, listed, page, paragraphs, prose, table
from bizalign_lint.docs.rule_condition import reports_when
from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.rules.language.rule import Guideline, Rule
from bizalign_lint.schema.ontology import WORKSPACE, Ontology

_RULE = re.compile(r"\b[A-Z]{3}[0-9]{3}\b")


def rule_page(
    rule: Rule,
    guideline: Guideline,
    ontology: Ontology,
    example: Example,
    related: Sequence[Rule],
    links: Links,
) -> str:
    """The Markdown of a rule."""
    return page(
        [
            f"# {rule.id} {heading(rule)}",
            "",
            _facts(rule, guideline, links),
            "",
            prose(rule.summary),
            "",
            "## Why it matters",
            "",
            *_linked(paragraphs(rule.rationale), rule, links),
            "",
            "## What to do",
            "",
            *_linked([prose(rule.help)], rule, links),
            *_fixed(example, links),
            "",
            *_shown(rule, example),
            "## When it reports",
            "",
            *reports_when(rule, ontology, links),
            *_asked(rule, links),
            "",
            *_params(rule, links),
            "## Suppressing a finding",
            "",
            *_accepting(rule, example, links),
            *_references(rule),
            *_related(related, links),
        ]
    )


def heading(rule: Rule) -> str:
    """The rule's name as words."""
    words = rule.name.replace("-", " ")
    return words[0].upper() + words[1:]


def mentioned(rule: Rule) -> frozenset[str]:
    """The rules that a rule's texts mention."""
    return frozenset(_RULE.findall(f"{rule.rationale} {rule.help}")) - {rule.id}


def _facts(rule: Rule, guideline: Guideline, links: Links) -> str:
    about = listed(links.kind(target) for target in rule.targets if target != WORKSPACE)
    facts = [f"**{rule.severity.value}**", links.guideline(guideline.title)]
    facts.append(f"about {about}" if about else "about the model as a whole")
    facts.append(code(rule.name))
    return " · ".join(facts)


def _linked(lines: Sequence[str], rule: Rule, links: Links) -> list[str]:
    """Texts with the rules that they mention as links."""
    return [
        _RULE.sub(lambda found: found[0] if found[0] == rule.id else links.rule(found[0]), line)
        for line in lines
    ]


def _fixed(example: Example, links: Links) -> Iterator[str]:
    if not example.fixes:
        return
    safe = True in example.fixes
    option = "--fix" if safe else "--fix --unsafe-fixes"
    guide = links.guide("how fixes are made", "fixes-and-baseline.md#fix")
    what = "fixes it" if safe else "inserts the probable value; review it afterwards"
    yield ""
    yield f"`bizalign-lint check {option}` {what} ({guide})."


def _asked(rule: Rule, links: Links) -> Iterator[str]:
    if rule.optional:
        guide = links.guide("`.bizalign.yaml`", "configuration.md#optional-rules")
        yield ""
        yield (
            f"It is optional: it runs only if {guide} gives it a severity or a selector gives its "
            "full id."
        )
        yield ""
        yield from fence(f"severity: {{{rule.id}: {rule.severity.value}}}", "yaml")
    if rule.preview:
        guide = links.guide("preview", "upgrading.md#preview-rules")
        yield ""
        yield (
            f"It is a {guide}: new, and off by default. It runs if `.bizalign.yaml` says "
            "`preview: true` or gives it a severity, or a selector gives its full id."
        )
    if rule.lapse:
        forecast = links.guide("forecast", "forecast.md")
        yield ""
        yield f"A {forecast} counts it as a lapse: it occurs only if nobody looks after it."


def _shown(rule: Rule, example: Example) -> Iterator[str]:
    if rule.bad:
        yield "## Example"
        yield ""
        if rule.previous:
            yield "The model at the earlier revision:"
            yield ""
            yield from fence(rule.previous[-1], "yaml")
            yield ""
            yield "And now:"
            yield ""
        if rule.lifecycles is not None:
            yield "What the vendor says, in `lifecycles.lock.json`:"
            yield ""
            yield from fence(json.dumps(rule.lifecycles, indent=2), "json")
            yield ""
        yield from fence(example.model, "yaml")
        yield ""
        yield from fence(f"$ {example.command}\n{example.output}", "console")
        yield ""
    if rule.good:
        yield "Nothing is found here:"
        yield ""
        yield from fence(unmarked(rule.good), "yaml")
        yield ""


def _params(rule: Rule, links: Links) -> Iterator[str]:
    if not rule.params:
        return
    yield "## Parameters"
    yield ""
    yield from table(
        ("parameter", "default", "meaning"),
        ((code(n), code(flow(p.default)), prose(p.description)) for n, p in rule.params.items()),
    )
    yield ""
    guide = links.guide("`.bizalign.yaml`", "configuration.md")
    yield f"To set another value, in {guide}:"
    yield ""
    values = ", ".join(f"{name}: {flow(p.default)}" for name, p in rule.params.items())
    yield from fence(f"params:\n  {rule.id}: {{{values}}}", "yaml")
    yield ""


def _accepting(rule: Rule, example: Example, links: Links) -> Iterator[str]:
    if example.comments:
        guide = links.guide("where it stands", "fixes-and-baseline.md#suppress")
        yield f"With a comment {guide}, on any line of the definition:"
        yield ""
        yield from fence("\n".join(example.comments), "yaml")
        yield ""
    if example.dispensation:
        yield "For a longer time, or for many, with a definition that says who agreed:"
        yield ""
        yield from fence(example.dispensation, "yaml")
        yield ""
    if not example.comments and not example.dispensation:
        yield "It cannot be suppressed by a comment or a definition."
        yield ""
    if rule.optional:
        yield "For the whole workspace: do not enable it."
        return
    guide = links.guide("`.bizalign.yaml`", "configuration.md")
    yield f"For the whole workspace, in {guide}: lower its severity, or turn it off."
    yield ""
    least = "warning" if rule.severity.value == "info" else "info"
    yield from fence(f"severity: {{{rule.id}: {least}}}\nignore: [{rule.id}]", "yaml")


def _references(rule: Rule) -> Iterator[str]:
    if rule.references:
        yield ""
        yield "## References"
        yield ""
        yield from (f"- {link(prose(r.title), r.url)}" for r in rule.references)


def _related(related: Sequence[Rule], links: Links) -> Iterator[str]:
    if related:
        yield ""
        yield "## Related rules"
        yield ""
        yield from (f"- {links.rule(other.id)}: {prose(other.summary)}" for other in related)
