"""``check --since`` in real repositories."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.cli.edge import run
from tests.revisions.repository import CONFIG, Repository

SALES = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sales, title: Sales, owner: sales}
spec: {}
"""
PRICING = """\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: pricing
  title: Pricing
  description: Sets prices.
  owner: nobody
spec: {}
"""
ORDERS = """\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: orders
  title: Orders
  description: Takes orders.
  owner: sales
spec: {}
"""


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON report of a check of references only."""
    code = run(["check", "--select", "MOD109", "--format", "json", *arguments])
    captured = capsys.readouterr()
    assert captured.err == ""
    return code, json.loads(captured.out)


def places(report: dict[str, Any]) -> list[str]:
    return [f"{f['path']}:{f['range']['start']['line']} {f['rule']}" for f in report["findings"]]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a check that cannot be made says."""
    assert run(["check", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_old_debt_is_not_reported(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"sales.yaml": SALES, "pricing.yaml": PRICING})
    code, report = check(capsys, "--since", "main")
    assert (code, report["findings"]) == (0, [])
    assert report["since"]["known"] == 1
    assert report["since"]["fixed"] == 0
    assert check(capsys)[0] == 1


def test_what_an_edit_breaks_in_a_file_that_nobody_touched_is_reported(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"sales.yaml": SALES, "orders.yaml": ORDERS, "pricing.yaml": PRICING})
    repository.write({"sales.yaml": SALES.replace("sales", "marketing")})
    code, report = check(capsys, "--since", "HEAD")
    assert code == 1
    assert places(report) == ["orders.yaml:7 MOD109"]


def test_moved_lines_and_renamed_files_and_definitions_make_nothing_new(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: x, name: y}\n"
    repository.commit({"sales.yaml": SALES, "pricing.yaml": PRICING, "broken.yaml": broken})
    repository.git("mv", "pricing.yaml", "capabilities.yaml")
    repository.git("mv", "broken.yaml", "mended.yaml")
    repository.write(
        {"capabilities.yaml": f"# Moved.\n{SALES.replace('sales', 'it')}---\n{PRICING}"}
    )
    code = run(["check", "--select", "MOD101,MOD102,MOD109", "--since", "main"])
    assert code == 0, capsys.readouterr().out


def test_what_is_fixed_is_counted(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"sales.yaml": SALES, "pricing.yaml": PRICING})
    repository.write({"pricing.yaml": PRICING.replace("nobody", "sales")})
    code, report = check(capsys, "--since", "main")
    assert code == 0
    assert report["since"] == {
        "revision": "main",
        "commit": repository.git("rev-parse", "main").strip(),
        "known": 0,
        "fixed": 1,
        "ahead": [],
        "loosened": [],
    }


def test_what_is_renamed_is_neither_new_nor_fixed(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"sales.yaml": SALES, "pricing.yaml": PRICING, "orders.yaml": ORDERS})
    renamed = PRICING.replace("name: pricing", "name: prices")
    repository.write({"pricing.yaml": renamed})
    code, report = check(capsys, "--since", "main")
    assert (code, places(report)) == (0, [])
    assert (report["since"]["known"], report["since"]["fixed"]) == (1, 0)


