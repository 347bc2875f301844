"""What the commands share that read a model: the model, and the definitions meant."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bizalign_lint.cli.options import (
    check_names,
    color_option,
    effective,
    format_option,
    setup_options,
)
from bizalign_lint.cli.session import Session
from bizalign_lint.core import conditions
from bizalign_lint.core.errors import NothingToCheckError
from bizalign_lint.core.today import today
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
    """The model of a workspace, ready to be asked or judged."""

    root: Root
    workspace: Workspace
    loaded: Loaded
    model: Model
    view: View

    @property
    def graph(self) -> Graph:
        """Its definitions, linked."""
        return self.model.graph

    @property
    def settings(self) -> Settings:
        """What is in force."""
        return self.workspace.settings

    def walker(self) -> Walker:
        """What makes functions of paths, for the day that is asked about."""
        from bizalign_lint.rules.compiled.steps import Walker

        settings = self.settings
        day = settings.as_of.isoformat()
        return Walker(self.loaded.ontology, day, languages=settings.languages)

    def judged(self, settings: Settings) -> Report:
        """All that is found by some settings."""
        from bizalign_lint.engine.judge import judge

        found = self.workspace.found
        return judge(self.loaded, self.model, found.sources, settings, found.flaws)

    def without_known(self, report: Report) -> Report:
        """A report on it, but for what the baseline knows."""
        from bizalign_lint.engine.since import accept
        from bizalign_lint.findings.baseline_file import read_baseline

        return accept(report, read_baseline(self.root.path) or ())


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that ask about definitions."""
    return setup_options(format_option(("text", "csv", "json"))(color_option(command)))


def load_model(
    session: Session,
    root: Root,
    purpose: str,
    *,
    measured: Callable[[Config], Mapping[str, float] | None] = lambda _: None,
    leave_out: str = "",
    **options: Any,
) -> LoadedModel:
    """The model of a workspace, which is read for a purpose; ``options`` are those of the set-up.

    ``measured`` says which measures of alignment are taken, of those the configuration asks for;
    ``leave_out`` is the absolute path of a file that is no part of the model.
    Raises NothingToCheckError where there is no definition.
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
            f"there is nothing to {purpose} in {root.path}: no definition",
            hint=below(workspace.found) or "a definition starts with apiVersion: bizalign/v1",
        )
    style = Style(wants_colors(session.color, sys.stdout.isatty(), os.environ))
    view = View(root=root.path, here=os.getcwd(), style=style)
    return LoadedModel(root, workspace, loaded, model, view)


def ask(session: Session, color: str, **options: Any) -> LoadedModel:
    """The model of the workspace that one is in, for a question about its definitions."""
    session.color = color
    options |= {"select": (), "ignore": (), "fail_on": None}
    read = load_model(session, find_root(()), "ask about", **options)
    tell_unreadable(read)
    return read


def tell_unreadable(read: LoadedModel) -> None:
    """Say on standard error that files cannot be read, and so what they define is missing."""
    from bizalign_lint.findings.finish import path_of

    flaws = (*read.workspace.found.flaws, *read.model.flaws)
    paths = sorted({path_of(flaw.place) for flaw in flaws if flaw.condition == conditions.SYNTAX})
    if paths:
        what = paths[0] if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"
        sys.stderr.write(
            f"note: {clean(what)} cannot be read as a whole (see bizalign-lint check); "
            "definitions may be missing here\n"
        )


def find_definition(text: str, loaded_model: LoadedModel) -> Node:
    """The definition that a text names. Raises UsageError where that is not one."""
    from bizalign_lint.questions import definitions

    return definitions.find_definition(text, loaded_model.graph, loaded_model.loaded.ontology)


def check_kind(kind: str, loaded_model: LoadedModel) -> None:
    """Raise UsageError for a kind that there is not."""
    from bizalign_lint.questions import definitions

    definitions.check_kind(kind, loaded_model.loaded.ontology)
