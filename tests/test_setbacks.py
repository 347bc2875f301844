"""What gets in the way: full disks, missing permission, interruptions. No file is half-written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bizalign_lint.cli import changes, writing
from bizalign_lint.core.types import Source

pytestmark = pytest.mark.process

PROGRAM = os.path.join(sysconfig.get_path("scripts"), "bizalign-lint")
BROKEN = """\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: {name}
  title: Sets the price of what we sell
  description: no
  owner: nobody
spec: {{}}
"""
MOST = 40


@pytest.fixture(autouse=True)
def no_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of a module's bytecode, where space is limited, would be in the way of all that come."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")


@pytest.fixture(autouse=True)
def signals_are_heard() -> Iterator[None]:
    """Whoever is started where a signal is ignored, such as in the background, ignores it, too."""
    before = {one: signal.getsignal(one) for one in (signal.SIGHUP, signal.SIGINT)}
    ignored = [one for one, handler in before.items() if handler is signal.SIG_IGN]
    for one in ignored:
        signal.signal(one, signal.SIG_DFL)
    yield
    for one in ignored:
        signal.signal(one, signal.SIG_IGN)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Some files in each of which something can be mended."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / ".bizalign.yaml").write_text("asOf: 2026-06-30\n")
    for number in range(MOST):
        (folder / f"c{number:02}.yaml").write_text(BROKEN.format(name=f"c{number}"))
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


def mended(before: Mapping[str, str]) -> dict[str, str]:
    return {
        name: text.replace("description: no", 'description: "no"') for name, text in before.items()
    }


def run(folder: Path, *command: str) -> tuple[int, str, str]:
    """A command, without the powers that root has over the permissions of files."""
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may write everywhere, and there is no setpriv")
        command = (setpriv, "--bounding-set=-all", "--inh-caps=-all", *command)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def limited(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Our command where no file may get longer than 512 bytes; the system refuses the rest."""
    return run(folder, "sh", "-c", 'ulimit -f 1; exec "$0" "$@"', PROGRAM, *arguments)


# A full disk


def test_a_baseline_that_does_not_fit_is_not_written(workspace: Path) -> None:
    before = contents(workspace)
    code, out, err = limited(workspace, "baseline", "write")
    assert (code, out) == (2, "")
    assert err == f"error: cannot write {workspace}/.bizalign-baseline.json: file too large\n"
    assert contents(workspace) == before

    run(workspace, PROGRAM, "baseline", "write")
    old = contents(workspace)
    (workspace / "d.yaml").write_text(BROKEN.format(name="d"))
    code, _, _ = limited(workspace, "baseline", "write")
    assert code == 2
    assert contents(workspace) == {**old, "d.yaml": BROKEN.format(name="d")}


def test_a_fix_that_does_not_fit_is_not_written(workspace: Path) -> None:
    long = BROKEN.format(name="c39") + "# and so on\n" * 100
    (workspace / "c39.yaml").write_text(long)
    before = contents(workspace)
    code, out, err = limited(workspace, "check", "--fix")
    assert (code, out) == (2, "")
    assert f"error: cannot write {workspace}/c39.yaml: file too large\n" in err
    assert "39 of 40 files had been written before" in err
    assert contents(workspace) == {**mended(before), "c39.yaml": long}


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", [["check"], ["--version"], ["rule", "list"]])
def test_a_report_that_does_not_fit_is_no_crash(workspace: Path, arguments: list[str]) -> None:
    code, _, err = run(workspace, "sh", "-c", '"$0" "$@" > /dev/full', PROGRAM, *arguments)
    assert (code, err) == (2, "error: cannot write the output: no space left on device\n")


# No permission


