"""What the commands offer: options that each of them goes by, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from bizalign_lint.cli.group import commands
from tests.conftest import Call
from tests.revisions.repository import Repository

MODEL = """\
    apiVersion: bizalign/v1
    kind: OrganizationUnit
    metadata: {name: it, title: IT, owner: it}
    spec: {}
    ---
    apiVersion: bizalign/v1
    kind: Capability
    metadata: {name: billing, title: Billing}
    spec: {level: 1, tier: strategic}
    ---
    apiVersion: bizalign/v1
    kind: Application
    metadata: {name: desk, title: Desk, owner: it}
    spec:
      supports: [billing]
      lifecycle: {active: 2020-01-01, endOfLife: 2027-03-31}
      reviewedOn: 2026-01-01
      components: [db, web]
    ---
    apiVersion: bizalign/v1
    kind: Application
    metadata: {name: ledger, title: Ledger, owner: it}
    spec: {supports: [billing], lifecycle: {active: 2027-01-01, endOfLife: 2031-03-31}}
    ---
    apiVersion: bizalign/v1
    kind: ITComponent
    metadata: {name: db, title: DB, owner: it}
    spec: {category: software, vendorSupport: {endOfSupport: 2027-05-31}}
    ---
    apiVersion: bizalign/v1
    kind: ITComponent
    metadata: {name: web, title: Web, owner: it}
    spec: {category: software, vendorSupport: {endOfSupport: 2026-09-30}}
    """
MAPPINGS = {
    "lint/archimate.yaml": """\
        extends: archimate-export
        elements:
          - from: {type: ApplicationComponent}
            to: Application
            name: [property, name]
            set: {lifecycle.phase: {property: phase}}
        """,
    "lint/turboea.yaml": """\
        extends: turboea
        elements:
          - {from: {type: Application}, to: Application, set: {lifecycle.phase: {column: phase}}}
        """,
}
"""Mappings of one's own, of what is derived as of a day."""
OPTIONS = {
    "--profile": "starter",
    "--as-of": "2028-01-01",
    "--select": "BAS102,BAS103",
    "--ignore": "BAS,MOD",
    "--fail-on": "info",
}
"""What makes a difference, whoever goes by it."""
ARGUMENTS = {
    "diff": ["HEAD~1"],
    "whatif": ["retire", "Application:ledger", "--on", "2029-01-31"],
    "query": ["Application", "--select", "name,phase"],
    "export archimate": ["--mapping", "lint/archimate.yaml"],
    "export csv": ["-o", "out"],
    "export json": ["-o", "out.json"],
    "export sqlite": ["-o", "out.db"],
    "export turboea": ["-o", "out.xlsx", "--mapping", "lint/turboea.yaml"],
    "export xlsx": ["-o", "out.xlsx"],
}
"""What a command is asked for, if it has to be asked for something."""


def _commands(group: click.Group = commands, name: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name}{each} ")
        elif command is not None:
            yield f"{name}{each}", command


def _options(command: click.Command) -> dict[str, click.Option]:
    return {
        option.opts[-1]: option
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden
    }


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    repository = Repository(tmp_path / "model")
    earlier = MODEL.replace("2027-03-31", "2027-06-30").replace("2026-09-30", "2028-08-31")
    repository.commit({"model.yaml": earlier, **MAPPINGS})
    repository.commit({"model.yaml": MODEL})
    monkeypatch.chdir(repository.folder)
    return repository.folder


def _made(folder: Path) -> dict[str, bytes]:
    """What a command has written; it is taken away."""
    found = {}
    for path in [*folder.glob("out/*"), *folder.glob("out.*"), *folder.glob(".bizalign-b*")]:
        found[path.name] = path.read_bytes()
        path.unlink()
    return found


@pytest.mark.slow
def test_who_has_an_option_goes_by_it(workspace: Path, call: Call) -> None:
    idle = []
    for name, command in _commands():
        for option in sorted(OPTIONS.keys() & _options(command).keys()):
            asked = [*name.split(), *ARGUMENTS.get(name, [])]
            if (name, option) == ("query", "--select"):
                continue
            found = []
            for more in ([], [option, OPTIONS[option]]):
                if name in ("baseline check", "baseline update"):
                    assert call("baseline", "write")[0] == 0
                code, out, err = call(*asked, *more)
                assert code in (0, 1), (asked, more, err)
                found.append((code, out, _made(workspace)))
            if found[0] == found[1]:
                idle.append(f"{name} {option}")
    assert idle == [], "\n".join(idle)


def test_who_does_not_go_by_an_option_refuses_it(call: Call) -> None:
    for name, command in _commands():
        for option in OPTIONS.keys() - _options(command).keys():
            code, out, err = call(*name.split(), option, OPTIONS[option])
            refused = f"error: bizalign-lint {name} has no option {option}\n"
            assert (code, out) == (2, "") and (
                err.startswith(refused) or (name, option) == ("trend", "--as-of")
            ), err


@cache
def _help() -> dict[str, str]:
    """What ``--help`` of each command and group prints, on one line."""
    context = click.Context(commands)
    named = (
        (name, commands.get_command(context, name)) for name in commands.list_commands(context)
    )
    groups = ((name, one) for name, one in named if isinstance(one, click.Group))
    return {
        name: " ".join(command.get_help(click.Context(command, info_name=name)).split())
        for name, command in (*_commands(), *groups)
    }


def test_help_is_never_cut_short() -> None:
    cut = {name: re.findall(r"[\w,]+\.\.\.", text) for name, text in _help().items()}
    assert {name: found for name, found in cut.items() if found} == {}


def test_help_says_what_each_argument_is() -> None:
    unsaid = []
    for name, command in _commands():
        for argument in command.params:
            called = argument.human_readable_name.strip("[]").upper()
            # Once in the first line, and once where it is explained; a choice explains itself.
            is_choice = not isinstance(argument, click.Argument) or "|" in called
            if not is_choice and len(re.findall(rf"\b{called}\b", _help()[name])) < 2:
                unsaid.append(f"{name} {called}")
    assert unsaid == []


def test_help_says_each_default_in_one_way() -> None:
    unsaid = []
    for name, command in _commands():
        for said, option in _options(command).items():
            default = option.get_default(click.Context(command))
            has_one = isinstance(default, str | int) and default != "" and not option.is_flag
            if has_one and f"(default: {default}" not in (option.help or ""):
                unsaid.append(f"{name} {said}")
            assert not option.show_default, (name, said)
    assert unsaid == []


def test_help_says_which_options_can_be_repeated() -> None:
    repeated = re.compile("several times|separated by commas|these rules")
    assert [
        f"{name} {said}"
        for name, command in _commands()
        for said, option in _options(command).items()
        if option.multiple and not repeated.search(option.help or "")
    ] == []


OF_EACH = {
    *(
        "--output",
        "--select",
        "--ignore",
        "--name",
        "--mapping",
        "--config",
        "--folder",
        "--format",
    ),
    *("--to", "--title", "--target", "--with", "--rev", "--for", "--vscode", "--verbose"),
}
"""Options that are about something else in each command."""


def test_one_option_is_described_in_one_way() -> None:
    texts: dict[str, set[str]] = {}
    for _, command in _commands():
        for name, option in _options(command).items():
            texts.setdefault(name, set()).add(option.help or "")
    assert {name for name, several in texts.items() if len(several) > 1} <= OF_EACH
