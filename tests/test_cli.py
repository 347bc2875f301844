"""The command line as a person, a script and a hook meet it."""

from __future__ import annotations

import errno
import gc
import json
import os
import re
import stat
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import click
import pytest
from ruamel.yaml import YAML

from bizalign_lint import __version__
from bizalign_lint.cli.group import COMMANDS, commands
from bizalign_lint.cli.writing import output_target, write
from bizalign_lint.core.errors import UsageError
from tests.conftest import Call

ROOT = Path(__file__).parent.parent
MERIDIAN = ROOT / "examples" / "meridian"

PRICING = """\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: pricing
  owner: nobody
spec: {}
"""
TEAM = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata:
  name: sales
  owner: sales
spec: {}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one finding, in which the test stands."""
    folder = tmp_path.resolve() / "ws"
    (folder / "model").mkdir(parents=True)
    (folder / ".bizalign.yaml").write_text("select: [MOD109]\nasOf: 2026-06-30\n")
    (folder / "model" / "capabilities.yaml").write_text(PRICING)
    (folder / "model" / "teams.yaml").write_text(TEAM)
    monkeypatch.chdir(folder)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def _start(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs the installed command."""
    script = Path(sysconfig.get_path("scripts")) / "bizalign-lint"
    return subprocess.run(
        [script, *arguments], capture_output=True, encoding="utf-8", check=False, **options
    )


FOUND = """\
model/capabilities.yaml:5:10: error[MOD109] no OrganizationUnit or Person is named nobody
  |
5 |   owner: nobody
  |          ^^^^^^
"""


# The installed command


def test_version() -> None:
    result = _start("--version")
    assert (result.returncode, result.stdout) == (0, f"bizalign-lint {__version__}\n")


def test_finds_and_fails(workspace: Path) -> None:
    result = _start("check")
    assert result.returncode == 1
    assert result.stdout.startswith(FOUND)
    assert result.stdout.endswith(
        "\n1 error · 2 definitions in 2 files · 1 of 1 rule could judge · as of 2026-06-30\n"
    )
    assert result.stderr == ""


def test_finds_nothing(workspace: Path) -> None:
    (workspace / "model" / "capabilities.yaml").write_text(PRICING.replace("nobody", "sales"))
    result = _start("check")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "All aligned: no findings · 2 definitions in 2 files · 1 of 1 rule could judge · "
        "as of 2026-06-30\n"
    )


def test_works_as_a_module(workspace: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "bizalign_lint", "check", "-q"], capture_output=True, check=False
    )
    assert result.returncode == 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize("format_", ["text", "json"])
def test_two_runs_print_the_same(format_: str) -> None:
    outputs = {
        _start("check", str(MERIDIAN), "--format", format_, env={**os.environ, **more}).stdout
        for more in (
            {"PYTHONHASHSEED": "1"},
            {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "COLUMNS": "40"},
        )
    }
    assert len(outputs) == 1
    assert outputs != {""}


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "command",
    [
        ("forecast", str(MERIDIAN), "--for", "P2Y"),
        ("whatif", "retire", "Application:sap-ecc", "--on", "2027-06-30", "--format", "json"),
        ("impact", "Application:sap-ecc", "--format", "json"),
        ("query", "Capability", "--select", "title,supportedBy/title", "--format", "csv"),
    ],
    ids=lambda command: command[0],
)
def test_two_runs_answer_the_same(command: tuple[str, ...]) -> None:
    outputs = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = _start(*command, env=environment, cwd=MERIDIAN)
        assert done.returncode in (0, 1), done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert outputs != {""}


