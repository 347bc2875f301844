"""``bizalign-lint config``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.group import HelpfulGroup
from bizalign_lint.cli.options import check_options, effective
from bizalign_lint.cli.session import Session
from bizalign_lint.core.today import today
from bizalign_lint.core.types import Pointer, Severity
from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View
from bizalign_lint.sources.roots import Root, find_root

if TYPE_CHECKING:
    from bizalign_lint.core.settings import Grade
    from bizalign_lint.workspace.config import Config


@click.group("config", cls=HelpfulGroup)
def command() -> None:
    """Show the configuration and where each setting comes from."""


@command.command("show")
@click.argument("path", required=False, type=click.Path())
@check_options
@click.pass_obj
def show(session: Session, /, path: str | None, **options: Any) -> None:
    """Print the effective configuration as YAML, and where each value is set.

    PATH chooses the workspace. If it is a file, the settings for
    that file are shown, with matching overrides applied.
    """
    root = find_root([path] if path else [])
    session.root = root.path
    config = effective(root.path, **options)
    view = View(root.path, os.getcwd())
    for line in _lines(config, root, view, path):
        sys.stdout.write(f"{clean(line)}\n")


def _lines(config: Config, root: Root, view: View, path: str | None) -> Iterator[str]:
    inside = root.only[0] if root.only and path and not os.path.isdir(path) else None
    yield f"# workspace: {view.path()}"
    if inside is not None:
        yield f"# in force for: {view.path(inside)}"
    rows = list(_rows(config, inside))
    column = min(max(len(text) for text, _ in rows), 60) + 2
    for text, pointer in rows:
        note = "" if pointer is None else f"# {_origin(config, pointer, view)}"
        yield f"{text:{column}}{note}".rstrip()


Row = tuple[str, Pointer | None]
"""A line of YAML, and the way to the value whose origin belongs beside it."""


def _rows(config: Config, inside: str | None) -> Iterator[Row]:
    yield from _sequence("include", dict(_indexed("include", config.include.patterns)))
    yield from _sequence("exclude", dict(_indexed("exclude", config.exclude.patterns)))
    packs = [pack.name if pack.is_installed else pack.path for pack in config.packs]
    yield from _sequence("packs", dict(_indexed("packs", tuple(packs))))
    yield from _sequence("schemas", dict(_indexed("schemas", config.schemas)))
    yield from _sequence("rules", dict(_indexed("rules", config.rules)))
    yield from _sources(config)
    yield from _sequence("select", dict(_indexed("select", config.select)))
    yield from _sequence("extendSelect", dict(_indexed("extendSelect", config.extend_select)))
    yield f"preview: {str(config.preview).lower()}", ("preview",)
    ignore = dict(_indexed("ignore", config.ignore))
    severity: dict[Pointer, Any] = {
        ("severity", rule): _grade(value) for rule, value in config.severity.items()
    }
    if inside is not None:
        for number, override in enumerate(config.overrides):
            if not override.paths.match(inside):
                continue
            for index, selector in enumerate(override.ignore):
                ignore["overrides", number, "ignore", index] = selector
            for rule, value in override.severities.items():
                severity = {p: v for p, v in severity.items() if p[-1] != rule}
                severity["overrides", number, "severity", rule] = _grade(value)
    yield from _sequence("ignore", ignore)
    yield from _mapping("severity", severity)
    yield from _params(config)
    yield from _mapping(
        "coverage", {("coverage", name): value for name, value in config.coverage.items()}
    )
    if config.currency:
        yield f"currency: {config.currency}", ("currency",)
    if "" in config.languages:
        yield f"language: {config.languages['']}", ("language",)
    named = {name: language for name, language in config.languages.items() if name}
    if named:
        yield from _mapping(
            "languages", {("languages", name): code for name, code in named.items()}
        )
    yield f"unmeasured: {config.unmeasured}", ("unmeasured",)
    yield f"absent: {config.absent}", ("absent",)
    yield f"failOn: {config.fail_on}", ("failOn",)
    yield f"asOf: {config.as_of or today()}", ("asOf",)
    if inside is None:
        yield from _overrides(config)


def _sources(config: Config) -> Iterator[Row]:
    if not config.sources:
        yield "sources: []", ("sources",)
        return
    yield "sources:", None
    for number, said in enumerate(config.sources):
        lead = "  - "
        for key, value in said.items():
            yield f"{lead}{key}: {flow(value)}", ("sources", number, key)
            lead = "    "


def _indexed(key: str, values: tuple[str, ...]) -> Iterator[tuple[Pointer, str]]:
    for index, value in enumerate(values):
        yield (key, index), value


def _sequence(key: str, values: Mapping[Pointer, str]) -> Iterator[Row]:
    if not values:
        yield f"{key}: []", (key,)
        return
    yield f"{key}:", None
    for pointer, value in values.items():
        yield f"  - {flow(value)}", pointer


def _mapping(key: str, values: Mapping[Pointer, Any], indent: str = "") -> Iterator[Row]:
    if not values:
        yield f"{indent}{key}: {{}}", (key,)
        return
    yield f"{indent}{key}:", None
    for pointer, value in values.items():
        yield f"{indent}  {flow(pointer[-1])}: {flow(value)}", pointer


def _params(config: Config) -> Iterator[Row]:
    if not config.params:
        yield "params: {}", ("params",)
        return
    yield "params:", None
    for rule, values in config.params.items():
        yield from _mapping(
            rule, {("params", rule, name): value for name, value in values.items()}, "  "
        )


def _overrides(config: Config) -> Iterator[Row]:
    if not config.overrides:
        yield "overrides: []", ("overrides",)
        return
    yield "overrides:", None
    for number, override in enumerate(config.overrides):
        here: Pointer = ("overrides", number)
        yield f"  - paths: {flow(list(override.paths.patterns))}", here
        if override.ignore:
            yield f"    ignore: {flow(list(override.ignore))}", (*here, "ignore")
        if override.severities:
            yield "    severity:", None
            for rule, value in override.severities.items():
                yield f"      {rule}: {flow(_grade(value))}", (*here, "severity", rule)


def _grade(value: Grade) -> Any:
    """A severity as the configuration says it."""
    if isinstance(value, Severity):
        return value.value
    return {severity.value: day for day, severity in value}


def _origin(config: Config, pointer: Pointer, view: View) -> str:
    """Who says a value: ``default``, ``command line`` or a place."""
    from bizalign_lint.workspace.layers import location
    from bizalign_lint.workspace.profiles import PROFILE

    said = config.place_of_setting(pointer)
    if said is None:
        return "command line" if pointer in config.origins else "default"
    there = location(said)
    path = there.path if there.path.startswith(PROFILE) else view.path(there.path)
    return f"{path}:{there.span.line}:{there.span.column}"
