"""What the GitHub action does once bizalign-lint is installed: check, mark lines, sum up.

It stands beside the package, not in it: it runs the program as a person would, and reads what the
reports say. Inputs and the runner's files come as environment variables, as action.yml names them.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PROGRAM = str(Path(sys.executable).with_name("bizalign-lint"))
FAILED = 2
"""From this exit code on there is no report, but an error."""

MOST = 10
"""GitHub shows so many annotations of a severity for a step."""

TAKEN, SHOWN = 25_000, 5_000
"""GitHub takes so many results of a SARIF file, and refuses one with more; it shows so many."""
LEVELS = ("error", "warning", "note")

_COLOR = re.compile(r"\x1b\[[0-9;]*m")

_CHECK = ("fail-on", "profile", "select", "ignore", "as-of")
_DIFF = ("profile", "as-of")


def main(environment: Mapping[str, str]) -> int:
    """Check, tell, and return the exit code of the check."""
    given = {
        name.removeprefix("BIZALIGN_").lower().replace("_", "-"): value
        for name, value in environment.items()
        if name.startswith("BIZALIGN_")
    }
    since = revision(given.get("since", ""), environment)
    reports = Path(environment["RUNNER_TEMP"]) / "bizalign-lint-reports"
    reports.mkdir(exist_ok=True)
    files = {name: reports / f"report.{name}" for name in ("json", "github", "markdown")}
    for file in files.values():
        file.unlink(missing_ok=True)
    code, complaint = check(given, since, files)
    outputs: dict[str, object] = {"exit-code": code, "since": since}
    if code >= FAILED:
        print(error(complaint))
    else:
        counts = json.loads(files["json"].read_text("utf-8"))["summary"]
        severities = counts["bySeverity"]
        outputs |= {
            "findings": counts["findings"],
            "errors": severities["error"],
            "warnings": severities["warning"],
        }
        if given.get("annotations") == "true":
            print("".join(gravest(files["github"].read_text("utf-8"))), end="")
        summary = files["markdown"].read_text("utf-8")
        if since and given.get("changes") == "true":
            summary += f"\n{changes(given, since)}"
        _append(environment["GITHUB_STEP_SUMMARY"], summary)
        if given.get("sarif"):
            write_sarif(given, Path(given["sarif"]))
    lines = [f"{key}={value}".replace("\n", " ") for key, value in outputs.items()]
    _append(environment["GITHUB_OUTPUT"], "".join(f"{line}\n" for line in lines))
    return code


def revision(wanted: str, environment: Mapping[str, str]) -> str:
    """What to compare with; empty for nothing.

    What is checked out for a pull request is its merge into the base, so that where it left the
    base's branch is exactly the commit that it would be merged into.
    """
    if wanted == "all":
        return ""
    if wanted != "auto":
        return wanted
    if base := environment.get("GITHUB_BASE_REF"):
        return f"merge-base:origin/{base}"
    return environment.get("MERGE_GROUP_BASE", "")


def check(given: Mapping[str, str], since: str, files: Mapping[str, Path]) -> tuple[int, str]:
    """Run the check, its text in the log; returns its exit code and what it complained of."""
    # All: what is no annotation any more has to be in the summary.
    command = [PROGRAM, "check", "--all", "--color=always", *_options(given, _CHECK)]
    if since:
        command.append(f"--since={since}")
        if given.get("config-from-base") == "true":
            command.append("--config-from-base")
    if given.get("coverage") == "true":
        command.append("--coverage")
    command += [f"--output={name}:{path}" for name, path in files.items()]
    # What the model says is text, even where it reads like a command to the runner.
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}", flush=True)
    done = subprocess.run(
        [*command, "--", given.get("path") or "."], stderr=subprocess.PIPE, check=False
    )
    complaint = done.stderr.decode(errors="replace")
    print(complaint, end="")
    print(f"::{token}::", flush=True)
    return done.returncode, complaint


def changes(given: Mapping[str, str], since: str) -> str:
    """What changed in the model, as Markdown."""
    path = given.get("path") or "."
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    done = subprocess.run(
        [PROGRAM, "diff", "--format=markdown", *_options(given, _DIFF), "--", since],
        cwd=folder or None,
        stdout=subprocess.PIPE,
        check=False,
    )
    return done.stdout.decode()


def write_sarif(given: Mapping[str, str], path: Path) -> None:
    """Write all findings but those accepted: GitHub compares by itself, and knows no accepting."""
    command = [PROGRAM, "check", *_options(given, _CHECK), f"--output=sarif:{path}"]
    subprocess.run(
        [*command, "--", given.get("path") or "."], stdout=subprocess.DEVNULL, check=False
    )
    log = json.loads(path.read_text("utf-8"))
    for run in log["runs"]:
        found = [result for result in run["results"] if "suppressions" not in result]
        run["results"] = taken(found)
        print("".join(beyond(len(found))), end="")
    path.write_text(json.dumps(log, indent=2) + "\n", "utf-8")


def taken(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results that GitHub takes: where there are too many, the most severe."""
    if len(results) <= TAKEN:
        return results
    return sorted(results, key=lambda result: LEVELS.index(result["level"]))[:TAKEN]


def beyond(number: int) -> Iterator[str]:
    """What to say where code scanning does not show all of so many results."""
    if number > SHOWN:
        told = f"code scanning shows the {SHOWN:,} most severe of {number:,} findings"
        yield f"::warning title=bizalign-lint::{told}\n"


def gravest(commands: str) -> Iterator[str]:
    """The annotations that GitHub would show, and how many more there are."""
    seen: Counter[str] = Counter()
    for line in commands.splitlines(keepends=True):
        level = line.split(" ", 1)[0]
        seen[level] += 1
        if seen[level] <= MOST:
            yield line
    more = sum(max(0, count - MOST) for count in seen.values())
    if more:
        yield f"{more} more findings are in the summary of the job.\n"


def error(complaint: str) -> str:
    """A complaint as an annotation without a place, plain."""
    text = _COLOR.sub("", complaint).strip() or "bizalign-lint ended without a word"
    for plain, escaped in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(plain, escaped)
    return f"::error title=bizalign-lint::{text}"


def _options(given: Mapping[str, str], names: tuple[str, ...]) -> list[str]:
    return [f"--{name}={given[name]}" for name in names if given.get(name)]


def _append(path: str, text: str) -> None:
    with open(path, "a", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    sys.exit(main(os.environ))
