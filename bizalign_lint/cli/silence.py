"""``check --explain-silence``: why a rule says nothing about a definition."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bizalign_lint.cli.options import check_names, effective
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint, nearest, suggestion
from bizalign_lint.core.today import today
from bizalign_lint.findings.baseline_file import read_baseline
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.rules.names import find

if TYPE_CHECKING:
    from bizalign_lint.cli.check_workspace import CheckRequest
    from bizalign_lint.core.types import Flaw
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.graph.nodes import Graph, Node
    from bizalign_lint.questions.silence_answer import Answer
    from bizalign_lint.rules.language.rule import Rule
    from bizalign_lint.sources.roots import Root


def explain_silence(
    roots: Sequence[Root], request: CheckRequest, rule_name: str, reference: str
) -> int:
    """Print why a rule says nothing about a definition; 1 where it does report a finding.

    Raises UsageError for a rule or a definition that there is not.
    """
    from bizalign_lint.engine.judge import judge
    from bizalign_lint.engine.load import load_for
    from bizalign_lint.engine.model import read_model
    from bizalign_lint.findings.baseline import apply
    from bizalign_lint.questions.silence import Silence
    from bizalign_lint.workspace.open import open_workspace

    if len(roots) != 1:
        raise UsageError("--explain-silence works on one workspace", hint="name one of them")
    if request.since is not None or request.ratchet or request.fixing.anything:
        raise UsageError(
            "--explain-silence cannot be combined with --since, --ratchet, --fix, --diff or "
            "--add-ignore",
            hint="use it on its own",
        )
    root = roots[0]
    config = effective(root.path, **request.options)
    workspace = open_workspace(root, config, today(), None, request.find)
    settings, sources = workspace.settings._replace(only=None), workspace.found.sources
    loaded = load_for(settings)
    check_names(config, loaded)
    rule = find(rule_name, loaded.rules)
    model = read_model(loaded, sources)
    known = () if request.no_baseline else read_baseline(root.path) or ()
    report = apply(judge(loaded, model, sources, settings, workspace.found.flaws), known)
    silence = Silence(loaded, model, report, sources, settings, config)
    node, unread = _node(reference, model.graph, loaded)
    if node is None:
        assert unread is not None
        name, answer = reference, silence.unread(unread)
    else:
        name, answer = node.reference, silence.why(rule, node)
    for line in _lines(rule, name, answer, loaded):
        sys.stdout.write(f"{clean(line)}\n")
    return int(answer.has_finding)


def _lines(rule: Rule, name: str, answer: Answer, loaded: Loaded) -> Iterator[str]:
    from bizalign_lint.docs.clauses import bullets
    from bizalign_lint.docs.links import Links
    from bizalign_lint.docs.words import Words

    yield f"{rule.id} {rule.name} and {name}"
    yield answer.reason
    if answer.parts:
        defaults = {key: parameter.default for key, parameter in rule.params.items()}
        links = Links("rules", frozenset(), {}, guides=False)
        words = Words(loaded.ontology, defaults, links, rule.transition)
        yield "  it would apply if this held:"
        for part in answer.parts:
            yield from bullets(words.shape(part, rule.targets), "  ")
    for line in answer.lines:
        at = line.at
        place = "" if at is None else f"{at.path}:{at.span.line}:{at.span.column}: "
        yield f"  {place}{line.text}"


def _node(text: str, graph: Graph, loaded: Loaded) -> tuple[Node | None, Flaw | None]:
    """The definition of a name; where it could not be read, why."""
    from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, qualified
    from bizalign_lint.graph.references import candidates, parse

    reference = parse(text)
    if reference.kind is None:
        kinds = [kind for kind in graph.names if any(candidates(reference, kind, "", graph))]
        raise UsageError(
            f"{text} has no kind: give KIND:NAME",
            hint=" or ".join(f"{kind}:{text}" for kind in kinds) or "such as Capability:pricing",
        )
    kind = loaded.ontology.spelling.get(reference.kind.lower(), reference.kind)
    if kind not in graph.names:
        raise UsageError(f"unknown kind {reference.kind}", hint=hint(reference.kind, graph.names))
    found = next(candidates(reference, kind, DEFAULT_NAMESPACE, graph), None)
    unread = None if found else graph.trust.why_name(reference.name)
    if found is None and unread is None:
        name = qualified(reference.namespace or DEFAULT_NAMESPACE, reference.name)
        near = nearest(name, graph.names[kind])
        raise UsageError(f"no {kind} is named {name}", hint=suggestion(near and f"{kind}:{near}"))
    return found, unread
