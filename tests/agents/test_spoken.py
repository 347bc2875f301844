"""Agents hear of the arguments of a tool, not of options of the command line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.agents.spoken import in_arguments
from bizalign_lint.agents.tools import INSTRUCTIONS, all_tools
from tests.agents.asking import MODEL, Agent
from tests.workspace import shipped

ROOT = Path(__file__).resolve().parents[2] / "bizalign_lint"
ROOMS = ("whatif", "forecast", "questions", "trend", "findings", "graph", "engine", "core")
OPTION = re.compile(r"(?<![\w-])--[a-z]")
COMMAND = re.compile(r"`(?:bizalign-lint|git) [^`]*`")
"""A command for a person: the text has all of it, with the name of the program."""
NOT_FOR_TOOLS = ("whatif needs a change: an action or a patch file", "--with patch.yaml")
"""What is told where there is no action, or a name that is none: a tool's schema refuses both."""

ARGUMENTS = {name for tool in all_tools(None).values() for name in tool.takes["properties"]}


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)


def _options(text: str) -> list[str]:
    return OPTION.findall(COMMAND.sub("", text))


@pytest.mark.parametrize("tool", all_tools(None).values(), ids=lambda tool: tool.name)
def test_no_tool_is_described_by_options(tool: Any) -> None:
    said = [*_texts([tool.title, tool.description, tool.takes])]
    assert [text for text in said if _options(text)] == []


def test_neither_are_the_instructions() -> None:
    assert not _options(INSTRUCTIONS)


def test_what_rules_say_has_whole_commands_only() -> None:
    rules = shipped().rules.rules.values()
    said = [(rule.id, text) for rule in rules for text in (rule.summary, rule.rationale, rule.help)]
    assert [(id_, text) for id_, text in said if _options(text)] == []


@pytest.fixture
def agent(tmp_path: Path) -> Agent:
    (tmp_path / ".bizalign.yaml").touch()
    key_result = (
        "---\napiVersion: bizalign/v1\nkind: Objective\nmetadata: {name: grow}\n"
        "spec: {keyResults: [{name: share}]}\n"
    )
    (tmp_path / "model.yaml").write_text(MODEL + key_result)
    return Agent(tmp_path)


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("forecast", {"until": "2030-01-01", "for": "P1Y"}, "until and for cannot be combined"),
    ("forecast", {"until": "2020-01-01"}, "or an earlier as-of date with as_of"),
    ("forecast", {"owner": " "}, "as in owner claims-it"),
    ("check", {"owner": " "}, "as in owner claims-it"),
    ("next_facts", {"owner": " "}, "as in owner claims-it"),
    ("check", {"select": ["XYZ"]}, "select: "),
    ("whatif", {"action": "replace", "definition": "desk"}, "whatif replace needs with"),
    ("whatif", {"action": "replace", "definition": "desk"}, "it takes with and on"),
    ("whatif", {"action": "cut", "definition": "desk", "to": "it"}, "whatif cut takes no to"),
    (
        "whatif",
        {"action": "cut", "definition": "desk", "by": "much"},
        "by much is not a percentage",
    ),
    ("whatif", {"action": "delay", "definition": "desk", "by": "1"}, "by 1 is not a duration"),
    (
        "whatif",
        {"action": "retire", "definition": "desk", "on": "2020-01-01"},
        "on 2020-01-01 is in",
    ),
    ("whatif", {"action": "retire", "definition": "windows", "on": "2020-01-01"}, "with as_of"),
    ("whatif", {"action": "move", "definition": "desk", "to": "it"}, "choose one with relation: "),
    (
        "whatif",
        {"action": "move", "definition": "it", "to": "desk"},
        "describe the change in a patch",
    ),
    ("whatif", {"action": "retire", "definition": "grow#share"}, "describe the change in a patch"),
    ("trend", {"every": "tag"}, "use every month or last 24 instead"),
]


@pytest.mark.parametrize(("tool", "arguments", "told"), WRONG)
def test_errors_speak_of_arguments(
    agent: Agent, tool: str, arguments: dict[str, Any], told: str
) -> None:
    reply = agent.reply(tool, **arguments)
    assert reply.is_error
    error = reply.value["error"]
    assert told in f"{error['message']}; {error['hint']}"
    assert not _options(error["message"])
    assert not _options(error["hint"])


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("get", {"definition": "--as-of"}, "--as-of"),
        ("check", {"owner": "Desk (or --as-of)"}, "Desk (or --as-of) is not responsible"),
        ("check", {"select": ["--as-of"]}, "unknown rule or guideline --as-of"),
        ("query", {"kind": "--where"}, "--where"),
        ("whatif", {"action": "retire", "definition": "desk --on call"}, "desk --on call"),
        (
            "whatif",
            {"action": "cut", "definition": "desk", "by": "--by half"},
            "by --by half is not a percentage",
        ),
    ],
)
def test_what_was_asked_is_quoted_as_it_was(
    agent: Agent, tool: str, arguments: dict[str, Any], told: str
) -> None:
    reply = agent.reply(tool, **arguments)
    assert reply.is_error
    assert told in reply.value["error"]["message"]


def test_what_a_file_has_is_quoted_as_it_is(agent: Agent) -> None:
    (agent.root / ".bizalign.yaml").write_text("select: [--as-of]\n")
    error = agent.reply("check").value["error"]
    assert (error["path"], error["line"]) == (".bizalign.yaml", 1)
    assert error["message"] == "unknown rule or guideline --as-of"


def test_no_answer_speaks_of_options(agent: Agent) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("check", {}),
        ("coverage", {}),
        ("next_facts", {}),
        ("list_rules", {"limit": 500}),
        ("get", {"definition": "desk"}),
        ("search", {"text": "desk"}),
        ("impact", {"definition": "windows"}),
        ("path", {"from": "windows", "to": "claims"}),
        ("query", {"kind": "Application"}),
        ("forecast", {"for": "P1Y"}),
        ("whatif", {"action": "retire", "definition": "desk", "for": "P1Y"}),
        ("explain_rule", {"rule": "MOD172"}),
        ("propose_edit", {"edits": [{"path": "model.yaml"}], "write": True}),
    ]
    for tool, arguments in calls:
        found = [text for text in _texts(agent.reply(tool, **arguments).value) if _options(text)]
        assert found == [], tool


def _raised(path: Path) -> Iterator[str]:
    """The texts of the errors that a module raises."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error"):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


@pytest.mark.parametrize("room", ROOMS)
def test_what_the_rooms_of_tools_raise_can_be_said_of_arguments(room: str) -> None:
    said = {text for path in (ROOT / room).rglob("*.py") for text in _raised(path)}
    left = {text for text in said if _options(in_arguments(text, ARGUMENTS))}
    assert {text for text in left if not any(known in text for known in NOT_FOR_TOOLS)} == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("--as-of is a day", "as_of is a day"),
        ("give a patch (--with patch.yaml)", "give a patch"),
        ("a day (or --on)", "a day (or on)"),
        ("`bizalign-lint check --on x`", "`bizalign-lint check --on x`"),
        ("--profile is not taken", "--profile is not taken"),
        ("a--on b", "a--on b"),
    ],
)
def test_an_option_becomes_the_argument_that_a_tool_takes(text: str, told: str) -> None:
    assert in_arguments(text, {"as_of", "on"}) == told
