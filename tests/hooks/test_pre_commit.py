"""The hooks as pre-commit runs them, in commits that are refused and commits that are made."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.hooks.house import BROKEN, ORDERS, ROOT, SALES, House, capability, shipped
from tests.revisions.repository import CONFIG


@pytest.fixture
def hooked(house: House) -> House:
    """A repository in which the check runs before each commit."""
    house.install()
    return house


def refused(house: House, *arguments: str, folder: Path | None = None) -> str:
    """What is said of a commit that is not made."""
    before = house.count()
    attempt = house.try_commit(*arguments, folder=folder)
    assert attempt.code == 1, attempt.said
    assert house.count() == before
    return attempt.said


def made(house: House, *arguments: str, folder: Path | None = None) -> None:
    """A commit is made."""
    attempt = house.try_commit(*arguments, folder=folder)
    assert attempt.code == 0, attempt.said


def test_a_commit_that_breaks_something_is_refused(hooked: House) -> None:
    hooked.write({"orders.yaml": BROKEN})
    hooked.git("add", "-A")
    assert "orders.yaml:7:10: error[MOD109]" in refused(hooked)
    hooked.write({"orders.yaml": ORDERS + "# Takes them.\n"})
    hooked.git("add", "-A")
    made(hooked)


def test_what_is_staged_is_what_is_checked(hooked: House) -> None:
    mended = ORDERS + "# Mended, and not staged.\n"
    hooked.write({"orders.yaml": BROKEN})
    hooked.git("add", "-A")
    hooked.write({"orders.yaml": mended})
    assert "orders.yaml:7:10: error[MOD109]" in refused(hooked)
    assert (hooked.folder / "orders.yaml").read_text() == mended

    hooked.write({"orders.yaml": mended})
    hooked.git("add", "-A")
    hooked.write({"orders.yaml": BROKEN})
    made(hooked)
    assert (hooked.folder / "orders.yaml").read_text() == BROKEN


def test_a_commit_that_only_deletes_what_others_name_is_refused(hooked: House) -> None:
    hooked.git("rm", "-q", "sales.yaml")
    assert "orders.yaml:7:10: error[MOD109]" in refused(hooked)


def test_an_untracked_file_neither_refuses_nor_rescues_a_commit(hooked: House) -> None:
    hooked.write({"draft.yaml": capability("draft", "nobody"), "sales.yaml": SALES + "# Said.\n"})
    hooked.git("add", "sales.yaml")
    made(hooked)
    hooked.write({"marketing.yaml": SALES.replace("sales", "marketing")})
    hooked.write({"orders.yaml": capability("orders", "marketing")})
    hooked.git("add", "orders.yaml")
    assert "marketing" in refused(hooked)
    hooked.git("add", "marketing.yaml")
    made(hooked)


def test_a_file_may_be_renamed_and_a_definition_only_with_those_that_name_it(
    hooked: House,
) -> None:
    hooked.git("mv", "sales.yaml", "units.yaml")
    made(hooked)
    hooked.git("mv", "units.yaml", "sellers.yaml")
    hooked.write({"sellers.yaml": SALES.replace("sales", "sellers")})
    hooked.git("add", "-A")
    assert "orders.yaml:7:10: error[MOD109]" in refused(hooked)


def test_a_merge_in_conflict_is_refused_until_it_is_resolved_well(hooked: House) -> None:
    hooked.git("checkout", "-q", "-b", "topic")
    hooked.write({"orders.yaml": ORDERS.replace("Takes", "Accepts")})
    made(hooked, "-a")
    hooked.git("checkout", "-q", "main")
    hooked.write({"orders.yaml": ORDERS.replace("Takes", "Receives")})
    made(hooked, "-a")
    assert hooked.attempt("git", "merge", "topic").code == 1
    assert "Unmerged files" in hooked.pre_commit("run").said
    assert hooked.try_commit().code == 128
    hooked.write({"orders.yaml": BROKEN})
    hooked.git("add", "-A")
    assert "orders.yaml:7:10: error[MOD109]" in refused(hooked)
    hooked.write({"orders.yaml": ORDERS})
    hooked.git("add", "-A")
    made(hooked)
    assert len(hooked.git("log", "-1", "--format=%P").split()) == 2


def test_a_merge_of_what_is_right_on_either_side_may_be_wrong(hooked: House) -> None:
    hooked.git("checkout", "-q", "-b", "topic")
    hooked.write({"orders.yaml": "# Gone with the unit.\n"})
    hooked.git("rm", "-q", "sales.yaml")
    hooked.git("add", "-A")
    hooked.write({"it.yaml": SALES.replace("sales", "it")})
    hooked.git("add", "-A")
    made(hooked)
    hooked.git("checkout", "-q", "main")
    hooked.write({"pricing.yaml": capability("pricing")})
    hooked.git("add", "-A")
    made(hooked)
    before = hooked.count()
    merged = hooked.attempt("git", "merge", "--no-edit", "topic")
    assert merged.code != 0
    assert "pricing.yaml:7:10: error[MOD109]" in merged.said
    assert hooked.count() == before


def test_names_of_files_may_be_unusual(hooked: House) -> None:
    names = [
        "with blanks.yaml",
        "größe.yaml",
        "-dash.yaml",
        "--fix.yaml",
        "a'b\"c$d.yaml",
        "日.yml",
    ]
    hooked.write({name: capability(f"c{i}", f"gone-{i}") for i, name in enumerate(names)})
    hooked.git("add", "-A")
    said = refused(hooked)
    assert [name for name in names if f"{name}:7:10: error[MOD109]" not in said] == []
    hooked.write({name: capability(f"c{i}", "sales") for i, name in enumerate(names)})
    hooked.git("add", "-A")
    made(hooked)


def test_a_submodule_is_checked_where_it_is_committed_to(hooked: House, tmp_path: Path) -> None:
    other = House(tmp_path / "other")
    other.commit({"bad.yaml": capability("bad", "nobody")})
    allowed = ("-c", "protocol.file.allow=always")
    hooked.git(*allowed, "submodule", "--quiet", "add", str(other.folder), "part")
    made(hooked)
    part = hooked.folder / "part"
    other.git("rm", "-q", "bad.yaml")
    other.install()
    other.git("commit", "-q", "--allow-empty", "-m", "x")
    hooked.git(*allowed, "-C", "part", "pull", "-q")
    done = hooked.attempt("pre-commit", "install", folder=part)
    assert done.code == 0, done.said
    (part / "orders.yaml").write_text(BROKEN)
    assert "orders.yaml:7:10: error[MOD109]" in refused(hooked, "-a", folder=part)


def test_a_model_may_be_a_folder_of_the_repository(house: House) -> None:
    house.git("rm", "-q", ".bizalign.yaml", "sales.yaml", "orders.yaml")
    house.write({"model/.bizalign.yaml": CONFIG, "model/sales.yaml": SALES})
    house.write({"elsewhere.yaml": capability("elsewhere", "nobody")})
    house.install("bizalign-lint", "bizalign-lint-rules", arguments=("model",))
    house.write({"model/orders.yaml": BROKEN})
    house.git("add", "-A")
    said = refused(house)
    assert "model/orders.yaml:7:10: error[MOD109]" in said
    assert "elsewhere.yaml" not in said


def test_a_repository_within_another_is_one_of_its_own(hooked: House) -> None:
    inner = House(hooked.folder / "inner")
    inner.install()
    inner.write({"orders.yaml": BROKEN})
    assert "orders.yaml:7:10: error[MOD109]" in refused(inner, "-a")
    hooked.write({"sales.yaml": SALES + "# Said.\n"})
    made(hooked, "-a")


def test_a_worktree_is_checked_for_itself(hooked: House, tmp_path: Path) -> None:
    second = tmp_path / "second"
    hooked.git("worktree", "add", "-q", "-b", "topic", str(second))
    (second / "orders.yaml").write_text(BROKEN)
    assert "orders.yaml:7:10: error[MOD109]" in refused(hooked, "-a", folder=second)
    hooked.write({"sales.yaml": SALES + "# Said.\n"})
    made(hooked, "-a")


def test_a_commit_of_very_many_files_is_checked_once(hooked: House) -> None:
    files = {f"capabilities/c{number:04}.yaml": capability(f"c{number}") for number in range(2000)}
    files["capabilities/c1999.yaml"] = capability("c1999", "nobody")
    hooked.write(files)
    hooked.git("add", "-A")
    said = refused(hooked)
    assert said.count("error[MOD109]") == 1
    assert said.count("2,002 definitions in 2,002 files") == 1


def test_only_a_part_of_a_commit_may_be_wanted(hooked: House) -> None:
    """``git commit FILE`` and ``--all`` make an index of their own."""
    hooked.write({"orders.yaml": BROKEN, "sales.yaml": SALES + "# Said.\n"})
    made(hooked, "sales.yaml")
    assert "orders.yaml:7:10: error[MOD109]" in refused(hooked, "orders.yaml")
    assert "orders.yaml:7:10: error[MOD109]" in refused(hooked, "--all")
    hooked.write({"nobody.yaml": SALES.replace("sales", "nobody")})
    hooked.git("add", "nobody.yaml")
    assert "orders.yaml:7:10: error[MOD109]" in refused(hooked, "orders.yaml")
    made(hooked, "orders.yaml", "nobody.yaml")


def test_all_files_are_checked_as_they_are(hooked: House) -> None:
    """What one does by hand: nothing is put aside, and what was mended is mended."""
    hooked.write({"orders.yaml": BROKEN})
    run = hooked.pre_commit("run", "--all-files")
    assert run.code == 1
    assert "orders.yaml:7:10: error[MOD109]" in run.said
    hooked.write({"orders.yaml": ORDERS, "draft.yaml": BROKEN})
    assert hooked.pre_commit("run", "--all-files").code == 0


def test_what_is_fixed_is_looked_at_before_it_is_committed(house: House) -> None:
    house.install("bizalign-lint-fix")
    house.write({"orders.yaml": ORDERS.replace("Takes orders.", "no")})
    house.write({"draft.yaml": capability("draft").replace("Takes orders.", "no")})
    house.git("add", "orders.yaml")
    said = refused(house)
    assert "files were modified by this hook" in said
    assert 'description: "no"\n' in (house.folder / "orders.yaml").read_text()
    assert "description: no\n" in (house.folder / "draft.yaml").read_text()
    house.git("add", "orders.yaml")
    made(house)


RULE = """\
id: HSE101
guideline: model
severity: error
summary: A capability is called foo.
rationale: That says nothing.
target: Capability
path: title
not: {hasValue: Foo}
message: "{title} says nothing"
help: Call it something else.
bad: |
  apiVersion: bizalign/v1
  kind: Capability
  metadata: {name: foo, title: Foo}   # <- HSE101
  spec: {}
