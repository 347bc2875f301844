"""``bizalign-lint trend``: what it tells of the revisions in git, keeps and refuses."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_type_hints

import jsonschema
import pytest

from bizalign_lint import trend
from bizalign_lint.trend import form
from tests.conftest import Call
from tests.revisions.repository import Repository

SCHEMA = json.loads((Path(trend.__file__).parent / "json.schema.json").read_bytes())
OLD = """\
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: old, title: Old server, owner: it}
spec: {category: software, vendorSupport: {endOfSupport: 2026-02-15}}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: it, title: IT}
spec: {}
"""
DESK = """\
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Desk}
spec: {lifecycle: {active: 2015-01-01}, components: [old]}
"""


COMMITS = {
    "2026-01-10": {"m.yaml": OLD},
    "2026-01-20": {"m.yaml": OLD + DESK},
    "2026-03-01": {"m.yaml": OLD + DESK.replace("title: Desk", "title: Desk, owner: it")},
    "2026-03-02": {"notes.txt": "Nothing of the model.\n"},
}
"""Support ends between the second and the third; the third gives the desk an owner."""


def date_commits(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_DATE", f"{day}T12:00:00+00:00")


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with these commits."""
    made = Repository(tmp_path_factory.mktemp("committed") / "repository")
    made.write({".bizalign.yaml": "select: [BAS103]\n"})
    with pytest.MonkeyPatch.context() as monkeypatch:
        for day, files in COMMITS.items():
            date_commits(day, monkeypatch)
            made.commit(files)
    made.git("tag", "v1", "HEAD~2")
    return made.folder


