"""The tools say what the commands say, a page at a time."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bizalign_lint.agents.answers import MOST
from bizalign_lint.agents.forms import answered
from bizalign_lint.agents.tools import all_tools
from tests.agents.asking import MODEL, Agent, workspace
from tests.conftest import Call

EXAMPLES = Path(__file__).parents[2] / "examples"
DRIFT = EXAMPLES / "meridian-drift"
TOOLS = all_tools(None)


@pytest.fixture(scope="module")
def drift() -> Agent:
    return Agent(DRIFT)


@pytest.fixture
def agent(tmp_path: Path) -> Agent:
    return Agent(workspace(tmp_path))


def whole(agent: Agent, name: str, **arguments: Any) -> dict[str, Any]:
    """The document of an answer, its pages put together."""
    pages = [*_pages(agent, name, arguments)]
    of = pages[0]["page"]["of"]
    joined: list[Any] = [item for page in pages for item in page["data"][of]]
    assert len(joined) == pages[0]["page"]["total"]
    return {**pages[0]["data"], of: joined}


def _pages(agent: Agent, name: str, arguments: dict[str, Any]) -> Iterator[dict[str, Any]]:
    offset: int | None = 0
    while offset is not None:
        page = agent.ask(name, **arguments, offset=offset, limit=500)
        assert len(json.dumps(page, ensure_ascii=False)) <= MOST
        assert page["cut"] == []
        yield page
        offset = page["page"]["next"]


SAME = [
    ("check", {}, "check"),
    ("check", {"min_severity": "error"}, "check --min-severity error"),
    (
        "check",
        {"select": ["BAS", "DIS"], "ignore": ["BAS101"], "paths": ["business/"]},
        "check business --select BAS,DIS --ignore BAS101",
    ),
    ("check", {"as_of": "2028-01-01", "select": ["BAS"]}, "check --as-of 2028-01-01 --select BAS"),
    ("check", {"owner": "Finance"}, "check --owner Finance"),
    ("forecast", {"for": "P1M"}, "forecast --for P1M"),
    ("next_facts", {"as_of": "2027-06-30"}, "next"),
    ("query", {"kind": "Provider"}, "query Provider"),
    (
        "query",
        {
            "kind": "Application",
            "where": "{path: supports, minCount: 2}",
            "select": ["owner/title"],
        },
        "query Application --where '{path: supports, minCount: 2}' --select owner/title",
    ),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("tool", "arguments", "command"), SAME, ids=[s[2] for s in SAME])
def test_a_tool_says_what_its_command_says(
    tool: str,
    arguments: dict[str, Any],
    command: str,
    drift: Agent,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import shlex

    monkeypatch.chdir(DRIFT)
    _, out, _ = call(*shlex.split(command), "--format", "json")
    assert whole(drift, tool, **arguments) == json.loads(out)


def test_questions_about_one_definition_say_the_same(
    drift: Agent, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(DRIFT)
    one, other = (row["entity"] for row in drift.data("query", kind="Application")["rows"][:2])
    assert whole(drift, "impact", definition=one) == json.loads(
        call("impact", one, "--format", "json")[1]
    )
    assert whole(drift, "path", **{"from": one, "to": other}) == json.loads(
        call("path", one, other, "--format", "json")[1]
    )
    retired = drift.ask("whatif", action="retire", definition=one, **{"for": "P1M"}, limit=500)
    said = json.loads(call("whatif", "retire", one, "--for", "P1M", "--format", "json")[1])
    assert retired["data"]["findings"] == said["findings"][: retired["page"]["returned"]]
    assert retired["page"]["total"] == len(said["findings"])
    assert {**retired["data"], "findings": []} == {**said, "findings": []}


def test_answers_stay_the_same_whatever_was_asked_before(drift: Agent) -> None:
    before = drift.ask("check", limit=500)
    one = drift.data("query", kind="Application")["rows"][0]["entity"]
    for name, arguments in (
        ("forecast", {"for": "P1M"}),
        ("whatif", {"action": "retire", "definition": one, "for": "P1M"}),
        ("check", {"as_of": "2029-01-01"}),
        ("coverage", {}),
    ):
        drift.ask(name, **arguments)
    assert drift.ask("check", limit=500) == before


def test_coverage_is_that_of_the_check(
    drift: Agent, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(DRIFT)
    said = json.loads(call("check", "--coverage", "--format", "json")[1])["coverage"]
    assert [*map(_lacking_counted, drift.data("coverage", limit=500)["coverage"])] == [
        *map(_lacking_counted, said)
    ]
    only = drift.data("coverage", measure=said[0]["measure"])["coverage"]
    assert [one["measure"] for one in only] == [said[0]["measure"]]
    assert "choose from" in drift.error("coverage", measure="nothing")


def _lacking_counted(measure: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in measure.items() if key not in ("lacking", "unjudged")}


def test_get_shows_a_definition_with_all_that_concerns_it(agent: Agent) -> None:
    found = agent.data("get", definition="desk")
    assert (found["entity"], found["path"], found["line"]) == (
        "Application:default/desk",
        "model.yaml",
        8,
    )
    assert (found["firstLine"], found["lines"]) == (5, MODEL.splitlines()[4:9])
    assert {(one["step"], one["entity"]) for one in found["relations"]} >= {
        ("supports", "Capability:default/claims"),
        ("components", "ITComponent:default/windows"),
    }
    assert found["findings"] == []


def test_get_shows_what_is_found_about_a_definition(tmp_path: Path) -> None:
    agent = Agent(workspace(tmp_path, MODEL.replace("[claims]", "[nothing]")))
    assert agent.data("get", definition="desk")["findings"] == [
        {
            "rule": "MOD109",
            "severity": "error",
            "message": "no Capability is named nothing",
            "path": "model.yaml",
            "line": 9,
        }
    ]
    assert agent.data("get", definition="claims")["findings"] == []


def test_get_shows_what_is_nested_with_what_holds_it(tmp_path: Path) -> None:
    nested = """\
        ---
        apiVersion: bizalign/v1
        kind: Objective
        metadata: {name: faster, title: Faster claims}
        spec:
          keyResults: [{name: days, title: Days}]
        """
    agent = Agent(workspace(tmp_path, {"model.yaml": MODEL, "objectives.yaml": nested}))
    found = agent.data("get", definition="KeyResult:faster#days")
    assert (found["title"], found["path"], found["line"]) == ("Days", "objectives.yaml", 6)
    assert "  keyResults: [{name: days, title: Days}]" in found["lines"]


def test_get_pages_the_lines_of_a_long_definition(tmp_path: Path) -> None:
    tags = "".join(f"    - tag-{number}\n" for number in range(60))
    text = MODEL.replace(
        "metadata: {name: claims, title: Claims handling, description: To pay what is due.}",
        f"metadata:\n  name: claims\n  tags:\n{tags}",
    )
    agent = Agent(workspace(tmp_path, text))
    page = agent.ask("get", definition="claims", offset=20, limit=5)
    assert page["data"]["lines"] == text.splitlines()[20:25]
    assert page["page"] == {
        "of": "lines",
        "offset": 20,
        "returned": 5,
        "total": text.splitlines().index("---"),
        "next": 25,
    }


def test_get_shows_another_tools_record_as_what_it_became(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "backstage", tmp_path / "w")
    agent = Agent(tmp_path / "w")
    row = agent.data("query", kind="Application")["rows"][0]
    found = agent.data("get", definition=row["entity"])
    assert (found["editable"], found["firstLine"]) == (False, None)
    assert found["lines"][0] == "apiVersion: bizalign/v1"


def test_search_finds_names_and_titles_the_best_first(agent: Agent) -> None:
    found = agent.data("search", text="claims")["found"]
    assert [one["entity"] for one in found] == [
        "Capability:default/claims",
        "Application:default/desk",
    ]
    only = agent.data("search", text="claims", kind="Application")["found"]
    assert [one["entity"] for one in only] == ["Application:default/desk"]


def test_rules_are_listed_and_explained(drift: Agent) -> None:
    listed = whole(drift, "list_rules")["rules"]
    assert all(not one["own"] for one in listed)
    assert [
        one["rule"] for one in drift.data("list_rules", select=["BAS10"], limit=500)["rules"]
    ] == [one["rule"] for one in listed if one["rule"].startswith("BAS10")]
    by_id = drift.data("explain_rule", rule="BAS101")
    assert by_id == drift.data("explain_rule", rule=by_id["name"])
    assert by_id["bad"]
    assert by_id["rationale"]
    assert "unknown rule BAS999" in drift.error("explain_rule", rule="BAS999")
    assert "unknown rule nowhere" in drift.error("list_rules", select=["nowhere"])


def test_a_rule_is_explained_as_this_workspace_has_it(tmp_path: Path) -> None:
    said = "severity: {BAS101: info}\nignore: [BAS102]\n"
    agent = Agent(workspace(tmp_path, {".bizalign.yaml": said, "model.yaml": MODEL}))
    assert agent.data("explain_rule", rule="BAS101")["severity"] == "info"
    assert not agent.data("explain_rule", rule="BAS102")["runs"]


def test_whatif_takes_a_patch(agent: Agent) -> None:
    patch = (
        "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: desk}\nspec: {supports: []}\n"
    )
    found = agent.data("whatif", patch=patch, **{"for": "P1M"})
    assert [(one["entity"], one["property"]) for one in found["edits"]] == [
        ("Application:desk", "spec/supports")
    ]


# What is asked wrongly

WRONG = [
    ("check", {"limit": 0}, "limit"),
    ("check", {"limit": 501}, "limit"),
    ("check", {"offset": -1}, "offset"),
    ("check", {"limit": "all"}, "limit must be a whole number"),
    ("check", {"selekt": ["BAS"]}, "did you mean select?"),
    ("check", {"select": ["XYZ"]}, "XYZ"),
    ("check", {"as_of": "2026-02-30"}, "2026-02-30 is not a date"),
    ("check", {"as_of": "today"}, "as_of"),
    ("check", {"owner": "nobody"}, "nobody is not responsible for anything in the model"),
    ("check", {"paths": ["/etc"]}, "/etc is not inside the workspace"),
    ("check", {"paths": ["a/../../b"]}, "../b is not inside the workspace"),
    ("check", {"paths": ["nowhere"]}, "no file of the model is there"),
    ("get", {}, "definition is missing"),
    ("get", {"definition": "Aplication:desk"}, "unknown kind Aplication"),
    ("get", {"definition": "desc"}, "did you mean desk?"),
    ("get", {"definition": 7}, "definition must be"),
    ("search", {"text": "x", "kind": "Cap"}, "unknown kind Cap"),
    ("impact", {"definition": "desk", "within": 0}, "within"),
    ("path", {"from": "desk", "to": "nobody"}, "no definition is named nobody"),
    ("query", {"kind": "Application", "where": "{path: nowhere}"}, "a constraint is missing"),
    ("query", {"kind": "Application", "where": "}{"}, "unmatched }"),
    ("query", {"kind": "Application", "where": "[" * 4_000}, "nested deeper"),
    ("query", {"kind": "Application", "select": ["a b"]}, "a b is not a path"),
    ("forecast", {"until": "2026-01-01"}, "the last day, 2026-01-01, must be after the first"),
    ("forecast", {"for": "P300Y"}, "too far ahead"),
    ("forecast", {"for": "P"}, "'P' is not a duration"),
    ("forecast", {"owner": "nobody"}, "nobody is not responsible for anything"),
    ("trend", {"every": "day"}, "every"),
    ("trend", {"last": 0}, "last"),
    ("next_facts", {"kind": "Cap"}, "unknown kind Cap"),
    ("whatif", {}, "name an action and a definition"),
    ("whatif", {"action": "retire"}, "name an action and a definition"),
    ("whatif", {"action": "replace", "definition": "desk"}, "needs with"),
    ("whatif", {"action": "retire", "definition": "desk", "patch": "x"}, "cannot be combined"),
    ("whatif", {"patch": "kind: ["}, "patch.yaml"),
    ("whatif", {"patch": "just words"}, "patch.yaml contains no definition"),
    ("search", {"text": "\ud800"}, "the arguments are not valid JSON"),
    ("check", {"limit": 2**70}, "the arguments are not valid JSON"),
    ("propose_edit", {}, "edits is missing"),
    ("propose_edit", {"edits": []}, "edits"),
    ("propose_edit", {"edits": [{"text": "x"}]}, "path is missing"),
    ("propose_edit", {"edits": [{"path": "a.yaml", "sha256": "0"}]}, "sha256"),
]


@pytest.mark.parametrize(("tool", "arguments", "message"), WRONG)
def test_what_is_asked_wrongly_is_answered_with_what_is_wrong(
    tool: str, arguments: dict[str, Any], message: str, agent: Agent
) -> None:
    assert message in agent.error(tool, **arguments)


# What changes while the server runs


def test_what_has_changed_on_disk_is_seen(agent: Agent) -> None:
    model = agent.root / "model.yaml"
    assert not _dangling(agent)
    text = model.read_text("utf-8")
    model.write_text(text.replace("supports: [claims]", "supports: [nothing]"), "utf-8")
    assert _dangling(agent)
    (agent.root / "more.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: nothing}\nspec: {level: 1}\n"
    )
    assert not _dangling(agent)
    (agent.root / "more.yaml").unlink()
    assert _dangling(agent)
    (agent.root / ".bizalign.yaml").write_text("asOf: 2026-06-30\nexclude: [model.yaml]\n")
    assert "has no definitions" in agent.error("check")
    (agent.root / ".bizalign.yaml").write_text("asOf: 2026-06-30\n")
    model.write_text(text, "utf-8")
    assert not _dangling(agent)


def _dangling(agent: Agent) -> bool:
    findings = agent.data("check", limit=500)["findings"]
    return any("named nothing" in finding["message"] for finding in findings)


def test_a_broken_setup_is_answered_with_its_place_and_can_be_fixed(agent: Agent) -> None:
    config = agent.root / ".bizalign.yaml"
    config.write_text("asOf: 2026-06-30\nselekt: [BAS]\n")
    reply = agent.reply("check")
    assert reply.is_error
    assert (reply.value["error"]["path"], reply.value["error"]["line"]) == (".bizalign.yaml", 2)
    config.write_text("asOf: 2026-06-30\n")
    agent.ask("check")


def test_own_rules_are_read_again(agent: Agent) -> None:
    own = agent.root / "own"
    own.mkdir()
    (agent.root / ".bizalign.yaml").write_text("asOf: 2026-06-30\nrules: [own]\n")
    before = agent.ask("list_rules")["page"]["total"]
    (own / "application-without-words.yaml").write_text(OWN_RULE)
    assert agent.ask("list_rules")["page"]["total"] == before + 1
    assert agent.data("explain_rule", rule="OWN001")["own"]
    assert [f["rule"] for f in agent.data("check", select=["OWN"])["findings"]] == ["OWN001"]


OWN_RULE = """\
id: OWN001
guideline: fix-the-basics
severity: info
summary: An application has no description.
rationale: It is a word of ours.
message: "{title} has no description"
help: Describe it.
target: Application
path: description
minCount: 1
"""


def test_an_empty_workspace_is_answered_with_how_to_begin(tmp_path: Path) -> None:
    agent = Agent(tmp_path)
    assert "a definition starts with" in agent.error("check")
    assert agent.ask("list_rules")["page"]["total"] > 100


def test_a_workspace_that_is_gone_and_comes_back_is_no_end(tmp_path: Path) -> None:
    agent = Agent(workspace(tmp_path / "w"))
    agent.ask("check")
    shutil.rmtree(agent.root)
    [finding] = agent.data("check")["findings"]
    assert "cannot be read" in finding["message"]
    workspace(tmp_path / "w")
    assert agent.data("check")["findings"] == []


# What a client is shown


@pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.name)
def test_schemas_are_schemas(tool: Any) -> None:
    for schema in (tool.takes, answered(tool.form)):
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["type"] == "object"


def test_what_a_client_is_shown_is_small() -> None:
    """It is in the context of every conversation."""
    shown = [(tool.name, tool.title, tool.description, tool.takes) for tool in TOOLS.values()]
    assert len(json.dumps(shown)) < 16_000
    assert sum(len(json.dumps(answered(tool.form))) for tool in TOOLS.values()) < 60_000
