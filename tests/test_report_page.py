"""``bizalign-lint report``: one page that says what a check says."""

from __future__ import annotations

import base64
import copy
import hashlib
import html
import json
import re
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bizalign_lint.core import shipped as resources
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.report_page import worklist
from bizalign_lint.report_page.read_plan import read_plan
from bizalign_lint.report_page.summary import percents
from tests.conftest import Call
from tests.expected import Golden
from tests.workspace import chain, shipped

ROOT = Path(__file__).parent.parent
LIMIT = 500_000
DRAWN = ("map", "matrix", "quadrant", "roadmap", "tree", "board", "flow", "register", "worklist")

HOSTILE = """\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: one
  title: "</title><script>alert(1)</script><b onclick=alert(2)>\\u202Eevil\\u202C"
  description: "<img src=x onerror=alert(3)> {{ 7 * 7 }} {% raw %}"
spec: {level: 1, tier: strategic}
---
apiVersion: bizalign/v1
kind: Application
metadata:
  name: app
  title: "'\\"><svg onload=alert(4)>&amp;"
spec: {supports: [one], lifecycle: {active: 2020-01-01}, functionalFit: 1}
"""


class Page(HTMLParser):
    """What is in a page, by the eyes of a browser."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.told: dict[str, list[str]] = defaultdict(list)
        """The words of each section, with the class that the tag before them has."""
        self._section = self._class = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "section":
            self._section = given.get("id") or ""
        self._class = given.get("class") or ""
        for said in (given.get("title"), given.get("aria-label")):
            self.handle_data(said or "")

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words:
            self.told[self._section].append(f"{self._class}: {words}" if self._class else words)


@pytest.fixture(scope="module")
def drift(tmp_path_factory: pytest.TempPathFactory) -> str:
    from bizalign_lint.cli.edge import run

    file = tmp_path_factory.mktemp("page") / "page.html"
    assert run(("report", str(ROOT / "examples/meridian-drift"), "-o", str(file))) == 0
    return file.read_text("utf-8")


def test_says_what_a_check_says(drift: str, call: Call) -> None:
    _, told, _ = call("check", str(ROOT / "examples/meridian-drift"), "--format", "concise")
    messages = [line.split(": ", 1)[1] for line in told.splitlines()]
    assert len(messages) > 50
    text = html.unescape(drift)
    for message in messages:
        assert message.partition("] ")[2].removesuffix(".") in text or message in text


def test_draws_what_the_model_says(drift: str, golden: Golden) -> None:
    told = Page(drift).told
    drawn = [f"{name}\n" + "".join(f"  {line}\n" for line in told[name]) for name in DRAWN]
    golden(ROOT / "tests/golden/page.drawings", "".join(drawn))


def test_is_one_file_that_loads_nothing(drift: str) -> None:
    assert len(drift.encode()) < LIMIT
    page = Page(drift)
    sources = {"src", "srcset", "data", "poster", "action", "background"}
    for tag, given in page.tags:
        assert not sources & given.keys(), tag
        assert "style" not in given, tag
        assert not [name for name in given if name.startswith("on")], tag
        if "href" in given:
            assert str(given["href"]).startswith("#"), given
    assert not re.search(r"url\((?!#hatch\))|@import", drift)
    # Nor does it hold the lines of the templates that only say what to do.
    assert drift.count("\n\n") < 20
    assert "\n  " not in drift.partition("<body")[2]


def test_the_policy_lets_in_its_own_style_and_script_alone(drift: str) -> None:
    said = re.search(r'Policy" content="([^"]*)"', drift)
    assert said is not None
    policy = html.unescape(said[1])
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", drift, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_whatever_is_pointed_at_is_there_once(drift: str) -> None:
    page = Page(drift)
    assert len(page.ids) == len(set(page.ids))
    for tag, given in page.tags:
        for name in ("popovertarget", "aria-labelledby"):
            assert given.get(name) is None or given[name] in page.ids, (tag, given)
        if str(given.get("href", "")).startswith("#"):
            assert str(given["href"])[1:] in page.ids, given


def test_the_same_input_makes_the_same_bytes(drift: str, call: Call) -> None:
    assert call("report", str(ROOT / "examples/meridian-drift")) == (0, drift, "")


def test_titles_are_text(tmp_path: Path, call: Call) -> None:
    (tmp_path / "m.yaml").write_text(HOSTILE)
    code, page, _ = call("report", str(tmp_path), "--as-of", "2026-06-30", "--name", "<i>&")
    assert code == 0
    tags = {tag for tag, _ in Page(page).tags}
    assert page.count("<script>") == 1
    assert not tags & {"img", "i>"}
    assert "onload=alert(4)>" not in page
    assert "\u202e" not in page
    assert "&lt;i&gt;&amp;: business" in page
    assert "{{ 7 * 7 }}" in page


def test_what_is_not_known_is_said(tmp_path: Path, call: Call) -> None:
    (tmp_path / "m.yaml").write_text(HOSTILE)
    _, page, _ = call("report", str(tmp_path), "--as-of", "2026-06-30")
    assert "No cost is recorded" in page
    assert "one of the two fits is not stated" in page
    assert "No disruption is registered; whether there is any is not known." in page
    (box,) = re.findall(r'<button class="cap ([^"]*)"', page)
    assert {"g-unknown", "c-unknown", "s-unknown", "t-unknown"} <= set(box.split())


def test_what_could_not_be_judged_is_not_green(tmp_path: Path, call: Call) -> None:
    (tmp_path / "m.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: ITComponent\nmetadata: {name: x, title: X, owner: y}\n"
        "spec: {vendorSupport: {endOfSupport: 2030-01-01}}\n"
    )
    _, page, _ = call("report", str(tmp_path), "--as-of", "2026-06-30")
    cards = re.findall(r'<article class="card"><h3>([^<]*)</h3>(.*?)</article>', page, re.DOTALL)
    assert len(cards) == 6
    judged = [title for title, card in cards if "tag ok" in card and "k-ok" not in card]
    assert judged == []
    # Of a component with an end and no beginning it is not known what it is until then.
    (strip,) = re.findall(r"<li class=strip>.*?</svg>", page)
    assert "class=r-open x=0.0%" in strip


def test_a_circle_of_capabilities_is_drawn(tmp_path: Path, call: Call) -> None:
    text = "\n---\n".join(
        "apiVersion: bizalign/v1\nkind: Capability\n"
        f"metadata: {{name: {name}, title: {name}}}\nspec: {{level: 1, parent: {above}}}"
        for name, above in (("one", "two"), ("two", "one"), ("three", "two"))
    )
    (tmp_path / "m.yaml").write_text(text)
    _, page, _ = call("report", str(tmp_path), "--as-of", "2026-06-30")
    assert len(re.findall(r'<button class="(?:cap|hd)', page)) == 3


@pytest.mark.parametrize(
    ("kind", "drawn"), [("Capability", r'<button class="(?:cap|hd)'), ("Strategy", "C1199")]
)
def test_what_is_very_deep_is_drawn(kind: str, drawn: str, tmp_path: Path, call: Call) -> None:
    (tmp_path / "m.yaml").write_text(chain(kind, 1_200))
    code, page, err = call("report", str(tmp_path), "--as-of", "2026-06-30", "--select", "BAS101")
    assert (code, err) == (0, "")
    assert len(re.findall(drawn, page)) >= (1_200 if kind == "Capability" else 1)


@pytest.mark.slow
def test_places_are_links_where_an_address_is_known(call: Call) -> None:
    links = "https://example.com/{path}?a=1&b#L{line}"
    _, page, _ = call("report", str(ROOT / "examples/meridian-drift"), "--links", links)
    addresses = [g["href"] or "" for t, g in Page(page).tags if t == "a" and "href" in g]
    known = [one for one in addresses if one.startswith("https://")]
    assert len(known) > 50
    assert all(re.fullmatch(r"https://example\.com/[\w/.-]+\?a=1&b#L\d+", one) for one in known)


SHARE = {"held": 1, "broken": 1, "unknown": 0, "unit": None}
TREND: dict[str, Any] = {
    "version": 1,
    "tool": {"name": "bizalign-lint", "version": "0.1.0"},
    "root": ".",
    "shallow": False,
    "measures": [{"measure": "error", "title": "Errors"}, {"measure": "own", "title": "Owned"}],
    "points": [
        {
            "commit": f"{at}" * 40,
            "day": f"2026-0{at}-01",
            "subject": "<script>",
            "tag": None,
            "values": {"error": at, "own": share},
            "findings": {"model": {"error": at, "warning": 0, "info": 0}},
        }
        for at, share in ((1, {**SHARE, "percent": 50.0}), (2, None), (3, {**SHARE, "percent": 40}))
    ],
    "causes": [
        {
            "measure": "error",
            "day": "2026-02-01",
            "before": 1,
            "after": 2,
            "commit": None,
            "commits": 1,
        }
    ],
}


def test_draws_the_trend(tmp_path: Path, call: Call) -> None:
    file = tmp_path / "trend.json"
    file.write_text(json.dumps(TREND))
    (tmp_path / "model.yaml").write_text(HOSTILE)
    _, page, err = call("report", str(tmp_path), "--trend", str(file))
    assert err == ""
    assert "3 revisions from 1 Jan 2026 to 1 Mar 2026" in page
    assert 'aria-label="Owned: 50 %, not known, 40 %"' in page
    assert page.count("<polyline") == 2
    assert "2026-02-01" not in page
    assert "1 Feb 2026 · No commit: time has passed" in page
    assert "Errors: 1 → 2" in page
    labels = re.findall(r'<text class="n" x="(.*?)%".*?>(\d+)</text><text[^>]*>(.*?)</text>', page)
    assert labels == [
        ("13.67", "1", "Jan 2026"),
        ("47.0", "2", "Feb 2026"),
        ("80.33", "3", "Mar 2026"),
    ]
    assert re.findall(r'<polyline points="(.*?)"', page) == ["0.0,50.0", "100.0,60"]
    bars = re.findall(r'"k-bad" x="(.*?)%" y="(.*?)%" width="(.*?)%" height="(.*?)%"', page)
    assert bars == [
        ("0.0", "66.7", "27.33", "33.3"),
        ("33.33", "33.3", "27.33", "66.7"),
        ("66.67", "0.0", "27.33", "100.0"),
    ]


def _with_more(value: Any) -> Any:
    """A document of the same version in which every object has a property more."""
    if isinstance(value, list):
        return [*map(_with_more, value)]
    if not isinstance(value, dict):
        return value
    # What is by guideline or by measure holds nothing but these.
    named = not {"error", "model"} & value.keys()
    return {key: _with_more(one) for key, one in value.items()} | ({"later": 1} if named else {})


def test_draws_the_trend_of_a_later_release_of_the_same_version(tmp_path: Path, call: Call) -> None:
    file = tmp_path / "trend.json"
    (tmp_path / "model.yaml").write_text(HOSTILE)
    pages = []
    for trend in (TREND, _with_more(TREND)):
        file.write_text(json.dumps(trend))
        code, page, err = call("report", str(tmp_path), "--trend", str(file))
        assert (code, err) == (0, "")
        pages.append(page)
    assert pages[0] == pages[1]
    assert "3 revisions from 1 Jan 2026" in pages[0]


def test_labels_of_a_long_history_have_room(tmp_path: Path, call: Call) -> None:
    file = tmp_path / "trend.json"
    points = [{**TREND["points"][0], "day": f"2026-01-{day:02}"} for day in range(1, 31)]
    file.write_text(json.dumps({**TREND, "points": points}))
    (tmp_path / "model.yaml").write_text(HOSTILE)
    _, page, _ = call("report", str(tmp_path), "--trend", str(file))
    assert page.count('<text class="n"') == 6


CAPABILITY = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: {0}, title: {0}}}
spec: {{tier: {1}, parent: {2}}}
---
"""


