"""When a rule reports, in words: what it looks at, what has to hold, and as written in the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bizalign_lint.docs.clauses import bullets
from bizalign_lint.docs.links import Links
from bizalign_lint.docs.markdown import code, fence, listed
from bizalign_lint.docs.words import Words
from bizalign_lint.rules.language.paths import Alternative, Path, Sequence, Step
from bizalign_lint.rules.language.paths import text as path_text
from bizalign_lint.rules.language.rule import Need, Rule
from bizalign_lint.schema.ontology import WORKSPACE, Ontology

_BLOCK = re.compile(r"^(?=[A-Za-z])", re.MULTILINE)
_WHICH = {
    "": "",
    "changed": " that also existed at an earlier revision",
    "removed": " that existed at an earlier revision and no longer does",
}
"""Which definitions a rule is about, by its transition."""
_TOLD = frozenset(
    {
        "previous",
        "lifecycles",
        "id",
        "optional",
        "lapse",
        "preview",
        "absence",
        "cause",
        "several",
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
"""The keys of a rule file that its page shows in another form."""
_READABLE = 300
"""How long a line may be that says a condition in words; above, the rule itself is easier."""
_SIGNS = {
    "/": "`/` continues from there",
    "|": "`|` is either of the two",
    "^": "`^` follows a relation backwards",
    "*": "`*` is zero or more times",
    "+": "`+` is one or more times",
    "?": "`?` is zero or one time",
}


def reports_when(rule: Rule, ontology: Ontology, links: Links) -> Iterator[str]:
    """The lines that say it."""
    if rule.shape is None:
        assert rule.condition is not None
        guide = links.guide("conditions", "rule-language.md#rules-that-report-conditions")
        yield (
            f"It reports {code(rule.condition)}, one of the {guide} found while reading, "
            "validating and linking definitions of any kind."
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
        yield f"{looked}. The condition is too long for a sentence:"
    elif where:
        yield f"{looked}, {then}"
        yield ""
        yield from bullets(where)
        yield ""
        yield "and reports a finding unless this holds as well:"
    else:
        yield f"{looked}. It reports a finding unless this holds:"
    yield ""
    yield from bullets(shape) if readable else fence(_logic(rule), "yaml")
    if rule.evidence:
        yield ""
        there = listed(evidence(path.path, links) for path in rule.evidence)
        yield f"It reports nothing until the model has {there}."
    if rule.needs:
        yield ""
        facts = listed(dict.fromkeys(_need(need) for need in rule.needs))
        yield f"If {facts} is needed and missing from the model, the result is unknown."
    if rule.absence is not None:
        guide = links.guide("an absent fact", "rule-language.md#an-absent-fact")
        none = "reported once" if rule.absence.is_link else "not judged"
        yield ""
        yield (
            f"It is about {guide}: {none} as long as no target of a kind has it, reported once "
            "as long as few have it, and one by one when most have it and few are left."
        )
    if rule.instead_of:
        yield ""
        others = listed(links.rule(id_) for id_ in rule.instead_of)
        verb = "does" if len(rule.instead_of) == 1 else "do"
        yield f"Where it reports a finding, {others} {verb} not."
    if legend := _legend(rule, links):
        yield ""
        yield legend
    if readable:
        yield ""
        yield "<details><summary>As written in the rule</summary>"
        yield ""
        yield from fence(_logic(rule), "yaml")
        yield ""
        yield "</details>"


def _need(need: Need) -> str:
    """A fact that the rule needs."""
    fact = " or ".join(code(part) for part in need.path.text.split("|"))
    return fact if need.nodes is None else f"{fact} of {code(need.nodes.text)}"


def evidence(path: Path, links: Links) -> str:
    """What must be in the model before a rule reports."""
    match path:
        case Step(name):
            return f"at least one {links.kind(name)}"
        case Alternative(parts):
            return listed((evidence(part, links) for part in parts), "or")
        case Sequence((first, *rest)):
            way = code(path_text(Sequence(tuple(rest)) if len(rest) > 1 else rest[0]))
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
    """What a rule file says about when it reports, word for word."""
    blocks = _BLOCK.split(rule.document.source.content.decode())
    return "".join(block for block in blocks if block.partition(":")[0] not in _TOLD)
