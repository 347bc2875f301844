"""``check --fix``, ``--diff`` and ``--add-ignore`` as a person, a script and a hook meet them."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.cli import writing
from tests.conftest import Call

NORWAY = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata:
  name: norway
  owner: norway
  labels: {country: no}   # an ISO code
spec:
  parent: slaes
"""
SALES = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sales, owner: sales}
spec: {}
"""
QUOTED = NORWAY.replace("no}", '"no"}')


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with something to mend, in which the test stands."""
    folder = tmp_path.resolve() / "ws"
    folder.mkdir()
    (folder / ".bizalign.yaml").write_text("select: [MOD103, MOD109]\nasOf: 2026-06-30\n")
    (folder / "norway.yaml").write_text(NORWAY)
    (folder / "sales.yaml").write_text(SALES)
    monkeypatch.chdir(folder)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_report_says_what_can_be_fixed(workspace: Path, call: Call) -> None:
    code, out, _ = call("check")
    assert code == 1
    assert "norway.yaml:6:21: warning[MOD103] [*] no is text here" in out
    last = "1 finding can be fixed with --fix, 1 more with --fix --unsafe-fixes\n"
    assert out.endswith(last)
    report = json.loads(call("check", "--format", "json")[1])
    assert report["summary"]["fixable"] == {"safe": 1, "unsafe": 1}
    assert report["findings"][0]["fix"] == {
        "title": "Put no in quotes",
        "safe": True,
        "edits": [
            {
                "path": "norway.yaml",
                "range": {"start": {"line": 6, "column": 21}, "end": {"line": 6, "column": 23}},
                "text": '"no"',
            }
        ],
    }


def test_fix_applies_fixes_and_reports_the_rest(workspace: Path, call: Call) -> None:
    code, out, err = call("check", "--fix")
    assert (code, err) == (1, "note: 1 finding in 1 file fixed\n")
    assert "MOD103" not in out
    assert "MOD109" in out
    assert (workspace / "norway.yaml").read_text() == QUOTED
    assert call("check", "--fix")[2] == ""


def test_unsafe_fixes_are_asked_for(workspace: Path, call: Call) -> None:
    code, out, err = call("check", "--fix", "--unsafe-fixes")
    assert (code, err) == (0, "note: 2 findings in 1 file fixed\n")
    assert out.startswith("All aligned")
    assert (workspace / "norway.yaml").read_text() == QUOTED.replace("slaes", "sales")


def test_diff_shows_and_writes_nothing(workspace: Path, call: Call) -> None:
    code, out, err = call("check", "--diff", "--unsafe-fixes")
    assert (code, err) == (1, "note: 2 findings in 1 file would be fixed\n")
    assert (workspace / "norway.yaml").read_text() == NORWAY
    assert out.startswith("--- a/norway.yaml\n+++ b/norway.yaml\n@@ ")
    subprocess.run(["git", "apply"], input=out.encode(), check=True)
    assert (workspace / "norway.yaml").read_text() == QUOTED.replace("slaes", "sales")
    assert call("check", "--diff", "--unsafe-fixes") == (0, "", "")


def test_a_diff_keeps_breaks_and_the_end(workspace: Path, call: Call) -> None:
    content = NORWAY.rstrip().replace("\n", "\r\n").encode()
    (workspace / "norway.yaml").write_bytes(content)
    _, out, _ = call("check", "--diff", "--unsafe-fixes")
    subprocess.run(["git", "apply"], input=out.encode(), check=True)
    wanted = content.replace(b"no}", b'"no"}').replace(b"slaes", b"sales")
    assert (workspace / "norway.yaml").read_bytes() == wanted


def test_only_what_is_asked_about_is_fixed(workspace: Path, call: Call) -> None:
    assert call("check", "sales.yaml", "--fix")[0] == 0
    assert (workspace / "norway.yaml").read_text() == NORWAY


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--unsafe-fixes"], "--unsafe-fixes needs --fix or --diff"),
        (["--fix", "--add-ignore", "x"], "--fix and --add-ignore cannot be combined"),
        (["--add-ignore", " "], "give a one-line reason"),
        (["--add-ignore", "a\nb"], "give a one-line reason"),
        (["--diff", "--output", "json:x.json"], "--diff cannot be combined"),
    ],
)
def test_what_does_not_go_together(
    workspace: Path, call: Call, arguments: list[str], message: str
) -> None:
    code, out, err = call("check", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert (workspace / "norway.yaml").read_text() == NORWAY


def test_the_mode_is_kept_and_links_stay(workspace: Path, call: Call) -> None:
    (workspace / "norway.yaml").rename(workspace / "norway.real")
    (workspace / "norway.yaml").symlink_to("norway.real")
    (workspace / "norway.real").chmod(0o640)
    call("check", "--fix")
    assert (workspace / "norway.yaml").is_symlink()
    assert (workspace / "norway.real").read_text() == QUOTED
    assert (workspace / "norway.real").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "error", "code", "message"),
    [
        ("replace", OSError(errno.EACCES, "Permission denied"), 2, "permission denied"),
        ("replace", OSError(errno.EROFS, "Read-only file system"), 2, "read-only file system"),
        ("replace", KeyboardInterrupt(), 2, ""),
        ("chmod", OSError(errno.ENOSPC, "No space left on device"), 2, "no space left on device"),
    ],
)
def test_what_fails_while_writing_leaves_the_file(
    workspace: Path,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    error: BaseException,
    code: int,
    message: str,
) -> None:
    def fail(*_: Any) -> None:
        raise error

    before = names(workspace)
    with monkeypatch.context() as patched:
        patched.setattr(writing, "exchange", lambda *_: False)
        patched.setattr(os, name, fail)
        got, _, err = call("check", "--fix")
    assert got == code
    if message:
        assert f"cannot write {workspace / 'norway.yaml'}: {message}" in err
    assert (workspace / "norway.yaml").read_text() == NORWAY
    assert names(workspace) == before