def test_of_those_with_a_star_the_broken_ones_are_counted(tmp_path: Path, call: Call) -> None:
    above = CAPABILITY.format("top", "supporting", "null")
    (tmp_path / "m.yaml").write_text(
        above
        + "".join(
            CAPABILITY.format(f"{tier}-in-{parent}", tier, parent)
            for tier in ("strategic", "supporting")
            for parent in ("top", "gone")
        )
    )
    _, page, _ = call("report", str(tmp_path))
    assert "<b>1</b> of 2 strategic capabilities with an error" in page


def test_the_wider_a_gap_the_darker_its_box(tmp_path: Path, call: Call) -> None:
    known = ((3, 3), (3, 2), (2, 3), (1, 3), (1, 4), (1, 5))
    maturities = [f"{{current: {now}, target: {goal}}}" for now, goal in known]
    (tmp_path / "m.yaml").write_text(
        "".join(
            "apiVersion: bizalign/v1\nkind: Capability\n"
            f"metadata: {{name: c{number}}}\nspec: {{maturity: {maturity}}}\n---\n"
            for number, maturity in enumerate([*maturities, "{current: 1}"])
        )
    )
    _, page, _ = call("report", str(tmp_path))
    shades = re.findall(r'<button class="cap [^"]*\bg-(\w+)[^"]*"[^>]*><b>(\w+)', page)
    assert [shade for shade, _ in sorted(shades, key=lambda one: one[1])] == [
        *("ok", "ok", "q1", "q2", "q4", "q4", "unknown")
    ]


