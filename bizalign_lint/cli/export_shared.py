"""Options and helpers of the commands that export the model."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.model import LoadedModel, load_model
from bizalign_lint.cli.options import setup_options
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import write_output
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.engine.model import Model
    from bizalign_lint.exporters.content import Content

_MOST_TOLD = 12
"""The most lines about what is left out; the rest is summed up."""

_selected = click.option(
    "--select", multiple=True, metavar="RULES", help="Only findings of these rules."
)
_ignored = click.option(
    "--ignore", multiple=True, metavar="RULES", help="Leave findings of these rules out."
)
path_argument = click.argument("path", required=False, type=click.Path())


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of exports that contain findings."""
    return _selected(_ignored(setup_options(command)))


def examples(*lines: str) -> str:
    """The end of the help of an export."""
    return "\b\nExamples:\n" + "".join(f"  bizalign-lint export {line}\n" for line in lines)


def read_model(
    session: Session, path: str | None, output: str | None, **options: Any
) -> LoadedModel:
    """The model of a workspace, without the file that is to be written."""
    return load_model(
        session,
        find_root((path,) if path else ()),
        "export",
        measured=lambda config: config.coverage or {},
        leave_out=os.path.abspath(output) if output is not None else "",
        **options,
    )


def content_of(read: LoadedModel) -> Content:
    """The model with its findings and coverage; findings in the baseline are left out."""
    from bizalign_lint.core.types import places
    from bizalign_lint.exporters.content import Content

    report = read.without_known(read.judged(read.settings))
    return Content(
        read.graph,
        read.loaded.ontology,
        read.settings.as_of,
        [*places(report.findings)],
        report.coverage,
        read.walker(),
    )


def write_text(
    output: str | None,
    pieces: Iterable[str],
    read: LoadedModel,
    left_out: Mapping[str, int] | None = None,
) -> None:
    """Write a text export, or print it, and report on standard error what is left out."""
    if output is None:
        sys.stdout.writelines(pieces)
    else:
        write_output(output, pieces, read.root.path)
    _tell(read, left_out)


def write_bytes(
    output: str, content: bytes, read: LoadedModel, left_out: Mapping[str, int] | None = None
) -> None:
    """Write a binary export, and report on standard error what is left out."""
    write_output(output, [content], read.root.path)
    _tell(read, left_out)


def _tell(read: LoadedModel, left_out: Mapping[str, int] | None) -> None:
    for line in _said(Counter(left_out or {})):
        sys.stderr.write(f"{line}\n")
    tell_errors(read.model)


def _said(left_out: Counter[str]) -> Iterator[str]:
    """The note about what is left out, the most frequent first."""
    if not left_out:
        return
    total = left_out.total()
    yield f"note: {total:,} values are left out: the format has no place for them, or no target"
    ranked = sorted(left_out.items(), key=lambda one: (-one[1], one[0]))
    for what, count in ranked[:_MOST_TOLD]:
        yield f"  {count:,} × {clean(what)}"
    rest = ranked[_MOST_TOLD:]
    if rest:
        yield f"  {sum(count for _, count in rest):,} × others, of {len(rest)} sorts"


def tell_errors(model: Model) -> None:
    """Report on standard error that values with errors are not in the export."""
    if model.flaws:
        sys.stderr.write(
            f"note: the model has errors ({len(model.flaws)}, see bizalign-lint check); the values "
            "with errors are not in the export\n"
        )
