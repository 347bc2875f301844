"""Reads the workspace for each call, and again only if a file or the set-up has changed."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from bizalign_lint.core.errors import NothingToCheckError, UsageError
from bizalign_lint.core.report import Report
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.today import today
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import judge
from bizalign_lint.engine.load import Loaded, load_for
from bizalign_lint.engine.model import Model, read_model
from bizalign_lint.engine.since import accept
from bizalign_lint.findings.baseline import Entry
from bizalign_lint.findings.baseline_file import read_baseline
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.questions.definitions import find_definition
from bizalign_lint.reporters.view import View
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.sources.bounds import work_tree
from bizalign_lint.sources.disk import Found, discover
from bizalign_lint.sources.roots import Root
from bizalign_lint.trend.basis import Basis
from bizalign_lint.trend.figures import Figures
from bizalign_lint.trend.points import Key
from bizalign_lint.workspace.config import Config, load, overlay
from bizalign_lint.workspace.open import make_settings
from bizalign_lint.workspace.selectors import check_selectors
from bizalign_lint.workspace.setup_files import own_files


class Reading(NamedTuple):
    """A workspace as read at one moment, with its configuration, settings and baseline."""

    root: str
    config: Config
    found: Found
    settings: Settings
    loaded: Loaded
    model: Model
    known: tuple[Entry, ...]
    """The findings of the baseline."""

    @property
    def graph(self) -> Graph:
        """The linked definitions."""
        return self.model.graph

    @property
    def sources(self) -> Sequence[Source]:
        """The files of the model."""
        return self.found.sources

    @property
    def view(self) -> View:
        """The view for reports: paths are relative to the root."""
        return View(root=self.root, here=self.root, repository=work_tree(self.root))

    def walker(self) -> Walker:
        """The walker that turns paths into functions, for the as-of date."""
        day = self.settings.as_of.isoformat()
        return Walker(self.loaded.ontology, day, languages=self.settings.languages)

    def find(self, text: str) -> Node:
        """The definition that a text names. Raises UsageError, with the nearest name."""
        return find_definition(text, self.graph, self.loaded.ontology)

    def report(self) -> Report:
        """The report of a check."""
        found = judge(self.loaded, self.model, self.sources, self.settings, self.found.flaws)
        return accept(found, self.known)

    def with_sources(self, sources: Sequence[Source]) -> Reading:
        """The workspace as it would be with other files."""
        found = self.found._replace(sources=[*sources])
        return self._replace(found=found, model=read_model(self.loaded, sources))


class _Kept(NamedTuple):
    """The latest model, and the set-up and files that it was read from."""

    setup: tuple[Any, ...]
    sources: Sequence[Source]
    loaded: Loaded
    model: Model


class _Judged(NamedTuple):
    """The latest report, and the model and settings that it is for."""

    model: Model
    by: tuple[Any, ...]
    report: Report


class Desk:
    """Keeps a workspace in memory between calls."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._kept: _Kept | None = None
        self._judged: _Judged | None = None
        self._measured: tuple[str, dict[Key, Figures]] = ("", {})

    def read(
        self,
        *,
        as_of: date | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        measured: bool = False,
    ) -> Reading:
        """The workspace as it is on disk now. The arguments override the configuration.

        ``measured`` also takes all measures of alignment. Raises BizalignError.
        """
        file_config = load(self.root)
        config = overlay(file_config, as_of=as_of, select=tuple(select), ignore=tuple(ignore))
        found = discover(self.root, config.include, config.exclude, own_files(config), config.also)
        thresholds = config.coverage if measured or config.coverage else None
        settings = make_settings(Root(self.root, None), config, today(), thresholds)
        loaded, model = self._model(settings, found)
        check_selectors(
            config,
            {rule.id: rule.params for rule in loaded.rules.rules.values()},
            [guideline.id for guideline in loaded.rules.guidelines],
            [measure.name for measure in loaded.rules.measures],
        )
        known = read_baseline(self.root) or ()
        return Reading(self.root, config, found, settings, loaded, model, known)

    def read_definitions(self, **options: Any) -> Reading:
        """As ``read``, but raises NothingToCheckError if the workspace has no definitions."""
        reading = self.read(**options)
        if not reading.model.documents and not reading.model.flaws and not reading.found.flaws:
            raise NothingToCheckError(
                "the workspace has no definitions",
                hint="a definition starts with apiVersion: bizalign/v1, in a file that ends in "
                ".yaml",
            )
        return reading

    def report(self, reading: Reading) -> Report:
        """The report of a check of a reading; kept until the model or its settings change."""
        by = _comparable(reading.settings), reading.known, reading.found.flaws
        last = self._judged
        if last is None or last.model is not reading.model or last.by != by:
            last = self._judged = _Judged(reading.model, by, reading.report())
        return last.report

    def measured(self, basis: Basis) -> dict[Key, Figures]:
        """The figures measured so far with a basis; the caller adds new ones."""
        digest = basis.digest()
        if self._measured[0] != digest:
            self._measured = digest, {}
        return self._measured[1]

    def _model(self, settings: Settings, found: Found) -> tuple[Loaded, Model]:
        """The set-up and the model of some files; read again only if either has changed."""
        of = _comparable(settings)
        setup = (of.schemas, of.rules, of.sources, of.lifecycles, of.currency)
        last = self._kept
        if last is None or last.setup != setup:
            loaded = load_for(settings)
        elif last.sources == found.sources:
            return last.loaded, last.model
        else:
            loaded = last.loaded
        if last is not None:
            # The old model is as large as the new one, and full of reference cycles.
            last = self._kept = self._judged = None
            gc.collect()
        model = read_model(loaded, found.sources)
        self._kept = _Kept(setup, found.sources, loaded, model)
        return loaded, model


def _comparable(settings: Settings) -> Settings:
    """The settings without their places in the configuration, which are never equal."""
    sources = tuple(spec._replace(place=None) for spec in settings.sources)
    return settings._replace(sources=sources)


def day(text: str | None) -> date | None:
    """The date in a text in ISO 8601; None for None. Raises UsageError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text} is not a date: {error}") from None
