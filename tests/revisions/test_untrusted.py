"""What the folder that is checked tells git: nothing of it is run, and no answer depends on it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bizalign_lint.sources import git as asking
from tests.conftest import Call
from tests.revisions.repository import CONFIG, Repository

pytestmark = pytest.mark.process

GOAL = """\
apiVersion: bizalign/v1
kind: Objective
metadata: {{name: o, title: O}}
spec:
  period: {{start: 2026-01-01, end: 2026-12-31}}
  keyResults:
    - {{name: k, title: 9 of 10 are happy, unit: people, baseline: 1, target: 9, due: {due}}}
"""
PUSHED = ("2026-03-31", "2026-06-30", "2026-09-30")
"""A due date that is moved, again and again."""

Trap = Callable[[Path], str]


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    """Writes a program that leaves a trace; returns its path."""

    def setting(trace: Path) -> str:
        program = tmp_path / "trap"
        program.write_text(f"#!/bin/sh\ntouch '{trace}'\nexit 1\n")
        program.chmod(0o755)
        return str(program)

    return setting


def history(repository: Repository, path: str = "goal.yaml") -> None:
    """Commit a goal whose date is pushed, and push it once more in the work tree."""
    for due in PUSHED:
        repository.commit({path: GOAL.format(due=due)})
    repository.write({path: GOAL.format(due="2026-12-31")})


def commands(call: Call) -> list[tuple[int, str, str]]:
    """Every command that asks git."""
    return [
        call("check"),
        call("check", "--since", "HEAD"),
        call("check", "--new", "--staged"),
        call("check", "--since", "merge-base:main"),
        call("check", "--staged"),
        call("check", "--tracked"),
        call("check", "--add-ignore", "as agreed", "--since", "HEAD"),
        call("diff", "HEAD"),
    ]


def look_alike(folder: Path, trace: Path) -> None:
    """Make a folder of ordinary files that git takes for a repository, with a remote of its own."""
    (folder / "refs" / "heads").mkdir(parents=True)
    (folder / "objects").mkdir()
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "refs" / "heads" / "main").write_text("1" * 40 + "\n")
    (folder / "config").write_text(
        "[core]\n\trepositoryformatversion = 1\n\tbare = false\n\tworktree = .\n"
        '[extensions]\n\tpartialClone = origin\n[remote "origin"]\n'
        f"\turl = ext::sh -c touch% {trace}\n\tpromisor = true\n"
        '[protocol "ext"]\n\tallow = always\n'
    )


@pytest.mark.parametrize("below", [".", "sub/folder"])
@pytest.mark.parametrize("linked", [False, True])
def test_a_folder_that_looks_like_a_repository_is_not_asked(
    repository: Repository,
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    below: str,
    linked: bool,
) -> None:
    """Nor one whose objects are elsewhere, as in a linked work tree."""
    trace = tmp_path / "ran"
    model = repository.folder / "model"
    look_alike(model, trace)
    if linked:
        (repository.folder / "other").mkdir()
        for name in ("objects", "refs", "config"):
            (model / name).rename(repository.folder / "other" / name)
        (model / "commondir").write_text("../other\n")
    workspace = model / below
    workspace.mkdir(parents=True, exist_ok=True)
    (workspace / ".bizalign.yaml").write_text(CONFIG)
    (workspace / "goal.yaml").write_text(GOAL.format(due="2026-12-31"))
    monkeypatch.chdir(workspace)
    told = commands(call)
    assert not trace.exists()
    for code, _, complaint in (told[1], told[3], told[4], told[6]):
        assert code == 2
        assert _not_run(model) in complaint


def _not_run(folder: Path) -> str:
    return f"git is not run in {folder}, which is laid out like a bare repository or a .git folder"


@pytest.mark.parametrize("inside", [False, True], ids=["bare", "git's own folder"])
def test_a_repository_without_a_work_tree_is_not_asked(
    repository: Repository,
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    inside: bool,
) -> None:
    """A real one is told to be left as it is: a work tree is what is to be checked."""
    history(repository)
    if inside:
        (repository.folder / ".bizalign.yaml").unlink()
        bare = repository.folder / ".git"
    else:
        bare = tmp_path.resolve() / "bare.git"
        repository.git("clone", "-q", "--bare", ".", str(bare))
        (bare / ".bizalign.yaml").write_text(CONFIG)
    monkeypatch.chdir(bare)
    for command in (["check", "--since", "HEAD"], ["diff", "HEAD"], ["trend"]):
        code, out, complaint = call(*command)
        assert (code, out) == (2, "")
        assert _not_run(bare) in complaint
        assert "check a folder of a work tree instead" in complaint
        assert not any(word in complaint for word in ("delete", "move", "remove"))


def test_an_old_git_is_not_asked_there_either(
    repository: Repository, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before 2.38 git knows no safe.bareRepository: that it is never started is what protects."""
    started = tmp_path / "started"
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "git"
    fake.write_text(f"#!/bin/sh\n: >'{started}'\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    call("check", "--since", "HEAD")
    assert started.exists()
    started.unlink()
    look_alike(repository.folder / "model", tmp_path / "ran")
    monkeypatch.chdir(repository.folder / "model")
    repository.write(
        {"model/.bizalign.yaml": CONFIG, "model/goal.yaml": GOAL.format(due="2026-12-31")}
    )
    commands(call)
    assert not started.exists()


CONFIGURED = {
    "signatures": [("log.showSignature", "true"), ("gpg.program", "TRAP")],
    "ssh-signatures": [
        ("log.showSignature", "true"),
        ("gpg.format", "ssh"),
        ("gpg.ssh.program", "TRAP"),
        ("gpg.ssh.allowedSignersFile", "/dev/null"),
    ],
    "fsmonitor": [("core.fsmonitor", "TRAP")],
    "differences": [
        ("diff.external", "TRAP"),
        ("diff.trap.textconv", "TRAP"),
        ("diff.trap.command", "TRAP"),
    ],
    "filters": [
        ("filter.trap.smudge", "TRAP"),
        ("filter.trap.clean", "TRAP"),
        ("filter.trap.process", "TRAP"),
        ("filter.trap.required", "true"),
    ],
    "pager": [("core.pager", "TRAP"), ("pager.log", "TRAP"), ("pager.ls-files", "TRAP")],
    "alias": [("alias.log", "!TRAP"), ("alias.ls-files", "!TRAP"), ("alias.rev-parse", "!TRAP")],
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", CONFIGURED)
def test_a_repository_that_names_programs_has_none_started(
    repository: Repository, call: Call, tmp_path: Path, trap: Trap, name: str
) -> None:
    """A real repository, unpacked from somewhere: its configuration is not ours."""
    trace = tmp_path / "ran"
    program = trap(trace)
    (repository.folder / ".git" / "hooks").mkdir(exist_ok=True)
    repository.write({".gitattributes": "*.yaml diff=trap\n"})
    history(repository)
    signature = "gpgsig -----BEGIN SSH SIGNATURE-----\n x\n -----END SSH SIGNATURE-----\n"
    if name == "signatures":
        signature = signature.replace("SSH", "PGP")
    lines = repository.git("cat-file", "commit", "HEAD").split("\n\n", 1)
    signed = f"{lines[0]}\n{signature}\n{lines[1]}"
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=repository.folder,
        input=signed.encode(),
        capture_output=True,
        check=True,
    )
    repository.git("update-ref", "HEAD", made.stdout.decode().strip())
    repository.write({".gitattributes": "*.yaml diff=trap filter=trap\n"})
    for hook in ("post-index-change", "reference-transaction", "pre-commit"):
        path = repository.folder / ".git" / "hooks" / hook
        path.write_text(f"#!/bin/sh\ntouch '{trace}'\n")
        path.chmod(0o755)
    for key, value in CONFIGURED[name]:
        subprocess.run(
            ["git", "config", key, value.replace("TRAP", program)],
            cwd=repository.folder,
            check=True,
        )
    commands(call)
    assert not trace.exists()
    if name in ("signatures", "ssh-signatures", "fsmonitor", "filters", "differences"):
        asked = {"fsmonitor": ("status",), "filters": ("diff",)}.get(name, ("log", "-p"))
        subprocess.run(["git", *asked], cwd=repository.folder, capture_output=True, check=False)
        assert trace.exists(), "the trap is none"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["blob", "tree", "commit"])
