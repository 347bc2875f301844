"""The recipes that are no files of ours: their scripts run as they stand in docs/ci.md."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from tests.ci.forge import BROKEN, Forge, old
from tests.ci.programs import checked
from tests.ci.runner import ROOT, load

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
VENV = Path(sys.executable).parent.parent


def recipe(name: str) -> Any:
    """The file of that name on the page."""
    block = rf"^```yaml\n# {re.escape(name)}\n(.*?)^```$"
    return YAML(typ="safe").load(re.findall(block, PAGE, re.MULTILINE | re.DOTALL)[-1])


def run(script: str, work: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script in bash; what installs is passed over."""
    lines = [line for line in script.split("\n") if "pip install" not in line]
    lines = [line for line in lines if " -m venv " not in line]
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "HOME", "PYTHONPATH") or name.startswith("GIT_")
    }
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(lines)],
        cwd=work,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def work(forge: Forge) -> Path:
    """The work tree of a pull request that breaks something, where something was wrong before."""
    forge.propose({"model/teams.yaml": BROKEN})
    return forge.check_out("refs/pull/1/merge", 0)


def test_azure_tells_what_is_new(work: Path, tmp_path: Path) -> None:
    script, upload, publish = recipe("azure-pipelines.yml")["steps"][1:]
    text = script["bash"].replace('venv="$AGENT_TEMPDIRECTORY/bizalign-lint"', f"venv={VENV}")
    temporary = tmp_path / "agent"
    temporary.mkdir()
    variables = {"AGENT_TEMPDIRECTORY": str(temporary)}
    target = "refs/heads/main"
    done = run(text, work, **variables, SYSTEM_PULLREQUEST_TARGETBRANCH=target)
    assert done.returncode == 1, done.stderr
    (issue,) = done.stdout.splitlines()
    place = f"sourcepath={work}/model/capabilities.yaml;linenumber=3;columnnumber=34"
    assert issue.startswith(f"##vso[task.logissue type=error;{place};code=MOD109;]")
    done = run(text, work, **variables)
    assert len(done.stdout.splitlines()) == 2
    said = run(upload["bash"], work, **variables).stdout.strip()
    summary = Path(said.removeprefix("##vso[task.uploadsummary]"))
    assert summary.read_text("utf-8").startswith("### bizalign-lint: ")
    file = publish["inputs"]["testResultsFiles"]
    results = file.replace("$(Agent.TempDirectory)", str(temporary))
    assert ElementTree.parse(results).getroot().tag == "testsuites"


class Insights(BaseHTTPRequestHandler):
    """What Bitbucket's proxy would pass on; it is kept."""

    asked: list[tuple[str, str, Any]]

    def _keep(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.command, self.path, body))
        self.send_response(200)
        self.end_headers()

    do_PUT = do_POST = _keep  # noqa: N815  # http.server calls what has these names

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def insights() -> Iterator[tuple[int, list[tuple[str, str, Any]]]]:
    asked: list[tuple[str, str, Any]] = []
    handler = type("Kept", (Insights,), {"asked": asked})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