def test_a_limited_number_of_tasks_is_listed_and_the_others_are_counted(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "m.yaml").write_text(
        "".join(CAPABILITY.format(name, "strategic", f"no-{name}") for name in "abc")
    )
    listed = []
    for most in (4_000, 2):
        for name in ("_MOST_FINDINGS", "_MOST_FACTS"):
            monkeypatch.setattr(worklist, name, most)
        _, page, _ = call("report", str(tmp_path))
        said = re.findall(
            r"(\d+) more (?:findings?|definitions?)(?: with missing facts)? not", page
        )
        listed.append((page.count("<tr data-s="), page.count("<li data-s=fact>"), said))
    (findings, facts, none), (*two, said) = listed
    assert none == []
    assert two == [2, 2]
    assert said == [str(findings - 2), str(facts - 2)]


RESULT = "{{name: {0}, title: {0}, baseline: 0, current: {1}, target: 10, due: {2}}}"


def test_what_is_not_reached_by_its_date_is_overdue(tmp_path: Path, call: Call) -> None:
    results = (
        ("over", 12, "2026-06-29"),
        ("reached", 10, "2026-06-29"),
        ("missed", 9.9, "2026-06-29"),
        ("today", 9.9, "2026-06-30"),
        ("worse", -1, "2026-06-29"),
        ("unknown", "null", "2026-06-29"),
    )
    written = ", ".join(RESULT.format(*one) for one in results)
    (tmp_path / "m.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Strategy\nmetadata: {name: more}\nspec: {}\n---\n"
        "apiVersion: bizalign/v1\nkind: Objective\nmetadata: {name: grow}\n"
        f"spec: {{strategy: more, keyResults: [{written}]}}\n"
    )
    _, page, _ = call("report", str(tmp_path), "--as-of", "2026-06-30")
    drawn = re.findall(r"<div class=kr><span>(\w+) .*?<small>(.*?)</small>(.*?)</div>", page)
    assert [(title, done, "overdue" in rest) for title, done, rest in drawn] == [
        ("over", "100 %", False),
        ("reached", "100 %", False),
        ("missed", "99 %", True),
        ("today", "99 %", False),
        ("worse", "0 %", True),
        ("unknown", "progress not known", True),
    ]


