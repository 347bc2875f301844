"""What a person and a program get to read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bizalign_lint import reporters
from bizalign_lint.core.lines import Lines
from bizalign_lint.core.report import (
    Coverage,
    Gap,
    GuidelineInfo,
    Judged,
    Lacking,
    Report,
    Suppressed,
)
from bizalign_lint.core.types import Finding, Location, RelatedLocation, Severity, Span
from bizalign_lint.reporters import FORMATS, reporter
from bizalign_lint.reporters.glyphs import clean, width
from bizalign_lint.reporters.snippet import snippet
from bizalign_lint.reporters.style import PLAIN, Style, wants_colors
from bizalign_lint.reporters.view import View
from bizalign_lint.reporters.worklist import Worklist, renderer

CAPABILITIES = """\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: pricing
  title: Pricing
spec:
  tier: strategic
"""

APPLICATIONS = "# one of many\n" * 120 + "    phaseOut: 2026-01-01\n"

FILES = {"model/capabilities.yaml": CAPABILITIES, "model/applications.yaml": APPLICATIONS}


def _at(path: str, line: int, column: int, length: int) -> Location:
    return Location(path, Span(line, column, line, column + length))


DYING = Finding(
    rule="BAS101",
    name="strategic-capability-on-dying-applications",
    guideline="fix-the-basics",
    severity=Severity.ERROR,
    message="Pricing is strategic, but every application that supports it is being phased out",
    location=_at("model/capabilities.yaml", 4, 9, 7),
    fingerprint="f1",
    entity="Capability:default/pricing",
    help="Plan a successor, or move the capability to an application that stays; where neither can "
    "be done in this period, a dispensation says until when it is accepted.",
    related=(RelatedLocation("is phased out", _at("model/applications.yaml", 121, 15, 10)),),
)
OWNERLESS = Finding(
    rule="MOD201",
    name="definition-without-owner",
    guideline="model",
    severity=Severity.WARNING,
    message="Pricing has no owner",
    location=_at("model/capabilities.yaml", 3, 1, 8),
    fingerprint="f2",
)


def _report(*findings: Finding, suppressed: tuple[Suppressed, ...] = ()) -> Report:
    return Report(
        findings=findings,
        suppressed=suppressed,
        files=2,
        documents=1,
        nodes=2,
        rules=(),
        guidelines=(
            GuidelineInfo("model", "Model integrity", 1),
            GuidelineInfo("fix-the-basics", "Fix the basics", 2),
        ),
        as_of=date(2026, 6, 30),
        lines=lambda path: Lines(FILES.get(path, "")),
    )


def _render(format_: str, report: Report, view: View | None = None) -> str:
    return "".join(reporter(format_)(report, view or View("/ws", "/ws")))


def test_text_shows_place_source_help_and_sums() -> None:
    assert (
        _render("text", _report(OWNERLESS, DYING))
        == """\
model/capabilities.yaml:4:9: error[BAS101] Pricing is strategic, but every application that \
supports it is being phased out
    |
  4 |   name: pricing
    |         ^^^^^^^
    |
   ::: model/applications.yaml:121:15: is phased out
    |
121 |     phaseOut: 2026-01-01
    |               ----------
    |
    = help: Plan a successor, or move the capability to an application that stays; where neither can
            be done in this period, a dispensation says until when it is accepted.

model/capabilities.yaml:3:1: warning[MOD201] Pricing has no owner
  |
3 | metadata:
  | ^^^^^^^^

1 error, 1 warning · 1 definition in 2 files · 0 of 0 rules could judge · as of 2026-06-30
"""
    )


def test_text_says_that_nothing_was_found() -> None:
    assert _render("text", _report()) == (
        "All aligned: no findings · 1 definition in 2 files · 0 of 0 rules could judge · "
        "as of 2026-06-30\n"
    )
    accepted = Suppressed(DYING, "comment", "known", None)
    assert _render("text", _report(suppressed=(accepted,)), View("/ws", "/ws", elapsed=0.137)) == (
        "All aligned: no findings · 1 definition in 2 files · 0 of 0 rules could judge · "
        "as of 2026-06-30; 1 suppressed, in 0.14 s\n"
    )


def test_text_says_what_it_is_about() -> None:
    few = View("/ws", "/", only=("model/a.yaml", "b"))
    assert _render("text", _report(), few) == (
        "All aligned: no findings · ws/model/a.yaml, ws/b (1 definition in 2 files read) · "
        "0 of 0 rules could judge · as of 2026-06-30\n"
    )
    three = View("/ws", "/ws", only=("a", "b", "c"))
    assert "no findings · a, b, c (1 definition" in _render("text", _report(), three)
    many = View("/ws", "/ws", only=("a", "b", "c", "d"))
    assert "no findings · a and 3 more (1 definition" in _render("text", _report(), many)


COMPONENTS = Gap(
    "Application",
    "components",
    (
        Lacking(
            "Application:default/crm",
            "CRM",
            "Sales",
            "OrganizationUnit:default/sales",
            "model/a.yaml",
            ("BAS103", "BAS120"),
            2,
        ),
        Lacking("Application:default/=erp", "=ERP", None, None, "model/b.yaml", ("BAS103",), 1),
    ),
    20,
    (("BAS103", 2), ("BAS120", 1)),
)
NO_STRATEGY = Gap("Strategy", "", (), 0, (("OUT107", 1),))
OTHERS = tuple(Gap("Risk", name, COMPONENTS.lacking[:1], 1, (("BAS107", 1),)) for name in "ab")
WAITING = Judged(
    96, ("BAS103", "BAS107", "BAS120", "OUT107"), 2, (COMPONENTS, NO_STRATEGY, *OTHERS)
)


def test_text_says_what_could_not_be_judged() -> None:
    report = _report()._replace(documents=10, judged=WAITING)
    assert (
        _render("text", report)
        == """\
