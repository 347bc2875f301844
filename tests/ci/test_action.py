"""The GitHub action: its steps run as they stand in action.yml."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ci.forge import BROKEN, CAPABILITY, Forge, old
from tests.ci.programs import checked
from tests.ci.runner import ACTION, CHECK, INSTALL, ROOT, Runner

PULL = {"GITHUB_BASE_REF": "main"}


def pull_request(forge: Forge, depth: int = 0) -> Runner:
    """The job of the pull request; main has gone on meanwhile."""
    forge.propose({"model/teams.yaml": BROKEN}, after={"model/late.yaml": old("late")})
    work = forge.check_out("refs/pull/1/merge", depth)
    return Runner.of(work, "pull_request", {"number": 1}, **PULL)


def test_pull_request_shows_what_is_new(forge: Forge) -> None:
    """An edit in one file breaks another, which is where the finding is shown."""
    done = pull_request(forge).run(sarif="findings.sarif")
    assert done.code == 1
    (annotation,) = done.commands
    assert annotation.startswith("::error file=model/capabilities.yaml,line=3,col=34,")
    assert "MOD109" in annotation
    assert "2 known before" in done.text
    assert "new since merge-base:origin/main" in done.summary
    assert "`model/capabilities.yaml:3`" in done.summary
    assert "### What changed in the model" in done.summary
    assert done.outputs == {
        "exit-code": "1",
        "findings": "1",
        "errors": "1",
        "warnings": "0",
        "since": "merge-base:origin/main",
    }


def test_sarif_has_all_but_what_is_accepted(forge: Forge) -> None:
    accepted = old("accepted") + "# bizalign: ignore[MOD109] -- so\n"
    forge.server.commit({"model/accepted.yaml": accepted})
    runner = pull_request(forge)
    runner.run(sarif="findings.sarif")
    log = json.loads((runner.workspace / "findings.sarif").read_text("utf-8"))
    results = [result for run in log["runs"] for result in run["results"]]
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results]
    assert uris == ["model/capabilities.yaml", "model/late.yaml", "model/old.yaml"]


def test_push_shows_everything(forge: Forge) -> None:
    work = forge.check_out("refs/heads/main", 1)
    done = Runner.of(work, "push", {}).run()
    assert (done.code, done.outputs["findings"], done.outputs["since"]) == (1, "1", "")
    assert "model/old.yaml" in done.commands[0]
    assert "What changed" not in done.summary


def test_merge_group_is_compared_with_its_base(forge: Forge) -> None:
    forge.server.commit({"model/teams.yaml": BROKEN})
    work = forge.check_out("refs/heads/main", 0)
    event = {"merge_group": {"base_sha": forge.base}}
    done = Runner.of(work, "merge_group", event).run()
    assert (done.outputs["since"], done.outputs["findings"]) == (forge.base, "1")


def test_pull_request_that_is_fine(forge: Forge) -> None:
    forge.propose({"model/more.yaml": CAPABILITY.replace("pricing", "selling")})
    work = forge.check_out("refs/pull/1/merge", 0)
    done = Runner.of(work, "pull_request", {}, **PULL).run()
    assert (done.code, done.commands, done.outputs["findings"]) == (0, [], "0")
    assert "✅ all aligned" in done.summary


def test_inputs_reach_the_check(forge: Forge) -> None:
    runner = pull_request(forge)
    everything = runner.run(since="all")
    assert (everything.outputs["findings"], everything.outputs["since"]) == ("3", "")
    assert runner.run(since=forge.base).outputs["findings"] == "2"
    assert runner.run(fail_on="never").code == 0
    assert runner.run(ignore="MOD109").outputs["findings"] == "0"
    assert "Alignment coverage" in runner.run(coverage="true", changes="false").summary
    quiet = runner.run(annotations="false", changes="false")
    assert (quiet.code, quiet.commands) == (1, [])
    assert "What changed" not in quiet.summary
    assert "as of 2031-01-01" in runner.run(as_of="2031-01-01").text


def test_model_in_a_folder(tmp_path: Path) -> None:
    """Places are told from the repository's root, which is what GitHub knows files by."""
    from tests.ci.conftest import SMALL

    forge = Forge(tmp_path.resolve(), {f"archi tecture/{name}": SMALL[name] for name in SMALL})
    forge.propose({"archi tecture/model/teams.yaml": BROKEN})
    work = forge.check_out("refs/pull/1/merge", 0)
    done = Runner.of(work, "pull_request", {}, **PULL).run(path="archi tecture", sarif="out.sarif")
    assert [c.partition(",")[0] for c in done.commands] == [
        "::error file=archi tecture/model/capabilities.yaml"
    ]
    assert "### What changed in the model" in done.summary
    assert '"archi%20tecture/model/old.yaml"' in (work / "out.sarif").read_text("utf-8")


