"""The walk-throughs, taken step by step."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bizalign_lint.cli.edge import run

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = re.compile(r"^```(yaml|diff|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`([\w./-]+\.yaml)`:\s*\Z")


@pytest.mark.parametrize(
    ("page", "least"),
    [
        ("getting-started", 6),
        ("forecast", 1),
        ("questions", 3),
        ("what-if", 2),
        ("owners", 5),
        ("exports", 2),
    ],
)
def test_everything_is_as_shown(
    page: str,
    least: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text_of_page = (DOCS / f"{page}.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    end = commands = 0
    for block in BLOCK.finditer(text_of_page):
        before, end = text_of_page[end : block.start()], block.end()
        kind, text = block.groups()
        if kind == "console":
            command, _, output = text.partition("\n")
            run(shlex.split(command.removeprefix("$ bizalign-lint ")))
            assert capsys.readouterr().out == output, command
            commands += 1
            continue
        named = FILE.search(before)
        assert named is not None, f"which file is this?\n{text}"
        path = tmp_path / named[1]
        path.parent.mkdir(exist_ok=True)
        path.write_text(after(path, kind, text, adds="Add to" in before[-60:]), "utf-8")
    assert commands == text_of_page.count("```console") >= least


def after(path: Path, kind: str, text: str, adds: bool) -> str:
    """What a file holds after a step."""
    old = path.read_text("utf-8") if path.exists() else ""
    if kind == "yaml":
        return old + text if adds else text
    gone, come = (
        "".join(line[1:] for line in text.splitlines(keepends=True) if line.startswith(sign))
        for sign in "-+"
    )
    assert old.count(gone) == 1, f"{path.name} does not have this once:\n{gone}"
    return old.replace(gone, come)
