"""The list of all rules by guideline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bizalign_lint.core.types import Severity
from bizalign_lint.core.words import counted
from bizalign_lint.docs.links import Links
from bizalign_lint.docs.markdown import (
    code,
    fence,
    link,
    listed,
    page,
    paragraphs,
    prose,
    slug,
    table,
)
from bizalign_lint.rules.language.rule import Guideline, Measure, Rule


def guideline_index(
    guidelines: Sequence[Guideline],
    rules: Sequence[Rule],
    measures: Sequence[Measure],
    links: Links,
) -> str:
    """The Markdown of the index: each guideline with its reason, its rules and its measures."""
    return page(_lines(guidelines, rules, measures, links))


def _lines(
    guidelines: Sequence[Guideline],
    rules: Sequence[Rule],
    measures: Sequence[Measure],
    links: Links,
) -> Iterator[str]:
    shown = [g for g in guidelines if any(rule.guideline == g.id for rule in rules)]
    yield "# Rules"
    yield ""
    counts = Counter(rule.severity for rule in rules)
    each = listed(_count(counts[severity], severity) for severity in Severity if counts[severity])
    how = ""
    if links.guides:
        how = (
            f" How rules are selected and changed is in "
            f"{links.guide('Configuration', 'configuration.md')}, how they are written in "
            f"{links.guide('The rule language', 'rule-language.md')}."
        )
    yield (f"{counted(len(rules), 'rule')} under {counted(len(shown), 'guideline')}: {each}.{how}")
    yield ""
    yield from table(
        ("guideline", "asks that", "rules"),
        (
            (
                link(g.title, f"#{slug(g.title)}"),
                prose(g.summary),
                str(sum(r.guideline == g.id for r in rules)),
            )
            for g in shown
        ),
    )
    for guideline in shown:
        yield ""
        yield f"## {guideline.title}"
        yield ""
        yield f"*{prose(guideline.summary)}*"
        yield ""
        yield from paragraphs(guideline.rationale)
        yield ""
        yield from table(
            ("id", "severity", "found when"),
            (
                (links.rule(rule.id), _severity(rule), prose(rule.summary))
                for rule in rules
                if rule.guideline == guideline.id
            ),
        )
        yield from _measures([m for m in measures if m.guideline == guideline.id], links)


def _measures(measures: Sequence[Measure], links: Links) -> Iterator[str]:
    if not measures:
        return
    guide = links.guide("`--coverage`", "configuration.md#coverage")
    yield ""
    yield f"How far a model is aligned, as `bizalign-lint check` shows with {guide}:"
    yield ""
    yield from table(
        ("measure", "counts", "why"),
        ((code(m.name), prose(m.title), prose(m.rationale)) for m in measures),
    )
    yield ""
    yield "A minimum percentage is set by name, for example:"
    yield ""
    yield from fence(f"coverage: {{{measures[0].name}: 90}}", "yaml")


def _severity(rule: Rule) -> str:
    optional, preview = ", optional" * rule.optional, ", preview" * rule.preview
    return f"{rule.severity.value}{optional}{preview}"


def _count(number: int, severity: Severity) -> str:
    if severity is Severity.INFO:
        return f"{number} for information"
    return counted(number, severity.value)
