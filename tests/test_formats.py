"""Every format that a report can take: a golden file, and a check by its consumer or schema."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from diff_cover.violationsreporters.java_violations_reporter import CheckstyleXmlDriver
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

from bizalign_lint.core.lines import Lines
from bizalign_lint.core.report import (
    ALL_JUDGED,
    Gap,
    GuidelineInfo,
    Judged,
    Lacking,
    Report,
    RuleInfo,
    Suppressed,
)
from bizalign_lint.core.types import (
    Edit,
    Finding,
    Fix,
    Location,
    RelatedLocation,
    Severity,
    Span,
    places,
)
from bizalign_lint.reporters import FORMATS, bitbucket, markdown, reporter
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View
from tests.expected import Golden
from tests.faults.meridian import fresh

GOLDEN = Path(__file__).parent / "golden"
DATA = Path(__file__).parent / "data"
SARIF_SCHEMA = Path(__file__).parents[2] / "shared" / "data" / "sarif-schema-2.1.0.json"
VIEW = View("/ws/models", "/ws")


def _finding(rule: str, severity: Severity, message: str, path: str, number: int) -> Finding:
    return Finding(
        rule=rule,
        name=f"name-of-{rule.lower()}",
        guideline="model" if rule.startswith("MOD") else "fix-the-basics",
        severity=severity,
        message=message,
        location=Location(path, Span(number, 3, number, 9)),
        fingerprint=f"{number:020x}",
        entity="Capability:default/pricing",
        help="Mend it: 100 %, today.\nOr <later>.",
        related=(RelatedLocation("is there, too", Location("b.yaml", Span(1, 1, 1, 4))),),
    )


_FIX = Fix("Put quotes “around” it", (Edit(Location("a b/ä.yaml", Span(4, 3, 4, 9)), '"q"'),), True)
FINDINGS = (
    _finding("MOD101", Severity.WARNING, "90 % of | <it> & `more`: a,b", "a b/ä.yaml", 4)._replace(
        fix=_FIX
    ),
    _finding("MOD101", Severity.WARNING, "two\nlines \x07 “quoted”", "a b/ä.yaml", 5),
    _finding("BAS101", Severity.ERROR, "*Pricing* rests on 🧨", "model/c.yaml", 6),
    _finding("BAS102", Severity.INFO, "x" * 3000, "model/c.yaml", 7),
    _finding(
        "MOD101", Severity.WARNING, "is wrong (here and in 1 more place)", "m.yaml", 1
    )._replace(
        cause="what is wrong",
        occurrences=(
            _finding("MOD101", Severity.WARNING, "is wrong", "m.yaml", 2),
            _finding("MOD101", Severity.INFO, "is wrong as well", "m.yaml", 3),
        ),
    ),
)
REPORT = Report(
    findings=FINDINGS,
    suppressed=(
        Suppressed(
            _finding("BAS101", Severity.ERROR, "old", "model/d.yaml", 8), "comment", "", None
        ),
        Suppressed(
            _finding("BAS101", Severity.ERROR, "known", "model/d.yaml", 9),
            "dispensation",
            "Dispensation:default/x: agreed",
            "2026-12-31",
        ),
    ),
    files=3,
    documents=9,
    nodes=12,
    rules=tuple(
        RuleInfo(id_, f"name-of-{id_.lower()}", guideline, severity, "Sums it up.", "Mend it.")
        for id_, guideline, severity in (
            ("BAS101", "fix-the-basics", Severity.ERROR),
            ("BAS102", "fix-the-basics", Severity.INFO),
            ("BAS103", "fix-the-basics", Severity.WARNING),
            ("MOD101", "model", Severity.WARNING),
        )
    ),
    guidelines=(
        GuidelineInfo("model", "Model integrity", 1),
        GuidelineInfo("fix-the-basics", "Fix the basics", 2),
        GuidelineInfo("disruptions", "Disruptions", 3),
    ),
    as_of=date(2026, 6, 30),
    lines=lambda _: Lines("a: b\n" * 20),
    judged=Judged(
        3,
        ("BAS103",),
        1,
        (
            Gap(
                "Application",
                "components",
                (
                    Lacking(
                        "Application:default/crm",
                        "A|b",
                        None,
                        None,
                        "a.yaml",
                        ("BAS103",),
                        1,
                    ),
                ),
                4,
                (("BAS103", 1),),
            ),
        ),
    ),
)
CLEAN = REPORT._replace(findings=(), suppressed=(), judged=ALL_JUDGED)


def render(format_: str, report: Report = REPORT, view: View = VIEW) -> str:
    return "".join(reporter(format_)(report, view))


@pytest.mark.parametrize("format_", FORMATS)
def test_golden(format_: str, golden: Golden) -> None:
    golden(GOLDEN / f"report.{format_}", render(format_))


@pytest.fixture(scope="module")
def big() -> Report:
    """A report with many findings, of a model in which every reference leads to nothing."""
    model = fresh()
    for definition in list(model.each("Capability")):
        model.remove("Capability", definition["metadata"]["name"])
    report = model.check()
    found = tuple(sorted(places(report.findings), key=lambda f: f.location))
    assert len(found) > 100
    return report._replace(findings=found)


def test_sarif_keeps_to_its_schema(big: Report) -> None:
    if not SARIF_SCHEMA.exists():
        pytest.skip("the schema of SARIF 2.1.0 is not part of the repository")
    validator = Draft4Validator(json.loads(SARIF_SCHEMA.read_text("utf-8")))
    for report in (REPORT, big):
        errors = [e.message for e in validator.iter_errors(json.loads(render("sarif", report)))]
        assert errors == []


def test_sarif_is_what_code_scanning_wants(big: Report) -> None:
    for report in (REPORT, big):
        (run,) = json.loads(render("sarif", report))["runs"]
        rules = run["tool"]["driver"]["rules"]
        hashes = [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]
        assert len(set(hashes)) == len(hashes)
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            location = result["locations"][0]["physicalLocation"]
            assert set(location["region"]) == {"startLine", "startColumn", "endLine", "endColumn"}
            assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", location["artifactLocation"]["uri"])
        assert [text for text in _texts(run) if not 0 < len(text) <= 1024] == []


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[key] for key in ("text", "markdown") if key in value)
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


@pytest.mark.process
def test_sarif_is_read_by_a_consumer(tmp_path: Path, big: Report) -> None:
    log = tmp_path / "report.sarif"
    log.write_text(render("sarif", big), encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "sarif", "summary", str(log)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    counted = dict(re.findall(r"^(error|warning|note): (\d+)", result.stdout, re.MULTILINE))
    shown = [*big.findings, *(entry.finding for entry in big.suppressed)]
    levels = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.INFO}
    assert counted == {
        level: str(sum(finding.severity is severity for finding in shown))
        for level, severity in levels.items()
    }


def test_suppressed_findings_are_carried_as_suppressions() -> None:
    (run,) = json.loads(render("sarif"))["runs"]
    kinds = [r["suppressions"][0]["kind"] for r in run["results"] if "suppressions" in r]
    assert kinds == ["inSource", "external"]


def test_junit_keeps_to_its_schema(big: Report) -> None:
    schema = etree.XMLSchema(etree.parse(DATA / "junit-10.xsd"))
    for report in (REPORT, big, CLEAN):
        schema.validate(etree.fromstring(render("junit", report).encode()))
        assert [entry.message for entry in schema.error_log] == []
    unknown = render("junit").replace("<testcase ", '<testcase line="4" ')
    assert not schema.validate(etree.fromstring(unknown.encode()))


def test_junit_counts_what_it_holds(big: Report) -> None:
    for report in (REPORT, big):
        root = ET.fromstring(render("junit", report))
        assert root.tag == "testsuites"
        assert int(root.attrib["tests"]) == len(root.findall(".//testcase"))
        assert (
            int(root.attrib["failures"]) == len(root.findall(".//failure")) == len(report.findings)
        )
        for suite in root:
            assert int(suite.attrib["tests"]) == len(suite)
            assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        for case in root.iter("testcase"):
            assert {"classname", "name", "time"} <= set(case.attrib)
            assert len(case) <= 1


def test_checkstyle_groups_by_file(big: Report) -> None:
    for report in (REPORT, big):
        root = ET.fromstring(render("checkstyle", report))
        assert len(root.findall("file/error")) == len(report.findings)
        names = [file.attrib["name"] for file in root]
        assert len(names) == len(set(names))


def test_checkstyle_has_what_its_published_schema_knows(big: Report) -> None:
    """Checkstyle's own schema: these attributes, positive numbers, three severities."""
    for report in (REPORT, big):
        for error in ET.fromstring(render("checkstyle", report)).iter("error"):
            assert set(error.attrib) == {"line", "column", "severity", "message", "source"}
            assert int(error.attrib["line"]) > 0
            assert int(error.attrib["column"]) > 0
            assert error.attrib["severity"] in ("error", "warning", "info")
    assert list(ET.fromstring(render("checkstyle", CLEAN))) == []


