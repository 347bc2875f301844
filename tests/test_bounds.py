"""Nothing outside the repository is read or shown, and no file is waited for."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.lsp.folder import Folder
from bizalign_lint.lsp.session import Session
from bizalign_lint.sources.bounds import OutsideError, resolved

from .conftest import Call

HIDDEN = "token: [hunter2\n"
MODEL = (
    "apiVersion: bizalign/v1\nkind: Capability\n"
    "metadata: {name: sell, title: Sales, description: The ability to sell.}\nspec: {level: 1}\n"
)
KIND = (
    "x-extends: Application\n"
    "properties: {spec: {properties: {zone: {description: Zone., type: string}}}}\n"
)
OUTSIDE = "it is outside the repository"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in a repository, in which the test stands; a secret lies beside the latter."""
    (tmp_path / "secret.yaml").write_text(HIDDEN)
    folder = tmp_path.resolve() / "repository" / "model"
    (folder / "kinds").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", folder.parent], check=True)
    (folder / ".bizalign.yaml").write_text("")
    (folder / "m.yaml").write_text(MODEL)
    (folder / "kinds" / "a.schema.yaml").write_text(KIND)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def _link(path: str, target: str | Path) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)

    return make


def _text(path: str, text: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    return make


def _pipe(path: str) -> Callable[[Path], None]:
    return lambda root: os.mkfifo(root / path)


def _huge(path: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        with open(root / path, "wb") as file:
            file.truncate(20_000_000_000)

    return make


def _nothing(root: Path) -> None:
    """Nothing has to be there."""


REFUSED = [
    ("extends: ../../secret.yaml", _nothing, OUTSIDE),
    ("extends: a.yaml", _text("a.yaml", "extends: ../../secret.yaml\n"), OUTSIDE),
    ("extends: a.yaml", _link("a.yaml", "../../secret.yaml"), OUTSIDE),
    ("extends: ../../nothing.yaml", _nothing, OUTSIDE),
    ("extends: a/secret.yaml", _link("a", "../.."), OUTSIDE),
    ("extends: /proc/self/environ", _nothing, OUTSIDE),
    ("extends: /proc/self/cwd/../../secret.yaml", _nothing, OUTSIDE),
    ("extends: ../.git/config", _nothing, OUTSIDE),
    ("extends: ../.GIT/config", _nothing, OUTSIDE),
    ("extends: a.yaml", _link("a.yaml", "../.git/config"), OUTSIDE),
    ("extends: /dev/zero", _nothing, OUTSIDE),
    ("extends: ~/secret.yaml", _nothing, "no such file or directory"),
    ('extends: "a\\0b"', _nothing, "not a valid file name"),
    (f"extends: {'a' * 5000}", _nothing, "file name too long"),
    ("extends: a.yaml", _link("a.yaml", "a.yaml"), "too many levels of symbolic links"),
    ("extends: kinds", _nothing, "it is not a regular file"),
    ("extends: pipe", _pipe("pipe"), "it is not a regular file"),
    ("extends: huge", _huge("huge"), "it has more than 10,000,000 bytes"),
    ("schemas: [../../secret.yaml]", _nothing, OUTSIDE),
    ("schemas: [/]", _nothing, OUTSIDE),
    ("schemas: [kinds, ../..]", _nothing, OUTSIDE),
    ("schemas: [kinds]", _link("kinds/b.yaml", "../../../secret.yaml"), OUTSIDE),
    ("schemas: [kinds]", _link("kinds/b.yaml", "../../../nothing.yaml"), OUTSIDE),
    ("schemas: [kinds]", _pipe("kinds/b.yaml"), "it is not a regular file"),
    ("schemas: [kinds]", _huge("kinds/b.yaml"), "it has more than 10,000,000 bytes"),
    ('schemas: ["a\\0b"]', _nothing, "not a valid file name"),
    ("rules: [../../secret.yaml]", _nothing, OUTSIDE),
    ("rules: [lint]", _link("lint", "../.."), OUTSIDE),
    ("rules: [pipe]", _pipe("pipe"), "it is not a regular file"),
]


@pytest.mark.parametrize(("config", "make", "why"), REFUSED)
def test_a_set_up_is_read_from_regular_files_of_the_repository(
    root: Path, call: Call, config: str, make: Callable[[Path], None], why: str
) -> None:
    make(root)
    (root / ".bizalign.yaml").write_text(f"failOn: info\n{config}\n")
    code, out, error = call("check")
    assert "hunter2" not in out + error
    assert code == 2
    assert why in error
    assert ("= hint: a changed set-up could" in error) == (
        why in (OUTSIDE, "not a valid file name")
    )
    assert error.startswith((".bizalign.yaml:2:", "a.yaml:1:"))


@pytest.mark.sampled(12)
@pytest.mark.parametrize(("config", "make", "why"), REFUSED)
@pytest.mark.parametrize("command", [("config", "show"), ("rule", "list"), ("docs",)])
def test_whatever_reads_the_set_up_reads_it_so(
    root: Path,
    call: Call,
    config: str,
    make: Callable[[Path], None],
    why: str,
    command: tuple[str, ...],
) -> None:
    make(root)
    (root / ".bizalign.yaml").write_text(f"failOn: info\n{config}\n")
    code, out, error = call(*command)
    assert "hunter2" not in out + error
    if command == ("config", "show") and not config.startswith("extends"):
        return  # it reads no schemas and no rules
    assert code == 2
    assert why in error
    assert error.startswith((".bizalign.yaml:2:", "a.yaml:1:"))


@pytest.mark.parametrize(
    "name", [".bizalign.yaml", ".bizalign-baseline.json", ".bizalign-coverage.yaml"]
)
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda name: _link(name, "../../secret.yaml"), OUTSIDE),
        (lambda name: _link(name, "/proc/self/environ"), OUTSIDE),
        (_pipe, "it is not a regular file"),
        (_huge, "it has more than 10,000,000 bytes"),
    ],
)
def test_files_with_a_name_of_ours_are_no_exception(
    root: Path, call: Call, name: str, make: Callable[[str], Callable[[Path], None]], why: str
) -> None:
    (root / name).unlink(missing_ok=True)
    make(name)(root)
    code, out, error = call("check", "--ratchet", str(root))
    assert (code, error.splitlines()[0]) == (2, f"error: {_named(name)} cannot be read: {why}")
    assert "hunter2" not in out + error


