"""No name, title or guideline of a repository breaks a report, and none steers a terminal."""

from __future__ import annotations

import csv
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bizalign_lint.cli.changes import quoted_path
from bizalign_lint.reporters import FORMATS
from bizalign_lint.reporters.markdown import LONGEST, code, escape
from tests.conftest import Call

HOSTILE = (
    "\x1b]0;owned\x07",
    "# all aligned",
    "![x](https://example.org/a.png)",
    "[here](command:x)",
    "@team",
    "https://example.org",
    "www.example.org",
    "a@example.org",
    "<img src=x>",
    "&lt;b&gt;",
    "#12",
    "| a | b",
    "`x`",
    "::error::x",
    "##vso[task.setvariable variable=PATH]x",
    "a ##[add-matcher]x",
    "%0A::error::x",
    "=cmd|' /C calc'!A0",
)
FORGED = (
    "a\n\n### bizalign-lint: all aligned\n\nb.yaml",
    "a\r\n::error::x.yaml",
    "\x1b[2J.yaml",
    "`|`.yaml",
    "a\\|b.yaml",
    "@team.yaml",
    '"a b".yaml',
    "##vso[task.complete result=Succeeded;]x.yaml",
    "=1+1.yaml",
    "u\udcff.yaml",
)
STEERS = re.compile("[\x00\x07\x08\x1b\x7f\x9b]")