def test_whoever_stops_reading_is_not_bothered(workspace: Path) -> None:
    script = Path(sysconfig.get_path("scripts")) / "bizalign-lint"
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen([script, "check"], stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(writing)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (141, b"")


def test_a_closed_output_is_no_crash(workspace: Path) -> None:
    script = Path(sysconfig.get_path("scripts")) / "bizalign-lint"
    result = subprocess.run(
        ["sh", "-c", '"$0" check >&-', script], capture_output=True, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (1, b"", b"")


def test_a_terminal_gets_colours_and_the_time(workspace: Path) -> None:
    pty = pytest.importorskip("pty")
    script = Path(sysconfig.get_path("scripts")) / "bizalign-lint"
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen([script, "check"], stdout=theirs, env=environment):
        os.close(theirs)
        told = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError as error:
                if error.errno != errno.EIO:  # how Linux says that it is over
                    raise
                break
            if not piece:
                break
            told += piece
    os.close(ours)
    assert b"\x1b[1;31merror[MOD109]\x1b[0m" in told
    assert re.search(rb", in [0-9.]+ s\r?\n$", told)


# What is reported


def test_paths_choose_what_is_reported(workspace: Path, call: Call) -> None:
    code, out, _ = call("check", "model/teams.yaml")
    assert code == 0
    assert "no findings · model/teams.yaml (2 definitions in 2 files read)" in out
    code, out, _ = call("check", "model/teams.yaml", "model/capabilities.yaml", "-q")
    assert code == 1
    assert out == FOUND.splitlines()[0] + "\n"


def test_paths_are_shown_from_where_one_is(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace / "model")
    _, out, _ = call("check", "-q")
    assert out.startswith("capabilities.yaml:5:10: ")
    monkeypatch.chdir(workspace.parent)
    _, out, _ = call("check", "-q", "ws")
    assert out.startswith("ws/model/capabilities.yaml:5:10: ")


def test_options_choose_rules(workspace: Path, call: Call) -> None:
    assert call("check", "--ignore", "MOD1")[0] == 0
    assert call("check", "--ignore", "BAS101, model")[0] == 0
    assert call("check", "--select", "BAS")[0] == 0
    assert call("check", "--select", "BAS,MOD109", "--as-of", "2026-01-01")[0] == 1


@pytest.mark.parametrize(
    ("severity", "fail_on", "expected"),
    [
        *(("error", "error", 1), ("error", "info", 1), ("error", "never", 0)),
        *(("warning", "error", 0), ("warning", "warning", 1), ("info", "warning", 0)),
        ("info", "info", 1),
    ],
)
@pytest.mark.parametrize("format_", ["text", "json"])
def test_when_it_fails(
    workspace: Path, call: Call, severity: str, fail_on: str, expected: int, format_: str
) -> None:
    with (workspace / ".bizalign.yaml").open("a") as file:
        file.write(f"severity: {{MOD109: {severity}}}\n")
    assert call("check", "--fail-on", fail_on, "--format", format_)[0] == expected


def test_the_configuration_says_when_it_fails(workspace: Path, call: Call) -> None:
    (workspace / "ci.yaml").write_text("failOn: never\nselect: [MOD109]\n")
    code, out, _ = call("check", "--config", "ci.yaml")
    assert code == 0
    assert "1 error · 2 definitions in 2 files" in out


def test_overrides_hold_for_their_paths(workspace: Path, call: Call) -> None:
    with (workspace / ".bizalign.yaml").open("a") as file:
        file.write("overrides: [{paths: [model/cap*], ignore: [MOD]}]\n")
    assert call("check")[0] == 0


def test_unreadable_files_are_findings(workspace: Path, call: Call) -> None:
    (workspace / "model" / "gone.yaml").symlink_to("nowhere")
    code, out, _ = call("check", "--select", "MOD", "model/gone.yaml")
    assert code == 1
    assert out.startswith("model/gone.yaml:1:1: error[MOD101] ")
    assert "nowhere" in out


def test_verbose_reports_what_was_passed_over(workspace: Path, call: Call) -> None:
    (workspace / "other").mkdir()
    (workspace / "other" / ".bizalign.yaml").touch()
    (workspace / "compose.yaml").write_text("services: {}\n")
    (workspace / "kinds").mkdir()
    (workspace / "kinds" / "note.yaml").write_text("# nothing\n")
    code, _, told = call("check", "--verbose", "--select", "BAS101")
    assert code == 0
    assert told.splitlines() == [
        "note: other: a separate workspace; skipped",
        "note: compose.yaml: no definition in it; skipped",
        "note: kinds/note.yaml: no definition in it; skipped",
    ]
    assert (
        "rules without a target in this workspace"
        in call("check", "--verbose", "--select", "FIN")[2]
    )


def test_colours_on_request(workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in call("check")[1]
    assert "\x1b[1;31m" in call("check", "--color", "always")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31m" in call("check")[1]
    assert "\x1b[" not in call("check", "--color", "never")[1]


def test_statistics(workspace: Path, call: Call) -> None:
    assert "1  error[MOD109]    dangling-reference\n" in call("check", "--statistics")[1]


# Reports in files


def test_reports_go_to_files_as_well(workspace: Path, call: Call) -> None:
    code, out, _ = call(
        "check", "--output", "json:report.json", "--output", "text:report.txt", "--color", "always"
    )
    assert code == 1
    assert "MOD109" in out
    assert json.loads((workspace / "report.json").read_bytes())["summary"]["findings"] == 1
    assert (workspace / "report.txt").read_text().startswith(FOUND)
    assert sorted(path.name for path in workspace.iterdir()) == [
        *(".bizalign.yaml", "model", "report.json", "report.txt")
    ]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text("old")
    path.chmod(0o640)
    write(output_target(str(path), str(tmp_path)), ["new\n", "Ä \udce9"])
    assert path.read_text("utf-8") == "new\nÄ \\udce9"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_is_written_in_full_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text("old")

    def pieces() -> Any:
        yield "new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(output_target(str(path), str(tmp_path)), pieces())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"cannot write .*: not a directory"):
        write(output_target(str(tmp_path / "file" / "report"), str(tmp_path)), ["x"])


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("report.json", "give a format and a file"),
        ("json:", "give a format and a file"),
        ("jsn:r.json", "unknown format jsn"),
        ("json:gone/r.json", "no such folder: gone"),
        ("json:model", "model is a folder"),
    ],
)
def test_outputs_that_cannot_be(workspace: Path, call: Call, output: str, told: str) -> None:
    code, out, error = call("check", "--output", output)
    assert (code, out) == (2, "")
    assert told in error


# What goes wrong


@pytest.mark.parametrize(
    ("arguments", "told", "hint"),
    [
        (["chek"], "error: unknown command chek", "did you mean check?"),
        (["model"], "error: unknown command model", "to check it: bizalign-lint check model"),
        (["check", "modle"], "error: no such file or folder: modle", ""),
        (["check", "--fomat", "json"], "check has no option --fomat", "did you mean --format?"),
        (["check", "--zzz"], "check has no option --zzz", "see bizalign-lint check --help"),
        (["check", "--format", "xml"], "xml", "bizalign-lint check --help"),
        (["check", "--as-of", "2026-02-30"], "day is out of range", "check --help"),
        (["check", "--as-of", "20260630"], "a date such as 2026-06-30", "check --help"),
        (["check", "--select", "MOD999"], "--select: unknown rule or guideline MOD999", ""),
        (["check", "--config", "gone.yaml"], "gone.yaml cannot be read", ""),
    ],
)
def test_wrong_usage(
    workspace: Path, call: Call, arguments: list[str], told: str, hint: str
) -> None:
    code, out, error = call(*arguments)
    assert (code, out) == (2, "")
    assert error.startswith("error: ")
    assert told in error
    assert hint in error


def test_wrong_configuration_is_shown(workspace: Path, call: Call) -> None:
    (workspace / ".bizalign.yaml").write_text("asOf: 2026-06-30\nignore: [MOD999]\n")
    code, out, error = call("check")
    assert (code, out) == (2, "")
    assert error.startswith("""\
.bizalign.yaml:2:10: error: unknown rule or guideline MOD999
  |
2 | ignore: [MOD999]
  |          ^^^^^^
  = hint: """)


def test_wrong_rules_of_the_teams_own_are_shown(workspace: Path, call: Call) -> None:
    (workspace / ".bizalign.yaml").write_text("rules: [rules]\n")
    (workspace / "rules" / "ours").mkdir(parents=True)
    (workspace / "rules" / "ours" / "guideline.yaml").write_text("titel: Ours\n")
    code, _, error = call("check")
    assert code == 2
    assert error.startswith("rules/ours/guideline.yaml:1:1: error: ")


def test_nothing_to_check(workspace: Path, call: Call) -> None:
    (workspace / "note.txt").touch()
    code, out, error = call("check", "note.txt")
    assert (code, out) == (3, "")
    assert error.startswith("error: there is nothing to check in note.txt")
    for path in (workspace / "model").iterdir():
        path.write_text("services: {}\n")
    code, out, error = call("check")
    assert (code, out) == (3, "")
    assert "2 YAML files" in error
    assert "apiVersion: bizalign/v1" in error
    for setting in ("exclude: ['*']", "include: ['model/*.yml']"):
        (workspace / ".bizalign.yaml").write_text(setting)
        code, _, error = call("check")
        assert code == 3
        assert "check include and exclude in .bizalign.yaml" in error
    for path in (workspace / "model").iterdir():
        path.unlink()
    code, out, error = call("check", "--format", "json")
    assert (code, out) == (3, "")
    assert "no *.yaml or *.yml file" in error


def test_a_crash_leaves_a_log(workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*arguments: object) -> None:
        raise RuntimeError("spilt\nmilk")

    monkeypatch.setattr("bizalign_lint.engine.load.load", crash)
    code, out, error = call("check", "--quiet")
    assert (code, out) == (4, "")
    first, second = error.splitlines()
    assert first == "bizalign-lint crashed: RuntimeError in crash"
    log = Path(second.rpartition(" ")[2])
    assert log.is_relative_to(workspace.parent / "cache")
    text = log.read_text()
    assert "['check', '--quiet']" in text
    assert "Traceback" in text
    assert "\nRuntimeError in crash\n" in text
    # What the error says may be what somebody's model says.
    assert "milk" not in text.replace('raise RuntimeError("spilt\\nmilk")', "")


def test_a_crash_is_reported_even_where_no_log_can_be(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*arguments: object, **options: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("bizalign_lint.engine.load.load", crash)
    monkeypatch.setattr(os, "makedirs", crash)
    code, _, error = call("check")
    assert code == 4
    assert "Traceback" in error


def test_an_interruption_is_not_a_crash(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bizalign_lint.engine.load.load", interrupt)
    code, out, err = call("check")
    assert (code, out) == (2, "")
    assert err.startswith("error: interrupted\n")
    assert gc.isenabled()


# config show


def test_config_show_says_where_values_come_from(workspace: Path, call: Call) -> None:
    (workspace / "base.yaml").write_text("exclude: ['*.draft.yaml', \"it's\"]\nfailOn: info\n")
    (workspace / ".bizalign.yaml").write_text("""\
extends: base.yaml
asOf: 2026-06-30
ignore: [BAS]
severity: {MOD109: info}
params: {BAS115: {most: 7, some: true, list: [a, 1.5]}}
overrides:
  - paths: [model/cap*]
    ignore: [MOD]
    severity: {MOD109: warning}
""")
    code, out, _ = call("config", "show", "--ignore", "FIN", "--fail-on", "never")
    assert code == 0
    assert (
        out
        == """\
# workspace: .
include: []                # default
exclude:
  - "*.draft.yaml"         # base.yaml:1:11
  - it's                   # base.yaml:1:27
packs: []                  # default
schemas: []                # default
rules: []                  # default
sources: []                # default
select: []                 # default
extendSelect: []           # default
preview: false             # default
ignore:
  - BAS                    # .bizalign.yaml:3:10
  - FIN                    # command line
severity:
  MOD109: info             # .bizalign.yaml:4:20
params:
  BAS115:
    most: 7                # .bizalign.yaml:5:25
    some: true             # .bizalign.yaml:5:34
    list: [a, 1.5]         # .bizalign.yaml:5:46
coverage: {}               # default
unmeasured: told           # default
absent: unjudged           # default
failOn: never              # command line
asOf: 2026-06-30           # .bizalign.yaml:2:7
overrides:
  - paths: ["model/cap*"]  # .bizalign.yaml:7:5
    ignore: [MOD]          # .bizalign.yaml:8:13
    severity:
      MOD109: warning      # .bizalign.yaml:9:24
"""
    )
    assert YAML(typ="safe").load(out)["exclude"] == ["*.draft.yaml", "it's"]


def test_config_show_of_a_file_applies_its_overrides(workspace: Path, call: Call) -> None:
    (workspace / ".bizalign.yaml").write_text("""\
asOf: 2026-06-30
severity: {MOD109: info}
overrides:
  - {paths: [model/cap*], ignore: [BAS], severity: {MOD109: warning}}
  - {paths: [elsewhere/], ignore: [FIN]}
""")
    _, out, _ = call("config", "show", "model/capabilities.yaml")
    assert "# in force for: model/capabilities.yaml\n" in out
    assert re.search(r"^  - BAS +# .bizalign.yaml:4:36$", out, re.MULTILINE)
    assert re.search(r"^  MOD109: warning +# .bizalign.yaml:4:61$", out, re.MULTILINE)
    assert "FIN" not in out
    assert "overrides" not in out


# Help


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_is_what_the_list_says(name: str) -> None:
    context = click.Context(commands)
    command = commands.get_command(context, name)
    assert command is not None
    assert command.get_short_help_str(200) == COMMANDS[name]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["check", "-h"], ["config"], ["config", "-h"], []]
)
def test_help(call: Call, arguments: list[str]) -> None:
    code, out, _ = call(*arguments)
    assert code == 0
    assert out.startswith("Usage: bizalign-lint")