def _named(name: str) -> str:
    return f"the configuration {name}" if name == ".bizalign.yaml" else name


def test_without_git_a_set_up_is_read_from_the_workspace(root: Path, call: Call) -> None:
    (root.parent / ".git").rename(root.parent / "git")
    _text("../shared.yaml", "failOn: never\n")(root)
    (root / ".bizalign.yaml").write_text("extends: ../shared.yaml\n")
    code, _, error = call("check")
    assert code == 2
    assert OUTSIDE in error


def test_within_one_repository_a_set_up_is_shared(root: Path, call: Call) -> None:
    _text("../shared/base.yaml", "schemas: [kinds]\n")(root)
    _text("../shared/kinds/a.yaml", KIND)(root)
    _link("linked.yaml", "../shared/base.yaml")(root)
    (root / "kinds" / "a.schema.yaml").unlink()
    for name in ("../shared/base.yaml", str(root.parent / "shared" / "base.yaml")):
        (root / ".bizalign.yaml").write_text(f"extends: {name}\n")
        assert call("check")[0] == 0


def test_a_configuration_named_by_a_person_may_lie_anywhere(root: Path, call: Call) -> None:
    _text("../../central/ci.yaml", "extends: base.yaml\n")(root)
    _text("../../central/base.yaml", "schemas: [kinds]\n")(root)
    _text("../../central/kinds/a.yaml", KIND)(root)
    assert call("check", "--config", "../../central/ci.yaml")[0] == 0
    _text("../../central/base.yaml", "extends: ../secret.yaml\n")(root)
    code, out, error = call("check", "--config", "../../central/ci.yaml")
    assert (code, "hunter2" in out + error) == (2, False)


