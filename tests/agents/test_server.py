"""The protocol, with the SDK's own client: in process, and over standard input and output."""

from __future__ import annotations

import builtins
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from bizalign_lint import __version__
from bizalign_lint.agents import desk
from bizalign_lint.agents.tools import INSTRUCTIONS
from tests.agents.asking import MODEL, digest, tree, workspace
from tests.conftest import Call

# The library takes longer to import than all the other tests of a run, of which none needs it.
if TYPE_CHECKING:
    from mcp import Client

NAMES = [
    *("check", "coverage", "trend", "next_facts", "list_rules", "explain_rule", "get", "search"),
    *("impact", "path", "query", "forecast", "whatif", "propose_edit"),
]


class Session:
    """A client that stays, asked from outside of its event loop."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self.client = client
        self._portal = portal

    def call(self, name: str, **arguments: Any) -> Any:
        """Call a tool; the client holds the answer against the tool's schema."""
        return self._portal.call(self.client.call_tool, name, arguments)

    def list_tools(self) -> Any:
        """The tools that the server has."""
        return self._portal.call(self.client.list_tools).tools


def session(server: Any) -> Iterator[Session]:
    """A client of a server."""
    from mcp import Client

    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(server)) as client,
    ):
        yield Session(portal, client)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Session]:
    from bizalign_lint.agents.server import make_server

    yield from session(make_server(str(workspace(tmp_path))))


def test_the_tools_are_told_with_what_they_may_do(here: Session) -> None:
    tools = here.list_tools()
    assert [tool.name for tool in tools] == NAMES
    for tool in tools:
        assert tool.title
        assert tool.description
        assert tool.input_schema["additionalProperties"] is False
        hints = tool.annotations
        assert (hints.read_only_hint, hints.destructive_hint) == (True, False)
        assert (hints.idempotent_hint, hints.open_world_hint) == (True, False)
    assert here.client.instructions == INSTRUCTIONS
    assert here.client.server_info is not None
    assert here.client.server_info.version == __version__


def test_only_the_tool_that_writes_says_so(tmp_path: Path) -> None:
    from bizalign_lint.agents.server import make_server

    for one in session(make_server(str(workspace(tmp_path)), lambda root, changes: None)):
        hints = {tool.name: tool.annotations for tool in one.list_tools()}
        assert {name for name, said in hints.items() if not said.read_only_hint} == {"propose_edit"}
        assert hints["propose_edit"].destructive_hint
        assert hints["propose_edit"].idempotent_hint


def test_answers_are_structured_and_the_same_as_text(here: Session) -> None:
    calls: dict[str, dict[str, Any]] = {
        **{name: {} for name in ("check", "coverage", "next_facts", "list_rules", "forecast")},
        "explain_rule": {"rule": "BAS101"},
        "get": {"definition": "desk"},
        "search": {"text": "desk"},
        "impact": {"definition": "windows"},
        "path": {"from": "windows", "to": "claims"},
        "query": {"kind": "Application"},
        "whatif": {"action": "retire", "definition": "desk", "for": "P1M"},
        "propose_edit": {"edits": [{"path": "x.yaml", "text": "kind: [\n"}]},
    }
    for name, arguments in calls.items():
        answer = here.call(name, **arguments)
        assert not answer.is_error
        [block] = answer.content
        assert json.loads(block.text) == answer.structured_content


def test_what_is_wrong_is_an_answer_and_an_unknown_tool_an_error(here: Session) -> None:
    from mcp import MCPError

    answer = here.call("get", definition="nobody")
    assert answer.is_error
    assert json.loads(answer.content[0].text)["error"]["message"] == (
        "no definition is named nobody"
    )
    with pytest.raises(MCPError, match="unknown tool"):
        here.call("delete_everything")
    assert not here.call("check").is_error


