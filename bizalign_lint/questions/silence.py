"""A rule and a definition → why the rule reports nothing about it, or the finding."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bizalign_lint.core.report import BASELINE, Report, Suppressed
from bizalign_lint.core.settings import Settings, selects
from bizalign_lint.core.types import Flaw, Location, Place, Pointer, Source, places
from bizalign_lint.engine.judge import is_selected
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import Model
from bizalign_lint.findings import suppressions
from bizalign_lint.findings.dispensations import Dispensations
from bizalign_lint.findings.finish import Finisher, path_of
from bizalign_lint.graph.nodes import Node
from bizalign_lint.graph.trust import Reasons
from bizalign_lint.parsing.positions import locate
from bizalign_lint.questions.silence_answer import (
    MOST,
    Answer,
    Line,
    fact_lines,
    finding_line,
    value_lines,
)
from bizalign_lint.rules.absence import report_absence
from bizalign_lint.rules.compiled.compile import CompiledRule, compile_rule
from bizalign_lint.rules.compiled.constraints import compile_shape
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.explained.explain import doubts
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.language.traversed import conjuncts
from bizalign_lint.rules.run import condition_met, drafts, reporting
from bizalign_lint.rules.verdicts import is_evident, missing, targets
from bizalign_lint.schema.ontology import WORKSPACE
from bizalign_lint.workspace.config import Config
from bizalign_lint.workspace.layers import location


class Silence:
    """Explains why rules report nothing in one run. ``report`` is its report after the baseline."""

    def __init__(
        self,
        loaded: Loaded,
        model: Model,
        report: Report,
        sources: Collection[Source],
        settings: Settings,
        config: Config,
    ) -> None:
        self._loaded = loaded
        self._model = model
        self._report = report
        self._sources = sources
        self._settings = settings
        self._config = config

    def why(self, rule: Rule, node: Node) -> Answer:
        """Why a rule reports nothing about a definition; or the finding that it reports."""
        if (answer := self._not_running(rule)) is not None:
            return answer
        if (answer := self._found(rule, node)) is not None:
            return answer
        if rule.transition:
            hint = "it compares the model with an earlier revision: check --since REV"
            return Answer(f"the rule runs only with --since; {hint}")
        if rule.shape is None:
            return self._nothing_met(rule, node)
        if node.type.name not in rule.targets:
            about = ", ".join(kind for kind in rule.targets if kind != WORKSPACE)
            of = f"about {about}" if about else "about the model as a whole"
            return Answer(f"not a target: the rule is {of}, and this is of kind {node.type.name}")
        return self._judged(rule, node)

    def unread(self, why: Flaw) -> Answer:
        """The answer if the definition could not be read, because of a flaw."""
        return Answer("not judged: the definition could not be read", [self._flaw_line(why)])

    def _not_running(self, rule: Rule) -> Answer | None:
        settings, config = self._settings, self._config
        if is_selected(rule, settings):
            return None
        for index, selector in enumerate(config.ignore):
            if selects(selector, rule.id, rule.guideline):
                line = self._set("ignore", ("ignore", index), selector)
                return Answer("ignored: the configuration turns the rule off", [line])
        turns_on = f"severity: {{{rule.id}: {rule.severity.value}}}"
        if rule.optional:
            why = "ignored: the rule is optional and not enabled"
            return Answer(why, [Line(f"{turns_on} turns it on")])
        if rule.preview and not settings.preview:
            why = "ignored: the rule is a preview and not enabled"
            return Answer(why, [Line(f"preview: true or {turns_on} turns it on")])
        said = config.place_of_setting(("select",))
        names = ", ".join((*config.select, *config.extend_select)[:MOST])
        line = Line("select", location(said)) if said else Line(f"--select {names}")
        return Answer("ignored: the rule is not selected", [line])

    def _set(self, key: str, pointer: Pointer, selector: str) -> Line:
        said = self._config.place_of_setting(pointer)
        text = f"{key}: {selector}" if said else f"--{key} {selector}"
        return Line(text, said and location(said))

    def _found(self, rule: Rule, node: Node) -> Answer | None:
        """The answer if there is a finding, reported or accepted; None if there is none."""
        for finding in self._report.findings:
            for place in finding.places:
                if place.rule == rule.id and place.entity == node.reference:
                    if not finding.occurrences:
                        return Answer(
                            "it does report a finding", [finding_line(place)], has_finding=True
                        )
                    lines = [finding_line(finding), finding_line(place)]
                    reason = "it does report a finding, which covers several places"
                    return Answer(reason, lines, has_finding=True)
        for entry in self._report.suppressed:
            if entry.finding.rule == rule.id and entry.finding.entity == node.reference:
                return self._accepted(entry, node)
        return None

    def _accepted(self, entry: Suppressed, node: Node) -> Answer:
        if entry.by == BASELINE:
            reason = "in the baseline: the finding existed when the baseline was written"
            return Answer(reason, [finding_line(entry.finding)])
        until = f" until {entry.until}" if entry.until else ""
        if entry.by != "comment":
            return Answer(
                f"accepted by a dispensation{until}",
                [Line(entry.reason), finding_line(entry.finding)],
            )
        comment = next(
            (
                Line(found.reason, found.location)
                for found in suppressions.read(self._model.documents, self._model.graph)
                if found.rule == entry.finding.rule
                and found.reason == entry.reason
                and node.document is not None
                and found.document.source.path == node.document.source.path
                and found.document.index == node.document.index
            ),
            Line(entry.reason),
        )
        return Answer(f"accepted by a comment{until}", [comment, finding_line(entry.finding)])

    def _nothing_met(self, rule: Rule, node: Node) -> Answer:
        """The answer if the rule reports what earlier stages find."""
        ignored = [
            flaw
            for flaw in self._model.flaws
            if flaw.condition == rule.condition
            and isinstance(flaw.place, Place)
            and node.document is not None
            and flaw.place.document.source.path == node.document.source.path
            and flaw.place.document.index == node.document.index
        ]
        if ignored and (answer := self._overridden(rule, path_of(ignored[0].place))) is not None:
            return answer
        others: Reasons = node.distrusted or {}
        lines = [
            self._flaw_line(flaw) for flaw in others.values() if flaw.condition != rule.condition
        ]
        if lines:
            return Answer(
                "nothing it reports was found; parts with these findings were not checked",
                [*dict.fromkeys(lines)][:MOST],
            )
        return Answer("held: this definition has nothing that the rule reports")

    def _judged(self, rule: Rule, node: Node) -> Answer:
        """The answer if the definition is a target of a rule about nodes."""
        settings, graph = self._settings, self._model.graph
        walker = Walker(
            self._loaded.ontology, settings.as_of.isoformat(), languages=settings.languages
        )
        params = settings.params.get(rule.id, {})
        compiled = compile_rule(rule, walker, params, settings.reports_absence)
        compiled.prepare(graph)
        if compiled.breaks(node):
            if not is_evident(compiled, graph):
                facts = missing(compiled, node, graph)
                return Answer("the rule waits for evidence", fact_lines(facts))
            return self._broken(compiled, node)
        lacking = missing(compiled, node, graph)
        if lacking:
            return Answer("unknown: a fact is missing", fact_lines(lacking))
        if doubted := doubts(compiled, node, graph):
            return self._distrusted(doubted)
        context = compiled.context
        types = tuple(context.ontology.types[kind] for kind in rule.targets)
        if rule.where is not None:
            parts = conjuncts(rule.where)
            failing = [p for p in parts if not compile_shape(context, p, types)(node)]
            if failing:
                values = value_lines(compiled, failing, node)
                reason = "not in where: the rule does not apply to this definition"
                return Answer(reason, values, failing)
        assert rule.shape is not None
        return Answer(
            "held: the definition meets the rule", value_lines(compiled, [rule.shape], node)
        )

    def _broken(self, compiled: CompiledRule, node: Node) -> Answer:
        """The answer if the definition breaks the rule, though nothing is reported."""
        rule, graph = compiled.rule, self._model.graph
        if compiled.absence is not None and (answer := self._absent(compiled, node)) is not None:
            return answer
        found = [*drafts(compiled, node, graph)]
        if not found:
            return self._distrusted(doubts(compiled, node, graph))
        for draft in found:
            if (answer := self._overridden(rule, path_of(draft.place))) is not None:
                return answer
        dispensations = Dispensations(graph, self._loaded.ontology, self._settings.as_of)
        if any(map(dispensations.may_accept, found)):
            kinds = [k.name for k in self._loaded.ontology.kinds.values() if k.suppresses]
            flawed = [n for kind in kinds for n in graph.kinds[kind] if n.distrusted]
            whys = [why for n in flawed for why in (n.distrusted or {}).values()]
            return self._distrusted(whys or [*graph.trust.words.values()][:1])
        finisher = Finisher(self._settings, {source.path: source for source in self._sources})
        at = {finding.location for finding in finisher.findings(found)}
        return self._doubled(rule, at)

    def _absent(self, compiled: CompiledRule, node: Node) -> Answer | None:
        """The answer if a missing fact is reported for other definitions, or for none."""
        assert compiled.absence is not None
        absent, where, kind = compiled.absence.missing, compiled.where, node.type.name
        if not absent(node):
            return None
        nodes = targets(compiled.rule, kind, self._model.graph)
        about = [n for n in nodes if where is None or where(n)]
        lacking = [n for n in about if compiled.breaks(n) and absent(n)]
        reported = report_absence(compiled, kind, len(about), lacking)
        if node in reported.unjudged:
            reason = f"unknown: no {kind} has the fact, so none is reported"
            return Answer(reason, fact_lines(absent(node)))
        if node not in reported.nodes:
            lines = [
                finding_line(place)
                for place in places(self._report.findings)
                if place.rule == compiled.rule.id
            ]
            return Answer("folded: it is reported for a parent of this definition", lines[:MOST])
        return None

    def _overridden(self, rule: Rule, path: str) -> Answer | None:
        for number, override in enumerate(self._settings.overrides):
            for index, selector in enumerate(override.ignore):
                if override.paths.match(path) and selects(selector, rule.id, rule.guideline):
                    line = self._set("ignore", ("overrides", number, "ignore", index), selector)
                    return Answer(f"ignored: an override turns the rule off for {path}", [line])
        return None

    def _doubled(self, rule: Rule, at: Collection[Location]) -> Answer:
        """The answer if another rule reports the same mistake, or it was accepted there."""
        rules = self._loaded.rules.rules
        preceding = {other.id for other in rules.values() if rule.id in other.instead_of}
        reported = [f for f in places(self._report.findings) if f.rule in preceding]
        reported = [f for f in reported if f.location in at] or reported
        if reported:
            reason = "folded: another rule reports the same mistake"
            return Answer(reason, [finding_line(finding) for finding in reported[:MOST]])
        for entry in self._report.suppressed:
            if entry.finding.rule in rule.instead_of and entry.finding.location in at:
                reason = "accepted: the same mistake is suppressed for another rule"
                return Answer(reason, [Line(entry.reason), finding_line(entry.finding)])
        return Answer(
            "folded: another rule reports the same mistake, and that finding is suppressed"
        )

    def _distrusted(self, whys: Sequence[Flaw]) -> Answer:
        lines = [*dict.fromkeys(map(self._flaw_line, whys))]
        return Answer(
            "distrusted: it depends on something that has a finding of its own", lines[:MOST]
        )

    def _flaw_line(self, flaw: Flaw) -> Line:
        """A flaw in the words of the rule that reports it."""
        at = flaw.place if isinstance(flaw.place, Location) else None
        if isinstance(flaw.place, Place):
            at = Location(path_of(flaw.place), locate(flaw.place))
        rule = reporting(self._loaded.rules.rules.values()).get(flaw.condition)
        if rule is None:
            return Line(flaw.condition, at)
        return Line(f"{rule.id} {condition_met(flaw, rule, None).message}", at)