DECISION = """\
apiVersion: bizalign/v1
kind: Decision
metadata: {{name: {0}, title: To {0}}}
spec: {{status: {1}}}
---
"""


def test_nothing_has_to_carry_out_what_was_turned_down(tmp_path: Path, call: Call) -> None:
    (tmp_path / "model.yaml").write_text(
        "".join(DECISION.format(name, name) for name in ("accepted", "rejected", "superseded"))
    )
    _, page, _ = call("report", str(tmp_path))
    rows = re.findall(r"<b><bdi>To (\w+)</bdi></b>(.*?)(?=<tr>|</tbody>)", page, re.DOTALL)
    gaps = {name: (row.count('class="gap"'), row.count('class="none"')) for name, row in rows}
    assert gaps == {"accepted": (3, 0), "rejected": (0, 3), "superseded": (0, 3)}
    assert 'data-h="Carried out by"' in page  # what a phone shows instead of the head of the table


def test_there_is_nothing_to_filter_where_nothing_was_found(drift: str, call: Call) -> None:
    _, page, _ = call("report", str(ROOT / "examples/meridian"))
    assert "There are no findings, and no fact is missing." in page
    assert 'id="filter"' not in page
    assert 'id="filter"' in drift


def test_commands_in_texts_of_rules_are_code(drift: str) -> None:
    rules = drift.partition('<section id="rules">')[2].partition("</section>")[0]
    assert "<code>bizalign-lint kind show KIND</code>" in rules
    assert "`" not in rules