def test_shallow_checkout_says_what_to_fetch(forge: Forge) -> None:
    done = pull_request(forge, depth=1).run(sarif="findings.sarif")
    assert done.code == 2
    (annotation,) = done.commands
    assert annotation.startswith("::error title=bizalign-lint::error: unknown revision origin/")
    assert "`fetch-depth: 0`" in annotation
    assert done.outputs["exit-code"] == "2"
    assert done.outputs["findings"] == done.summary == ""


def test_nothing_to_check(forge: Forge) -> None:
    forge.server.git("rm", "-q", "-r", "model")
    forge.server.commit()
    done = Runner.of(forge.check_out("refs/heads/main", 1), "push", {}).run()
    assert done.code == 3
    assert "there is nothing to check" in done.commands[0]


def test_wrong_configuration_is_an_annotation(forge: Forge) -> None:
    forge.server.commit({".bizalign.yaml": "selekt: [MOD]\n"})
    done = Runner.of(forge.check_out("refs/heads/main", 1), "push", {}).run()
    assert done.code == 2
    assert "selekt" in done.commands[0]
    assert "\x1b" not in done.commands[0]


def test_no_more_annotations_than_are_shown(forge: Forge) -> None:
    many = "---\n".join(old(f"billing-{n}") for n in range(13))
    forge.server.commit({"model/many.yaml": many})
    done = Runner.of(forge.check_out("refs/heads/main", 1), "push", {}).run()
    assert len(done.commands) == 10
    assert "\n4 more findings are in the summary of the job.\n" in done.log
    assert done.summary.count("\n- `model/") == 14


@pytest.mark.parametrize("name", [name for name in ACTION["inputs"] if name != "python"])
def test_no_input_is_a_command(name: str, forge: Forge) -> None:
    """Whatever an input holds, it is data: to the shell, and to the runner that reads the log."""
    hostile = "x$(touch pwned)`touch pwned`\";touch pwned;'\n::warning::pwned\nexit-code=0"
    runner = Runner.of(forge.check_out("refs/heads/main", 1), "push", {})
    done = runner.run((CHECK,), **{name: hostile})
    assert not list(runner.workspace.parent.rglob("pwned"))
    assert not [command for command in done.commands if command.startswith("::warning")]
    assert done.outputs["exit-code"] == str(done.code)


def test_python_input_is_a_program_only(forge: Forge) -> None:
    runner = Runner.of(forge.check_out("refs/heads/main", 1), "push", {})
    done = runner.run((INSTALL,), python='x"; touch pwned; "')
    assert done.code != 0
    assert not list(runner.workspace.parent.rglob("pwned"))


def test_nothing_of_the_repository_is_run(forge: Forge) -> None:
    """Not even a module that is named like one of ours or of Python's."""
    names = ("bizalign_lint/__init__", "json", "subprocess", "secrets", "click", "github", "ryml")
    trap = "from pathlib import Path\nPath(__file__ + '.pwned').touch()\nraise SystemExit(77)\n"
    forge.server.commit({f"{name}.py": trap for name in names})
    runner = Runner.of(forge.check_out("refs/heads/main", 1), "push", {})
    assert runner.run().code == 1
    assert not list(runner.workspace.rglob("*.pwned"))


def test_old_python_is_refused(forge: Forge, tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = Runner.of(forge.check_out("refs/heads/main", 1), "push", {}).run(
        (INSTALL,), python=str(old)
    )
    assert done.code == 2
    assert "Python 3.11 or newer is required" in done.commands[0]


def test_installs_itself_with_the_versions_of_the_constraints(forge: Forge, tmp_path: Path) -> None:
    """The action as a whole, from a clean machine; the only test here that needs an index."""
    reachable = subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", tmp_path, "hatchling"],
        capture_output=True,
        check=False,
    )
    if reachable.returncode:
        pytest.skip("no package index can be reached")
    runner = Runner.of(forge.check_out("refs/heads/main", 1), "push", {})
    (runner.temp / "bizalign-lint").unlink()
    (runner.workspace / "pip.py").write_text("raise SystemExit(77)\n")
    done = runner.run((INSTALL, CHECK), python=sys.executable)
    assert (done.code, done.outputs["findings"]) == (1, "1"), done.log
    frozen = subprocess.run(
        [runner.temp / "bizalign-lint" / "bin" / "python", "-I", "-m", "pip", "freeze"],
        capture_output=True,
        text=True,
        check=True,
    )
    installed = frozen.stdout.replace("_", "-").splitlines()
    pinned = (ROOT / "ci" / "constraints.txt").read_text("utf-8").splitlines()[1:]
    others = [line for line in installed if not line.startswith("bizalign-lint ")]
    # Each pip has an order of its own, and names are spelled in more than one way.
    assert sorted(others) == sorted(line.replace("_", "-") for line in pinned)


def test_scripts_hold_no_expression() -> None:
    """What GitHub would put into a script before the shell reads it could be a command."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert "uses" not in step


def test_is_an_action_to_github() -> None:
    checked("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")


def test_is_safe_to_zizmor() -> None:
    checked("zizmor", "--offline", "--quiet", "action.yml")
