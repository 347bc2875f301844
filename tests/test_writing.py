"""Where commands write: never where a link of the repository leads, never over a foreign save."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.cli import writing
from tests.conftest import Call

PROGRAM = os.path.join(sysconfig.get_path("scripts"), "bizalign-lint")
MODEL = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: sell, title: no, description: The ability to sell.}
spec: {level: 2, parent: gone}
"""
RULE_NEW = "rule new no-owner --id HSE101 --guideline model --target Capability"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which the test stands; beside it a folder that nobody may touch."""
    folder = tmp_path.resolve() / "ws"
    folder.mkdir()
    (folder / ".bizalign.yaml").write_text("asOf: 2026-06-30\n")
    (folder / "model.yaml").write_text(MODEL)
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "victim").write_text("{}\n")
    monkeypatch.chdir(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def link(workspace: Path, name: str, to: str) -> None:
    (workspace / name).parent.mkdir(parents=True, exist_ok=True)
    (workspace / name).symlink_to(workspace.parent / to)


def own_rule(workspace: Path, call: Call) -> None:
    """Gives the workspace a rule of its own, so that ``docs`` writes pages of nothing else."""
    assert call(*RULE_NEW.split())[0] == 0
    (workspace / ".bizalign.yaml").write_text("asOf: 2026-06-30\nrules: [rules]\n")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("to", ["outside/victim", "outside/not-there-yet"])
@pytest.mark.parametrize(
    ("name", "command"),
    [
        (".bizalign-baseline.json", "baseline write"),
        (".bizalign-coverage.yaml", "check --ratchet"),
        (".vscode/settings.json", "schema --vscode"),
        (".vscode/bizalign.schema.json", "schema --vscode"),
        ("s.json", "schema --output s.json"),
        ("docs/rules/HSE101.md", "docs"),
        ("site/rules/README.md", "docs --output site"),
        ("rules/model/no-owner.yaml", RULE_NEW),
        ("rules/model/no-owner.test.yaml", RULE_NEW),
        ("report.json", "check --output json:report.json"),
        ("report.txt", "check --fix --output text:./report.txt"),
        ("shapes.ttl", "export shacl --shapes shapes.ttl"),
        ("model.ttl", "export shacl --data model.ttl"),
        ("model.db", "export sqlite -o model.db"),
        ("tables/findings.csv", "export csv -o tables"),
    ],
)
def test_nothing_is_written_through_a_link(
    workspace: Path, call: Call, name: str, command: str, to: str
) -> None:
    if command.startswith("docs"):
        own_rule(workspace, call)
    link(workspace, name, to)
    before = contents(workspace.parent / "outside")
    code, _, err = call(*command.split())
    assert code == 2
    assert any(
        f"{name} {why}" in err
        for why in ("is a symbolic link", "is in the way", "exists", "cannot be read")
    )
    assert contents(workspace.parent / "outside") == before
    assert (workspace / name).is_symlink()


def test_a_file_of_ours_is_not_written_through_a_link_inside_either(
    workspace: Path, call: Call
) -> None:
    link(workspace, ".bizalign-baseline.json", "ws/.bizalign.yaml")
    before = contents(workspace)
    assert call("baseline", "write")[0] == 2
    assert contents(workspace) == before


def test_a_new_rule_replaces_nothing(workspace: Path, call: Call) -> None:
    cases = workspace / "rules" / "model" / "no-owner.test.yaml"
    cases.parent.mkdir(parents=True)
    cases.write_text("theirs")
    before = contents(workspace)
    code, _, err = call(*RULE_NEW.split())
    assert (code, err) == (2, "error: rules/model/no-owner.test.yaml already exists\n")
    assert contents(workspace) == before


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("name", "command"),
    [
        (".vscode", "schema --vscode"),
        ("docs", "docs"),
        ("docs/rules", "docs"),
        ("a/site", "docs --output a/site"),
        ("rules", RULE_NEW),
        ("rules/model", RULE_NEW),
        ("reports", "check --output json:reports/r.json"),
        ("reports", "check --output json:reports/../r.json"),
        ("reports", "export shacl --shapes reports/s.ttl"),
    ],
)
def test_nothing_is_written_into_a_folder_that_is_a_link(
    workspace: Path, call: Call, name: str, command: str
) -> None:
    if command.startswith("docs"):
        own_rule(workspace, call)
    link(workspace, name, "outside")
    before = contents(workspace.parent)
    code, _, err = call(*command.split())
    assert code == 2
    assert f"{name} is a symbolic link" in err
    assert "replace it with a file or folder" in err
    assert contents(workspace.parent) == before


def test_no_page_is_removed_through_a_link(workspace: Path, call: Call) -> None:
    own_rule(workspace, call)
    assert call("docs")[0] == 0
    (workspace / "docs" / "rules").rename(workspace.parent / "outside" / "rules")
    page = workspace.parent / "outside" / "rules" / "XYZ101.md"
    page.write_bytes((page.parent / "HSE101.md").read_bytes())
    link(workspace, "docs/rules", "outside/rules")
    assert call("docs")[0] == 2
    assert page.exists()


def test_a_link_elsewhere_in_the_repository_is_not_followed_either(
    workspace: Path, call: Call
) -> None:
    (workspace.parent / ".git").mkdir()
    link(workspace.parent, "reports", "outside")
    (workspace.parent / "reports").unlink()
    (workspace.parent / "reports").symlink_to("outside")
    code, _, err = call("check", "--output", "json:../reports/r.json")
    assert code == 2
    assert "../reports is a symbolic link" in err
    assert list(contents(workspace.parent / "outside")) == ["victim"]


def test_the_user_may_name_a_place_outside(
    workspace: Path, call: Call, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As CI does for its reports, and by whatever links its machine has."""
    place = tmp_path_factory.mktemp("runner").resolve()
    (place / "temp").symlink_to("real")
    (place / "real").mkdir()
    (place / "real" / "latest.json").symlink_to("first.json")
    for name in ("plain.json", "latest.json"):
        call("check", "--output", f"json:{place}/temp/{name}")
    assert sorted(contents(place)) == ["real/first.json", "real/plain.json"]
    assert json.loads((place / "real" / "first.json").read_bytes())["summary"]["findings"] > 0


