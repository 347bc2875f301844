"""A rule in full, for people."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.cli.paragraphs import section, wrapped
from bizalign_lint.parsing.ignore_comments import comment
from bizalign_lint.rules.absence import MOST
from bizalign_lint.rules.language.rule import SHARE, Absence, Guideline, Need, Rule


def show(rule: Rule, guideline: Guideline, width: int) -> Iterator[str]:
    """The lines that explain a rule: what it finds, why that matters, what to do."""
    yield f"{rule.id} {rule.name}"
    yield f"{rule.severity.value} · {guideline.title}"
    yield ""
    yield from wrapped(rule.summary, width)
    yield from section("Why it matters")
    for paragraph in rule.rationale.split("\n\n"):
        yield from wrapped(paragraph, width)
    yield from section("What to do")
    yield from wrapped(rule.help, width)
    if rule.params:
        yield from section("Parameters")
        for name, parameter in rule.params.items():
            yield from wrapped(f"{name}: {parameter.default}", width)
            yield from wrapped(parameter.description, width, "    ")
    yield from _when(rule, width)
    before = rule.previous[-1] if rule.previous else ""
    for title, model in (("Before", before), ("Found", rule.bad), ("Not found", rule.good)):
        if model:
            yield from section(f"{title}{f', as of {rule.as_of}' if rule.as_of else ''}")
            yield from (f"  {line}".rstrip() for line in model.splitlines())
    yield from section("To suppress a finding, with a reason")
    yield f"  {comment([rule.id], 'why, until=2030-12-31')}"
    if rule.references:
        yield from section("References")
        for reference in rule.references:
            yield from wrapped(f"{reference.title} {reference.url}".strip(), width)


def _when(rule: Rule, width: int) -> Iterator[str]:
    """What has to be there before a rule reports."""
    if rule.evidence:
        yield from section("Runs only if the model has")
        yield from wrapped(" and ".join(path.text for path in rule.evidence), width)
    if rule.absence is not None:
        yield from section("One finding for all as long as few have it")
        yield from wrapped(_stages(rule.absence), width)
    if rule.needs:
        yield from section("Judges only definitions that state")
        for need in rule.needs:
            yield from wrapped(of_need(need), width)
    if rule.optional:
        yield from section("Optional: runs only if enabled in .bizalign.yaml or with --select")
        yield from wrapped(f"severity: {{{rule.id}: {rule.severity.value}}}", width)
    if rule.preview:
        yield from section("Preview: new, and off by default; runs only if enabled")
        yield from wrapped(
            f"preview: true, or severity: {{{rule.id}: {rule.severity.value}}}", width
        )
    if rule.transition:
        yield from section("Runs only when the model is compared with an earlier revision")
        yield from wrapped("bizalign-lint check --since merge-base:main", width)
    if rule.instead_of:
        yield from section("Replaces")
        yield from wrapped(", ".join(rule.instead_of), width)


def _stages(absence: Absence) -> str:
    """When a rule about an absent fact reports what."""
    fact = absence.of.text.replace("|", " or ")
    none = "is reported once" if absence.is_link else "cannot be judged"
    return (
        f"{fact}: {none} if no target of a kind has it, one finding if fewer than {SHARE} per cent "
        f"have it, else one each while at most {MOST} lack it"
    )


def of_need(need: Need) -> str:
    """A fact that a rule needs, in one line."""
    of = f" of each of {need.nodes.text}" if need.nodes is not None else ""
    some = ", of some" if need.filter_shape is not None or need.where is not None else ""
    return f"{need.path.text.replace('|', ' or ')}{of}{some}"