def test_a_folder_that_may_not_be_written_to(workspace: Path) -> None:
    before = contents(workspace)
    workspace.chmod(0o555)
    try:
        for arguments in (["check", "--fix"], ["baseline", "write"], ["check", "--ratchet"]):
            code, _, err = run(workspace, PROGRAM, *arguments)
            assert code == 2
            assert "error: cannot write " in err
            assert "permission denied" in err
        code, out, _ = run(workspace, PROGRAM, "check")
        assert code == 1
        assert "1 error" in out and "39 more places" in out
    finally:
        workspace.chmod(0o755)
    assert contents(workspace) == before


def test_a_file_that_may_not_be_written_to(workspace: Path) -> None:
    before = contents(workspace)
    (workspace / "c00.yaml").chmod(0o444)
    code, _, err = run(workspace, PROGRAM, "check", "--fix")
    assert code == 2
    assert f"cannot write {workspace}/c00.yaml: permission denied" in err
    assert contents(workspace) == before


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("name", "command"),
    [
        (".bizalign-baseline.json", "baseline write"),
        (".bizalign-coverage.yaml", "check --ratchet"),
        ("report.json", "check --output json:report.json"),
        ("shapes.ttl", "export shacl --shapes shapes.ttl"),
        ("docs/rules/BAS101.md", "docs"),
    ],
)
def test_a_read_only_file_of_ours_stays(workspace: Path, name: str, command: str) -> None:
    """Whoever may write to its folder could replace it."""
    file = workspace / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if command == "docs":
        assert run(workspace, PROGRAM, "docs")[0] == 0
        file.write_text(file.read_text() + "stale\n")
    else:
        file.write_text("{}\n")
    file.chmod(0o444)
    before = file.read_text()
    code, _, err = run(workspace, PROGRAM, *command.split())
    assert code == 2
    assert f"{name}: permission denied" in err
    assert file.read_text() == before