good: |
  apiVersion: bizalign/v1
  kind: Capability
  metadata: {name: foo, title: Bar}
  spec: {}
"""


def test_rules_of_ones_own_are_tested(house: House) -> None:
    house.write({".bizalign.yaml": f"{CONFIG}rules: [rules]\n", "rules/foo.yaml": RULE})
    house.install("bizalign-lint-rules")
    house.write({"rules/foo.yaml": RULE.replace("title: Bar", "title: Foo")})
    house.git("add", "-A")
    said = refused(house)
    assert "noisy HSE101" in said
    assert "1 rule: 1 passed, 1 failed" in said


def test_outside_a_repository_the_hooks_say_so(tmp_path: Path, house: House) -> None:
    (tmp_path / "loose").mkdir()
    (tmp_path / "loose" / "orders.yaml").write_text(BROKEN)
    attempt = house.attempt("bizalign-lint", "check", "--tracked", folder=tmp_path / "loose")
    assert attempt.code == 2
    assert "is not in a git repository" in attempt.said


def test_the_repository_can_be_tried_as_it_is(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real thing: pre-commit builds an environment from this repository and runs the hooks."""
    wheels = os.environ.get("BIZALIGN_WHEELHOUSE")
    if not wheels:
        pytest.skip("BIZALIGN_WHEELHOUSE names no folder of wheels; .ci/run makes one")
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels, "PIP_CONFIG_FILE": os.devnull}
    for name, value in offline.items():
        monkeypatch.setenv(name, value)
    house.write({"orders.yaml": BROKEN})
    house.git("add", "-A")
    tried = house.pre_commit("try-repo", str(ROOT), "--verbose")
    assert tried.code == 1, tried.said
    for id_ in ("bizalign-lint", "bizalign-lint-fix", "bizalign-lint-rules"):
        assert f"- hook id: {id_}\n" in tried.said
    assert "orders.yaml:7:10: error[MOD109]" in tried.said
    assert "0 rules: 0 passed, 0 failed" in tried.said