def test_a_way_outside_that_comes_back_by_a_link_of_the_workspace(
    workspace: Path, call: Call, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("home").resolve()
    (place / "latest").symlink_to(workspace / "reports")
    link(workspace, "reports", "outside")
    assert call("check", "--output", f"json:{place}/latest/r.json")[0] == 2
    assert list(contents(workspace.parent / "outside")) == ["victim"]


def test_circular_links_are_reported(
    workspace: Path, call: Call, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("round")
    (place / "a").symlink_to("b")
    (place / "b").symlink_to("a")
    code, _, err = call("check", "--output", f"json:{place}/a")
    assert (code, "too many levels of symbolic links" in err) == (2, True)


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="there is no /dev/stdout")
@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_a_report_may_go_to_standard_output(workspace: Path, name: str) -> None:
    command = [PROGRAM, "check", "--format", "concise", "--output", f"json:{name}"]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, timeout=60)
    findings, brace, report = done.stdout.partition("{")
    assert (done.returncode, done.stderr) == (1, "")
    assert "MOD109" in findings
    assert json.loads(brace + report)["summary"]["findings"] > 0
    with (workspace / "log").open("w") as log:
        subprocess.run(command, cwd=workspace, stdout=log, timeout=60)
    assert (workspace / "log").read_text() == done.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_report_may_go_to_a_device_or_a_pipe(workspace: Path, call: Call) -> None:
    call("check", "--output", f"json:{os.devnull}")
    assert os.path.exists(os.devnull)
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        call("check", "--output", "concise:pipe")
        assert b"MOD109" in os.read(reader, 1 << 16)
    finally:
        os.close(reader)


# The model


def elsewhere(workspace: Path) -> Path:
    """A file of the repository that is not of the workspace."""
    (workspace.parent / ".git").mkdir()
    return workspace.parent / "outside" / "victim"


def kept_by_git(workspace: Path) -> Path:
    (workspace / ".git").mkdir()
    return workspace / ".git" / "description.yaml"


@pytest.mark.parametrize("place", [elsewhere, kept_by_git])
@pytest.mark.parametrize("option", [["--fix"], ["--add-ignore", "known"]])
def test_no_fix_leaves_the_workspace_by_a_link(
    workspace: Path, call: Call, place: Callable[[Path], Path], option: list[str]
) -> None:
    victim = place(workspace)
    victim.write_text(MODEL)
    (workspace / "model.yaml").unlink()
    (workspace / "model.yaml").symlink_to(victim)
    code, _, _ = call("check", *option)
    assert code in (1, 2, 3)
    assert victim.read_text() == MODEL


# Drafts


