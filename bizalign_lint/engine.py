"""The stages put together: parse → validate → link → check → filter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core import shipped as resources
from bizalign_lint.core.errors import RuleError, SchemaError
from bizalign_lint.core.report import Coverage, GuidelineInfo, Report, RuleInfo
from bizalign_lint.core.settings import Settings, SourceSpec, selects
from bizalign_lint.core.types import Document, Flaw, Place, Source
from bizalign_lint.findings import suppressions
from bizalign_lint.findings.assemble import assemble
from bizalign_lint.findings.finish import Finisher, path_of
from bizalign_lint.graph import integrity
from bizalign_lint.graph import linker as link
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.graph.revisions import HISTORY, has_changed, link_earlier, link_history
from bizalign_lint.graph.titles import with_names
from bizalign_lint.parsing.documents import Parsed, parse_all, read_document, read_shipped
from bizalign_lint.parsing.positions import lines
from bizalign_lint.rules import coverage
from bizalign_lint.rules import run as check
from bizalign_lint.rules.compiled.compile import CompiledRule, merged
from bizalign_lint.rules.compiled.compiler import Compiler
from bizalign_lint.rules.gaps import answering_for, conditional, judged
from bizalign_lint.rules.language.read import Forms, check_forms, read_rules
from bizalign_lint.rules.language.rule import Rule, RuleSet
from bizalign_lint.schema.file_result import file_result
from bizalign_lint.schema.load import build
from bizalign_lint.schema.ontology import Ontology
from bizalign_lint.schema.own import check_own
from bizalign_lint.schema.references import check_references
from bizalign_lint.schema.sanitize import Checked
from bizalign_lint.schema.validate import Validator

if TYPE_CHECKING:
    from bizalign_lint.core.lines import Lines
    from bizalign_lint.lifecycles.complete import Completer
    from bizalign_lint.mapping.landscape import Landscape


class Loaded(NamedTuple):
    """The domain knowledge of a run: shipped, and the organisation's own."""

    ontology: Ontology
    validator: Validator
    rules: RuleSet
    compiler: Compiler
    """Makes the rules ready for runs one after the other."""
    landscape: Landscape | None = None
    """What is read of other tools' files; None where nothing is."""
    completer: Completer | None = None
    """Completes definitions by what vendors say; None where no lock file does."""


class Model(NamedTuple):
    """The definitions of a workspace, read and linked."""

    graph: Graph
    documents: tuple[Document, ...]
    flaws: tuple[Flaw, ...]
    left_alone: tuple[str, ...]
    """The files that hold nothing of ours."""


def load(
    schemas: Sequence[Source] = (),
    rules: Sequence[Source] = (),
    sources: Sequence[SourceSpec] = (),
    lifecycles: Source | None = None,
    currency: str = "",
) -> Loaded:
    """Read the shipped schemas and rules, and those of the organisation; the mappings of other
    tools' files, and the lock file of lifecycles. What is shipped alone is read once in a process.
    ``currency`` is that of amounts that do not say theirs.

    Raises SchemaError, RuleError, MappingError or ConfigError, with the place.
    """
    own = schemas or rules or currency
    loaded = _load(schemas, rules, currency) if own else _shipped()
    return loaded._replace(
        landscape=_landscape(sources, loaded.ontology),
        completer=_completer(lifecycles, loaded.ontology),
    )


def load_for(settings: Settings) -> Loaded:
    """The domain knowledge of a run with these settings. Raises what ``load`` does."""
    return load(
        settings.schemas, settings.rules, settings.sources, settings.lifecycles, settings.currency
    )


@cache
def _shipped() -> Loaded:
    return _load((), (), "")


def _load(schemas: Sequence[Source], rules: Sequence[Source], currency: str) -> Loaded:
    ontology, validator = _kinds(schemas, currency) if schemas or currency else _shipped_kinds()
    own = [read_document(source, RuleError) for source in rules]
    if own:
        check_forms(own, rule_forms())
    rule_set = read_rules([*_shipped_rules(), *own])
    return Loaded(ontology, validator, rule_set, Compiler(ontology))


@cache
def _shipped_rules() -> list[Document]:
    return read_shipped(resources.rules())


@cache
def _shipped_kinds() -> tuple[Ontology, Validator]:
    return _kinds((), "")


def _kinds(schemas: Sequence[Source], currency: str) -> tuple[Ontology, Validator]:
    own = [read_document(source, SchemaError) for source in schemas]
    if own:
        form = read_document(resources.meta("kind")).value
        for document in own:
            check_own(document, form)
    ontology = build(
        [*read_shipped(resources.schemas()), *own],
        read_shipped(resources.vocabularies()),
        read_shipped(resources.languages()),
        currency,
    )
    validator = Validator(ontology)
    if own:
        check_references(own, ontology)
        validator.compile()
    return ontology, validator


