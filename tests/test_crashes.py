"""When we crash: the exit code says so, and a log says where, whatever state we are in."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

PROGRAM = os.path.join(sysconfig.get_path("scripts"), "bizalign-lint")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace; beside it a folder that nobody may touch."""
    folder = tmp_path.resolve() / "home" / "ws"
    folder.mkdir(parents=True)
    (folder / ".bizalign.yaml").touch()
    (folder / "a.yaml").write_text("apiVersion: bizalign/v1\n")
    (folder.parent / "outside").mkdir()
    return folder


CRASH = """
import os, sys, time
from bizalign_lint import cli
from bizalign_lint.engine import load
def crash(*_, **__):
    {deed}
load.load = crash
sys.argv[1:] = ["check"]
cli.main()
"""


def crashed(
    workspace: Path, deed: str, streams: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """A command that crashes after a deed, as a process."""
    return subprocess.run(
        [
            "sh",
            "-c",
            f'exec "$0" -c "$1" {streams}',
            sys.executable,
            CRASH.format(deed=deed),
        ],
        cwd=workspace,
        env={**os.environ, "XDG_CACHE_HOME": str(workspace.parent / "cache"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("deed", "environment"),
    [
        ("raise MemoryError", {}),
        ("raise RuntimeError", {"TZ": "Nowhere/At_All"}),
        ("raise RuntimeError", {"TZ": "<+99>-999:99:99"}),
        ("os.system('rm -rf $PWD'); raise RuntimeError", {}),
        ("sys.modules['datetime'] = sys.modules['traceback'] = None; raise RuntimeError", {}),
        ("sys.path.clear(); raise RuntimeError('x' * 10 ** 7)", {}),
        ("crash()", {}),
    ],
)
def test_a_crash_is_reported_whatever_state_we_are_in(
    workspace: Path, deed: str, environment: dict[str, str]
) -> None:
    done = crashed(workspace, deed, **environment)
    assert done.returncode == 4
    assert done.stderr.startswith("bizalign-lint crashed: ")
    (log,) = (workspace.parent / "cache" / "bizalign-lint").iterdir()
    assert done.stderr.endswith(f"with the log in {log}\n")
    assert log.stat().st_mode & 0o777 == 0o600
    assert "Traceback" in log.read_text()
    assert f"folder: {workspace}\n" in log.read_text()


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full", ">&- 2>&-", ">/dev/full 2>&1"])
def test_a_crash_that_nobody_hears_of_has_its_exit_code(workspace: Path, streams: str) -> None:
    assert crashed(workspace, "raise RuntimeError", streams).returncode == 4


def test_a_crash_in_reporting_a_crash_has_its_exit_code(workspace: Path) -> None:
    deed = "import traceback; traceback.format_tb = traceback.extract_tb = None; raise MemoryError"
    done = crashed(workspace, deed)
    assert (done.returncode, done.stderr) == (4, "bizalign-lint crashed, and could not report it\n")


def test_a_crash_before_the_start_has_its_exit_code(workspace: Path) -> None:
    code = "import sys; sys.modules['click'] = None; from bizalign_lint.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (4, "bizalign-lint crashed, and could not report it\n")


@pytest.mark.parametrize("cache", ["cache", "."])
def test_no_log_goes_into_what_is_checked(workspace: Path, cache: str) -> None:
    """A relative cache folder would be one in the repository, and perhaps a link."""
    (workspace / "cache").symlink_to("../outside")
    before = sorted(workspace.parent.rglob("*"))
    temporary = workspace.parent.parent / "temporary"
    temporary.mkdir()
    done = crashed(workspace, "raise RuntimeError", XDG_CACHE_HOME=cache, TMPDIR=str(temporary))
    assert done.returncode == 4
    assert sorted(workspace.parent.rglob("*")) == before
    assert len(list(temporary.iterdir())) == 1


@pytest.mark.parametrize("zone", ["Nowhere/At_All", "<+99>-999:99:99", "XX", ":", "/dev/null"])
def test_a_time_zone_that_there_is_not_is_no_crash(workspace: Path, zone: str) -> None:
    done = subprocess.run(
        [PROGRAM, "config", "show"], cwd=workspace, env={**os.environ, "TZ": zone}, timeout=60
    )
    assert done.returncode == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a current folder cannot be removed")
def test_a_folder_that_is_gone_is_reported(workspace: Path) -> None:
    gone = workspace / "gone"
    command = f'mkdir gone && cd gone && rmdir "$PWD" && exec "{PROGRAM}" "$@"'
    for arguments in (["check"], ["check", str(workspace)], ["docs"], ["rule", "list"]):
        done = subprocess.run(
            ["sh", "-c", command, "sh", *arguments], cwd=workspace, capture_output=True, text=True
        )
        assert done.returncode == 2
        assert done.stderr.startswith("error: the current folder no longer exists\n")
        assert not gone.exists()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_an_error_that_cannot_be_reported_has_its_exit_code(workspace: Path) -> None:
    for arguments in ("check nowhere", "check --nonsense", "baseline check"):
        command = f'exec "{PROGRAM}" {arguments} 2>/dev/full'
        done = subprocess.run(["sh", "-c", command], cwd=workspace, timeout=60)
        assert done.returncode == 2
