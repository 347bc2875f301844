"""``bizalign-lint rule``."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bizalign_lint.cli.group import HelpfulGroup
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import output_target, write
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.shipped import TEST_SUFFIX
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.style import Style, wants_colors
from bizalign_lint.rules.names import find, unknown_rule
from bizalign_lint.sources.roots import find_root, home_of

if TYPE_CHECKING:
    from bizalign_lint.core.types import Source
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.rules.language.rule import Rule
    from bizalign_lint.schema.ontology import Kind


@click.group("rule", cls=HelpfulGroup)
def command() -> None:
    """List, show, test and write rules."""


@command.command("list")
@click.argument("selectors", nargs=-1)
@click.option(
    "--table", is_flag=True, help="Show how many cases each rule has, and what verifies it."
)
@click.pass_obj
def list_(session: Session, /, selectors: tuple[str, ...], table: bool) -> None:
    """List the rules, shipped and your own.

    SELECTORS are rule ids, id prefixes (BAS) or guidelines; without any, all are listed.
    """
    from bizalign_lint.core.settings import selects

    loaded, tests = _load(session)
    rules = loaded.rules.rules.values()
    for selector in selectors:
        if not any(selects(selector, rule.id, rule.guideline) for rule in rules):
            raise unknown_rule(selector, loaded.rules)
    if table:
        sys.stdout.writelines(_table(loaded, tests, selectors))
        return
    style = _style(session)
    for guideline in loaded.rules.guidelines:
        chosen = [
            rule
            for rule in rules
            if rule.guideline == guideline.id
            and (not selectors or any(selects(s, rule.id, rule.guideline) for s in selectors))
        ]
        if chosen:
            sys.stdout.write(f"{style('strong', clean(guideline.title))}\n")
            for rule in chosen:
                severity = style.severity(rule.severity, f"{rule.severity.value:7}")
                asked = " (optional: off by default)" if rule.optional else ""
                asked += " (preview: off by default)" if rule.preview else ""
                sys.stdout.write(f"  {rule.id}  {severity}  {clean(rule.summary)}{asked}\n")


def _table(loaded: Loaded, tests: dict[str, Source], selectors: tuple[str, ...]) -> Iterator[str]:
    from bizalign_lint.cli.rule_table import table
    from bizalign_lint.core import shipped as resources
    from bizalign_lint.core.settings import selects
    from bizalign_lint.engine.rule_tests import collect
    from bizalign_lint.parsing.documents import form

    rules = [
        rule
        for rule in loaded.rules.rules.values()
        if not selectors or any(selects(s, rule.id, rule.guideline) for s in selectors)
    ]
    shipped = {source.path for source in resources.rules()}
    return table(rules, list(collect(rules, tests, form("cases"))), loaded.ontology, shipped)


@command.command("show")
@click.argument("rule")
@click.pass_obj
def show(session: Session, /, rule: str) -> None:
    """Explain a rule: what it finds, why that matters, and what to do.

    RULE is an id such as BAS101, or the rule's name.
    """
    from bizalign_lint.cli.rule_show import show as lines

    loaded, _ = _load(session)
    found = find(rule, loaded.rules)
    guideline = next(g for g in loaded.rules.guidelines if g.id == found.guideline)
    width = min(max(shutil.get_terminal_size().columns, 60), 100)
    style = _style(session)
    for number, line in enumerate(lines(found, guideline, width)):
        heading = number == 0 or (line.endswith(":") and not line.startswith(" "))
        shown = clean(line)
        sys.stdout.write(f"{style('strong', shown) if heading else shown}\n")


@command.command("test")
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--own", is_flag=True, help="Test only your own rules.")
@click.option("-v", "--verbose", is_flag=True, help="Also list the cases that pass.")
@click.pass_obj
def test(session: Session, /, files: tuple[str, ...], own: bool, verbose: bool) -> int:
    """Run the test cases of rules.

    FILES are rule files, their test files, or folders of them; without any, all rules are
    tested, shipped and your own. Exit code 1 if a case fails.
    """
    from bizalign_lint.cli.rule_cases import summed, try_rules

    loaded, tests = _load(session, home_of(files[0]) if files else None)
    rules = _chosen(loaded, files, session.root, own)
    tried = try_rules(loaded, rules, tests, _style(session), verbose)
    sys.stdout.writelines(f"{line}\n" for line in tried.lines)
    sys.stdout.write(f"{summed(len(rules), 'rule', tried)}\n")
    return int(bool(tried.failed))


@command.command("new")
@click.argument("name")
@click.option("--id", "id_", required=True, metavar="ID", help="Id of the rule, such as HSE101.")
@click.option(
    "--guideline", required=True, metavar="NAME", help="Guideline that the rule belongs to."
)
@click.option("--target", required=True, metavar="KIND", help="Kind that the rule checks.")
@click.option(
    "--folder",
    default="rules",
    metavar="FOLDER",
    help="Folder of your rules (default: rules).",
)
@click.option(
    "--from-query",
    "where",
    metavar="SHAPE",
    help="Find what conforms to this shape, as query --where does; its cases are from the model.",
)
@click.pass_obj
def new(
    session: Session,
    /,
    name: str,
    id_: str,
    guideline: str,
    target: str,
    folder: str,
    where: str | None,
) -> None:
    """Create a new rule and its test cases.

    NAME says the flaw, such as capability-without-owner. Name the folder under `rules:` in
    .bizalign.yaml, then change the files, and run `bizalign-lint rule test` as you go.
    """
    import re

    from bizalign_lint.cli.rule_new import rule_file, test_file

    loaded, _ = _load(session)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise UsageError(f"{name!r} is not a valid name: use lower-case words joined by hyphens")
    if not re.fullmatch(r"[A-Z]{3}[0-9]{3}", id_):
        raise UsageError(f"{id_!r} is not a valid id: use three capital letters and three digits")
    if id_ in loaded.rules.rules:
        raise UsageError(f"{id_} is already used by {loaded.rules.rules[id_].name}")
    guidelines = [g.id for g in loaded.rules.guidelines]
    if guideline not in guidelines:
        first = f"to add your own, write {folder}/{guideline}/guideline.yaml"
        raise UsageError(
            f"unknown guideline {guideline}",
            hint=hint(guideline, guidelines, f"{listed(guidelines)}; {first}"),
        )
    kind = loaded.ontology.kinds.get(target)
    if kind is None:
        part = loaded.ontology.types.get(target)
        while part is not None and part.holder is not None:
            part = part.holder[0]
        if part is not None:
            raise UsageError(
                f"{target} is only a part of a definition: rule new makes examples of whole ones",
                hint=f"create the rule for {part.name}, and change target and examples",
            )
        raise UsageError(f"unknown kind {target}", hint=hint(target, loaded.ontology.kinds))
    base = os.path.join(folder, guideline, name)
    if where is None:
        texts = rule_file(id_, guideline, kind), test_file(id_, kind)
    else:
        texts = _from_query(session, id_, guideline, kind, where)
    files = {
        output_target(f"{base}.yaml", session.root): texts[0],
        output_target(f"{base}{TEST_SUFFIX}", session.root): texts[1],
    }
    for file in files:
        if os.path.exists(file.place):
            raise UsageError(f"{file.name} already exists")
    for file, text in files.items():
        write(file, [text])
        sys.stdout.write(f"wrote {file.name}\n")


def _from_query(
    session: Session, id_: str, guideline: str, kind: Kind, where: str
) -> tuple[str, str]:
    from bizalign_lint.cli.model import ask
    from bizalign_lint.cli.rule_from_query import rule_files

    if not where.strip():
        raise UsageError("--from-query is empty", hint="'{path: supportedBy, maxCount: 0}'")
    model = ask(session, session.color, profile=None, as_of=None, config_file=None)
    return rule_files(id_, guideline, kind, where, model)


def _load(session: Session, home: str | None = None) -> tuple[Loaded, dict[str, Source]]:
    """The rules in force in a workspace, and the test files by the path of their rule file.

    The workspace is the one at ``home``, else the one that we are in.
    """
    from bizalign_lint.core import shipped as resources
    from bizalign_lint.engine.load import load
    from bizalign_lint.workspace.config import load as load_config
    from bizalign_lint.workspace.setup_files import read_cases, read_own

    root = home or find_root(()).path
    session.root = root
    config = load_config(root)
    own = read_own(root, config, "rules")
    loaded = load(read_own(root, config, "schemas"), own)
    tests = {_tested(source.path): source for source in resources.rule_tests()}
    for source in own:
        if (found := read_cases(root, config, source)) is not None:
            tests[source.path] = found
    return loaded, tests


def _tested(path: str) -> str:
    """The rule file that a test file is about."""
    return f"{path.removesuffix(TEST_SUFFIX)}.yaml" if path.endswith(TEST_SUFFIX) else path


def _chosen(loaded: Loaded, files: Sequence[str], root: str, own: bool) -> list[Rule]:
    from bizalign_lint.core import shipped as resources

    rules = list(loaded.rules.rules.values())
    if own:
        shipped = {source.path for source in resources.rules()}
        rules = [rule for rule in rules if rule.document.source.path not in shipped]
    if not files:
        return rules
    wanted = [_tested(os.path.realpath(file)) for file in files]
    for file, path in zip(files, wanted, strict=True):
        if not os.path.exists(path):
            raise UsageError(f"no such file: {file}")
    chosen = []
    for rule in rules:
        path = os.path.realpath(os.path.join(root, rule.document.source.path))
        if any(path == want or path.startswith(f"{want}{os.sep}") for want in wanted):
            chosen.append(rule)
    if not chosen and not own:
        raise UsageError(
            f"{files[0]} contains no rule that is active here",
            hint="list it under `rules:` in .bizalign.yaml; `rule new` creates a first rule",
        )
    return chosen


def _style(session: Session) -> Style:
    return Style(wants_colors(session.color, sys.stdout.isatty(), os.environ))