def test_bitbucket_gets_the_report_and_its_annotations(work: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    step = recipe("bitbucket-pipelines.yml")["pipelines"]["pull-requests"]["**"][0]["step"]
    more = {"model/many.yaml": "---\n".join(old(f"more-{number}") for number in range(120))}
    for name, text in more.items():
        (work / name).write_text(text, "utf-8")
    with insights() as (port, asked):
        script = "\n".join(step["script"]).replace("/tmp/venv", str(VENV))
        script = script.replace("localhost:29418", f"127.0.0.1:{port}")
        done = run(
            script,
            work,
            BITBUCKET_PR_DESTINATION_BRANCH="main",
            BITBUCKET_REPO_FULL_NAME="acme/model",
            BITBUCKET_COMMIT="abc",
        )
    assert done.returncode == 1, done.stderr
    base = "http://api.bitbucket.org/2.0/repositories/acme/model/commit/abc/reports/bizalign-lint"
    assert [(method, path) for method, path, _ in asked] == [
        ("PUT", base),
        ("POST", f"{base}/annotations"),
        ("POST", f"{base}/annotations"),
    ]
    assert asked[0][2]["result"] == "FAILED"
    entries = [entry for _, _, batch in asked[1:] for entry in batch]
    assert [len(batch) for _, _, batch in asked[1:]] == [100, 21]
    assert "model/capabilities.yaml" in {entry["path"] for entry in entries}


def test_the_component_is_the_job_of_the_include() -> None:
    text = (ROOT / "templates" / "bizalign-lint" / "template.yml").read_text("utf-8")
    spec, jobs = YAML(typ="safe").load_all(text)
    (job,) = jobs.values()
    ours = load("ci/gitlab.yml")["bizalign-lint"]
    inputs = spec["spec"]["inputs"]
    values = {name: about.get("default") for name, about in inputs.items()}
    for key, value in job.items():
        if key == "variables":
            assert value.pop("GIT_DEPTH") == ours["variables"]["GIT_DEPTH"]
            named = {f"$[[ inputs.{name.removeprefix('BIZALIGN_').lower()} ]]" for name in value}
            assert {*value.values()} == named
            continue
        if isinstance(value, str) and value.startswith("$[["):
            value = values[value.removeprefix("$[[ inputs.").removesuffix(" ]]")]
        assert value == ours[key], key
    assert [name for name, default in values.items() if default is None] == ["package"]
    used = re.findall(r"\$\[\[ inputs\.([\w-]+) \]\]", text)
    assert {*used} == {*inputs}


def test_what_others_run_is_a_command_of_ours(work: Path) -> None:
    plugin = load("ci/mega-linter-plugin-bizalign/bizalign.megalinter-descriptor.yml")
    (linter,) = plugin["linters"]
    arguments = [
        argument.replace("{{SARIF_OUTPUT_FILE}}", "found.sarif")
        for argument in (*linter["cli_lint_extra_args"], *linter["cli_sarif_args"])
    ]
    (command,) = load("ci/trunk.yaml")["lint"]["definitions"][0]["commands"]
    program = str(VENV / "bin" / "bizalign-lint")
    done = run(" ".join([program, *arguments]), work)
    assert done.returncode == 1, done.stderr
    assert len(json.loads((work / "found.sarif").read_text("utf-8"))["runs"][0]["results"]) == 2
    # MegaLinter counts the lines.
    assert linter["cli_lint_errors_count"] == "total_lines"
    assert len(done.stdout.splitlines()) == 2
    assert run(f"{program} {linter['cli_version_arg_name']}", work).returncode == 0
    done = run(command["run"].replace("${target}", ".").replace("bizalign-lint", program, 1), work)
    assert done.returncode in command["success_codes"]
    assert json.loads(done.stdout)["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("number", "kept", "words"),
    [(5_000, 5_000, ""), (5_001, 5_001, "5,000 most severe of 5,001"), (25_002, 25_000, "25,002")],
)
def test_more_than_code_scanning_shows_is_told(number: int, kept: int, words: str) -> None:
    spec = importlib.util.spec_from_file_location("ci_github", ROOT / "ci" / "github.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    results = [{"level": "note"}] * (number - 1) + [{"level": "error"}]
    taken = module.taken(results)
    assert len(taken) == kept
    assert {"level": "error"} in taken
    told = "".join(module.beyond(number))
    assert told.startswith("::warning ") if words else told == ""
    assert words in told


def test_the_component_is_a_pipeline_to_gitlab(tmp_path: Path) -> None:
    text = (ROOT / "templates" / "bizalign-lint" / "template.yml").read_text("utf-8")
    (spec, _) = YAML(typ="safe").load_all(text)
    job = text.split("\n---\n", 1)[1]
    for name, about in spec["spec"]["inputs"].items():
        job = job.replace(f"$[[ inputs.{name} ]]", json.dumps(about.get("default", "x")).strip('"'))
    path = tmp_path / "component.yml"
    path.write_text(job, "utf-8")
    transform = ("--data-transform", "gitlab-ci")
    checked("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", *transform, str(path))