def test_checkstyle_is_read_by_a_consumer(big: Report) -> None:
    """By diff-quality, which finds in such reports what stands in the lines of a change."""
    for report in (REPORT, big):
        read = CheckstyleXmlDriver().parse_reports([render("checkstyle", report)])
        assert Counter(
            (path, violation.line, violation.message)
            for path, violations in read.items()
            for violation in violations
        ) == Counter(
            (
                VIEW.path(finding.location.path),
                finding.location.span.line,
                f"{finding.severity}: {finding.message}".replace("\x07", "\ufffd"),
            )
            for finding in report.findings
        )


def test_gitlab_is_what_code_quality_wants(big: Report) -> None:
    schema = json.loads((DATA / "gitlab-code-quality.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for report in (REPORT, big, CLEAN):
        entries = json.loads(render("gitlab", report))
        assert [error.message for error in validator.iter_errors(entries)] == []
        assert len({entry["fingerprint"] for entry in entries}) == len(report.findings)
        assert all(entry["location"].keys() >= {"lines", "positions"} for entry in entries)


def test_github_commands_are_one_line_each_errors_first(big: Report) -> None:
    for report in (REPORT, big):
        lines = render("github", report).splitlines()
        assert len(lines) == len(report.findings)
        kinds = []
        for line in lines:
            found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
            assert found is not None
            kinds.append(("error", "warning", "notice").index(found[1]))
            assert len(found[2].split(",")) == 6
        assert kinds == sorted(kinds)


def test_github_reads_what_was_meant(big: Report) -> None:
    """The runner splits first, and puts back what is escaped then."""
    for report in (REPORT, big):
        for line, finding in zip(
            render("github", report).splitlines(),
            sorted(report.findings, key=lambda f: f.severity.rank),
            strict=True,
        ):
            _, command, message = line.split("::", 2)
            properties = dict(pair.split("=", 1) for pair in command.split(" ", 1)[1].split(","))
            # What could harm a terminal has a stand-in.
            meant = f"{finding.message}\n{finding.help}"
            assert _unescaped(message).split("\n") == [*map(clean, meant.split("\n"))]
            assert _unescaped(properties["file"]) == VIEW.path(finding.location.path)
            assert _unescaped(properties["title"]) == f"{finding.rule} {finding.name}"


def test_azure_reads_what_was_meant(big: Report) -> None:
    """The agent splits the properties at semicolons, and puts back what is escaped then."""
    for report in (REPORT, big):
        ranked = sorted(report.records, key=lambda f: f.severity.rank)
        lines = render("azure", report).splitlines()
        for line, finding in zip(lines, ranked, strict=True):
            if finding.severity is Severity.INFO:
                assert line.startswith(f"models/{finding.location.path}:")
                continue
            found = re.fullmatch(r"##vso\[task\.logissue ([^\]]*)\](.*)", line)
            assert found is not None
            pairs = (pair.split("=", 1) for pair in found[1].split(";") if pair)
            properties = {key: _decoded(value) for key, value in pairs}
            assert properties == {
                "type": finding.severity.value,
                "sourcepath": f"/ws/models/{finding.location.path}",
                "linenumber": str(finding.location.span.line),
                "columnnumber": str(finding.location.span.column),
                "code": finding.rule,
            }
            meant = f"{finding.message}\n{finding.help}".split("\n")
            assert _decoded(found[2]).split("\n") == [*map(clean, meant)]


def _decoded(text: str) -> str:
    for escaped, meant in (
        ("%3B", ";"),
        ("%5D", "]"),
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%AZP25", "%"),
    ):
        text = text.replace(escaped, meant)
    return text


def test_bitbucket_gets_no_more_than_it_takes(big: Report) -> None:
    many = big._replace(
        findings=tuple(
            finding._replace(fingerprint=f"{number:020x}")
            for number, finding in enumerate(big.findings * (1 + 1100 // len(big.findings)))
        )
    )
    for report in (REPORT, big, many, CLEAN):
        value = json.loads(render("bitbucket", report))
        body, batches = value["report"], value["annotations"]
        entries = [entry for batch in batches for entry in batch]
        assert len(entries) == min(len(report.records), bitbucket.MOST)
        assert all(0 < len(batch) <= bitbucket.AT_ONCE for batch in batches)
        assert len({entry["external_id"] for entry in entries}) == len(entries)
        assert (" are shown, the most severe first" in body["details"]) == (
            len(report.records) > bitbucket.MOST
        )
        assert len(body["data"]) <= 10 and len(body["details"]) <= 2000
        for entry in entries:
            assert 0 < len(entry["summary"]) <= 450 and 0 < len(entry["details"]) <= 2000
            assert entry["severity"] in ("HIGH", "MEDIUM", "LOW") and entry["line"] > 0
        errors = any(finding.severity is Severity.ERROR for finding in report.records)
        assert body["result"] == ("FAILED" if errors else "PASSED")


def test_rdjson_keeps_to_its_schema(big: Report) -> None:
    """As reviewdog's description of the format has it."""
    schema = json.loads((DATA / "rdjson.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for report in (REPORT, big, CLEAN):
        value = json.loads(render("rdjson", report))
        assert [error.message for error in validator.iter_errors(value)] == []
        assert len(value["diagnostics"]) == len(report.records)


def test_rdjson_counts_bytes() -> None:
    lines = Lines("“ä”🧨: x\r\nb\n")
    finding = _finding("MOD101", Severity.ERROR, "m", "a.yaml", 1)
    for span, start, end in (
        (Span(1, 1, 1, 2), 1, 4),
        (Span(1, 4, 1, 7), 9, 15),
        (Span(1, 8, 2, 1), 16, 1),
        (Span(1, 8, 1, 12), 16, 20),
    ):
        placed = finding._replace(location=Location("a.yaml", span))
        report = REPORT._replace(findings=(placed,), lines=lambda _: lines)
        (told,) = json.loads(render("rdjson", report))["diagnostics"]
        range_ = told["location"]["range"]
        assert (range_["start"]["column"], range_["end"]["column"]) == (start, end)


def test_csv_has_a_row_for_each_place(big: Report) -> None:
    for report in (REPORT, big):
        rows = [*csv.DictReader(io.StringIO(render("csv", report)))]
        assert [(row["rule"], row["path"], row["line"]) for row in rows] == [
            (f.rule, VIEW.path(f.location.path), str(f.location.span.line)) for f in report.records
        ]


def test_names_of_junit_cases_are_unique_and_stay(big: Report) -> None:
    def names(report: Report) -> list[tuple[str, ...]]:
        root = ET.fromstring(render("junit", report))
        return [(case.attrib["classname"], case.attrib["name"]) for case in root.iter("testcase")]

    for report in (REPORT, big):
        assert len({*names(report)}) == len(names(report))
        further = tuple(
            finding._replace(location=finding.location._replace(span=Span(99, 1, 99, 2)))
            for finding in report.findings
        )
        assert names(report._replace(findings=further)) == names(report)


PLACED = ("sarif", "junit", "github", "gitlab", "checkstyle", "bitbucket", "rdjson", "csv")


@pytest.mark.parametrize("format_", PLACED)
def test_paths_are_those_of_the_repository(format_: str) -> None:
    """Wherever the program was started: services know no other paths."""
    view = View("/ws/models", "/ws/models/model", repository="/ws")
    assert render(format_, view=view) == render(format_, view=VIEW._replace(repository="/ws"))
    assert "models/model/c.yaml" in render(format_, view=view)


def _unescaped(text: str) -> str:
    for escaped, meant in (
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ):
        text = text.replace(escaped, meant)
    return text


def test_markdown_counts_one_as_one() -> None:
    text = render("markdown", CLEAN._replace(files=1, documents=1))
    assert "1 definition in 1 file, 0 of 4 rules could judge, as of" in text


def test_markdown_fits_a_comment(big: Report) -> None:
    text = render("markdown", big)
    assert len(text) < 65_536
    many = Report(**{**_fields(REPORT), "findings": FINDINGS * 200})
    text = render("markdown", many, VIEW._replace(everything=True))
    assert markdown.LONGEST - 6_000 < len(text) < 65_536
    assert text.endswith("to see all of it.\n")


def _fields(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in Report._fields}


def test_a_line_of_json_for_each_finding() -> None:
    values = [json.loads(line) for line in render("jsonl").splitlines()]
    assert [value["fingerprint"] for value in values] == [f.fingerprint for f in FINDINGS]
    assert values[0]["path"] == "models/a b/ä.yaml"
