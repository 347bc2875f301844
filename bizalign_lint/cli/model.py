"""Options and helpers of the commands that read a model."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bizalign_lint.cli.options import (
    check_names,
    color_option,
    config_file_option,
    effective,
    format_option,
)
from bizalign_lint.cli.session import Session
from bizalign_lint.core import conditions
from bizalign_lint.core.errors import NothingToCheckError
from bizalign_lint.core.today import today
from bizalign_lint.core.words import first_of
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.style import Style, wants_colors
from bizalign_lint.reporters.view import View
from bizalign_lint.sources.roots import Root, find_root

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.core.settings import Settings
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.engine.model import Model
    from bizalign_lint.graph.nodes import Graph, Node
    from bizalign_lint.rules.compiled.steps import Walker
    from bizalign_lint.workspace.config import Config
    from bizalign_lint.workspace.open import Workspace


class LoadedModel(NamedTuple):
    """The model of a workspace, with its set-up and the view for showing it."""

    root: Root
    workspace: Workspace
    loaded: Loaded
    model: Model
    view: View

    @property
    def graph(self) -> Graph:
        """The linked definitions."""
        return self.model.graph

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.workspace.settings

    def walker(self) -> Walker:
        """The walker that turns paths into functions, for the as-of date."""
        from bizalign_lint.rules.compiled.steps import Walker

        settings = self.settings
        day = settings.as_of.isoformat()
        return Walker(self.loaded.ontology, day, languages=settings.languages)

    def judged(self, settings: Settings) -> Report:
        """The report on the model by some settings."""
        from bizalign_lint.engine.judge import judge

        found = self.workspace.found
        return judge(self.loaded, self.model, found.sources, settings, found.flaws)

    def without_known(self, report: Report) -> Report:
        """A report without the findings of the baseline."""
        from bizalign_lint.engine.since import accept
        from bizalign_lint.findings.baseline_file import read_baseline

        return accept(report, read_baseline(self.root.path) or ())


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of commands that answer questions about definitions."""
    return config_file_option(format_option(("text", "csv", "json"))(color_option(command)))


def load_model(
    session: Session,
    root: Root,
    purpose: str,
    *,
    measured: Callable[[Config], Mapping[str, float] | None] = lambda _: None,
    leave_out: str = "",
    **options: Any,
) -> LoadedModel:
    """Read the model of a workspace. ``purpose`` is a verb for messages, ``options`` the set-up's.

    ``measured`` gives the thresholds of the measures to take, from the configuration; ``leave_out``
    is the absolute path of a file that does not belong to the model. Raises NothingToCheckError if
    there are no definitions.
    """
    from bizalign_lint.engine.load import load_for
    from bizalign_lint.engine.model import read_model
    from bizalign_lint.workspace.open import below, open_workspace

    session.root = root.path
    config = effective(root.path, **options)
    workspace = open_workspace(root, config, today(), measured(config))
    if leave_out:
        kept = [s for s in workspace.found.sources if os.path.join(root.path, s.path) != leave_out]
        workspace = workspace._replace(found=workspace.found._replace(sources=kept))
    settings = workspace.settings
    loaded = load_for(settings)
    check_names(config, loaded)
    model = read_model(loaded, workspace.found.sources)
    if not model.documents:
        raise NothingToCheckError(
            f"there is nothing to {purpose} in {root.path}: it has no definitions",
            hint=below(workspace.found) or "a definition starts with apiVersion: bizalign/v1",
        )
    style = Style(wants_colors(session.color, sys.stdout.isatty(), os.environ))
    view = View(root=root.path, here=os.getcwd(), style=style)
    return LoadedModel(root, workspace, loaded, model, view)


def ask(session: Session, color: str, **options: Any) -> LoadedModel:
    """The model of the current workspace, for a question about its definitions."""
    session.color = color
    read = load_model(session, find_root(()), "ask about", **options)
    tell_unreadable(read)
    return read


def tell_unreadable(read: LoadedModel) -> None:
    """Report on standard error that definitions may be missing, if files cannot be read in full."""
    from bizalign_lint.findings.finish import path_of

    flaws = (*read.workspace.found.flaws, *read.model.flaws)
    paths = sorted({path_of(flaw.place) for flaw in flaws if flaw.condition == conditions.SYNTAX})
    if paths:
        sys.stderr.write(
            f"note: {clean(first_of(paths, 1))} cannot be read in full (see bizalign-lint check); "
            "definitions may be missing here\n"
        )


def find_definition(text: str, loaded_model: LoadedModel) -> Node:
    """The definition that a text names. Raises UsageError if there is none, or several."""
    from bizalign_lint.questions import definitions

    return definitions.find_definition(text, loaded_model.graph, loaded_model.loaded.ontology)


def check_kind(kind: str, loaded_model: LoadedModel) -> None:
    """Raise UsageError for an unknown kind."""
    from bizalign_lint.questions import definitions

    definitions.check_kind(kind, loaded_model.loaded.ontology)