@pytest.fixture(autouse=True)
def history(
    committed: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Path:
    """The test stands in a copy of it; returns the folder of the cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TZ", "UTC")
    date_commits(max(COMMITS), monkeypatch)
    shutil.copytree(committed, repository.folder, dirs_exist_ok=True)
    return tmp_path / "cache"


def told(call: Call, *arguments: str) -> dict[str, Any]:
    """The trend as JSON, which its schema describes."""
    code, out, err = call("trend", *arguments, "--format", "json")
    assert code == 0, err
    value: dict[str, Any] = json.loads(out)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    return value


def test_each_revision_is_judged_as_of_its_day(call: Call) -> None:
    value = told(call)
    assert [(p["day"], p["values"]["findings"]) for p in value["points"]] == [
        ("2026-01-10", 0),
        ("2026-01-20", 0),
        ("2026-03-01", 1),
        ("2026-03-02", 1),
    ]


def test_what_time_does_is_no_commits_doing(call: Call) -> None:
    causes = told(call, "--measure", "findings")["causes"]
    assert [(c["day"], c["before"], c["after"], c["commit"]) for c in causes] == [
        ("2026-03-01", 0, 1, None)
    ]


def test_a_commit_that_moves_a_measure_is_found_among_several(
    call: Call, repository: Repository
) -> None:
    measure = _ownership(call)
    close = told(call, "--every", "quarter", "--last", "1")
    assert close["causes"] == []
    found = told(call, "--every", "month", "--measure", measure)["causes"]
    assert [cause["commit"]["day"] for cause in found] == ["2026-03-01"]
    assert (found[0]["before"]["held"], found[0]["after"]["held"]) == (1, 2)
    far = told(call, "--every", "month")["causes"]
    assert {c["commits"] for c in far if c["commit"]} == {2}


def _ownership(call: Call) -> str:
    measures = told(call)["measures"]
    (found,) = (m for m in measures if m["title"] == "Definitions that somebody owns")
    return str(found["measure"])


def test_the_page_shows_what_is_printed(call: Call, repository: Repository) -> None:
    page = (Path(__file__).parents[2] / "docs" / "trend.md").read_text("utf-8")
    found = re.search(r"```console\n\$ bizalign-lint (.*)\n([^`]*)```", page)
    assert found is not None
    assert call(*shlex.split(found[1]), "HEAD~1")[1] == found[2]


def test_tags_and_csv(call: Call) -> None:
    assert [p["tag"] for p in told(call, "--tags")["points"]] == ["v1"]
    _, out, _ = call("trend", "--tags", "--format", "csv", "--measure", "error")
    header, row = out.splitlines()
    assert header == "day,commit,revision,error"
    assert row.endswith(",v1,0")


def test_text_draws_and_names_what_moved(call: Call) -> None:
    _, out, _ = call("trend", "--measure", "error")
    assert out.splitlines()[1:] == [
        "  ▁▁██  Findings that are errors: 0 → 1",
        "",
        "What moved",
        "  2026-03-01 no commit: time has passed",
        "    Findings that are errors: 0 → 1",
    ]


def test_what_is_known_is_not_judged_again(
    call: Call, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(call)
    monkeypatch.setattr("bizalign_lint.trend.points.read_model", None)
    assert told(call) == before
    # Other rules, other figures: what was kept does not count for them.
    Path(".bizalign.yaml").write_text("select: [BAS104]\n")
    with pytest.raises(AssertionError):
        told(call)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"a b": {"coverage": {}, "findings": {"x": {"error": "many"}}}}',
        b'{"a b": {"coverage": {"x": [1, 2, 1e999, ""]}, "findings": {}}}',
        b'{"a": 3}',
        b"\xff\xfe",
    ],
)
def test_a_cache_that_somebody_spoilt_is_passed_over(
    call: Call, history: Path, content: bytes
) -> None:
    before = told(call)
    (file,) = (history / "bizalign-lint").iterdir()
    kept = json.loads(file.read_bytes())
    file.write_bytes(content)
    assert told(call) == before
    assert json.loads(file.read_bytes()) == kept


def test_a_cache_that_leads_elsewhere_is_not_followed(call: Call, history: Path) -> None:
    before = told(call)
    (file,) = (history / "bizalign-lint").iterdir()
    other = history / "other.json"
    file.rename(other)
    kept = other.read_bytes()
    file.symlink_to(other)
    assert told(call) == before
    assert other.read_bytes() == kept


def test_without_a_cache_folder_it_goes_on(
    call: Call, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert len(told(call)["points"]) == 4
    assert not Path("relative").exists()


def test_a_shallow_clone_is_told(
    call: Call, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = tmp_path / "clone"
    source = f"file://{repository.folder}"
    subprocess.run(["git", "clone", "-q", "--depth", "2", source, str(clone)], check=True)
    monkeypatch.chdir(clone)
    code, _, err = call("trend")
    assert code == 0
    assert "shallow clone" in err
    assert told(call)["shallow"]
    code, _, err = call("trend", "v1")
    assert code == 2
    assert "shallow clone" in err


def test_a_commit_beyond_the_calendar_is_passed_over(
    call: Call, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "@300000000000 +0000")
    repository.commit({"more.txt": "In the year 11476.\n"})
    assert len(told(call)["points"]) == 4
    assert len(told(call, "--every", "month")["points"]) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--measure", "eror"), 2, "did you mean error?"),
        (("--as-of", "2026-01-01"), 2, "as of the day of its commit"),
        (("--tags", "--every", "month"), 2, "cannot be combined"),
        (("mian",), 2, "did you mean main?"),
        (("--every", "day"), 2, "day"),
        (("--config", "absent.yaml"), 2, "absent.yaml"),
    ],
)
def test_what_cannot_be_is_refused(
    call: Call, arguments: tuple[str, ...], code: int, said: str
) -> None:
    found, out, err = call("trend", *arguments)
    assert (found, out) == (code, "")
    assert said in err


def test_where_no_commit_holds_the_workspace(
    call: Call, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write({"new/.bizalign.yaml": ""})
    monkeypatch.chdir(repository.folder / "new")
    assert call("trend")[0] == 3


@pytest.mark.process
@pytest.mark.parametrize("format_", ["text", "json", "csv"])
def test_two_runs_print_the_same(format_: str, tmp_path: Path) -> None:
    outputs = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(tmp_path / seed)}
        command = [sys.executable, "-m", "bizalign_lint", "trend", "--format", format_]
        outputs.add(
            subprocess.run(command, env=environment, capture_output=True, check=True).stdout
        )
    assert len(outputs) == 1
    assert outputs != {b""}


def test_the_types_of_the_form_are_those_of_its_schema() -> None:
    said = SCHEMA["properties"]
    point, cause = said["points"]["items"], said["causes"]["items"]
    common = {"version", "tool"}
    for type_, schema in (
        (form.TrendForm, SCHEMA),
        (form.MeasureForm, said["measures"]["items"]),
        (form.PointForm, point),
        (form.CauseForm, cause),
        (form.CommitForm, cause["properties"]["commit"]["oneOf"][1]),
        (form.ShareForm, SCHEMA["$defs"]["share"]),
    ):
        assert {*get_type_hints(type_)} == {*schema["properties"]} - common
        assert {*schema["required"]} == {*schema["properties"]}