def test_one_page_shows_one_workspace(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "examples")
    code, out, err = call("report", "meridian", "meridian-drift")
    assert (code, out) == (2, "")
    assert err.startswith("error: a page shows one workspace, but meridian and meridian-drift are")
    assert "choose one of the workspaces below: " in call("report", ".")[2]


def test_without_a_trend_says_so(drift: str) -> None:
    assert "Not known: the page was generated without a trend." in drift


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not valid JSON"),
        ("{}", "is not a trend"),
        (json.dumps({**TREND, "points": []}), "is not a trend"),
        (json.dumps({**TREND, "version": 2}), "is not a trend"),
        (json.dumps({**TREND, "points": [{"later": 1}]}), "is not a trend"),
    ],
)
def test_what_is_no_trend_is_told(text: str, said: str, tmp_path: Path, call: Call) -> None:
    file = tmp_path / "trend.json"
    file.write_text(text)
    code, out, err = call("report", str(ROOT / "examples/meridian"), "--trend", str(file))
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--trend", "/nowhere.json"), "cannot read /nowhere.json"),
        (("--links", "javascript:alert(1)//{path}"), "give an address that contains {path}"),
        (("--links", "https://example.com/"), "give an address that contains {path}"),
        (("--for", "soon"), "'soon' is not a duration"),
    ],
)
def test_options_that_mean_nothing_are_reported(
    options: tuple[str, ...], said: str, call: Call
) -> None:
    code, out, err = call("report", str(ROOT / "examples/meridian"), *options)
    assert (code, out) == (2, "")
    assert said in err


