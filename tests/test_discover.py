"""Which files belong to a workspace, whatever the folder holds."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.types import Location
from bizalign_lint.sources import read as reading
from bizalign_lint.sources.disk import Found, discover
from bizalign_lint.sources.read import read
from bizalign_lint.sources.roots import Root, find_root
from bizalign_lint.workspace.config import Config
from bizalign_lint.workspace.setup_files import read_own

ROOT = Path(__file__).parents[1]
Prepare = Callable[[Path], None]


def _plain(folder: Path) -> None:
    """A folder that git knows nothing of."""


def _untracked(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", folder], check=True)


def _tracked(folder: Path) -> None:
    _untracked(folder)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)


in_every_folder = pytest.mark.parametrize("prepare", [_plain, _untracked, _tracked])


@pytest.fixture(autouse=True)
def _git_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No configuration of git's but its own, and no repository above the test's folder."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


def _write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(os.fsencode(f"# {path}\n"))


def _find(
    root: Path,
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    own: frozenset[str] = frozenset(),
) -> Found:
    return discover(str(root), Globs(include), Globs(exclude), own)


def _paths(found: Found) -> list[str]:
    return [source.path for source in found.sources]


def _problems(found: Found) -> list[tuple[str, str]]:
    places = [flaw.place for flaw in found.flaws]
    assert all(isinstance(place, Location) for place in places)
    return [
        (place.path, flaw.details["problem"])
        for place, flaw in zip(places, found.flaws, strict=True)
        if isinstance(place, Location)
    ]


@in_every_folder
def test_finds_yaml_files_sorted(tmp_path: Path, prepare: Prepare) -> None:
    _write(tmp_path, "b.yaml", "a.yml", "deep/er/c.yaml", "deep/a.yaml", "note.md", "d.yaml.bak")
    prepare(tmp_path)
    found = _find(tmp_path)
    assert _paths(found) == ["a.yml", "b.yaml", "deep/a.yaml", "deep/er/c.yaml"]
    assert found.sources[0].content == b"# a.yml\n"


@in_every_folder
def test_leaves_hidden_files_and_installed_packages_alone(tmp_path: Path, prepare: Prepare) -> None:
    _write(tmp_path, "a.yaml", ".hidden.yaml", ".github/b.yml", "x/.venv/c.yaml")
    _write(tmp_path, "node_modules/d.yaml", "x/node_modules/e/f.yaml", ".bizalign.yaml")
    prepare(tmp_path)
    assert _paths(_find(tmp_path)) == ["a.yaml"]


@in_every_folder
def test_copes_with_unusual_names(tmp_path: Path, prepare: Prepare) -> None:
    names = ["-dash.yaml", "a b.yaml", "new\nline.yaml", "tab\t.yaml", 'quo"te.yaml', "Ä 名.yaml"]
    _write(tmp_path, *names)
    prepare(tmp_path)
    assert _paths(_find(tmp_path)) == sorted(names)


@in_every_folder
def test_copes_with_names_that_are_not_utf8(tmp_path: Path, prepare: Prepare) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    try:
        _write(tmp_path, name)
    except OSError:
        pytest.skip("this file system wants UTF-8")
    prepare(tmp_path)
    assert _paths(_find(tmp_path)) == [name]


@in_every_folder
def test_does_not_look_into_other_workspaces(tmp_path: Path, prepare: Prepare) -> None:
    _write(tmp_path, "a.yaml", "other/.bizalign.yaml", "other/b.yaml", "other/deep/c.yaml")
    prepare(tmp_path)
    found = _find(tmp_path)
    assert _paths(found) == ["a.yaml"]
    assert found.nested == ["other"]


@in_every_folder
def test_include_and_exclude_narrow(tmp_path: Path, prepare: Prepare) -> None:
    _write(tmp_path, "model/a.yaml", "model/b.gen.yaml", "build/c.yaml", "d.yaml")
    prepare(tmp_path)
    assert _paths(_find(tmp_path, include=("model/",))) == ["model/a.yaml", "model/b.gen.yaml"]
    assert _paths(_find(tmp_path, exclude=("build/", "*.gen.yaml"))) == ["d.yaml", "model/a.yaml"]


@in_every_folder
def test_own_files_are_no_model(tmp_path: Path, prepare: Prepare) -> None:
    _write(tmp_path, "a.yaml", "lint/rules/r.yaml", "lint/rules/deep/s.yaml", "lint/kind.yaml")
    prepare(tmp_path)
    found = _find(tmp_path, own=frozenset({"lint/rules", "lint/kind.yaml"}))
    assert _paths(found) == ["a.yaml"]
    assert found.skipped == ["lint/kind.yaml", "lint/rules/deep/s.yaml", "lint/rules/r.yaml"]


@in_every_folder
def test_broken_links_are_reported_and_loops_passed_over(tmp_path: Path, prepare: Prepare) -> None:
    _write(tmp_path, "a.yaml", "folder/b.yaml")
    (tmp_path / "broken.yaml").symlink_to("nowhere")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "good.yaml").symlink_to("a.yaml")
    (tmp_path / "folder.yaml").symlink_to("folder")
    (tmp_path / "folder" / "up").symlink_to("..")
    prepare(tmp_path)
    found = _find(tmp_path)
    assert _paths(found) == ["a.yaml", "folder/b.yaml", "good.yaml"]
    assert _problems(found) == [("broken.yaml", "the link points to nowhere, which does not exist")]


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    _write(tmp_path, "a.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert _paths(_find(tmp_path)) == ["a.yaml"]


def test_a_folder_may_be_named_like_a_file(tmp_path: Path) -> None:
    _write(tmp_path, "a.yaml/b.yaml")
    assert _paths(_find(tmp_path)) == ["a.yaml/b.yaml"]


def test_unreadable_files_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, "a.yaml", "b.yaml")

    def refuse(path: str) -> bytes | None:
        if path.endswith("a.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return read(path)

    monkeypatch.setattr(reading, "read", refuse)
    found = _find(tmp_path)
    assert _paths(found) == ["b.yaml"]
    assert _problems(found) == [("a.yaml", "the file cannot be read: permission denied")]


def test_unreadable_folders_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, "a.yaml", "closed/b.yaml")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = _find(tmp_path)
    assert _paths(found) == ["a.yaml"]
    assert _problems(found) == [("closed", "the folder cannot be read: permission denied")]


@pytest.mark.sampled(1)
@in_every_folder
def test_folders_that_the_system_refuses_are_reported(tmp_path: Path, prepare: Prepare) -> None:
    """With a git that is not let in either; as root, one has to be told to be refused."""
    _write(tmp_path, "a.yaml", "closed er/b.yaml", "node_modules/c.yaml")
    prepare(tmp_path)
    (tmp_path / "closed er").chmod(0)
    if os.access(tmp_path / "closed er", os.R_OK):
        if (setpriv := shutil.which("setpriv")) is None:
            pytest.skip("nothing is refused to whoever runs the tests")
        code = (
            "import sys, pathlib; from tests.test_discover import _find, _problems;"
            "print(_problems(_find(pathlib.Path(sys.argv[1]))))"
        )
        refused = "-dac_override,-dac_read_search"
        command = [setpriv, f"--bounding-set={refused}", sys.executable, "-c", code, str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        assert done.stderr == ""
        problems = ast.literal_eval(done.stdout)
    else:
        problems = _problems(_find(tmp_path))
    (tmp_path / "closed er").chmod(0o755)
    assert problems == [("closed er", "the folder cannot be read: permission denied")]


def test_a_long_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a" * 3_000_000)
    assert len(read(str(tmp_path / "a.yaml")) or b"") == 3_000_000


def test_a_file_whose_size_is_not_reported_is_read_whole() -> None:
    path = "/proc/self/status"
    if not os.path.exists(path):
        pytest.skip("only Linux has such files")
    assert b"Name:" in (read(path) or b"")


# What git knows


def test_ignored_files_are_left_out(tmp_path: Path) -> None:
    _write(tmp_path, "a.yaml", "out/b.yaml", "deep/c.yaml", "deep/out/d.yaml")
    (tmp_path / ".gitignore").write_text("out/\n")
    (tmp_path / "deep" / ".gitignore").write_text("c.yaml\n")
    _untracked(tmp_path)
    assert _paths(_find(tmp_path)) == ["a.yaml"]


def test_a_tracked_file_counts_although_it_is_ignored(tmp_path: Path) -> None:
    _write(tmp_path, "a.yaml", "b.yaml")
    _tracked(tmp_path)
    (tmp_path / ".gitignore").write_text("a.yaml\n")
    assert _paths(_find(tmp_path)) == ["a.yaml", "b.yaml"]


def test_deleted_files_are_gone(tmp_path: Path) -> None:
    _write(tmp_path, "a.yaml", "b.yaml", "other/.bizalign.yaml", "other/c.yaml")
    _tracked(tmp_path)
    (tmp_path / "a.yaml").unlink()
    (tmp_path / "other" / ".bizalign.yaml").unlink()
    found = _find(tmp_path)
    assert _paths(found) == ["b.yaml", "other/c.yaml"]
    assert found.flaws == []


def test_what_a_sparse_checkout_leaves_out_is_read_from_the_index(tmp_path: Path) -> None:
    parts = ("here", "elsewhere")
    for part in parts:
        _write(tmp_path, f"{part}/a.yaml", f"{part}/own/.bizalign.yaml", f"{part}/own/b.yaml")
    _tracked(tmp_path)
    subprocess.run(["git", "sparse-checkout", "set", "here"], cwd=tmp_path, check=True)
    assert not (tmp_path / "elsewhere").exists()
    found = _find(tmp_path)
    assert _paths(found) == ["elsewhere/a.yaml", "here/a.yaml"]
    assert found.sources[0].content == b"# elsewhere/a.yaml\n"
    assert found.absent == {"elsewhere/a.yaml"}
    assert found.nested == ["elsewhere/own", "here/own"]


def test_a_workspace_may_be_a_part_of_a_repository(tmp_path: Path) -> None:
    _write(tmp_path, "a.yaml", "sub/b.yaml")
    (tmp_path / ".gitignore").write_text("a.yaml\n")
    _tracked(tmp_path)
    assert _paths(_find(tmp_path / "sub")) == ["b.yaml"]


def test_an_ignored_folder_can_be_a_workspace(tmp_path: Path) -> None:
    _write(tmp_path, "build/a.yaml")
    (tmp_path / ".gitignore").write_text("build/\n")
    _untracked(tmp_path)
    assert _paths(_find(tmp_path / "build")) == ["a.yaml"]


def test_nothing_is_found_where_everything_is_ignored(tmp_path: Path) -> None:
    _write(tmp_path, "a.yaml")
    (tmp_path / ".gitignore").write_text("*\n")
    _untracked(tmp_path)
    assert _paths(_find(tmp_path)) == []


def test_other_repositories_inside_are_left_alone(tmp_path: Path) -> None:
    _write(tmp_path, "a.yaml", "inner/b.yaml")
    _untracked(tmp_path)
    _tracked(tmp_path / "inner")
    assert _paths(_find(tmp_path)) == ["a.yaml"]


def test_files_in_conflict_are_read_once(tmp_path: Path) -> None:
    _write(tmp_path, "a.yaml")
    _tracked(tmp_path)
    identity = ["-c", "user.name=n", "-c", "user.email=n@example.org"]

    def git(*arguments: str) -> None:
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, capture_output=True)

    git("commit", "-qm", "one")
    git("checkout", "-qb", "side")
    (tmp_path / "a.yaml").write_text("side\n")
    git("commit", "-qam", "side")
    git("checkout", "-q", "-")
    (tmp_path / "a.yaml").write_text("main\n")
    git("commit", "-qam", "main")
    git("merge", "side")
    assert _paths(_find(tmp_path)) == ["a.yaml"]


def test_a_hooks_environment_does_not_mislead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, "a.yaml", "sub/b.yaml", "sub/c.yaml")
    (tmp_path / ".gitignore").write_text("c.yaml\n")
    _untracked(tmp_path)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index.lock")
    assert _paths(_find(tmp_path / "sub")) == ["b.yaml"]


def test_does_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, "a.yaml", "out/b.yaml")
    (tmp_path / ".gitignore").write_text("out/\n")
    _untracked(tmp_path)
    monkeypatch.setenv("PATH", "")
    assert _paths(_find(tmp_path)) == ["a.yaml", "out/b.yaml"]


# Roots


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of a test, links resolved."""
    folder = tmp_path.resolve() / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_the_root_is_where_the_configuration_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(home, ".bizalign.yaml", "model/apps/a.yaml", "model/b.yaml")
    root = str(home)
    assert find_root([]) == Root(root, None)
    assert find_root(["."]) == Root(root, None)
    assert find_root(["model"]) == Root(root, ("model",))
    assert find_root(["model/b.yaml", "model/apps"]) == Root(root, ("model/apps", "model/b.yaml"))
    assert find_root(["model", "."]) == Root(root, None)
    monkeypatch.chdir(home / "model")
    assert find_root([]) == Root(root, None)
    assert find_root(["apps/a.yaml"]) == Root(root, ("model/apps/a.yaml",))