NOT JUDGED, and what would help most
  Application: components  unknown for 2 of 20  BAS103 BAS120 wait 3 times
  Strategy                 none in the model    OUT107 waits 1 time
  Risk: a                  unknown for 1 of 1   BAS107 waits 1 time
  … 1 more: bizalign-lint next

No findings, but 4 rules wait for facts about 2 of 10 definitions · \
10 definitions in 2 files · 96 of 0 rules could judge · as of 2026-06-30
"""
    )
    everything = _render("text", report, View("/ws", "/ws", verbose=True))
    assert "  Risk: b " in everything
    assert "more: bizalign-lint next" not in everything
    assert _render("text", report, View("/ws", "/ws", quiet=True)) == ""


def test_all_is_aligned_only_where_nothing_is_unknown() -> None:
    for format_ in ("text", "markdown"):
        assert "ll aligned" in _render(format_, _report())
        assert "ll aligned" not in _render(format_, _report()._replace(judged=WAITING))


def test_files_without_a_definition_are_not_counted() -> None:
    assert "1 definition in 1 file ·" in _render(
        "text", _report()._replace(without_definitions=("x.yaml",))
    )


def _work(format_: str, *gaps: Gap) -> str:
    list_ = Worklist(gaps, lambda one: _at(one.path, 3, 9, 3))
    return "".join(renderer(format_)(list_, View("/ws", "/ws")))


def test_a_worklist_says_who_has_to_add_what() -> None:
    assert (
        _work("text", COMPONENTS, NO_STRATEGY)
        == """\
Application: components  unknown for 2 of 20  BAS103 BAS120 wait 3 times
  Sales
    model/a.yaml:3:9  CRM  BAS103 BAS120
  nobody is responsible
    model/b.yaml:3:9  =ERP  BAS103

Strategy  none in the model  OUT107 waits 1 time

2 facts to add, about 2 definitions, for 4 more verdicts
"""
    )
    assert _work("text") == "Nothing to add: every rule has the facts it needs\n"


def test_a_worklist_opens_in_a_spreadsheet() -> None:
    assert (
        _work("csv", COMPONENTS, NO_STRATEGY)
        == """\
kind,property,owner,entity,title,path,line,rules,verdicts
Application,components,Sales,Application:default/crm,CRM,model/a.yaml,3,BAS103 BAS120,2
Application,components,,Application:default/=erp,'=ERP,model/b.yaml,3,BAS103,1
Strategy,,,,,,,OUT107,1
"""
    )


def test_a_worklist_in_markdown_can_be_ticked_off() -> None:
    text = _work("markdown", COMPONENTS)
    assert "#### Application: components: unknown for 2 of 20\n" in text
    assert "\n**Sales**\n\n- [ ] CRM (`model/a.yaml:3`)\n" in text.replace(":3:9", ":3")


def test_a_worklist_in_json_says_all_of_it() -> None:
    value = json.loads(_work("json", COMPONENTS, NO_STRATEGY))
    assert [(gap["kind"], gap["property"], gap["verdicts"]) for gap in value["missing"]] == [
        ("Application", "components", 3),
        ("Strategy", None, 1),
    ]


def _covered(*measures: Coverage) -> Report:
    return _report()._replace(coverage=measures)


def test_coverage_has_three_parts() -> None:
    measure = Coverage("m", "model", "Things", 2, 1, 7, (), (), threshold=90)
    money = Coverage("n", "model", "Money", 12_550_000, 0, 0, (), (), unit="EUR", threshold=90)
    nothing = Coverage("o", "model", "Nothing", 0, 0, 0, (), (), threshold=90)
    report = _covered(measure, money, nothing)
    text = _render("text", report, View("/ws", "/ws", coverage=True))
    assert text.startswith("""\