def test_what_is_missing_is_not_fetched(
    repository: Repository, call: Call, tmp_path: Path, kind: str
) -> None:
    """A partial clone whose remote is a command."""
    trace = tmp_path / "ran"
    history(repository)
    name = {"blob": "HEAD:goal.yaml", "tree": "HEAD^{tree}", "commit": "HEAD~1"}[kind]
    lost = repository.git("rev-parse", name).strip()
    with (repository.folder / ".git" / "config").open("a") as config:
        config.write(
            "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n"
            f'[remote "origin"]\n\turl = ext::sh -c touch% {trace}\n\tpromisor = true\n'
            '[protocol "ext"]\n\tallow = always\n'
        )
    (repository.folder / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    told = commands(call)
    assert not trace.exists()
    assert kind == "commit" or "git cannot read the files of HEAD" in told[1][2]
    subprocess.run(
        ["git", "cat-file", "-t", lost], cwd=repository.folder, capture_output=True, check=False
    )
    assert trace.exists(), "the trap is none"


def test_only_the_git_of_an_absolute_folder_is_started(
    repository: Repository, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: Trap
) -> None:
    trace = tmp_path / "ran"
    Path(trap(trace)).rename(repository.folder / "git")
    history(repository)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", os.environ["PATH"]]))
    assert "OUT124" in call("check", "--since", "HEAD", "--select", "OUT124")[1]
    assert not trace.exists()


SETTINGS = (
    "diff.relative=true",
    "diff.orderFile=/nowhere/at/all",
    "diff.renames=false",
    "diff.renameLimit=1",
    "diff.noprefix=true",
    "color.ui=always",
    "core.quotePath=true",
    "core.abbrev=4",
    "format.pretty=fuller",
    "log.showRoot=false",
    "log.date=relative",
    "log.decorate=full",
    "log.showSignature=true",
    "log.follow=false",
    "submodule.recurse=true",
)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("setting", SETTINGS)
def test_the_configuration_of_the_user_changes_nothing(
    repository: Repository, call: Call, setting: str
) -> None:
    history(repository, "goals/before.yaml")
    repository.commit()
    repository.git("mv", "goals/before.yaml", "goals/ä after.yaml")
    repository.commit()
    repository.write({"goals/ä after.yaml": GOAL.format(due="2027-01-31")})
    asked = ("check", "--since", "HEAD", "--select", "OUT124", "--format", "json")
    usual = call(*asked)
    assert "OUT124" in usual[1]
    repository.git("config", *setting.split("=", 1))
    assert call(*asked) == usual


@pytest.mark.parametrize("variable", ["GLOB", "ICASE", "LITERAL", "NOGLOB"])
def test_how_paths_are_meant_is_not_for_the_environment(
    repository: Repository, call: Call, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    history(repository)
    monkeypatch.setenv(f"GIT_{variable}_PATHSPECS", "1")
    assert "OUT124" in call("check", "--since", "HEAD", "--select", "OUT124")[1]


@pytest.mark.parametrize(
    "name", ["x blob.yaml", "x\ny.yaml", ":(exclude)x.yaml", "a[b]*.yaml", ":/x.yaml", "ä\t.yaml"]
)
def test_a_file_may_have_any_name(repository: Repository, call: Call, name: str) -> None:
    """Its history is found, and it may have been deleted in between."""
    history(repository, name)
    asked = ("check", "--since", "HEAD", "--select", "OUT124")
    assert "OUT124" in call(*asked)[1]
    (repository.folder / name).unlink()
    repository.commit()
    repository.commit({name: GOAL.format(due=PUSHED[-1])})
    repository.write({name: GOAL.format(due="2026-12-31")})
    assert "OUT124" in call(*asked)[1]


def test_a_git_that_does_not_answer_is_reported(
    repository: Repository, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe in place of a file that git reads keeps it waiting for ever."""
    repository.commit({"goal.yaml": GOAL.format(due=PUSHED[0])})
    os.mkfifo(repository.folder / ".gitignore")
    monkeypatch.setattr(asking, "TIMEOUT", 0.5)
    code, out, complaint = call("check")
    assert (code, out) == (2, "")
    assert f"{repository.folder}: git ls-files did not answer within 0.5 seconds" in complaint
    assert "Traceback" not in complaint


def test_git_is_started_in_one_place() -> None:
    package = Path(asking.__file__).parent
    starting = [
        path.name
        for path in package.rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("subprocess", "os.system", "Popen"))
    ]
    assert starting == ["git.py"]


ELSEWHERE = "apiVersion: bizalign/v1\nkind: [hunter2-secret\n"


@pytest.mark.parametrize(
    "target",
    [
        "../secret.yaml",
        "folder/../../secret.yaml",
        "out/secret.yaml",
        "{above}/secret.yaml",
        "/proc/self/environ",
        ".git/config",
        ".GIT/config",
        "link.yaml",
        "other.yaml",
        "../" * 1000 + "secret.yaml",
        "folder/" * 200_000,
        "a/../" * 700 + "secret.yaml",
        "long/secret.yaml",
    ],
)
@pytest.mark.parametrize("options", [("--staged",), ("--since", "HEAD")])
def test_no_link_that_git_keeps_leads_out(
    repository: Repository, call: Call, target: str, options: tuple[str, ...]
) -> None:
    """As in the work tree; and whatever its target, following it ends."""
    above = repository.folder.parent
    (above / "secret.yaml").write_text(ELSEWHERE)
    for name, leads in {
        "link.yaml": target.format(above=above),
        "other.yaml": "link.yaml",
        "out": "..",
        "long": "long/long",
        "folder": ".",
    }.items():
        blob = repository.git_given(leads, "hash-object", "-w", "--stdin").strip()
        repository.git("update-index", "--add", "--cacheinfo", f"120000,{blob},{name}")
    repository.git("commit", "-q", "-m", "Add links")
    code, out, err = call("check", *options)
    assert code in (0, 1, 3), err
    assert "hunter2" not in out + err