def test_a_full_disk_leaves_the_file(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = names(workspace)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        code, _, err = call("check", "--fix")
    assert code == 2
    assert "no space left on device" in err
    assert (workspace / "norway.yaml").read_text() == NORWAY
    assert names(workspace) == before


def test_a_read_only_file_is_not_replaced(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda path, mode: mode != os.W_OK)
        code, _, err = call("check", "--fix")
    assert code == 2
    assert "permission denied" in err
    assert (workspace / "norway.yaml").read_text() == NORWAY


def test_a_file_that_has_changed_meanwhile_is_not_replaced(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even by somebody who saves it when the draft is already there in full."""

    def slow(_: int) -> None:
        (workspace / "norway.yaml").write_text("# somebody else\n")

    before = names(workspace)
    monkeypatch.setattr(os, "fsync", slow)
    code, _, err = call("check", "--fix")
    assert code == 2
    assert f"cannot write {workspace / 'norway.yaml'}: it has changed since it was read" in err
    assert names(workspace) == before
    assert (workspace / "norway.yaml").read_text() == "# somebody else\n"


def test_what_was_written_before_a_failure_is_reported(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "sales.yaml").write_text(
        SALES.replace("spec: {}", "spec: {}  # x") + "---\n" + NORWAY
    )
    replace = os.replace

    def fail(source: str, target: str) -> None:
        if target.endswith("sales.yaml"):
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(writing, "exchange", lambda *_: False)
        patched.setattr(os, "replace", fail)
        code, _, err = call("check", "--fix")
    assert code == 2
    assert "1 of 2 files had been written before" in err
    assert (workspace / "norway.yaml").read_text() == QUOTED


# Comments that accept what is found


def test_add_ignore_writes_a_comment_a_line(workspace: Path, call: Call) -> None:
    code, out, err = call("check", "--add-ignore", "agreed until=2026-12-31")
    assert (code, err) == (0, "note: 2 findings in 1 file accepted\n")
    assert "2 suppressed" in out
    text = (workspace / "norway.yaml").read_text()
    comment = "# bizalign: ignore[{}] -- agreed until=2026-12-31\n"
    assert text == NORWAY.replace("code\n", "code\n  " + comment.format("MOD103")).replace(
        "slaes\n", "slaes  " + comment.format("MOD109")
    )
    shown = call("check", "--show-suppressed")[1]
    assert (
        "norway.yaml:8:11: suppressed[MOD109] no OrganizationUnit is named slaes"
        in shown.replace(":9:", ":8:")
    )
    assert "(comment: agreed, until 2026-12-31)" in shown
    assert call("check", "--select", "MOD")[0] == 0


def test_add_ignore_can_be_looked_at_first(workspace: Path, call: Call) -> None:
    code, out, _ = call("check", "--add-ignore", "agreed", "--diff")
    assert code == 1
    assert "+  parent: slaes  # bizalign: ignore[MOD109] -- agreed\n" in out
    assert (workspace / "norway.yaml").read_text() == NORWAY


BRACKETS = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: norway, owner: norway,
  labels: {country: no, other: on}}
spec: {parent: slaes}
---
apiVersion: bizalign/v1
kind: Objective
metadata:
  name: grow
spec:
  keyResults:
  - name: share
    due: soon
    description: |
      no
  - {name: speed,
     due: later}
"""


def test_no_comment_is_in_text_or_in_open_brackets(workspace: Path, call: Call) -> None:
    (workspace / "norway.yaml").write_text(BRACKETS)
    code, out, err = call("check", "--select", "MOD", "--ignore", "MOD119", "--add-ignore", "so")
    text = (workspace / "norway.yaml").read_text()
    assert (code, err.count("accepted")) == (0, 1), out + err + text
    mark = "  # bizalign: ignore[{}] -- so\n"
    assert text == (
        BRACKETS.replace("on}}\n", "on}}" + mark.format("MOD103"))
        .replace("slaes}\n", "slaes}" + mark.format("MOD109"))
        .replace("soon\n", "soon" + mark.format("MOD106"))
        .replace("later}\n", "later}" + mark.format("MOD106"))
    )


def test_what_no_comment_can_accept_is_reported(workspace: Path, call: Call) -> None:
    broken = "apiVersion: bizalign/v1\nkind: [\n"
    (workspace / "norway.yaml").write_text(broken)
    code, _, err = call("check", "--select", "MOD101", "--add-ignore", "so")
    assert code == 1
    assert "MOD101 cannot be suppressed by a comment" in err
    assert (workspace / "norway.yaml").read_text() == broken