Model integrity: coverage              held      broken     unknown
  ████??????????????░░  20.0 %           2           1           7  Things \
(the minimum is 90 %)
  ████████████████████ 100.0 %  12,550,000           0           0  Money (EUR)
  ░░░░░░░░░░░░░░░░░░░░       –           0           0           0  Nothing \
(not measurable: nothing is known)
""")
    table = _render("markdown", report, View("/ws", "/ws", coverage=True))
    assert "| Things | 20.0 % | 2 | 1 | 7 | 🔴 the minimum is 90 % |" in table
    assert "| Money (EUR) | 100.0 % | 12,550,000 | 0 | 0 |  |" in table
    is_required = _render("text", _covered(nothing._replace(is_required=True)))
    assert "(the minimum is 90 %, and nothing is known)" in is_required


def test_quiet_text_is_a_line_for_each_finding() -> None:
    view = View("/ws", "/ws", quiet=True)
    assert _render("text", _report(), view) == ""
    assert _render("text", _report(OWNERLESS, DYING), view).splitlines() == [
        "model/capabilities.yaml:3:1: warning[MOD201] Pricing has no owner",
        f"model/capabilities.yaml:4:9: error[BAS101] {DYING.message}",
    ]


def test_statistics_count_the_rules() -> None:
    text = _render(
        "text", _report(OWNERLESS, DYING, DYING), View("/ws", "/ws", quiet=True, statistics=True)
    )
    assert text.splitlines()[-3:-1] == [
        "2  error[BAS101]    strategic-capability-on-dying-applications",
        "1  warning[MOD201]  definition-without-owner",
    ]


def test_paths_open_from_where_the_reader_is() -> None:
    text = _render("text", _report(DYING), View("/a/ws", "/a/here", quiet=True))
    assert text.startswith("../ws/model/capabilities.yaml:4:9: ")
    assert View("/a/ws", "/a/ws/model").path("model/b.yaml") == "b.yaml"
    assert View("/a/ws", "/a").path("../shared/b.yaml") == "shared/b.yaml"
    assert View("/a/ws", "/a/ws/model").path() == ".."
    assert View("/a/ws", "/a/ws").path() == "."


def test_text_without_source_still_reports() -> None:
    gone = Finding(
        rule="MOD101",
        name="syntax",
        guideline="model",
        severity=Severity.ERROR,
        message="the file cannot be read",
        location=_at("model/gone.yaml", 1, 1, 1),
        fingerprint="f3",
        help="Look at its permissions.",
    )
    assert _render("text", _report(gone)).splitlines()[:3] == [
        "model/gone.yaml:1:1: error[MOD101] the file cannot be read",
        "  = help: Look at its permissions.",
        "",
    ]


def test_colours_are_only_added() -> None:
    plain = _render("text", _report(OWNERLESS, DYING))
    colored = _render("text", _report(OWNERLESS, DYING), View("/ws", "/ws", Style(True)))
    assert colored != plain
    for code in ("0", "1", "2", "32", "34", "36", "1;31", "1;33"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == plain


@pytest.mark.parametrize(
    ("choice", "terminal", "environment", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_when_there_are_colours(
    choice: str, terminal: bool, environment: dict[str, str], expected: bool
) -> None:
    assert wants_colors(choice, terminal, environment) is expected


# The mark stands under what is meant


@pytest.mark.parametrize(
    ("source", "column", "length", "text", "mark"),
    [
        ("name: pricing", 7, 7, "name: pricing", "      ^^^^^^^"),
        ("\tname: x", 8, 1, "    name: x", "          ^"),
        ("日本: x", 5, 1, "日本: x", "      ^"),
        ("日本: x", 1, 2, "日本: x", "^^^^"),
        ("a: 🚀 go", 6, 2, "a: 🚀 go", "      ^^"),
        ("a: 👩‍💻 go", 8, 2, "a: 👩‍💻 go", "      ^^"),
        ("a: 👍🏽 go", 7, 2, "a: 👍🏽 go", "      ^^"),
        ("a: ❤️ go", 7, 2, "a: ❤️ go", "      ^^"),
        ("a: 🇩🇪 go", 7, 2, "a: 🇩🇪 go", "      ^^"),
        ("a: e\u0301 go", 7, 2, "a: e\u0301 go", "     ^^"),
        ("name:", 6, 1, "name:", "     ^"),
        ("name:", 99, 1, "name:", "     ^"),
    ],
)
def test_mark(source: str, column: int, length: int, text: str, mark: str) -> None:
    shown = snippet(Lines(source), _at("", 1, column, length).span, 1, 80, PLAIN, "error")
    assert shown == ["  |", f"1 | {text}", f"  | {mark}"]


def test_mark_of_several_lines_is_under_the_first() -> None:
    shown = snippet(Lines("a:\n  b: 1   \n  c: 2\n"), Span(2, 3, 3, 7), 1, 80, PLAIN, "error")
    assert shown == ["  |", "2 |   b: 1", "  |   ^^^^"]


@pytest.mark.parametrize("column", [1, 40, 70, 120, 300, 395])
def test_a_long_line_is_cut_around_the_mark(column: int) -> None:
    words = "".join(f"{number:04} " for number in range(80))
    _, text, mark = snippet(Lines(words), _at("", 1, column, 4).span, 1, 80, PLAIN, "error")
    assert len(text) <= 80
    assert len(mark) <= 80
    start = mark.index("^")
    assert text[start : start + 4] == words[column - 1 : column + 3]


def test_a_long_mark_is_cut_with_its_line() -> None:
    _, text, mark = snippet(Lines("x" * 500), _at("", 1, 1, 500).span, 1, 80, PLAIN, "error")
    assert text == "1 | " + "x" * 75 + "…"
    assert mark == "  | " + "^" * 75


# Nothing harmful reaches the terminal


def test_control_characters_are_shown_not_sent() -> None:
    assert clean("a\x1b[31mb") == "a␛[31mb"
    assert clean("a\nb\tc") == "a b c"
    assert clean("a\x7fb\x9bc\u202ed\udce9") == "a␡b\ufffdc\ufffdd\ufffd"
    assert clean("Zürich 🚀 é") == "Zürich 🚀 é"
    assert width("a\x1bb") == 3


# JSON


SCHEMA: dict[str, Any] = json.loads(
    (Path(reporters.__file__).parent / "json.schema.json").read_bytes()
)


def test_the_schema_of_the_json_report_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_json_keeps_to_its_schema() -> None:
    accepted = Suppressed(DYING, "dispensation", "known", "2026-12-31")
    report = json.loads(_render("json", _report(OWNERLESS, DYING, suppressed=(accepted,))))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(report)] == []
    assert report["version"] == 2
    assert report["summary"] == {
        "files": 2,
        "definitions": 1,
        "findings": 2,
        "suppressed": 1,
        "baseline": 0,
        "fixable": {"safe": 0, "unsafe": 0},
        "bySeverity": {"error": 1, "warning": 1, "info": 0},
        "byGuideline": {
            "model": {"error": 0, "warning": 1, "info": 0},
            "fix-the-basics": {"error": 1, "warning": 0, "info": 0},
        },
    }
    assert report["findings"][1] == {
        "rule": "BAS101",
        "name": "strategic-capability-on-dying-applications",
        "guideline": "fix-the-basics",
        "severity": "error",
        "message": DYING.message,
        "entity": "Capability:default/pricing",
        "path": "model/capabilities.yaml",
        "range": {"start": {"line": 4, "column": 9}, "end": {"line": 4, "column": 16}},
        "help": DYING.help,
        "related": [
            {
                "message": "is phased out",
                "path": "model/applications.yaml",
                "range": {"start": {"line": 121, "column": 15}, "end": {"line": 121, "column": 25}},
            }
        ],
        "fingerprint": "f1",
        "cause": None,
        "occurrences": [],
        "fix": None,
    }
    assert report["suppressed"][0]["suppression"] == {
        "by": "dispensation",
        "reason": "known",
        "until": "2026-12-31",
    }


def test_json_can_hold_any_file_name() -> None:
    odd = Finding(
        rule="MOD101",
        name="syntax",
        guideline="model",
        severity=Severity.ERROR,
        message="two\nlines",
        location=_at("caf\udce9.yaml", 1, 1, 1),
        fingerprint="f",
    )
    report = json.loads(_render("json", _report(odd)))
    assert report["findings"][0]["path"] == "caf?.yaml"
    assert report["findings"][0]["message"] == "two\nlines"


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_copes_with_nothing(format_: str) -> None:
    by_line = format_ in ("concise", "jsonl", "github", "azure")
    assert bool(_render(format_, _report())) is not by_line


@pytest.mark.parametrize("column", [1, 300_001, 600_001])
def test_of_a_very_long_line_only_what_is_near_the_mark_is_shown(column: int) -> None:
    text = "a" * 300_000 + "b" * 300_000 + "c" * 100
    report = _report(DYING._replace(location=_at("long.yaml", 1, column, 4), related=()))
    shown = _render("text", report._replace(lines=lambda _: Lines(text)))
    _, _, source, marks, *_ = shown.splitlines()
    assert len(source) <= 100
    at = marks.index("^")
    assert source[at : at + 4] == text[column - 1 : column + 3]
    assert source[4:].startswith("…") == (column > 1)
