"""Several workspaces in one run, each by its own configuration and all in one report."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from bizalign_lint.reporters import FORMATS
from tests.conftest import Call

WRONG = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: {name}, title: {name}}}
spec: {{level: 2, parent: {parent}}}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with two workspaces that hold the same mistake."""
    top = tmp_path.resolve()
    for folder, parent in (("one", "gone"), ("two", "gone")):
        (top / folder).mkdir()
        (top / folder / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [MOD109]\n")
        (top / folder / "a.yaml").write_text(WRONG.format(name="a", parent=parent))
    subprocess.run(["git", "init", "-q", top], check=True)
    monkeypatch.chdir(top)
    return top


@pytest.mark.parametrize("arguments", [["one", "two"], ["two/a.yaml", "one"], [], ["."]])
def test_all_are_checked_and_reported_together(
    arguments: list[str], repository: Path, call: Call
) -> None:
    code, out, err = call("check", "--quiet", *arguments)
    assert (code, err) == (1, "")
    assert [line.partition(" ")[0] for line in out.splitlines()] == [
        "one/a.yaml:4:26:",
        "two/a.yaml:4:26:",
    ]


def test_each_by_its_own_configuration(repository: Path, call: Call) -> None:
    (repository / "two" / ".bizalign.yaml").write_text("asOf: 2026-06-30\nignore: [MOD]\n")
    code, out, _ = call("check", "--quiet", "one", "two")
    assert code == 1
    assert "one/a.yaml" in out and "two/a.yaml" not in out
    (repository / "one" / ".bizalign.yaml").write_text("asOf: 2026-06-30\nfailOn: never\n")
    assert call("check", "--quiet", "one", "two")[0] == 0


def test_places_open_from_where_the_reader_is(
    repository: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "one")
    _, out, _ = call("check", "--quiet", ".", "../two")
    assert [line.partition(":")[0] for line in out.splitlines()] == ["a.yaml", "../two/a.yaml"]


def test_services_see_what_they_see_of_each_alone(repository: Path, call: Call) -> None:
    def seen(*arguments: str) -> set[tuple[str, str]]:
        log = json.loads(call("check", "--format", "sarif", *arguments)[1])
        (run,) = log["runs"]
        return {
            (
                result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
                result["partialFingerprints"]["primaryLocationLineHash"],
            )
            for result in run["results"]
        }

    assert seen("one", "two") == seen("one") | seen("two")
    assert len(seen("one", "two")) == 2


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_one_document(format_: str, repository: Path, call: Call) -> None:
    code, out, _ = call("check", "--format", format_, "one", "two")
    assert code == 1
    if format_ in ("json", "sarif", "gitlab"):
        json.loads(out)
    elif format_ == "jsonl":
        assert len([json.loads(line) for line in out.splitlines()]) == 2
    elif format_ in ("junit", "checkstyle"):
        etree.fromstring(out.encode())
    assert "one/a.yaml" in out and "two/a.yaml" in out


def test_no_two_findings_have_one_fingerprint_without_git_either(
    repository: Path, call: Call
) -> None:
    (repository / ".git").rename(repository / "was-git")
    found = json.loads(call("check", "--format", "gitlab", "one", "two")[1])
    assert len({one["fingerprint"] for one in found}) == 2


def test_counts_add_up(repository: Path, call: Call) -> None:
    whole = json.loads(call("check", "--format", "json", "one", "two")[1])
    assert whole["summary"]["definitions"] == whole["summary"]["findings"] == 2
    assert whole["judged"]["rules"] == {"active": 1, "judging": 1, "waiting": [], "preview": []}
    _, out, _ = call("check", "--coverage", "--format", "json", "one", "two")
    names = [one["measure"] for one in json.loads(out)["coverage"]]
    assert any(name.startswith("one/") for name in names)
    assert any(name.startswith("two/") for name in names)
    assert len(names) == len(set(names))


def test_source_lines_are_those_of_the_right_file(repository: Path, call: Call) -> None:
    (repository / "two" / "a.yaml").write_text("# other\n" + WRONG.format(name="b", parent="lost"))
    _, out, _ = call("check", "one", "two")
    assert "4 | spec: {level: 2, parent: gone}" in out
    assert "5 | spec: {level: 2, parent: lost}" in out


def test_fixes_are_made_in_each(repository: Path, call: Call) -> None:
    for folder in ("one", "two"):
        (repository / folder / ".bizalign.yaml").write_text("asOf: 2026-06-30\n")
        (repository / folder / "a.yaml").write_text(
            "apiVersion: bizalign/v1\nkind: ITComponent\n"
            "metadata: {name: x, title: X}\nspec: {version: 2.5}\n"
        )
    code, out, _ = call("check", "--diff", "one", "two")
    assert code == 1
    assert "+++ b/one/a.yaml" in out and "+++ b/two/a.yaml" in out
    call("check", "--fix", "one", "two")
    for folder in ("one", "two"):
        assert '"2.5"' in (repository / folder / "a.yaml").read_text()


def test_what_is_new_since_a_revision(repository: Path, call: Call) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "a"], check=True)
    (repository / "two" / "b.yaml").write_text(WRONG.format(name="b", parent="lost"))
    code, out, _ = call("check", "--format", "json", "--since", "HEAD", "one", "two")
    report = json.loads(out)
    assert code == 1
    assert [finding["path"] for finding in report["findings"]] == ["two/b.yaml"]
    assert report["since"]["known"] == 2


def test_different_days_are_refused(repository: Path, call: Call) -> None:
    (repository / "two" / ".bizalign.yaml").write_text("asOf: 2027-06-30\n")
    code, out, err = call("check", "one", "two")
    assert (code, out) == (2, "")
    assert "one for 2026-06-30 and two for 2027-06-30" in err
    assert call("check", "-q", "--as-of", "2026-06-30", "one", "two")[0] == 1


def test_repositories_of_their_own_are_refused(repository: Path, call: Call) -> None:
    subprocess.run(["git", "init", "-q", repository / "two"], check=True)
    code, _, err = call("check", "one", "two")
    assert code == 2
    assert "different git repositories" in err


def test_an_empty_workspace_decides_the_exit_code(repository: Path, call: Call) -> None:
    (repository / "two" / "a.yaml").unlink()
    code, out, err = call("check", "-q", "one", "two")
    assert code == 3
    assert "one/a.yaml" in out
    assert "nothing to check" in err and "two" in err


def test_all_that_hold_nothing_are_named(repository: Path, call: Call) -> None:
    for folder in ("one", "two"):
        (repository / folder / "a.yaml").unlink()
    code, out, err = call("check")
    assert (code, out) == (3, "")
    assert "one, two" in err


def test_a_mistake_in_one_configuration_is_reported_with_its_place(
    repository: Path, call: Call
) -> None:
    (repository / "two" / ".bizalign.yaml").write_text("asof: 2026-06-30\n")
    code, _, err = call("check", "one", "two")
    assert code == 2
    assert err.startswith("two/.bizalign.yaml:1:1: error")
