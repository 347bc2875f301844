"""A model and a planned change → the files as they would be, and the effects."""

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
    """A changed value of a definition."""

    entity: str
    path: str
    """The file of the definition."""
    property: str
    """The value's place in the definition, such as ``spec/lifecycle/endOfLife``."""
    before: Any
    """None if there was no value."""
    after: Any
    """None if the value is removed."""


class Outcome(NamedTuple):
    """The effects of a change on a model. Days are in ISO 8601."""

    title: str
    """The change in words."""
    as_of: str
    until: str
    """The last day of the forecast."""
    day: str
    """The day for which support, money and coverage are reported."""
    edits: tuple[Edit, ...]
    added: tuple[str, ...]
    """The references of the definitions that the change adds."""
    moves: tuple[Move, ...]
    """The findings that appear or end at another time."""
    losses: tuple[Loss, ...]
    money: Money
    coverage: tuple[CoverageChange, ...]
    """The measures with another outcome."""
    changed: tuple[tuple[Source, Source], ...]
    """The files as they are and as they would be; the first is empty for a new file."""
    unwritable: str = ""
    """A file that was judged with the change, but cannot be edited safely; empty if none."""


class Plan(NamedTuple):
    """A change to be evaluated."""

    title: str
    alterations: Sequence[Alteration]
    touched: Sequence[Node]
    added: Sequence[Source] = ()
    """New files."""
    day: date | None = None
    """The day on which it takes effect; None for the as-of date."""


def weigh(
    loaded: Loaded,
    model: Model,
    sources: Sequence[Source],
    settings: Settings,
    plan: Plan,
    until: date,
) -> Outcome:
    """The outcome of a planned change. Raises UsageError if the change cannot be made."""
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
        title=plan.title,
        as_of=settings.as_of.isoformat(),
        until=until.isoformat(),
        day=day.isoformat(),
        edits=tuple(_edits(plan.alterations)),
        added=tuple(node.reference for node in added),
        moves=tuple(moves(loaded, (model, [*sources]), (after, after_sources), settings, until)),
        losses=tuple(
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
        money=money(
            pairs((*plan.touched, *added), model.graph, after.graph), day.isoformat(), walker
        ),
        coverage=coverage_changes(
            *(measure(loaded, graph, then) for graph in (model.graph, after.graph))
        ),
        changed=(*changed, *((Source(new.path, b""), new) for new in plan.added)),
        unwritable=unwritable,
    )


def edited(
    model: Model, sources: Sequence[Source], alterations: Iterable[Alteration]
) -> tuple[list[tuple[Source, Source]], str]:
    """The files that alterations change, as they are and as they would be.

    Beside them the path of the first that cannot be edited in place, or the empty text. Raises
    UsageError if a definition cannot be changed at all.
    """
    ours = {id(document) for document in model.documents}
    files = {source.path: source for source in sources}
    by_path: dict[str, list[Alteration]] = {}
    for alteration in alterations:
        document = alteration.document
        path = document.source.path
        if document.origin is not None:
            raise UsageError(
                f"{_entity(document)} cannot be changed here: it comes from {path}, another tool's "
                "file, which is never edited",
                hint="change it in that tool, then run check and forecast",
            )
        if id(document) not in ours:
            raise UsageError(
                f"{_entity(document)} in {path} breaks its schema, so it cannot be edited safely",
                hint=f"fix what bizalign-lint check {path} reports first",
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
                hint="write it without anchors, aliases and merge keys, or make the change by hand "
                "on a branch and run bizalign-lint diff",
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
            entity=_entity(document),
            path=document.source.path,
            property=_where(change.pointer),
            before=at(document.value, change.pointer),
            after=None if change.operation is Operation.REMOVE else change.value,
        )


def _entity(document: Document) -> str:
    value = document.value
    return f"{value.get('kind')}:{value.get('metadata', {}).get('name')}"


def _where(pointer: Pointer) -> str:
    return "/".join(map(str, pointer))