def _landscape(sources: Sequence[SourceSpec], ontology: Ontology) -> Landscape | None:
    """The mappings, only read where another tool's files are."""
    if not sources:
        return None
    from bizalign_lint.mapping.landscape import read_landscape

    return read_landscape(sources, ontology)


def _completer(lock: Source | None, ontology: Ontology) -> Completer | None:
    if lock is None:
        return None
    from bizalign_lint.lifecycles.complete import Completer
    from bizalign_lint.lifecycles.lock import read_lock

    return Completer(ontology, read_lock(lock))


def parsed(loaded: Loaded, sources: Collection[Source]) -> Iterable[Parsed]:
    """What each file holds for us, in their order; all files of other tools are among them."""
    landscape, completer = loaded.landscape, loaded.completer
    held = parse_all(sources) if landscape is None else landscape.parse_all(sources)
    return held if completer is None else map(completer.complete, held)


def rule_forms() -> Forms:
    """What the files of a rules folder have to look like; those that we ship do."""
    names = ("rule", "guideline", "measure")
    return Forms(*(read_document(resources.meta(name)).value for name in names))


class Earlier(NamedTuple):
    """What a model is compared with."""

    graph: Graph
    """At an earlier revision."""
    versions: Callable[[Iterable[str]], Mapping[str, Sequence[Source]]]
    """From the paths of files to what each was up to that revision, the newest first."""


def compile_rules(
    loaded: Loaded, settings: Settings, with_transitions: bool = False
) -> list[CompiledRule]:
    """The selected rules about nodes, ready to run for as long as the caller keeps them."""
    return Compiler(loaded.ontology).rules(_running(loaded, settings, with_transitions), settings)


def _running(loaded: Loaded, settings: Settings, with_transitions: bool) -> list[Rule]:
    """The selected rules about nodes; those about transitions only on demand."""
    return [
        rule
        for rule in loaded.rules.rules.values()
        if rule.condition is None
        and (with_transitions or not rule.transition)
        and is_selected(rule, settings)
    ]


def names(loaded: Loaded) -> dict[str, dict[str, str]]:
    """What files of the set-up may name, and what it means: ``rules`` and ``kinds``."""
    rules = {rule.id: rule.summary for rule in loaded.rules.rules.values()}
    kinds = {kind.name: kind.description for kind in loaded.ontology.kinds.values()}
    return {"rules": rules, "kinds": kinds}


def is_selected(rule: Rule, settings: Settings) -> bool:
    """Whether a rule runs at all. An optional one is asked for by its id, or given a severity."""
    named = (*settings.select, *settings.extend_select)
    chosen = not settings.select or any(selects(s, rule.id, rule.guideline) for s in named)
    if rule.optional and rule.id not in named and rule.id not in settings.severities:
        return False
    return chosen and not any(selects(s, rule.id, rule.guideline) for s in settings.ignore)


def read_model(loaded: Loaded, sources: Collection[Source]) -> Model:
    """Parse, validate and link the files of a workspace."""
    ontology, validator = loaded.ontology, loaded.validator
    documents: list[Document] = []
    checked: list[Checked] = []
    flaws: list[Flaw] = []
    doubtful: dict[str, Flaw] = {}
    left_alone: list[str] = []
    for source, held in zip(sources, parsed(loaded, sources), strict=True):
        taken = file_result(held, ontology, validator)
        if taken.is_foreign:
            left_alone.append(source.path)
        documents += taken.documents
        checked += taken.checked
        flaws += taken.flaws
        doubtful |= taken.doubtful
    graph, unlinked = link.build(ontology, checked, doubtful)
    flaws = [*with_names(flaws, graph, ontology), *unlinked]
    flaws.extend(integrity.flaws(graph, ontology))
    return Model(graph, tuple(documents), tuple(flaws), tuple(left_alone))


def on_demand(
    loaded: Loaded, graph: Graph, active: Iterable[Rule], settings: Settings
) -> Iterator[Flaw]:
    """The flaws that are looked for only where a rule reports them."""
    reported = {rule.condition: rule for rule in active if rule.condition in conditions.ON_DEMAND}
    if conditions.REFERENCE_ORDER in reported:
        from bizalign_lint.graph import ordering

        yield from ordering.flaws(graph, loaded.ontology)
    aging = reported.get(conditions.VENDOR_DATA_OLD)
    if aging is not None and loaded.completer is not None:
        params = merged(aging, settings.params.get(aging.id, {}))
        yield from loaded.completer.aged(graph, settings.as_of, params)


def run(
    loaded: Loaded, sources: Sequence[Source], settings: Settings, unreadable: Sequence[Flaw] = ()
) -> Report:
    """Check a workspace. ``unreadable`` are the files that discovery could not read.

    Raises RuleError for a rule that the ontology contradicts.
    """
    return judge(loaded, read_model(loaded, sources), sources, settings, unreadable)