def test_what_editors_leave_beside_schemas_is_left_alone(root: Path, call: Call) -> None:
    (root / ".bizalign.yaml").write_text("schemas: [kinds]\n")
    _link("kinds/.#a.schema.yaml", "kim@desk.1:2")(root)
    _link("kinds/gone.yaml", "nowhere.yaml")(root)
    _text("kinds/.a.schema.yaml", "half a")(root)
    _text("kinds/.drafts/b.yaml", "half a")(root)
    assert call("check")[0] == 0


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (_link("x.yaml", "../../secret.yaml"), "x.yaml"),
        (_link("x.yaml", "/proc/self/environ"), "x.yaml"),
        (_link("x.yaml", "../../nothing.yaml"), "x.yaml"),
        (_link("x.yaml", "../.git/config"), "x.yaml"),
    ],
)
def test_a_model_file_that_leads_out_is_not_read(
    root: Path, call: Call, make: Callable[[Path], None], path: str
) -> None:
    make(root)
    code, out, error = call("check", "--verbose")
    assert (code, f"note: {path}: a link that leaves the repository; not read" in error) == (
        0,
        True,
    )
    assert "hunter2" not in out + error
    (root / "m.yaml").unlink()
    (root / "kinds" / "a.schema.yaml").unlink()
    code, _, error = call("check")
    assert code == 3
    assert f"{path}: links that leave the repository are not followed" in error


def test_a_chain_of_links_is_followed_to_its_end(root: Path, call: Call) -> None:
    _link("y.yaml", "z/x.yaml")(root)
    _link("z", "folder")(root)
    _link("folder/x.yaml", "../../../secret.yaml")(root)
    code, out, error = call("check", "--verbose")
    assert (code, "hunter2" in out + error) == (0, False)
    assert "y.yaml: a link that leaves" in error


def test_a_tracked_folder_that_became_a_link_leads_nowhere_else(root: Path, call: Call) -> None:
    _text("folder/secret.yaml", MODEL.replace("sell", "buy"))(root)
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    (root / "folder" / "secret.yaml").unlink()
    (root / "folder").rmdir()
    (root / "folder").symlink_to("../..")
    code, out, error = call("check", "--verbose")
    assert (code, "hunter2" in out + error) == (0, False)
    assert "folder/secret.yaml: a link that leaves the repository; not read" in error


def test_the_editor_reads_no_more_than_a_check(root: Path) -> None:
    _link("x.yaml", "../../secret.yaml")(root)
    folder = Folder(str(root))
    folder.open()
    assert not folder.look_at("x.yaml")
    assert [finding.rule for finding in folder.judge()] == []
    (root / ".bizalign.yaml").write_text("extends: ../../secret.yaml\n")
    folder.open()
    assert OUTSIDE in str(folder.setup_error)


def test_no_more_of_a_huge_file_beside_the_model_is_read_than_needed(
    root: Path, call: Call
) -> None:
    _huge("huge.yaml")(root)
    code, _, error = call("check", "--verbose")
    assert (code, "note: huge.yaml: no definition in it; skipped" in error) == (0, True)
    with open(root / "huge.yaml", "r+b") as file:
        file.write(MODEL.replace("sell", "buy").encode())
    code, out, _ = call("check", "--format", "concise")
    assert code == 1
    assert "huge.yaml:1:1: error[MOD101]" in out
    assert f"this file has more than {MAX_BYTES:,} bytes; split it" in out


def test_the_log_of_the_language_server_quotes_no_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble() -> None:
        raise ValueError("hunter2 is odd")

    folder = Folder(str(root))
    monkeypatch.setattr(folder, "judge", stumble)
    Session().publish(folder)
    told = caplog.text.replace('raise ValueError("hunter2 is odd")', "")
    assert f"{root} could not be judged" in told
    assert "ValueError in stumble" in told
    assert "hunter2" not in told


@pytest.mark.parametrize(
    ("path", "within", "is_inside"),
    [
        ("/srv/model/a.yaml", "/srv/model", True),
        ("/srv/model", "/srv/model", True),
        ("/srv/model/gone/../a.yaml", "/srv/model", True),
        ("/srv/models/a.yaml", "/srv/model", False),
        ("/srv/model/../a.yaml", "/srv/model", False),
        ("/srv/model/.github/a.yaml", "/srv/model", True),
        ("/srv/model/.git/config", "/srv/model", False),
        ("/srv/model/x/.GIT/config", "/srv/model", False),
        # What is no file, where somebody checks all there is, or works in memory.
        ("/dev/null", "/", False),
        ("/device/a.yaml", "/", True),
        ("/dev/shm/a.yaml", "/dev/shm", True),
    ],
)
def test_a_path_is_within_a_folder_or_refused(path: str, within: str, is_inside: bool) -> None:
    if is_inside:
        assert resolved(path, "/elsewhere", within) == os.path.normpath(path)
    else:
        with pytest.raises(OutsideError, match=OUTSIDE):
            resolved(path, "/elsewhere", within)