def test_the_guide_names_the_hooks_and_what_they_run() -> None:
    guide = (ROOT / "docs" / "pre-commit.md").read_text()
    rows = dict(re.findall(r"^\| `(bizalign-lint[\w-]*)` \| `(.*?)` \|", guide, re.M))
    assert rows == {id_: hook["entry"] for id_, hook in shipped().items()}
    for id_, hook in shipped().items():
        assert hook["pass_filenames"] is False, id_
        assert hook["always_run"] is hook["require_serial"] is True, id_


OLD = capability("old", "gone")
"""What was wrong before, and nobody is about to mend."""


def old_house(house: House) -> House:
    """A repository with something wrong in it since before the hook."""
    house.commit({"old.yaml": OLD})
    house.install()
    return house


def test_a_commit_is_judged_by_what_is_new_in_it(house: House) -> None:
    old_house(house)
    house.write({"orders.yaml": ORDERS + "# Takes them.\n"})
    house.git("add", "-A")
    made(house)
    house.write({"orders.yaml": BROKEN})
    house.git("add", "-A")
    said = refused(house)
    assert "orders.yaml:7:10: error[MOD109]" in said and "old.yaml" not in said
    assert "1 known before" in said
    # Also one of which nothing is staged.
    house.write({"orders.yaml": ORDERS + "# Takes them.\n"})
    house.git("add", "-A")
    made(house, "--amend", "--allow-empty")