def test_a_mistake_of_ours_ends_neither_the_server_nor_a_session(
    here: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise RecursionError(" ".join(("words", "of", "the", "model")))

    with monkeypatch.context() as patch:
        patch.setattr(desk, "load", broken)
        answer = here.call("check")
    assert answer.is_error
    assert "check failed: RecursionError in broken" in answer.content[0].text
    assert "words of the model" not in answer.content[0].text + caplog.text
    assert not here.call("check").is_error


def test_calls_at_once_are_answered_one_by_one(tmp_path: Path) -> None:
    from mcp import Client

    from bizalign_lint.agents.server import make_server

    async def many() -> list[Any]:
        found: list[Any] = []
        async with Client(make_server(str(workspace(tmp_path)))) as client:

            async def one(name: str) -> None:
                found.append(await client.call_tool(name, {}))

            async with anyio.create_task_group() as group:
                for name in ("check", "coverage", "list_rules", "next_facts") * 3:
                    group.start_soon(one, name)
        return found

    answers = anyio.run(many)
    assert len(answers) == 12
    assert not any(answer.is_error for answer in answers)


def test_without_the_extra_it_says_how_to_install_it(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    usual = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.split(".")[0] in ("mcp", "mcp_types"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return usual(name, *rest)

    monkeypatch.delitem(sys.modules, "bizalign_lint.agents.server")
    monkeypatch.setattr(builtins, "__import__", without)
    code, out, err = call("mcp", str(tmp_path))
    assert (code, out) == (2, "")
    assert err == (
        "error: the server for agents is not installed\n"
        "  hint: install bizalign-lint with its extra mcp\n"
    )


def test_a_folder_that_is_not_there_is_an_error(call: Call, tmp_path: Path) -> None:
    code, _, err = call("mcp", str(tmp_path / "nowhere"))
    assert code == 2
    assert "no such file or folder" in err


# Over standard input and output

COMMAND = [sys.executable, "-m", "bizalign_lint", "mcp"]


def stdio(root: Path, *options: str) -> Iterator[Session]:
    """A client of a server that is a process of its own."""
    from mcp.client.stdio import StdioServerParameters

    server = StdioServerParameters(
        command=COMMAND[0],
        args=[*COMMAND[1:], str(root), *options],
        env=dict(os.environ),
    )
    yield from session(server)


@pytest.mark.process
def test_a_story_over_standard_input_and_output(tmp_path: Path) -> None:
    """Check, explain, get, what is missing, try an edit, make it, check again."""
    broken = MODEL.replace("supports: [claims]", "supports: [claim]")
    model = workspace(tmp_path, broken) / "model.yaml"
    for agent in stdio(tmp_path, "--allow-writes"):
        [finding] = agent.call("check").structured_content["data"]["findings"]
        assert agent.call("explain_rule", rule=finding["rule"]).structured_content["data"]["help"]
        assert not agent.call("next_facts").is_error
        read = agent.call("get", definition="desk").structured_content["data"]
        edit = {
            "path": read["path"],
            "sha256": read["sha256"],
            "replace": [{"old": "supports: [claim]", "new": "supports: [claims]"}],
        }
        tried = agent.call("propose_edit", edits=[edit]).structured_content["data"]
        assert (tried["verdict"], tried["written"]) == ("accepted", False)
        assert model.read_text("utf-8") == broken
        made = agent.call("propose_edit", edits=[edit], write=True).structured_content["data"]
        assert made["written"]
        assert model.read_text("utf-8") == MODEL
        assert agent.call("check").structured_content["data"]["findings"] == []


@pytest.mark.process
def test_a_server_without_leave_writes_nothing(tmp_path: Path) -> None:
    before = tree(workspace(tmp_path))
    for agent in stdio(tmp_path):
        edit = {
            "path": "model.yaml",
            "sha256": digest(tmp_path / "model.yaml"),
            "replace": [{"old": "2019", "new": "2020"}],
        }
        data = agent.call("propose_edit", edits=[edit], write=True).structured_content["data"]
        assert [one["code"] for one in data["objections"]] == ["read-only"]
        for name in NAMES:
            agent.call(name)
    assert tree(tmp_path) == before


def line(**message: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n"


HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "t", "version": "1"},
}
NONSENSE = [
    b"\n",
    b"not json\n",
    b"\xff\xfe\x00\n",
    b"[]\n",
    b"null\n",
    b"{}\n",
    b'{"jsonrpc": "1.0", "id": 1}\n',
    b"[" * 5_000 + b"\n",
    line(id=90, method="no/such/method"),
    line(id=91, method="tools/call"),
    line(id=92, method="tools/call", params={"name": 7}),
    line(id=93, method="tools/call", params={"name": "check", "arguments": []}),
    line(id=94, method="tools/call", params={"name": "check", "arguments": {"limit": 1e300}}),
    line(id=95, method="tools/call", params={"name": "get", "arguments": {"definition": "\ud800"}}),
    line(id=96, method="tools/call", params={"name": "x" * 100_000, "arguments": {}}),
    line(method="notifications/cancelled", params={"requestId": 12345}),
    line(method="notifications/nothing"),
    line(id=97, result={}),
]


@pytest.mark.process
def test_nonsense_is_survived(tmp_path: Path) -> None:
    asked = [
        line(id=1, method="initialize", params=HELLO),
        line(method="notifications/initialized"),
        *NONSENSE,
        line(id=2, method="tools/call", params={"name": "check", "arguments": {}}),
        line(id=3, method="ping"),
    ]
    process = subprocess.Popen(
        [*COMMAND, str(workspace(tmp_path))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        process.stdin.write(b"".join(asked))
        process.stdin.flush()
        said: dict[Any, Any] = {}
        while not {2, 3} <= said.keys():
            message = json.loads(process.stdout.readline())
            said[message.get("id")] = message
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stderr is not None
        errors = process.stderr.read()
    assert said[2]["result"]["structuredContent"]["data"]["findings"] == []
    assert "error" in said[90] and "error" in said[92]
    assert said[94]["result"]["isError"]
    assert b"Traceback" not in errors


@pytest.mark.process
def test_a_client_that_leaves_at_once_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, str(workspace(tmp_path))],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
