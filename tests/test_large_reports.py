"""The report of a model with very many findings: what is gravest first, and nothing twice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bizalign_lint.cli.edge import run

DAY = "2026-11-24"


def _document(kind: str, name: str, title: str, spec: str, owner: str = "") -> str:
    metadata = f"{{name: {name}, title: {title}{', owner: ' + owner if owner else ''}}}"
    return f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata: {metadata}\nspec: {spec}\n"


def _model(activities: int, without_key_results: int) -> str:
    """Capabilities of nobody that are named like activities, and objectives without a measure."""
    period = "{period: {start: 2026-01-01, end: 2026-12-31}}"
    return "---\n".join(
        (
            _document("OrganizationUnit", "it", "IT", "{}"),
            *(
                _document("Capability", f"a-{n}", f"Manage thing {n}", "{level: 1}")
                for n in range(activities)
            ),
            *(
                _document("Objective", f"z-{n}", f"Zeal {n}", period, "it")
                for n in range(without_key_results)
            ),
        )
    )


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """149 warnings of one rule, then 25 errors of another, in the order of the file."""
    (tmp_path / ".bizalign.yaml").write_text(
        f"asOf: {DAY}\nselect: [MOD120, OUT101]\nseverity: {{MOD120: warning}}\n"
    )
    (tmp_path / "m.yaml").write_text(_model(149, 25))
    monkeypatch.chdir(tmp_path)


def _check(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    run(["check", *arguments])
    return capsys.readouterr().out


@pytest.mark.usefixtures("large")
def test_a_large_report_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    text = _check(capsys)
    lines = text.splitlines()
    assert "25 errors, 149 warnings" in text
    assert len(lines) < 120
    assert text.index("error[OUT101]") < text.index("warning[MOD120]")
    assert text.count("Order management instead of") == 1
    assert "    … and 144 more (--all)" in lines
    assert "    … and 20 more (--all)" in lines
    assert lines[-1].startswith("149 of 174 are MOD120: --ignore MOD120 shows the rest; ")


@pytest.mark.usefixtures("large")
def test_all_of_a_large_report_is_reported_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    text = _check(capsys, "--all")
    places = re.findall(r"^    m\.yaml:\d+:\d+: “Manage thing \d+” is", text, re.MULTILINE)
    assert len(places) == 149
    assert "more (--all)" not in text
    assert text.count("Order management instead of") == 1


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("arguments", [["-q"], ["--format", "concise"]])
def test_what_is_read_by_line_stays_a_line_for_each_finding_in_file_order(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = re.findall(
        r"^m\.yaml:(\d+):\d+: (?:error|warning)\[(\w+)\] .+\n",
        _check(capsys, *arguments),
        re.MULTILINE,
    )
    assert Counter(rule for _, rule in found) == {"MOD120": 149, "OUT101": 25}
    assert [int(line) for line, _ in found] == sorted(int(line) for line, _ in found)


@pytest.mark.usefixtures("large")
def test_a_large_report_in_markdown_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    text = _check(capsys, "--format", "markdown")
    assert len(text.splitlines()) < 120
    assert text.index("#### 🔴 Errors\n") < text.index("#### 🟡 Warnings\n")
    assert "- … and 144 more (`--all`)\n" in text
    assert "| 149 | 🟡 MOD120 | capability-named-as-activity |\n" in text
    assert _check(capsys, "--format", "markdown", "--all").count("- `m.yaml:") == 174


@pytest.mark.usefixtures("large")
def test_coverage_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    alone = ("--coverage", "--min-severity", "none", "--fail-on", "never")
    text = _check(capsys, *alone)
    assert "coverage" in text and "MOD" not in text
    assert "174 findings not shown · " in text
    assert "### bizalign-lint: 174 findings not shown\n" in _check(
        capsys, *alone, "--format", "markdown"
    )


@pytest.mark.usefixtures("large")
def test_only_what_is_severe_enough_is_shown_and_all_of_it_counts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["check", "--min-severity", "error", "--fail-on", "never"]) == 0
    text = capsys.readouterr().out
    assert "MOD120" not in text
    assert "25 errors · " in text
    assert "; 149 below error not shown" in text
    assert "; 149 below error not shown." in _check(
        capsys, "--min-severity", "error", "--format", "markdown"
    )
    assert "MOD120" not in _check(capsys, "--min-severity", "error", "--format", "concise")
    (Path.cwd() / ".bizalign.yaml").write_text(
        f"asOf: {DAY}\nselect: [MOD120]\nseverity: {{MOD120: warning}}\n"
    )
    assert run(["check", "--min-severity", "error", "--fail-on", "warning"]) == 1


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_findings_are_grouped_by_who_answers_for_them(
    format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = _check(capsys, "--group-by", "owner", "--format", format_)
    heading = "#### " if format_ == "markdown" else ""
    titles = re.findall(rf"^{heading}(IT|nobody is responsible)\b", text, re.MULTILINE)
    assert titles == ["IT", "nobody is responsible"]
    assert "and 20 more" in text
    assert "and 144 more" in text


@pytest.fixture
def spread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files, and a unit that is missing in one of them and a capability in both."""
    (tmp_path / ".bizalign.yaml").write_text(f"asOf: {DAY}\nselect: [MOD109, MOD120]\n")
    names = _document("Capability", "a", "Manage orders", "{level: 1}", "gone")
    more = _document("Capability", "b", "Sales", "{level: 1}", "gone")
    app = _document("Application", "c", "Shop", "{supports: [lost]}")
    (tmp_path / "a.yaml").write_text(names)
    (tmp_path / "b.yaml").write_text(f"{more}---\n{app}")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("spread")
def test_findings_are_grouped_by_file(capsys: pytest.CaptureFixture[str]) -> None:
    text = _check(capsys, "--group-by", "file", "--min-severity", "error")
    assert [line for line in text.splitlines() if " · 1 error" in line and "yaml" in line] == [
        "a.yaml · 1 error",
        "b.yaml · 1 error",
    ]


@pytest.mark.usefixtures("spread")
def test_findings_are_grouped_by_cause(capsys: pytest.CaptureFixture[str]) -> None:
    text = _check(capsys, "--group-by", "cause")
    titles = [line for line in text.splitlines() if re.search(r" · 1 (error|info)$", line)]
    assert titles == [
        "Capability:default/lost is missing · 1 error",
        "OrganizationUnit:default/gone is missing · 1 error",
        "no common cause · 1 info",
    ]


@pytest.mark.usefixtures("spread")
def test_one_cause_is_reported_with_its_first_place_and_all_on_demand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "b.yaml:3:" not in _check(capsys, "--group-by", "cause")
    assert "      b.yaml:3:42: " in _check(capsys, "--group-by", "cause", "--all")
