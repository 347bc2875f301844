"""The page of one rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bizalign_lint.docs.clauses import bullets
from bizalign_lint.docs.examples import Example, unmarked
from bizalign_lint.docs.links import Links
from bizalign_lint.docs.markdown import code, fence, link, listed, page, paragraphs, prose, table
from bizalign_lint.docs.words import Words
from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.rules.language.paths import Alternative, Path, Step
from bizalign_lint.rules.language.paths import Sequence as PathSequence
from bizalign_lint.rules.language.paths import text as path_text
from bizalign_lint.rules.language.rule import Guideline, Rule
from bizalign_lint.rules.language.shapes import Need
from bizalign_lint.schema.ontology import WORKSPACE, Ontology

_BLOCK = re.compile(r"^(?=[A-Za-z])", re.MULTILINE)
_WHICH = {
    "": "",
    "changed": " that was there at an earlier revision, too",
    "removed": " that was there at an earlier revision and is gone",
}
"""Which definitions a rule is about, by its transition."""
_TOLD = frozenset(
    {
        "previous",
        "id",
        "optional",
        "lapse",
        "absence",
        "cause",
        "guideline",
        "severity",
        "summary",
        "rationale",
        "references",
        "params",
        "message",
        "help",
        "asOf",
        "bad",
        "good",
    }
)
"""The keys of a rule file that its page tells in another form."""
_RULE = re.compile(r"\b[A-Z]{3}[0-9]{3}\b")
_READABLE = 300
"""How long a line may be that says a condition in words; above, the rule itself is easier."""
_SIGNS = {
    "/": "`/` goes on from there",
    "|": "`|` is either way",
    "^": "`^` goes back, to whatever names it there",
    "*": "`*` is any number of times, none included",
    "+": "`+` is once or more often",
    "?": "`?` is once or not at all",
}


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
            "## When it speaks",
            "",
            *_reports_when(rule, ontology, links),
            *_asked(rule, links),
            "",
            *_params(rule, links),
            "## Accepting a finding",
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
    """The rules that a rule's texts speak of."""
    return frozenset(_RULE.findall(f"{rule.rationale} {rule.help}")) - {rule.id}


def _facts(rule: Rule, guideline: Guideline, links: Links) -> str:
    about = listed(links.kind(target) for target in rule.targets if target != WORKSPACE)
    facts = [f"**{rule.severity.value}**", links.guideline(guideline.title)]
    facts.append(f"about {about}" if about else "about the model as a whole")
    facts.append(code(rule.name))
    return " · ".join(facts)


def _linked(lines: Sequence[str], rule: Rule, links: Links) -> list[str]:
    """Texts with the rules that they speak of as links."""
    return [
        _RULE.sub(lambda found: found[0] if found[0] == rule.id else links.rule(found[0]), line)
        for line in lines
    ]


def _fixed(example: Example, links: Links) -> Iterator[str]:
    if not example.fixes:
        return
    safe = True in example.fixes
    option = "--fix" if safe else "--fix --unsafe-fixes"
    guide = links.guide("how fixes are made", "fixes-and-baseline.md#mend")
    what = "mends it" if safe else "puts in what was probably meant; look at it afterwards"
    yield ""
    yield f"`bizalign-lint check {option}` {what} ({guide})."


