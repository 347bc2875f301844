"""What docs/ci.md shows, made anew: ``python -m tests.ci.page`` writes it into the page.

The change that the page shows is put to the recipes, and what they say is put where a comment names
it. The tables of inputs and outputs are those of action.yml.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.ci.forge import Forge
from tests.ci.runner import ACTION, ROOT, Outcome, Runner
from tests.ci.test_gitlab import REPORT, job

PAGE = ROOT / "docs" / "ci.md"
MERIDIAN = ROOT / "examples" / "meridian"
DIFF = re.compile(r"^```diff\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(
    r"^(?P<head><!-- (?P<name>\w+) -->\n)(?P<body>```\w+\n.*?^```\n|(?:[>|][^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)


def proposed(folder: Path, page: str) -> Forge:
    """A repository with the page's change as a pull request."""
    files = {
        str(path.relative_to(MERIDIAN)): path.read_text("utf-8")
        for path in sorted(MERIDIAN.rglob("*.yaml"))
    }
    forge = Forge(folder, files)
    (diff,) = DIFF.findall(page)
    name, old, new = (line.lstrip("-+") for line in diff.splitlines())
    name = name.strip()
    assert files[name].count(old) == 1, f"{name} does not have this once: {old}"
    forge.propose({name: files[name].replace(old, new)})
    return forge


def results(forge: Forge) -> Mapping[str, str]:
    """What the recipes say to the change, by the names that the page gives it."""
    work = forge.check_out("refs/pull/1/merge", 0)
    done = Runner.of(work, "pull_request", {}, GITHUB_BASE_REF="main").run()
    # The commands are told as annotations; their arrival in the log is the runner's business.
    log = "".join(row for row in done.text.splitlines(keepends=True) if row[:2] != "::")
    work = forge.check_out("refs/pull/1/merge", 1)
    shallow = Runner.of(work, "pull_request", {}, GITHUB_BASE_REF="main").run()
    work = forge.check_out("refs/heads/change", 2)
    job(work, CI_MERGE_REQUEST_DIFF_BASE_SHA=forge.base)
    entry = json.loads((work / REPORT).read_text("utf-8"))[0]
    return {
        "annotations": _fenced("text", "".join(f"{command}\n" for command in done.commands)),
        "summary": "".join(f"> {row}".rstrip() + "\n" for row in done.summary.splitlines()),
        "log": _fenced("text", log),
        "inputs": "".join(_inputs()),
        "outputs": "".join(_outputs(done)),
        "shallow": _fenced("text", "".join(f"{command}\n" for command in shallow.commands)),
        "gitlab": _fenced("json", json.dumps(entry, indent=2, ensure_ascii=False) + "\n"),
    }


def filled(page: str, results: Mapping[str, str]) -> str:
    """The page with what the recipes say."""
    assert {found["name"] for found in PLACE.finditer(page)} == set(results)
    return PLACE.sub(lambda found: found["head"] + results[found["name"]], page)


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text}```\n"


def _inputs() -> Iterator[str]:
    yield "| input | default | |\n| --- | --- | --- |\n"
    for name, declared in ACTION["inputs"].items():
        default = f"`{declared['default']}`" if declared["default"] else ""
        yield f"| `{name}` | {default} | {_description(declared)} |\n"


def _outputs(done: Outcome) -> Iterator[str]:
    yield "| output | here | |\n| --- | --- | --- |\n"
    for name, declared in ACTION["outputs"].items():
        yield f"| `{name}` | `{done.outputs[name]}` | {_description(declared)} |\n"


def _description(declared: Mapping[str, str]) -> str:
    return re.sub(r'"(\w+)"', r"`\1`", " ".join(declared["description"].split()))


def main() -> None:
    """Write the page."""
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    page = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        made = results(proposed(Path(folder).resolve(), page))
    PAGE.write_text(filled(page, made), "utf-8")


if __name__ == "__main__":
    main()
