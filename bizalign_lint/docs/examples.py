"""What a rule says of its own bad example, and how that can be accepted: tried, not claimed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bizalign_lint.core.conditions import SUPPRESSIONS
from bizalign_lint.core.report import Report
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source, places
from bizalign_lint.engine.judge import judge
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import read_model
from bizalign_lint.engine.rule_tests import earlier, with_lifecycles
from bizalign_lint.fixes.add_ignore import accept
from bizalign_lint.parsing.envelope import API_VERSION, FIELD
from bizalign_lint.parsing.yaml.write import document
from bizalign_lint.reporters.text import render
from bizalign_lint.reporters.view import View
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.schema.ontology import Kind

_DAY = date(2026, 6, 30)
"""The day that examples are checked for when their rule names none."""
_FILE = "model.yaml"
_MARK = re.compile(r"[ \t]*# <- [A-Z]{3}[0-9]{3}(?:, ?[A-Z]{3}[0-9]{3})*[ \t]*$", re.MULTILINE)
_WIDTH = 100
_REASON = "say why"


@dataclass(frozen=True, slots=True)
class Example:
    """A rule's bad example, checked."""

    model: str
    """The example as a person would have written it, without marks."""
    command: str
    """The command that gives the output, where the example is the model."""
    output: str
    fixes: frozenset[bool]
    """Whether a fix is offered, and whether it is safe: True, False, or neither."""
    comments: tuple[str, ...]
    """The lines of the example with the comments that accept what is found."""
    dispensation: str
    """The definition that accepts what is found; empty when none can."""


def example(rule: Rule, loaded: Loaded) -> Example:
    """Check the bad example of a rule."""
    as_of = rule.as_of or _DAY
    text = unmarked(rule.bad)
    # Whether a suppression is of use depends on the rule that it is about.
    selected = rule.guideline if rule.condition in SUPPRESSIONS else rule.id
    settings = Settings(as_of=as_of, select=(selected,))

    def check(sources: Sequence[Source]) -> Report:
        return _run(rule, loaded, sources, settings)

    source = Source(_FILE, text.encode())
    report = check([source])
    return Example(
        model=text,
        command=f"bizalign-lint check --as-of {as_of} --select {selected}"
        + (" --since main" if rule.transition else ""),
        output="".join(render(report, View("", "", width=_WIDTH))),
        fixes=frozenset(found.fix.safe for found in report.findings if found.fix is not None),
        comments=_comments(rule, loaded, source, as_of),
        dispensation=_dispensation(rule, loaded, source, as_of),
    )


def _run(rule: Rule, loaded: Loaded, sources: Sequence[Source], settings: Settings) -> Report:
    """Check models of a rule against what its example was, where it compares."""
    loaded = with_lifecycles(loaded, rule.lifecycles)
    model = read_model(loaded, sources)
    return judge(loaded, model, sources, settings, earlier=earlier(rule.previous, loaded))


def unmarked(model: str) -> str:
    """An example without the marks of what has to be found in it."""
    return _MARK.sub("", model)


def _comments(rule: Rule, loaded: Loaded, source: Source, as_of: date) -> tuple[str, ...]:
    if rule.condition in SUPPRESSIONS:
        return ()

    def check(sources: Sequence[Source]) -> Report:
        return _run(rule, loaded, sources, Settings(as_of=as_of, select=(rule.id,)))

    reason = f"{_REASON}, until={as_of.year}-12-31"
    accepted = accept([source], check([source]), check, reason)
    if accepted.left:
        return ()
    before = source.content.decode().splitlines()
    after = accepted.outcome.sources[0].content.decode().splitlines()
    return tuple(line for line in after if line not in before)


def _dispensation(rule: Rule, loaded: Loaded, source: Source, as_of: date) -> str:
    settings = Settings(as_of=as_of, select=(rule.id,))
    found = _run(rule, loaded, [source], settings).findings
    targets = sorted({_short(place.entity) for place in places(found) if place.entity})
    if not targets:
        return ""
    for kind in loaded.ontology.kinds.values():
        if kind.suppresses is None:
            continue
        text = _exception(kind, rule.id, targets, f"{as_of.year}-12-31")
        both = [source, Source("exception.yaml", text.encode())]
        if not _run(rule, loaded, both, settings).findings:
            return text
    return ""


def _short(reference: str) -> str:
    """A reference as one would write it: without the namespace that goes without saying."""
    return reference.replace(":default/", ":")


def _exception(kind: Kind, rule: str, targets: Sequence[str], until: str) -> str:
    """The definition that sets a rule aside, its other texts those of the kind's example."""
    assert kind.suppresses is not None
    said = kind.suppresses
    spec: dict[str, object] = {
        said.rules: [rule],
        said.targets: list(targets),
        said.reason: "Say why, and what would end the need for it.",
    }
    examples = [each["spec"] for each in kind.schema.get("examples", ())][:1]
    for name, property_ in kind.type.properties.items():
        plain = property_.datatype == "string" and not property_.many and not property_.relation
        if plain and property_.section == "spec" and name not in spec:
            for values in examples:
                if name in values:
                    spec[name] = values[name]
    spec[said.until] = until
    return document(
        {
            FIELD: API_VERSION,
            "kind": kind.name,
            "metadata": {"name": f"exception-for-{_name(targets[0])}"},
            "spec": spec,
        }
    )


def _name(reference: str) -> str:
    return re.split(r"[:/#]", reference)[-1]