def test_without_a_configuration_a_folder_is_its_own_root(home: Path) -> None:
    _write(home, "model/a.yaml", "other/b.yaml")
    assert find_root(["model"]) == Root(str(home / "model"), None)


def test_without_a_configuration_files_belong_to_the_current_folder(home: Path) -> None:
    _write(home, "model/a.yaml", "other/b.yaml")
    assert find_root([]) == Root(str(home), None)
    assert find_root(["model/a.yaml"]) == Root(str(home), ("model/a.yaml",))
    assert find_root(["model", "other"]) == Root(str(home), ("model", "other"))


def test_links_are_resolved(home: Path) -> None:
    _write(home, "ws/.bizalign.yaml", "ws/model/a.yaml")
    (home / "link").symlink_to("ws/model")
    (home / "ws" / "model" / "alias.yaml").symlink_to("a.yaml")
    assert find_root(["link"]) == Root(str(home / "ws"), ("model",))
    assert find_root(["link/alias.yaml"]) == Root(str(home / "ws"), ("model/alias.yaml",))


def test_two_workspaces_at_once_are_refused(home: Path) -> None:
    _write(home, "a/.bizalign.yaml", "a/x.yaml", "b/.bizalign.yaml", "b/y.yaml", "c/z.yaml")
    for arguments in (["a/x.yaml", "b/y.yaml"], ["a", "c/z.yaml"], ["c", "a"]):
        with pytest.raises(UsageError, match="belong to different workspaces") as raised:
            find_root(arguments)
        assert "one workspace at a time" in raised.value.hint


def test_what_is_not_there_is_refused(home: Path) -> None:
    with pytest.raises(UsageError, match=r"no such file or folder: modle"):
        find_root(["modle"])


def test_what_lies_outside_is_refused(home: Path) -> None:
    _write(home.parent, "elsewhere/a.yaml")
    with pytest.raises(UsageError, match="not inside the workspace") as raised:
        find_root(["../elsewhere/a.yaml"])
    assert ".bizalign.yaml" in raised.value.hint


# The set-up's own files


def test_own_files_and_folders_are_read(tmp_path: Path) -> None:
    _write(tmp_path, "rules/g/guideline.yaml", "rules/g/b.yaml", "rules/g/b.test.yaml")
    _write(tmp_path, "rules/a.yml", "kind.schema.yaml", "rules/note.md")
    config = Config(rules=("kind.schema.yaml", "rules"), within=(str(tmp_path.resolve()),))
    sources = read_own(str(tmp_path), config, "rules")
    assert [source.path for source in sources] == [
        "kind.schema.yaml",
        "rules/a.yml",
        "rules/g/b.yaml",
        "rules/g/guideline.yaml",
    ]
    assert sources[0].content == b"# kind.schema.yaml\n"
