"""A model, and a change of it → the files as they would be, and what that does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from bizalign_lint.compare.changes import CoverageChange, coverage_changes
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Document, Operation, Pointer, Source
from bizalign_lint.engine.judge import measure
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import Model, read_model
from bizalign_lint.fixes.alter import altered, at, rewritten
from bizalign_lint.forecast.move import Move
from bizalign_lint.forecast.moves import moves
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.gaps import business_perspectives
from bizalign_lint.whatif.money import Money, money, pairs
from bizalign_lint.whatif.scenarios import Alteration
from bizalign_lint.whatif.support import Loss, losses


class Edit(NamedTuple):
    """A value that is another one."""

    entity: str
    path: str
    """The file that it is in."""
    property: str
    """Where in the definition it is, as ``spec/lifecycle/endOfLife``."""
    before: Any
    """None where there was nothing."""
    after: Any
    """None where there is nothing."""


class Outcome(NamedTuple):
    """What a change does to a model."""

    title: str
    """The change in words."""
    as_of: str
    until: str
    """The last day that is looked at."""
    day: str
    """The day for which support, money and coverage are reported."""
    edits: tuple[Edit, ...]
    added: tuple[str, ...]
    """The definitions that it adds."""
    moves: tuple[Move, ...]
    """The findings that are true at another time."""
    losses: tuple[Loss, ...]
    money: Money
    coverage: tuple[CoverageChange, ...]
    """The measures that come out differently."""
    changed: tuple[tuple[Source, Source], ...]
    """The files as they are and as they would be; of a new one, the first is empty."""
    unwritable: str = ""
    """The file that could be judged with the change, and not written, as its form is unusual."""


class Plan(NamedTuple):
    """A change that is to be weighed."""

    title: str
    alterations: Sequence[Alteration]
    touched: Sequence[Node]
    added: Sequence[Source] = ()
    """New files."""
    day: date | None = None
    """The day on which it takes effect; None for that on which it is asked."""


def weigh(
    loaded: Loaded,
    model: Model,
    sources: Sequence[Source],
    settings: Settings,
    plan: Plan,
    until: date,
) -> Outcome:
    """What a change does. Raises UsageError where it cannot be made."""
    changed, unwritable = edited(model, sources, plan.alterations)
    files = {source.path: source for source in sources}
    files.update({new.path: new for _, new in changed})
    files.update({source.path: source for source in plan.added})
    after_sources = [files[path] for path in sorted(files)]
    after = read_model(loaded, after_sources)
    day = max(settings.as_of, plan.day or settings.as_of)
    ontology = loaded.ontology
    walker = Walker(ontology, day.isoformat(), languages=settings.languages)
    added = _added(after, {source.path for source in plan.added})
    business = business_perspectives()
    then = settings._replace(as_of=day, thresholds=settings.thresholds or {})
    return Outcome(
        plan.title,
        settings.as_of.isoformat(),
        until.isoformat(),
        day.isoformat(),
        tuple(_edits(plan.alterations)),
        tuple(node.reference for node in added),
        tuple(moves(loaded, (model, [*sources]), (after, after_sources), settings, until)),
        tuple(
            losses(
                model.graph,
                after.graph,
                day.isoformat(),
                ontology,
                (
                    type_.name
                    for kind in ontology.kinds.values()
                    if kind.perspective in business
                    for type_ in (kind.type, *kind.nested)
                ),
            )
        ),
        money(pairs((*plan.touched, *added), model.graph, after.graph), day.isoformat(), walker),
        coverage_changes(*(measure(loaded, graph, then) for graph in (model.graph, after.graph))),
        (*changed, *((Source(new.path, b""), new) for new in plan.added)),
        unwritable,
    )


def edited(
    model: Model, sources: Sequence[Source], alterations: Iterable[Alteration]
) -> tuple[list[tuple[Source, Source]], str]:
    """The files that alterations change, as they are and as they would be, and the first of them
    that cannot be written so.

    Raises UsageError where a definition cannot be edited.
    """
    ours = {id(document) for document in model.documents}
    files = {source.path: source for source in sources}
    by_path: dict[str, list[Alteration]] = {}
    for alteration in alterations:
        document = alteration.document
        path = document.source.path
        if document.origin is not None:
            raise UsageError(
                f"{path} is another tool's file, which is read and never edited: "
                f"{_entity(document)} cannot be changed here",
                hint="change it in that tool, then see what check and forecast say",
            )
        if id(document) not in ours:
            raise UsageError(
                f"{_entity(document)} in {path} breaks its schema, so that it cannot be edited "
                "safely",
                hint=f"see bizalign-lint check {path}",
            )
        by_path.setdefault(path, []).append(alteration)
    changed = []
    unwritable = ""
    for path, found in sorted(by_path.items()):
        new = altered(files[path], [alteration.change for alteration in found])
        if new is None:
            unwritable = unwritable or path
            documents = [one for one in model.documents if one.source.path == path]
            new = rewritten(files[path], documents, [one.change for one in found])
        if new is None:
            where = ", ".join(dict.fromkeys(_where(a.change.pointer) for a in found))
            raise UsageError(
                f"{path}: {where} cannot be edited safely in the form it is written",
                hint="write it without anchors, aliases and merge keys, or make the change "
                "yourself on a branch and run bizalign-lint diff",
            )
        changed.append((files[path], new))
    return changed, unwritable


def _added(model: Model, paths: set[str]) -> list[Node]:
    return [
        node
        for nodes in model.graph.kinds.values()
        for node in nodes
        if node.holder is None and node.document and node.document.source.path in paths
    ]


def _edits(alterations: Iterable[Alteration]) -> Iterable[Edit]:
    for document, change in alterations:
        yield Edit(
            _entity(document),
            document.source.path,
            _where(change.pointer),
            at(document.value, change.pointer),
            None if change.operation is Operation.REMOVE else change.value,
        )


def _entity(document: Document) -> str:
    value = document.value
    return f"{value.get('kind')}:{value.get('metadata', {}).get('name')}"


def _where(pointer: Pointer) -> str:
    return "/".join(map(str, pointer))