def test_a_run_over_all_files_is_judged_by_all(house: House) -> None:
    old_house(house)
    done = house.pre_commit("run", "--all-files")
    assert done.code == 1
    assert "old.yaml:7:10: error[MOD109]" in done.said


def test_a_run_over_a_range_is_judged_by_what_is_new_in_it(house: House) -> None:
    old_house(house)
    base = house.git("rev-parse", "HEAD").strip()
    house.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "Nothing")
    assert house.pre_commit("run", "--from-ref", base, "--to-ref", "HEAD").code == 0
    house.write({"orders.yaml": BROKEN})
    house.git("add", "-A")
    house.git("commit", "-q", "--no-verify", "-m", "Break it")
    done = house.pre_commit("run", "--from-ref", base, "--to-ref", "HEAD")
    assert done.code == 1
    assert "orders.yaml:7:10: error[MOD109]" in done.said and "old.yaml" not in done.said


def test_the_first_commit_is_judged_by_all(house: House) -> None:
    house.install()
    house.git("checkout", "-q", "--orphan", "fresh")
    assert house.try_commit().code == 0
    house.git("checkout", "-q", "--orphan", "broken")
    house.write({"orders.yaml": BROKEN})
    house.git("add", "-A")
    attempt = house.try_commit()
    assert attempt.code == 1
    assert "orders.yaml:7:10: error[MOD109]" in attempt.said
