"""What of GitHub's runner a composite action can see: enough to run its steps for real.

Expressions are put in as the runner does it, each script is run with the shell and the options that
``shell: bash`` stands for, and what it prints is read for workflow commands.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent.parent
EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
COMMAND = re.compile(r"^\s*::([\w-]+)(?: ([^:]*(?:%3A[^:]*)*))?::(.*)$")
SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
INSTALL, CHECK = 0, 1


def load(name: str) -> Any:
    """A YAML file of the repository."""
    return YAML(typ="safe").load((ROOT / name).read_bytes())


ACTION = load("action.yml")


@dataclass(frozen=True)
class Outcome:
    """What a workflow would see of the action."""

    code: int
    log: str
    summary: str
    outputs: dict[str, str]

    @property
    def commands(self) -> list[str]:
        """The workflow commands that the runner would have carried out."""
        carried_out: list[str] = []
        token: str | None = None
        for line in self.log.splitlines():
            said = line.strip()
            if token is not None:
                token = None if said == f"::{token}::" else token
            elif said.startswith("::stop-commands::"):
                token = said.removeprefix("::stop-commands::")
            elif COMMAND.match(line):
                carried_out.append(said)
        assert token is None, "commands stay stopped"
        return carried_out

    @property
    def text(self) -> str:
        """The log without colours."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.log)


@dataclass(frozen=True)
class Runner:
    """A job in which the action is a step."""

    workspace: Path
    temp: Path
    event: Mapping[str, Any]
    environment: Mapping[str, str]

    @staticmethod
    def of(workspace: Path, event_name: str, event: Mapping[str, Any], **more: str) -> Runner:
        """A job that has checked out a workspace, with bizalign-lint installed already."""
        temp = workspace.parent / f"temp-{workspace.name}"
        temp.mkdir()
        (temp / "bizalign-lint").symlink_to(Path(sys.executable).parent.parent)
        (temp / "event.json").write_text(json.dumps(event), "utf-8")
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in {"PATH", "HOME", "LANG"} or name.startswith(("PIP_", "SSL_", "GIT_"))
        }
        return Runner(
            workspace,
            temp,
            event,
            {
                **kept,
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_BASE_REF": "",
                "GITHUB_EVENT_NAME": event_name,
                "GITHUB_EVENT_PATH": str(temp / "event.json"),
                "GITHUB_WORKSPACE": str(workspace),
                "RUNNER_TEMP": str(temp),
                **more,
            },
        )

    def run(self, steps: tuple[int, ...] = (CHECK,), /, **given: str) -> Outcome:
        """Run steps of the action with some inputs; ``_`` in a name stands for ``-``."""
        given = {name.replace("_", "-"): value for name, value in given.items()}
        assert set(given) <= set(ACTION["inputs"])
        inputs = {name: given.get(name, d["default"]) for name, d in ACTION["inputs"].items()}
        contexts = {"inputs": inputs, "github": {"action_path": str(ROOT), "event": self.event}}
        output, summary = self.temp / "output", self.temp / "summary"
        output.write_text("")
        summary.write_text("")
        log, code = "", 0
        for number in steps:
            step = ACTION["runs"]["steps"][number]
            assert step["shell"] == "bash"
            script = self.temp / "script.sh"
            script.write_text(evaluate(step["run"], contexts), "utf-8")
            own = {name: evaluate(value, contexts) for name, value in step["env"].items()}
            done = subprocess.run(
                [*SHELL, str(script)],
                cwd=self.workspace,
                env={
                    **self.environment,
                    "GITHUB_OUTPUT": str(output),
                    "GITHUB_STEP_SUMMARY": str(summary),
                    **own,
                },
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                timeout=300,
                check=False,
            )
            log += done.stdout.decode()
            code = done.returncode
            if code:
                break
        said = (line.partition("=") for line in output.read_text("utf-8").splitlines())
        contexts["steps"] = {"check": {"outputs": {key: value for key, _, value in said}}}
        outputs = {
            name: evaluate(declared["value"], contexts)
            for name, declared in ACTION["outputs"].items()
        }
        return Outcome(code, log, summary.read_text("utf-8"), outputs)


def evaluate(text: str, contexts: Mapping[str, Any]) -> str:
    """A text with its expressions; what is not there is empty, as on GitHub."""

    def value(found: re.Match[str]) -> str:
        here: Any = contexts
        for name in found[1].split("."):
            here = here.get(name, "") if isinstance(here, Mapping) else ""
        assert isinstance(here, str)
        return here

    return EXPRESSION.sub(value, text)