def test_a_folder_without_a_definition_is_reported(tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.yaml").write_text("a: b\n")
    code, out, err = call("report", str(tmp_path))
    assert (code, out) == (3, "")
    assert "there is nothing to show" in err


def _refused(path: tuple[str | int, ...], key: str, value: Any) -> list[str]:
    """What the schema says of the plan with another value for a key; None takes the key out."""
    plan = read_document(resources.report()).value
    changed: Any = copy.deepcopy(plan)
    at = changed
    for step in path:
        at = at[step]
    if value is None:
        del at[key]
    else:
        at[key] = value
    form = read_document(resources.meta("report")).value
    return [error.message for error in Draft202012Validator(form).iter_errors(changed)]


def test_the_plan_is_as_its_schema_has_it() -> None:
    form = read_document(resources.meta("report")).value
    Draft202012Validator.check_schema(form)
    plan = read_document(resources.report()).value
    assert [error.message for error in Draft202012Validator(form).iter_errors(plan)] == []


@pytest.mark.parametrize(
    ("path", "key", "value", "said"),
    [
        (("board",), "ranks", "severity", "'ranks' was unexpected"),
        (("board",), "rank", None, "'rank' is a required property"),
        (("roadmap", "lanes", 0), "tones", ["started"], "'started' is not one of"),
        (("tree", "work"), "kind", "Initiative", "'kind' was unexpected"),
        (("panels", "Application", 0), "words", "", "'' should be non-empty"),
        (("quadrant",), "least", "3", "'3' is not of type 'integer'"),
    ],
)
def test_a_mistake_in_the_plan_is_told(
    path: tuple[str | int, ...], key: str, value: Any, said: str
) -> None:
    assert said in " ".join(_refused(path, key, value))


def test_the_contents_are_in_the_order_of_the_page(drift: str) -> None:
    contents = drift.partition('aria-label="Parts of the page"')[2].partition("</nav>")[0]
    ids = re.findall(r'href="#([^"]*)"', contents)
    assert len(ids) > 10
    assert [*filter(ids.__contains__, Page(drift).ids)] == ids


def test_the_plan_names_what_there_is() -> None:
    """Each path that the page is drawn by leads somewhere in the shipped ontology."""
    from bizalign_lint.rules.compiled.steps import Walker
    from bizalign_lint.rules.language.paths import parse

    plan = read_plan()
    ontology = shipped().ontology
    walker = Walker(ontology, "2026-06-30")
    paths = [
        (plan.name.kind, plan.name.above),
        *(
            (plan.map.kind, path)
            for path in (
                plan.map.above,
                plan.map.star.path,
                plan.map.now,
                plan.map.goal,
                plan.map.gap,
                plan.map.carriers.path,
                f"{plan.map.carriers.path}/{plan.map.carriers.phase}",
                plan.map.without.path,
                f"{plan.map.technology.path}/{plan.map.technology.end}",
                f"{plan.map.technology.path}/{plan.map.technology.kept}",
            )
        ),
        *((kind, row.path) for kind, rows in plan.panels.items() for row in rows),
        *(
            (kind, f"({row.path})/{row.note}")
            for kind, rows in plan.panels.items()
            for row in rows
            if row.note
        ),
        (plan.matrix.rows.kind, f"{plan.matrix.rows.path}/{plan.matrix.columns.path}"),
        *(
            (plan.quadrant.kind, path)
            for path in (
                plan.quadrant.phase,
                plan.quadrant.up.path,
                plan.quadrant.across.path,
                plan.quadrant.classified,
            )
        ),
        *((lane.kind, lane.dates) for lane in plan.roadmap.lanes if lane.dates),
        *((lane.kind, lane.kept) for lane in plan.roadmap.lanes if lane.kept),
        *((plan.tree.kind, path) for path in (plan.tree.above, *plan.tree.notes)),
        *(
            (plan.tree.kind, f"{plan.tree.goals}/{plan.tree.results}/{path}")
            for path in (
                plan.tree.baseline,
                plan.tree.current,
                plan.tree.target,
                plan.tree.unit,
                plan.tree.due,
                plan.tree.measured,
                plan.tree.progress,
                plan.tree.status,
                f"{plan.tree.work.path}/{plan.tree.work.note}",
            )
        ),
        *((plan.board.kind, path) for path in plan.board[4:]),
        *(
            (layer.kind, f"{plan.flow.costs}/{path}")
            for layer in plan.flow.layers
            for path in (
                plan.flow.amount,
                plan.flow.currency,
                plan.flow.purpose,
                plan.flow.period,
            )
        ),
        *(
            (layer.kind, layer.to or layer.above)
            for layer in plan.flow.layers
            if layer.to or layer.above
        ),
        *(
            (layer.kind, f"{plan.flow.shares.path}/{path}")
            for layer in plan.flow.layers
            if not layer.to and not layer.above
            for path in plan.flow.shares[1:]
        ),
        *((plan.register.kind, path) for path in plan.register[4:7]),
        *((plan.register.kind, row.path) for row in plan.register.columns),
    ]
    for kind, path in paths:
        walker.path(parse(path), (ontology.types[kind],))


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ((0, 0, 0), (0, 0, 0)),
        ((999, 1, 0), (99, 1, 0)),
        ((1, 1, 1), (34, 33, 33)),
        ((0, 2, 0), (0, 100, 0)),
    ],
)
def test_what_is_there_is_never_rounded_away(
    parts: tuple[float, float, float], shown: tuple[int, int, int]
) -> None:
    assert percents(parts) == shown