def test_of_what_is_renamed_the_old_findings_are_used_up(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that is fixed is counted; one that comes in addition is new."""
    two = PRICING.replace("spec: {}", "spec: {parent: nothing}")
    one = PRICING.replace("name: pricing", "name: prices")
    repository.commit({"sales.yaml": SALES, "pricing.yaml": two})
    repository.write({"pricing.yaml": one})
    code, report = check(capsys, "--since", "main")
    assert (code, places(report)) == (0, [])
    assert (report["since"]["known"], report["since"]["fixed"]) == (1, 1)
    repository.commit()
    repository.write({"pricing.yaml": two.replace("name: pricing", "name: price-setting")})
    code, report = check(capsys, "--since", "main")
    assert (code, len(report["findings"])) == (1, 1)
    assert (report["since"]["known"], report["since"]["fixed"]) == (1, 0)


def test_what_is_accepted_is_not_fixed(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"sales.yaml": SALES, "pricing.yaml": PRICING})
    accepted = PRICING.replace("nobody", "nobody  # bizalign: ignore[MOD109] -- they are to come")
    repository.write({"pricing.yaml": accepted})
    _, report = check(capsys, "--since", "main")
    assert report["since"]["fixed"] == 0


def test_the_merge_base_is_where_the_branch_began(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    start = repository.commit({"sales.yaml": SALES, "pricing.yaml": PRICING})
    repository.git("checkout", "-q", "-b", "topic")
    repository.commit({"orders.yaml": ORDERS.replace("owner: sales", "owner: none")})
    repository.git("checkout", "-q", "main")
    repository.commit({"pricing.yaml": PRICING.replace("nobody", "sales")})
    repository.git("checkout", "-q", "topic")
    _, with_main = check(capsys, "--since", "main")
    _, with_base = check(capsys, "--since", "merge-base:main")
    assert places(with_main) == ["orders.yaml:7 MOD109", "pricing.yaml:7 MOD109"]
    assert places(with_base) == ["orders.yaml:7 MOD109"]
    assert with_base["since"]["commit"] == start


@pytest.mark.parametrize("detached", [False, True])
def test_branches_tags_and_commits_are_revisions(
    repository: Repository, capsys: pytest.CaptureFixture[str], detached: bool
) -> None:
    commit = repository.commit({"sales.yaml": SALES, "pricing.yaml": PRICING})
    repository.git("tag", "-a", "-m", "One", "v1")
    repository.commit({"orders.yaml": ORDERS.replace("owner: sales", "owner: none")})
    if detached:
        repository.git("checkout", "-q", "--detach")
    for name in ("v1", commit, commit[:10], "HEAD~1"):
        _, report = check(capsys, "--since", name)
        assert places(report) == ["orders.yaml:7 MOD109"]


def test_the_same_files_are_read_as_in_the_work_tree(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit(
        {
            ".bizalign.yaml": f"{CONFIG}exclude: ['drafts/**']\n",
            "sales.yaml": SALES,
            "drafts/pricing.yaml": PRICING,
            "other/.bizalign.yaml": CONFIG,
            "other/pricing.yaml": PRICING,
            ".hidden/pricing.yaml": PRICING,
            "pricing.txt": PRICING,
        }
    )
    (repository.folder / "link.yaml").symlink_to("pricing.txt")
    repository.commit()
    _, report = check(capsys, "--since", "HEAD")
    # That of the link: it is followed in both.
    assert report["since"] == {**report["since"], "known": 1, "fixed": 0}


def test_a_workspace_may_be_a_folder_of_the_repository(
    repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"ws/.bizalign.yaml": CONFIG, "ws/sales.yaml": SALES, "notes.yaml": PRICING})
    repository.write({"ws/pricing.yaml": PRICING})
    monkeypatch.chdir(repository.folder / "ws")
    _, report = check(capsys, "--since", "main")
    assert places(report) == ["pricing.yaml:7 MOD109"]


def test_paths_choose_what_is_reported(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"sales.yaml": SALES, "pricing.yaml": PRICING, "orders.yaml": ORDERS})
    repository.write(
        {
            "sales.yaml": SALES.replace("sales", "it"),
            "extra.yaml": PRICING.replace("pricing", "extra"),
        }
    )
    _, report = check(capsys, "--since", "main", "orders.yaml")
    assert {f["path"] for f in report["findings"]} == {"orders.yaml"}
    assert report["since"]["known"] == 0


def test_nothing_in_the_work_tree_is_touched(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"sales.yaml": SALES, "pricing.yaml": PRICING})
    repository.write({"pricing.yaml": ORDERS, "new.yaml": PRICING})
    repository.git("add", "new.yaml")

    def state() -> list[object]:
        index = (repository.folder / ".git" / "index").read_bytes()
        return [repository.git("status", "--porcelain=v2", "--branch"), index, _files(repository)]

    before = state()
    check(capsys, "--since", "main")
    assert state() == before


def _files(repository: Repository) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(repository.folder.glob("*.yaml"))
    }


def test_a_revision_that_is_not_there_is_reported_with_the_nearest(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"sales.yaml": SALES})
    assert "unknown revision mian" in refused(capsys, "--since", "mian")
    assert "did you mean main?" in refused(capsys, "--since", "merge-base:mian")
    assert "git fetch origin v9" in refused(capsys, "--since", "v9")
    assert "unknown revision --help" in refused(capsys, "--since=--help")


def test_a_remote_branch_is_offered_for_one_that_is_not_here(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = repository.commit({"sales.yaml": SALES})
    repository.git("update-ref", "refs/remotes/origin/release", commit)
    assert "did you mean origin/release?" in refused(capsys, "--since", "release")


def test_before_the_first_commit_there_is_no_revision(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write({"sales.yaml": SALES})
    assert "the repository has no commit yet" in refused(capsys, "--since", "main")


def test_histories_without_a_common_commit_have_no_merge_base(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"sales.yaml": SALES})
    repository.git("checkout", "-q", "--orphan", "other")
    repository.commit({"orders.yaml": ORDERS})
    message = refused(capsys, "--since", "merge-base:main")
    assert "no common commit" in message
    assert "give a revision without merge-base:" in message


def test_outside_a_repository_there_is_no_revision(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "sales.yaml").write_text(SALES)
    monkeypatch.chdir(tmp_path)
    assert "is not in a git repository" in refused(capsys, "--since", "main")
    monkeypatch.setenv("PATH", "")
    assert "git is not installed" in refused(capsys, "--since", "main")


def test_a_repository_that_git_refuses_is_distinguished(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"sales.yaml": SALES})
    (repository.folder / ".git" / "HEAD").write_text("nonsense")
    message = refused(capsys, "--since", "main")
    assert "git refuses to read the repository" in message
    assert "safe.directory" in message


def test_a_shallow_clone_gets_the_command_to_fetch(
    repository: Repository,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = repository.commit({"sales.yaml": SALES})
    repository.git("checkout", "-q", "-b", "topic")
    repository.commit({"orders.yaml": ORDERS})
    clone = tmp_path / "clone"
    url = f"file://{repository.folder}"
    subprocess.run(["git", "clone", "-q", "--depth", "1", url, clone], check=True)
    monkeypatch.chdir(clone)
    for asked in (first, "main", "HEAD~1", "merge-base:main"):
        message = refused(capsys, "--since", asked)
        assert "this is a shallow clone" in message
        assert "git fetch --unshallow" in message
        assert "fetch-depth: 0" in message
    monkeypatch.setenv("GIT_DIR", "")
    monkeypatch.delenv("GIT_DIR")
    subprocess.run(["git", "fetch", "-q", "--depth", "1", "origin", "main:main"], check=True)
    assert "no common commit" in refused(capsys, "--since", "merge-base:main")


def test_a_check_without_it_runs_no_git_for_it(
    repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"sales.yaml": SALES})
    ran: list[str] = []
    original = subprocess.run

    def spy(command: list[str], **options: Any) -> Any:
        ran.append(next(word for word in command[1:] if word[0] != "-" and "=" not in word))
        return original(command, **options)

    monkeypatch.setattr(subprocess, "run", spy)
    check(capsys)
    assert ran == ["ls-files"]


@pytest.mark.parametrize(
    ("format_", "said"),
    [
        ("text", "1 error new since main · 2 definitions in 2 files · 1 of 1 rule"),
        ("markdown", "1 error new since main"),
    ],
)
def test_reports_say_what_they_are_held_against(
    repository: Repository, capsys: pytest.CaptureFixture[str], format_: str, said: str
) -> None:
    repository.commit({"sales.yaml": SALES})
    repository.write({"pricing.yaml": PRICING})
    run(["check", "--select", "MOD109", "--since", "main", "--format", format_])
    assert said in capsys.readouterr().out


def test_the_first_to_have_a_fact_does_not_make_the_others_new(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    units = {f"{n}.yaml": SALES.replace("sales", f"unit-{n}", 1) for n in range(2)}
    pages = {f"c{n}.yaml": ORDERS.replace("orders", f"c-{n}") for n in range(4)}
    bare = {name: text.replace("  owner: sales\n", "") for name, text in pages.items()}
    repository.commit({"sales.yaml": SALES, **units, **bare})
    repository.write({"c0.yaml": pages["c0.yaml"]})
    select = ("check", "--select", "MOD119", "--format", "json", "--fail-on", "warning")
    assert run([*select]) == 1
    assert json.loads(capsys.readouterr().out)["summary"]["findings"] == 1
    assert run([*select, "--since", "HEAD"]) == 0
    capsys.readouterr()
    repository.write({"c4.yaml": bare["c3.yaml"].replace("c-3", "c-4")})
    assert run([*select, "--since", "HEAD"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["path"], found["occurrences"]) == ("c4.yaml", [])


def test_of_what_cannot_be_judged_only_what_has_changed_is_told(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = ORDERS.replace("  owner: sales\n", "")
    repository.commit({f"c{n}.yaml": bare.replace("orders", f"c-{n}") for n in range(3)})
    command = ("check", "--select", "MOD119", "--since", "HEAD")
    run(command)
    told = capsys.readouterr().out
    assert "  … and 1 fact about what has not changed: bizalign-lint next\n" in told
    assert "No findings new since HEAD" in told
    assert "; 0 known before, 0 fixed" in told
    repository.write(
        {"c1.yaml": bare.replace("orders", "c-1").replace("spec: {}", "spec: {tier: core}")}
    )
    run(command)
    assert "Capability: owner  unknown for 1 of 3  MOD119 waits 1 time\n" in capsys.readouterr().out
    run([*command, "--format", "json"])
    judged = json.loads(capsys.readouterr().out)["judged"]
    assert [gap["property"] for gap in judged["missing"]] == ["owner"]
    assert judged["elsewhere"] == 0