def judge(
    loaded: Loaded,
    model: Model,
    sources: Sequence[Source],
    settings: Settings,
    unreadable: Sequence[Flaw] = (),
    earlier: Earlier | None = None,
) -> Report:
    """What there is to say of a model that has been read from some sources.

    With ``earlier``, the rules about transitions run as well. Raises RuleError for a rule that the
    ontology contradicts.
    """
    compiled = loaded.compiler.rules(_running(loaded, settings, earlier is not None), settings)
    active = [
        rule
        for rule in loaded.rules.rules.values()
        if is_selected(rule, settings) and (earlier is not None or not rule.transition)
    ]
    if earlier is not None:
        _link_earlier(loaded, model, earlier, compiled)
    outcome = check.judge(compiled, model.graph)
    drafts = [
        *check.conditions_met(
            (*unreadable, *model.flaws, *on_demand(loaded, model.graph, active, settings)),
            active,
            model.graph,
        ),
        *outcome.drafts,
    ]
    by_path = {source.path: source for source in sources}
    foreign = frozenset(d.source.path for d in model.documents if d.origin is not None)
    assembled = assemble(
        drafts,
        suppressions.read(model.documents, model.graph),
        model.graph,
        loaded.ontology,
        active,
        loaded.rules.rules,
        settings,
        outcome.lacks,
        lambda flaws: check.conditions_met(flaws, active, model.graph),
        Finisher(settings, {p: s for p, s in by_path.items() if p not in foreign}),
    )
    return Report(
        findings=assembled.findings,
        suppressed=assembled.suppressed,
        files=len(sources),
        documents=len(model.documents),
        nodes=sum(map(len, model.graph.kinds.values())),
        rules=tuple(
            RuleInfo(
                rule.id,
                rule.name,
                rule.guideline,
                settings.severities.get(rule.id, rule.severity),
                rule.summary,
                rule.help,
            )
            for rule in active
        ),
        guidelines=tuple(GuidelineInfo(g.id, g.title, g.order) for g in loaded.rules.guidelines),
        as_of=settings.as_of,
        lines=partial(_lines_of, by_path),
        left_alone=model.left_alone,
        foreign=foreign,
        idle=tuple(
            c.rule.id
            for c in compiled
            if not any(model.graph.kinds.get(target, True) for target in c.rule.targets)
        ),
        seconds=outcome.seconds,
        coverage=measure(loaded, model.graph, settings),
        unread=tuple(
            sorted(
                {
                    path_of(flaw.place)
                    for flaw in (*unreadable, *model.flaws)
                    if flaw.condition in conditions.UNREAD
                }
            )
        ),
        doubtful=_doubtful(model),
        judged=judged(
            outcome.waits,
            [*outcome.judging, *conditional(active)],
            model.graph,
            loaded.ontology,
            settings.reports,
            None if earlier is None else has_changed,
        ),
        owner=partial(answering_for, model.graph),
        stopped=frozenset(outcome.stopped),
    )


def _doubtful(model: Model) -> frozenset[str]:
    """The definitions that break their schema."""
    broken = {
        (path_of(flaw.place), flaw.place.document.index)
        for flaw in model.flaws
        if flaw.condition in conditions.STRUCTURE and isinstance(flaw.place, Place)
    }
    nodes = (node for nodes in model.graph.kinds.values() for node in nodes) if broken else ()
    return frozenset(
        node.reference
        for node in nodes
        if node.document and (node.document.source.path, node.document.index) in broken
    )


def _link_earlier(
    loaded: Loaded, model: Model, earlier: Earlier, compiled: Sequence[CompiledRule]
) -> None:
    """Let the nodes of a model lead to what they were."""
    graph = model.graph
    link_earlier(graph, earlier.graph, model.flaws, loaded.ontology)
    kinds = {
        target
        for rule in compiled
        if HISTORY in rule.context.walker.taken
        for target in rule.rule.targets
    }

    def older(paths: Iterable[str]) -> dict[str, list[Graph]]:
        return {
            path: [read_model(loaded, [source]).graph for source in versions]
            for path, versions in earlier.versions(paths).items()
        }

    link_history((node for kind in sorted(kinds) for node in graph.kinds[kind]), older)


def measure(loaded: Loaded, graph: Graph, settings: Settings) -> tuple[Coverage, ...]:
    """How far a model is aligned; nothing where the settings do not ask."""
    if settings.thresholds is None:
        return ()
    measures = loaded.compiler.measures(loaded.rules, settings)
    return coverage.take_measures(measures, graph, settings.thresholds, settings.demanded)


def _lines_of(sources: Mapping[str, Source], path: str) -> Lines:
    """The lines of a file of a run; none for any other path."""
    return lines(sources.get(path, Source(path, b"")))
