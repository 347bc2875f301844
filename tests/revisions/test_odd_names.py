"""Names and files that git has its own way with, and what cannot be read before or after."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Call
from tests.revisions.repository import Repository

CAPABILITY = (
    "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {{name: {name}, title: {name}}}\n"
    "spec: {{level: 2, parent: gone}}\n"
)
BROKEN = "apiVersion: bizalign/v1\nkind: [\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path / "repository")
    monkeypatch.chdir(made.folder)
    return made


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "name",
    [
        "x blob",
        "x blob.yaml",
        "x missing.yaml",
        "x tree 12.yaml",
        "-x.yaml",
        "ä b.yaml",
        ":(x).yaml",
    ],
)
def test_a_file_of_any_name_may_be_deleted(repository: Repository, call: Call, name: str) -> None:
    repository.commit({"m.yaml": CAPABILITY.format(name="a"), name: CAPABILITY.format(name="b")})
    (repository.folder / name).unlink()
    code, out, err = call("check", "--since", "HEAD")
    assert (code, err) == (0, "")
    assert "No findings new since HEAD" in out
    assert "1 known before" in out


def test_what_cannot_be_read_before_and_after_is_known(repository: Repository, call: Call) -> None:
    repository.commit({"m.yaml": BROKEN})
    code, out, _ = call("check", "--since", "HEAD")
    assert code == 0
    assert "No findings new since HEAD, but 1 file cannot be read" in out
    assert "1 known before, 0 fixed" in out


def test_what_cannot_be_read_and_is_in_the_baseline_is_no_empty_workspace(
    repository: Repository, call: Call
) -> None:
    repository.write({"m.yaml": BROKEN})
    assert call("baseline", "write")[0] == 0
    code, out, _ = call("check")
    assert (code, "aligned" in out.lower()) == (0, False)
    assert "No findings, but 1 file cannot be read" in out
    assert "all aligned" not in call("check", "--format", "markdown")[1]


def test_what_is_mended_since_is_fixed(repository: Repository, call: Call) -> None:
    repository.commit({"m.yaml": BROKEN})
    repository.write({"m.yaml": CAPABILITY.format(name="a").replace(", parent: gone", "")})
    _, out, _ = call("check", "--since", "HEAD", "--select", "MOD101")
    assert "0 known before, 1 fixed" in out


def test_of_a_file_that_cannot_be_opened_help_does_not_speak_of_its_text_alone(
    repository: Repository, call: Call
) -> None:
    (repository.folder / "m.yaml").symlink_to("nowhere")
    code, out, _ = call("check")
    assert code == 1
    assert "points to nowhere, which does not exist" in out
    assert "or the file itself if it cannot be opened" in " ".join(out.split())