def _reports_when(rule: Rule, ontology: Ontology, links: Links) -> Iterator[str]:
    if rule.shape is None:
        assert rule.condition is not None
        guide = links.guide("conditions", "rule-language.md#rules-that-report-conditions")
        yield (
            f"It reports {code(rule.condition)}, one of the {guide} that reading, checking and "
            "linking the definitions come upon, whatever their kind."
        )
        return
    defaults = {name: parameter.default for name, parameter in rule.params.items()}
    words = Words(ontology, defaults, links, rule.transition)
    where = words.shape(rule.where, rule.targets) if rule.where else []
    shape = words.shape(rule.shape, rule.targets)
    readable = all(len(line) <= _READABLE for line in bullets([*where, *shape]))
    if WORKSPACE in rule.targets:
        looked, then = "It looks at the model as a whole", "as long as this holds:"
    else:
        each = listed((links.kind(target) for target in rule.targets), "and every")
        looked, then = f"It looks at every {each}{_WHICH[rule.transition]}", "if this holds:"
    if not readable:
        yield f"{looked}. What has to hold is too long for a sentence:"
    elif where:
        yield f"{looked}, {then}"
        yield ""
        yield from bullets(where)
        yield ""
        yield "and speaks unless this holds as well:"
    else:
        yield f"{looked}. It speaks unless this holds:"
    yield ""
    yield from bullets(shape) if readable else fence(_logic(rule), "yaml")
    if rule.evidence:
        yield ""
        there = listed(evidence(path.path, links) for path in rule.evidence)
        yield f"Its answer is unknown until the model has {there}."
    if rule.needs:
        yield ""
        facts = listed(dict.fromkeys(_need(need) for need in rule.needs))
        yield f"Where it depends on {facts} and that is not in the model, its answer is unknown."
    if rule.absence is not None:
        guide = links.guide("an absent fact", "rule-language.md#an-absent-fact")
        none = "told once" if rule.absence.is_link else "taken for what cannot be judged"
        yield ""
        yield (
            f"It is about {guide}: {none} as long as no target of a kind has it, told once as long "
            "as few have it, and one by one when most have it and few are left."
        )
    if rule.instead_of:
        yield ""
        others = listed(links.rule(id_) for id_ in rule.instead_of)
        yield f"Where it speaks, {others} {'is' if len(rule.instead_of) == 1 else 'are'} silent."
    if legend := _legend(rule, links):
        yield ""
        yield legend
    if readable:
        yield ""
        yield "<details><summary>As the rule has it</summary>"
        yield ""
        yield from fence(_logic(rule), "yaml")
        yield ""
        yield "</details>"


def _asked(rule: Rule, links: Links) -> Iterator[str]:
    if rule.optional:
        guide = links.guide("`.bizalign.yaml`", "configuration.md#optional-rules")
        yield ""
        yield f"It runs only where {guide} gives it a severity, or a selector names it in full."
    if rule.lapse:
        forecast = links.guide("forecast", "forecast.md")
        yield ""
        yield f"A {forecast} counts it as a lapse: it comes true only if nobody looks after it."
        yield ""
        yield from fence(f"severity: {{{rule.id}: {rule.severity.value}}}", "yaml")


def _need(need: Need) -> str:
    """A fact that the rule needs."""
    fact = " or ".join(code(part) for part in need.path.text.split("|"))
    return fact if need.nodes is None else f"{fact} of {code(need.nodes.text)}"


def evidence(path: Path, links: Links) -> str:
    """What must be in the model before a rule speaks."""
    match path:
        case Step(name):
            return f"at least one {links.kind(name)}"
        case Alternative(parts):
            return listed((evidence(part, links) for part in parts), "or")
        case PathSequence((first, *rest)):
            way = code(path_text(PathSequence(tuple(rest)) if len(rest) > 1 else rest[0]))
            return f"{evidence(first, links)} with {way}"
        case _:
            return code(path_text(path))


def _legend(rule: Rule, links: Links) -> str:
    """What the signs in paths mean; empty when there are none."""
    signs = _signs(_logic(rule))
    guide = links.guide("paths", "rule-language.md#paths")
    return f"In {guide}, {'; '.join(signs)}." if signs else ""


def _signs(logic: str) -> list[str]:
    text = re.sub(r"^\s*(?:- )?pattern:.*(?:\n\s+.*\\\n?.*)*", "", logic, flags=re.MULTILINE)
    return [words for sign, words in _SIGNS.items() if re.search(_USES[sign], text)]


_USES = {
    "/": r"\w[*+?)]*/",
    "|": r"[\w)*+?]\|",
    "^": r"\^\w",
    "*": r"[\w)]\*",
    "+": r"[\w)]\+",
    "?": r"[\w)]\?",
}
"""How a sign looks when it is used in a path."""


def _logic(rule: Rule) -> str:
    """What a rule file says about when it speaks, word for word."""
    blocks = _BLOCK.split(rule.document.source.content.decode())
    return "".join(block for block in blocks if block.partition(":")[0] not in _TOLD)


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
        guide = links.guide("where it stands", "fixes-and-baseline.md#accept")
        yield f"With a comment {guide}, on any line of the definition:"
        yield ""
        yield from fence("\n".join(example.comments), "yaml")
        yield ""
    if example.dispensation:
        yield "For longer, or for many, with a definition that says who agreed:"
        yield ""
        yield from fence(example.dispensation, "yaml")
        yield ""
    if not example.comments and not example.dispensation:
        yield "No comment and no definition accepts one."
        yield ""
    if rule.optional:
        yield "For the whole workspace: do not ask for it."
        return
    guide = links.guide("`.bizalign.yaml`", "configuration.md")
    yield f"For the whole workspace, in {guide}: make it matter less, or leave it out."
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
