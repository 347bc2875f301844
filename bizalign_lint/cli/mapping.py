"""``bizalign-lint mapping``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bizalign_lint.cli.group import HelpfulGroup
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import UsageError
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.core.types import Source

_TESTS = ".test.yaml"


@click.group("mapping", cls=HelpfulGroup)
def command() -> None:
    """List the shipped mappings, and test mappings of your own."""


@command.command("list")
def list_() -> None:
    """List the shipped mappings, each with the format that it reads."""
    from bizalign_lint.core import shipped
    from bizalign_lint.parsing.documents import read_document

    mappings = shipped.mappings()
    width = max(map(len, mappings))
    for name, source in sorted(mappings.items()):
        title = source.content.decode().partition("\n")[0].removeprefix("# ")
        reader = read_document(source).value["reader"]
        sys.stdout.write(f"{name:<{width}} {reader:<10} {title.partition(' What is lost')[0]}\n")


@command.command("test")
@click.argument("files", nargs=-1, type=click.Path())
@click.option("-v", "--verbose", is_flag=True, help="Also list the cases that pass.")
@click.pass_obj
def test(session: Session, /, files: tuple[str, ...], verbose: bool) -> int:
    """Run the cases of mappings.

    FILES are mappings; the cases of each are beside it, in a file that ends in .test.yaml. Without
    any, the configured mappings of your own are tested. Exit code 1 if a case fails.
    """
    from bizalign_lint.cli.mapping_cases import try_mappings
    from bizalign_lint.cli.rule_cases import summed
    from bizalign_lint.engine.load import load
    from bizalign_lint.workspace.config import load as load_config
    from bizalign_lint.workspace.setup_files import read_own, read_specs

    root = find_root(()).path
    session.root = root
    config = load_config(root)
    ontology = load(read_own(root, config, "schemas")).ontology
    named = files or tuple(
        os.path.relpath(os.path.join(root, spec.name))
        for spec in read_specs(root, config)
        if spec.mapping is not None
    )
    if not named:
        raise UsageError(
            "no mappings are given, and the configuration names none of your own",
            hint="give files, for example bizalign-lint mapping test lint/apps.yaml",
        )
    tried = try_mappings(ontology, [*_pairs(named)], verbose)
    sys.stdout.writelines(f"{line}\n" for line in tried.lines)
    sys.stdout.write(f"{summed(len(named), 'mapping', tried)}\n")
    return int(bool(tried.failed))


def _pairs(named: tuple[str, ...]) -> Iterator[tuple[Source, Source]]:
    """Each mapping with its cases."""
    from bizalign_lint.core import shipped

    for path in named:
        mapping = path.removesuffix(_TESTS).removesuffix(".yaml")
        for file in (f"{mapping}.yaml", f"{mapping}{_TESTS}"):
            if not os.path.isfile(file):
                raise UsageError(f"no such file: {file}")
        yield shipped.read(f"{mapping}.yaml"), shipped.read(f"{mapping}{_TESTS}")