# Interruptions


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_at_any_moment_leaves_whole_files(
    workspace: Path, number: signal.Signals
) -> None:
    before = contents(workspace)
    after = mended(before)
    start = time.perf_counter()
    assert run(workspace, PROGRAM, "check", "--diff")[0] == 1
    whole = time.perf_counter() - start
    for moment in (0.3, 0.7, 0.9, 1.0):
        for name, text in before.items():
            (workspace / name).write_text(text)
        with subprocess.Popen(
            [PROGRAM, "check", "--fix", "--quiet"],
            cwd=workspace,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            time.sleep(whole * moment)
            process.send_signal(number)
            _, err = process.communicate(timeout=60)
        now = contents(workspace)
        assert now.keys() == before.keys()
        assert [name for name in now if now[name] not in (before[name], after[name])] == []
        if process.returncode == 2:
            assert "error: interrupted\n" in err
        elif process.returncode == 1 and "KeyboardInterrupt" in err:  # before anything of ours ran
            assert now == before
        elif process.returncode != -number:  # before Python could look after it
            assert process.returncode == 1
            assert now == after


@pytest.mark.sampled(1)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_of_the_report_is_reported(workspace: Path, number: signal.Signals) -> None:
    """It stands still in the middle of its report, as nobody reads on."""
    for extra in range(1000):
        (workspace / f"e{extra}.yaml").write_text(BROKEN.format(name=f"e{extra}"))
    with subprocess.Popen(
        [PROGRAM, "check", "--all"],
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.decode() == (
        "error: interrupted\n"
        "  hint: every file is either unchanged or complete; run the command again for the rest\n"
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_was_being_written_is_cleared_away(tmp_path: Path, number: signal.Signals) -> None:
    code = f"""if True:
        import os, sys, time
        from bizalign_lint import cli
        from bizalign_lint.cli import edge, writing
        def half(path, pieces, mode):
            open(path, "w").write("hal")
            os.kill(os.getpid(), {int(number)})
            time.sleep(9)
        writing._draft = half
        edge.run = lambda _: writing.write(writing.output_target("report", "."), ["new"])
        cli.main()
    """
    (tmp_path / "report").write_text("old")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert done.returncode == 2
    assert contents(tmp_path) == {"report": "old"}


def test_what_was_there_before_is_cleared_away(tmp_path: Path) -> None:
    """The old file has the name of the draft for a moment."""
    code = """if True:
        import os, signal
        from bizalign_lint import cli
        from bizalign_lint.cli import edge, writing
        writing._clear = lambda _: os.kill(os.getpid(), signal.SIGTERM)
        target = writing.output_target("report", ".")
        edge.run = lambda _: writing.replace(target, b"old", [b"new"])
        cli.main()
    """
    (tmp_path / "report").write_text("old")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert done.returncode == 2
    assert contents(tmp_path) == {"report": "new"}


def test_an_interruption_is_reported_even_while_yaml_is_read() -> None:
    """The library that reads it is kept from writing to standard error meanwhile."""
    code = """if True:
        import os, signal, sys
        from bizalign_lint import cli
        from bizalign_lint.cli import edge
        from bizalign_lint.parsing.yaml import fast
        def parse(*_):
            os.kill(os.getpid(), signal.SIGTERM)
        fast.ryml.parse_in_arena = parse
        edge.run = lambda _: fast.read(b"a: 1")
        cli.main()
    """
    assert_is_told(code)


def test_an_interruption_while_a_library_is_imported_is_no_crash() -> None:
    """An exception out of what orjson imports, such as KeyboardInterrupt, ends in signal 11."""
    code = """if True:
        import os, signal, sys
        from bizalign_lint import cli
        from bizalign_lint.cli import edge
        class Interrupt:
            def find_spec(self, name, *_):
                if name == "uuid":
                    os.kill(os.getpid(), signal.SIGINT)
        def run(_):
            sys.modules.pop("uuid", None)
            sys.meta_path.insert(0, Interrupt())
            import orjson
        edge.run = run
        cli.main()
    """
    assert_is_told(code)


def assert_is_told(code: str) -> None:
    """A process that is interrupted says so, and ends as it should."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("error: interrupted\n")


def test_an_interruption_before_the_start_is_reported() -> None:
    code = """if True:
        import sys
        from bizalign_lint.cli import main
        class Stop:
            def find_spec(self, *_):
                raise KeyboardInterrupt
        sys.meta_path.insert(0, Stop())
        main()
    """
    assert_is_told(code)


# What is interrupted between opening a file and looking after it closes it when it is forgotten.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_an_interruption_at_any_line_of_what_writes_leaves_whole_files(tmp_path: Path) -> None:
    before = {f"{name}.yaml": f"old {name}\n" for name in "abc"}
    changed = [
        (Source(name, text.encode()), Source(name, text.replace("old", "new").encode()))
        for name, text in before.items()
    ]
    after = {name: text.replace("old", "new") for name, text in before.items()}
    seen: set[int] = set()
    for moment in range(1, 1000):
        for name, text in before.items():
            (tmp_path / name).write_text(text)
        lines = 0

        def local(frame: FrameType, event: str, _argument: Any) -> Any:
            nonlocal lines
            if event == "line":
                lines += 1
                if lines == moment:  # noqa: B023 it runs within this turn
                    raise KeyboardInterrupt
            return local

        def enter(frame: FrameType, _event: str, _argument: Any) -> Any:
            return local if frame.f_code.co_filename == writing.__file__ else None

        tracing = sys.gettrace()
        sys.settrace(enter)
        try:
            changes.write_changes(str(tmp_path), changed)
        except KeyboardInterrupt:
            interrupted = True
        else:
            interrupted = False
        finally:
            sys.settrace(tracing)
        now = contents(tmp_path)
        assert now.keys() == before.keys()
        assert [name for name in now if now[name] not in (before[name], after[name])] == []
        seen.add(sum(now[name] == after[name] for name in now))
        if not interrupted:
            break
    assert not interrupted
    assert seen == {0, 1, 2, 3}
    assert moment > 30