def definition(name: str, title: str) -> str:
    """A capability with a mistake, whose message has its title."""
    metadata = {"name": name, "title": title, "owner": "nobody"}
    value: dict[str, Any] = {"apiVersion": "bizalign/v1", "kind": "Capability"}
    value |= {"metadata": metadata, "spec": {"level": 2, "parent": f"gone {title}"[:60]}}
    return str(yaml.safe_dump(value, allow_unicode=True))


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which every name and title is hostile; the test stands in it."""
    folder = tmp_path.resolve() / "ws"
    folder.mkdir()
    (folder / ".bizalign.yaml").write_text("asOf: 2026-06-30\n")
    documents = [definition(f"c-{n}", text) for n, text in enumerate(HOSTILE)]
    documents += [definition(f"d-{n}", HOSTILE[0]) for n in range(2)]
    (folder / "model.yaml").write_text("---\n".join(documents), encoding="utf-8")
    for name in FORGED:
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        with open(path, "w", encoding="utf-8") as file:
            file.write(
                definition(f"f-{abs(hash(name))}", "no") + "---\napiVersion: bizalign/v1\n[\n"
            )
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("format_", FORMATS)
def test_no_format_lets_a_character_through_that_steers_a_terminal(
    hostile: Path, call: Call, format_: str
) -> None:
    code_, out, err = call("check", "--format", format_, "--show-suppressed", "--verbose")
    assert code_ == 1
    assert STEERS.search(out) is None
    assert STEERS.search(err) is None


TO_LOGS = ("text", "concise", "azure", "github", "markdown")
"""What is written to logs that are read for commands."""
COMMAND = re.compile(r"##(?:vso)?\[", re.IGNORECASE)


@pytest.mark.parametrize("format_", TO_LOGS)
def test_no_text_is_a_command_in_a_log(hostile: Path, call: Call, format_: str) -> None:
    out, err = call("check", "--format", format_, "--show-suppressed", "--verbose", "--all")[1:]
    lines = (out + err).splitlines()
    if format_ == "azure":
        issues = [line for line in lines if line.startswith("##vso[task.logissue type=")]
        assert len(issues) > len(HOSTILE)
        # The agent takes what is before the first bracket for properties, the rest for a text.
        for line in issues:
            properties, _, text = line.removeprefix("##vso[task.logissue ").partition("]")
            keys = [pair.partition("=")[0] for pair in properties.split(";")]
            assert keys == ["type", "sourcepath", "linenumber", "columnnumber", "code", ""]
            assert COMMAND.search(text) is None
        lines = [line for line in lines if line not in issues]
    if format_ == "github":
        lines = [line for line in lines if not line.startswith(("::error ", "::warning "))]
    assert [line for line in lines if COMMAND.search(line) or line.startswith("::")] == []


def test_no_cell_of_a_csv_report_is_a_formula(hostile: Path, call: Call) -> None:
    rows = [*csv.reader(call("check", "--format", "csv")[1].splitlines())]
    assert len(rows) > len(HOSTILE)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@"))] == []
    assert any(cell.startswith("'=1+1") for row in rows for cell in row)


def test_markdown_has_the_headings_that_are_ours(hostile: Path, call: Call) -> None:
    out = call("check", "--format", "markdown")[1]
    assert [line for line in out.splitlines() if line.startswith("### ")] == [out.split("\n")[0]]
    for line in out.splitlines():
        if line.startswith("|"):
            # A bar that is not escaped parts two cells.
            assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) in (4, 5), line


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("@team", r"@\w"),
        ("a@example.org", r"@\w"),
        ("https://example.org/x", r"://"),
        ("WWW.example.org", r"www\."),
        ("see #12 and !3", r"[#!]\d"),
        ("![x](y)", r"(?<!\\)\["),
        ("<b>&lt;", r"(?<!\\)[<&]"),
        ("$x$ ~y~ *z* _a_", r"(?<!\\)[$~*_]"),
        ("a\n# b\n- c", r"\n"),
        ("\x1b[31m", "\x1b"),
    ],
)
def test_text_in_markdown_is_text(text: str, forbidden: str) -> None:
    assert re.search(forbidden, escape(text), re.IGNORECASE) is None


@pytest.mark.parametrize("text", ["a`b", "a\nb", "a|b", "a\\|b", "\x1b", "x" * 5_000])
def test_names_in_code_stay_in_it(text: str) -> None:
    shown = code(text)
    assert "`" not in shown
    assert "\n" not in shown
    assert re.search(r"(?<!\\)\||\\\\\|", shown) is None
    assert len(shown) <= 500


def test_one_long_piece_is_cut_too(hostile: Path, call: Call) -> None:
    title = "x" * 100_000
    (hostile / "long.yaml").write_text(definition("long", title))
    out = call("check", "--format", "markdown")[1]
    assert len(out) < LONGEST
    assert "x" * 501 not in out


def test_a_long_title_is_not_multiplied(tmp_path: Path, call: Call) -> None:
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-11-24\n")
    names = [f"c{n}" for n in range(30)]
    supports = ", ".join(names)
    application = (
        "apiVersion: bizalign/v1\nkind: Application\n"
        f"metadata: {{name: a, title: {'x' * 100_000}}}\nspec: {{supports: [{supports}], "
        "lifecycle: {active: 2000-01-01, phaseOut: 2020-01-01}}\n"
    )
    documents = [application]
    documents += [
        f"apiVersion: bizalign/v1\nkind: Capability\nmetadata: {{name: {name}}}\n"
        "spec: {tier: strategic}\n"
        for name in names
    ]
    (tmp_path / "m.yaml").write_text("---\n".join(documents))
    out = call("check", str(tmp_path), "--format", "json")[1]
    assert "MOD" in out
    assert len(out) < 1_000_000


def test_what_the_set_up_says_is_shown_without_what_steers(hostile: Path, call: Call) -> None:
    lint = hostile / "lint"
    lint.mkdir()
    odd = "\\e]0;owned\\a"
    (lint / "guideline.yaml").write_text(
        f'id: house\ntitle: "House {odd}"\norder: 90\nsummary: Agreed.\nrationale: Agreed.\n'
    )
    (lint / "odd.yaml").write_text(
        f'id: HOU101\nguideline: house\nseverity: warning\nsummary: "Odd {odd}."\n'
        f'rationale: "Odd {odd}."\ntarget: Application\npath: title\nminCount: 1\n'
        f'message: "odd {odd}"\nhelp: "Odd {odd}."\n'
    )
    (hostile / ".bizalign.yaml").write_text(f'rules: [lint]\nexclude: ["{odd}"]\n')
    for command in (["config", "show"], ["rule", "list"], ["rule", "show", "HOU101"]):
        code_, out, err = call(*command)
        assert code_ == 0, err
        assert STEERS.search(out + err) is None


def test_config_show_is_yaml_that_means_the_same(hostile: Path, call: Call) -> None:
    (hostile / ".bizalign.yaml").write_text('exclude: ["\\e]0;owned\\a", "\\u202e\\U0001F600x"]\n')
    out = call("config", "show")[1]
    assert yaml.safe_load(out)["exclude"] == ["\x1b]0;owned\x07", "\u202e\U0001f600x"]


@pytest.mark.parametrize(
    "name",
    [
        "a b.yaml",
        'a"b.yaml',
        "a\nb.yaml",
        "a\\b.yaml",
        "a\tb.yaml",
        "ä.yaml",
        "\x1b.yaml",
        "a.yaml",
    ],
)
@pytest.mark.parametrize("where", [".", "model"])
def test_a_patch_names_files_as_git_does(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch, name: str, where: str
) -> None:
    folder = tmp_path / where
    folder.mkdir(exist_ok=True)
    (folder / ".bizalign.yaml").write_text("")
    file = folder / name
    file.write_text(definition("a", "no").replace("title: 'no'", "title: no"))
    monkeypatch.chdir(tmp_path)
    patch = call("check", "--diff", "--select", "MOD103", str(folder))[1]
    subprocess.run(["git", "init", "-q", "."], check=True)
    subprocess.run(["git", "apply"], input=patch.encode(), check=True)
    assert 'title: "no"' in file.read_text()


@pytest.mark.parametrize("name", ["a", "a b", 'x"y', "tab\t", "ä", "\x7f", "\u202e", "u\udcff"])
def test_a_name_in_a_patch_is_one_line_without_what_steers(name: str) -> None:
    shown = quoted_path(name)
    assert STEERS.search(shown) is None
    assert "\n" not in shown
    assert "\u202e" not in shown
