"""What is wrong with the set-up, as a person reads it."""

from __future__ import annotations

import os
import sys

import click

from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import BizalignError
from bizalign_lint.core.lines import Lines
from bizalign_lint.core.suggest import nearest, suggestion
from bizalign_lint.parsing.yaml.text import BadText, decode
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.snippet import snippet
from bizalign_lint.reporters.style import Style, wants_colors
from bizalign_lint.reporters.view import View
from bizalign_lint.sources.read import read


def print_error(error: BizalignError, session: Session) -> None:
    """Print an error, and those that it carries, with place, line and hint."""
    style = _style(session)
    for one in (error, *error.others):
        _print_error(one, session, style)


def _print_error(error: BizalignError, session: Session, style: Style) -> None:
    label = style("error", "error")
    if error.location is None:
        _print(f"{label}: {clean(error.message)}")
        if error.hint:
            _print(f"  {style('help', 'hint')}: {clean(error.hint)}")
        return
    span = error.location.span
    path = View(session.root or os.getcwd(), os.getcwd()).path(error.location.path)
    place = style("strong", f"{clean(path)}:{span.line}:{span.column}")
    _print(f"{place}: {label}: {clean(error.message)}")
    gutter = len(str(span.line))
    shown = snippet(_lines(path), span, gutter, 100, style, "error")
    for line in shown:
        _print(line)
    if error.hint:
        lead = style("gutter", f"{'':{gutter}} = ") if shown else "  "
        _print(f"{lead}{style('help', 'hint')}: {clean(error.hint)}")


def print_usage_error(error: click.ClickException, session: Session) -> None:
    """Print what the command line parser does not understand."""
    style = _style(session)
    context = error.ctx if isinstance(error, click.UsageError) else None
    message, instead = error.format_message(), ""
    if isinstance(error, click.NoSuchOption) and context is not None:
        message = f"{context.command_path} has no option {error.option_name}"
        # Not the parser's, which names options that are less like it.
        shown = (option for option in context.command.params if not _is_hidden(option))
        known = (name for option in shown for name in option.opts if name.startswith("--"))
        instead = suggestion(nearest(error.option_name, known))
    _print(f"{style('error', 'error')}: {message}")
    if context is not None:
        _print(f"  {style('help', 'hint')}: {instead or f'see {context.command_path} --help'}")


def _is_hidden(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Option) and parameter.hidden


def _style(session: Session) -> Style:
    return Style(wants_colors(session.color, sys.stderr.isatty(), os.environ))


def _lines(path: str) -> Lines:
    try:
        text = decode(read(os.path.realpath(path)) or b"")
    except OSError:
        return Lines("")
    return Lines(text.text if isinstance(text, BadText) else text)


def _print(line: str) -> None:
    sys.stderr.write(f"{line}\n")