def test_a_draft_goes_where_nobody_expects_it(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is planted under the name of a draft, with the process id in it, is not written to."""
    name = ".bizalign-baseline.json"
    link(workspace, f"{name}.{os.getpid()}.tmp", "outside/victim")
    drafts: list[str] = []
    opened = os.open

    def watched(path: str, flags: int, *more: Any, **named: Any) -> int:
        if flags & os.O_CREAT and str(path).endswith(".tmp"):
            drafts.append(os.path.dirname(path))
        return opened(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", watched)
    assert [call("baseline", "write")[0] for _ in range(2)] == [0, 0]
    assert drafts == [os.path.realpath(workspace)] * 2
    assert (workspace.parent / "outside" / "victim").read_text() == "{}\n"


def test_a_draft_that_is_there_already_is_not_written_to(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "urandom", bytes)
    link(workspace, f".bizalign-{bytes(8).hex()}.tmp", "outside/victim")
    code, _, err = call("baseline", "write")
    assert (code, "file exists" in err) == (2, True)
    assert (workspace.parent / "outside" / "victim").read_text() == "{}\n"
    assert not (workspace / ".bizalign-baseline.json").exists()


def test_a_name_may_be_as_long_as_the_system_allows(workspace: Path, call: Call) -> None:
    name = "r" * 255
    call("check", "--output", f"concise:{name}")
    assert "MOD109" in (workspace / name).read_text()


def test_a_file_for_few_is_never_open_to_all(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "report").touch(0o600)
    modes = []

    def look(handle: int) -> None:
        modes.append(os.fstat(handle).st_mode & 0o777)

    monkeypatch.setattr(os, "fsync", look)
    call("check", "--output", "json:report")
    assert modes[0] == 0o600
    assert (workspace / "report").stat().st_mode & 0o777 == 0o600


# Foreign saves


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "before", "command"),
    [
        (".bizalign-baseline.json", "", "baseline write"),
        (".bizalign-baseline.json", "baseline write", "baseline write"),
        (".bizalign-baseline.json", "baseline write", "baseline update"),
        (".bizalign-coverage.yaml", "", "check --ratchet"),
        (".bizalign-coverage.yaml", "check --ratchet", "check --ratchet"),
        (".vscode/settings.json", "", "schema --vscode"),
    ],
)
def test_what_somebody_saves_meanwhile_is_not_lost(
    workspace: Path,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    before: str,
    command: str,
) -> None:
    if before:
        call(*before.split())
    (workspace / name).parent.mkdir(exist_ok=True)

    def save(_: int) -> None:
        (workspace / name).write_text("theirs")

    monkeypatch.setattr(os, "fsync", save)
    code, _, err = call(*command.split())
    assert code == 2
    assert f"cannot write {workspace / name}: it has changed since it was read" in err
    assert (workspace / name).read_text() == "theirs"


def at_the_last_moment(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, step: str, save: Callable[[], None]
) -> None:
    """Let somebody save just before our file takes its name."""
    real = getattr(writing, step) if step == "exchange" else getattr(os, step)

    def late(draft: str, place: str) -> Any:
        if str(place).startswith(str(workspace)):
            monkeypatch.undo()
            save()
        return real(draft, place)

    monkeypatch.setattr(writing if step == "exchange" else os, step, late)


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="names cannot be exchanged")
@pytest.mark.parametrize("how", ["in place", "by renaming"])
def test_what_somebody_saves_at_the_last_moment_is_not_lost(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    call("baseline", "write")
    file = workspace / ".bizalign-baseline.json"

    def save() -> None:
        if how == "in place":
            file.write_text("theirs")
        else:
            (workspace / "new").write_text("theirs")
            (workspace / "new").replace(file)

    at_the_last_moment(workspace, monkeypatch, "exchange", save)
    code, _, err = call("baseline", "write")
    assert (code, "has changed since it was read" in err) == (2, True)
    assert file.read_text() == "theirs"
    assert not [*workspace.glob(".bizalign-*.tmp")]


def test_what_somebody_writes_first_is_not_lost(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workspace / ".bizalign-baseline.json"
    at_the_last_moment(workspace, monkeypatch, "link", lambda: void(file.write_text("theirs")))
    code, _, err = call("baseline", "write")
    assert (code, "has changed since it was read" in err) == (2, True)
    assert file.read_text() == "theirs"


def void(_: object) -> None:
    """Nothing of it."""


def test_where_names_cannot_be_exchanged_the_file_is_replaced(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "exchange", lambda *_: False)
    assert [call("baseline", "write")[0] for _ in range(2)] == [0, 0]
    assert "MOD109" in (workspace / ".bizalign-baseline.json").read_text()


# Streams


@pytest.mark.sampled(1)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_does_not_block_gets_everything(unbuffered: str, call: Call) -> None:
    """As that of a terminal multiplexer: to write more than it has room for is no end."""
    command = [sys.executable, "-m", "bizalign_lint", "schema"]
    whole = call("schema")[1].encode()
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(command, stdout=theirs, env=environment) as process:
        os.close(theirs)
        with open(ours, "rb") as reader:
            assert reader.read() == whole
    assert process.returncode == 0
    assert len(whole) > 1 << 16


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk at hand")
@pytest.mark.sampled(2)
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["--version"], ["schema"], ["check", "--help"]])
def test_a_full_disk_is_told(unbuffered: str, arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bizalign_lint", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert done.returncode == 2
    assert b"cannot write the output: no space left on device" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "report -o",
        "export json -o",
        "export codeowners -o",
        "check --output",
        "export shacl --data",
    ],
)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("second.yaml", "it holds definitions"),
        ("json.yaml", "it holds definitions"),
        (".bizalign.yaml", "it is the configuration"),
    ],
)
def test_no_output_takes_the_place_of_what_people_wrote(
    command: str, name: str, said: str, workspace: Path, call: Call
) -> None:
    (workspace / "second.yaml").write_text(MODEL.replace("sell", "buy"))
    (workspace / "json.yaml").write_text(
        '{"apiVersion": "bizalign/v1", "kind": "Capability", "metadata": {"name": "rent"}}'
    )
    before = contents(workspace)
    file = f"json:{name}" if command.startswith("check") else name
    code, _, err = call(*command.split(), file)
    assert code == 2
    assert f"cannot write {name}: {said}" in err
    assert contents(workspace) == before
