"""``export codeowners``: each file with the handles of those who are responsible for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bizalign_lint.exporters.codeowners import HEAD, pattern
from tests.conftest import Call
from tests.revisions.repository import Repository

UNITS = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sales, title: Sales}
spec: {handle: acme/sales}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: claims-it, title: Claims IT}
spec: {handle: "@acme/claims-it"}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: silent, title: Silent}
spec: {}
---
apiVersion: bizalign/v1
kind: Person
metadata: {name: jana, title: Jana}
spec: {email: jana@example.com}
---
apiVersion: bizalign/v1
kind: Person
metadata: {name: paul, title: Paul}
spec: {email: paul@example.com, handle: pokafor}
"""


def capability(name: str, owner: str = "") -> str:
    said = f", owner: '{owner}'" if owner else ""
    return (
        "apiVersion: bizalign/v1\nkind: Capability\n"
        f"metadata: {{name: {name}, title: {name}{said}}}\nspec: {{level: 1}}\n---\n"
    )


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    repository = Repository(tmp_path / "repository")
    repository.write(
        {
            "model/.bizalign.yaml": "",
            "model/units.yaml": UNITS,
            "model/sell.yaml": capability("sell", "sales"),
            "model/two at once.yaml": capability("a", "sales") + capability("b", "claims-it"),
            "model/x[1].yaml": capability("odd", "Person:jana"),
            "model/paul.yaml": capability("p", "Person:paul"),
            "model/silent.yaml": capability("silent-one", "silent"),
            "model/nobody.yaml": capability("nobody-s"),
        }
    )
    monkeypatch.chdir(repository.folder / "model")
    return repository


def test_each_file_has_its_owners(repository: Repository, call: Call) -> None:
    code, out, err = call("export", "codeowners")
    assert code == 0
    assert out.splitlines() == [
        HEAD.strip(),
        "/model/x?1?.yaml jana@example.com",
        "/model/paul.yaml @pokafor",
        "/model/sell.yaml @acme/sales",
        "/model/two\\ at\\ once.yaml @acme/claims-it @acme/sales",
    ]
    assert err == "note: Silent has no handle, but is responsible for 1 file\n"


def test_it_is_written_to_a_file(repository: Repository, call: Call) -> None:
    assert call("export", "codeowners", "-o", "CODEOWNERS")[:2] == (0, "")
    written = (repository.folder / "model" / "CODEOWNERS").read_text()
    assert written == call("export", "codeowners")[1]


def test_paths_are_those_of_the_workspace_without_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    (tmp_path / ".bizalign.yaml").write_text("")
    (tmp_path / "m.yaml").write_text(UNITS + "---\n" + capability("sell", "sales"))
    monkeypatch.chdir(tmp_path)
    assert "\n/m.yaml @acme/sales\n" in call("export", "codeowners")[1]


@pytest.mark.parametrize(
    "path", ["a\n* @evil.yaml", "a\r# x.yaml", "#a.yaml", "\x1b[2J.yaml", "u\udcff.yaml", "a\\b*"]
)
def test_no_path_can_be_more_than_a_path(path: str) -> None:
    text = pattern(path)
    assert text.startswith("/")
    assert not {*text} & {*"\n\r#*[]!\x1b\udcff"}
    assert " " not in text.replace("\\ ", "")


def test_what_has_errors_is_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    (tmp_path / ".bizalign.yaml").write_text("")
    (tmp_path / "m.yaml").write_text(
        UNITS + "---\n" + capability("sell", "sales") + "---\n" + capability("sell", "sales")
    )
    monkeypatch.chdir(tmp_path)
    assert (
        "note: the model has errors (1, see bizalign-lint check)" in call("export", "codeowners")[2]
    )


@pytest.mark.parametrize("handle", ["a b", "@", "a\\n* @evil", "@@x", "a//b"])
def test_no_handle_can_be_more_than_a_handle(
    handle: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    (tmp_path / ".bizalign.yaml").write_text("")
    unit = UNITS.partition("---")[0].replace("acme/sales", f'"{handle}"')
    (tmp_path / "m.yaml").write_text(unit + "---\n" + capability("sell", "sales"))
    monkeypatch.chdir(tmp_path)
    assert call("export", "codeowners")[1] == HEAD
