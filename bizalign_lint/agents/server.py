"""The server: offers the tools by the Model Context Protocol, on standard input and output."""

from __future__ import annotations

import gc
import logging
import os
import sys
from functools import partial
from typing import Any

import anyio
from mcp import types
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from bizalign_lint import __version__
from bizalign_lint.agents.answers import NOTICE, text
from bizalign_lint.agents.desk import Desk
from bizalign_lint.agents.forms import answered
from bizalign_lint.agents.tool import Tool, Write
from bizalign_lint.agents.tools import INSTRUCTIONS, Reply, all_tools, call
from bizalign_lint.core.errors import summary, trace

_log = logging.getLogger(__name__)

_OBJECTS = 50_000
"""The garbage collector's threshold, in new objects: high, because a model consists of many."""


def make_server(root: str, write: Write | None = None) -> Server[Any]:
    """A server for the workspace at a root; without a ``write`` it changes no file."""
    tools = all_tools(write)
    described = [_described(tool) for tool in tools.values()]
    desk = Desk(root)
    one_by_one = anyio.Lock()

    async def list_tools(_: Any, __: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=described)

    async def call_tool(_: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        tool = tools.get(asked.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"unknown tool {asked.name[:100]!r}")
        async with one_by_one:
            # In a thread, so that a ping is answered in the meantime.
            work = partial(_safely, tool, desk, asked.arguments or {})
            reply = await anyio.to_thread.run_sync(work)
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=text(reply.value))],
            structured_content=None if reply.is_error else reply.value,
            is_error=reply.is_error,
        )

    return Server(
        "bizalign-lint",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve(root: str, write: Write | None) -> int:
    """Serve on standard input and output until the client disconnects. Returns the exit code."""
    if sys.stdin is None or sys.stdout is None:
        return 1  # no client is connected
    # While a thread parses, standard error is switched off (see ``parsing.yaml.fast``).
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr, format="%(name)s: %(message)s")
    # The command line switches the collector off, because most commands end soon.
    gc.enable()
    gc.set_threshold(_OBJECTS, 5, 5)
    anyio.run(_serve, make_server(root, write))
    return 0


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def _safely(tool: Tool, desk: Desk, arguments: dict[str, Any]) -> Reply:
    """Answer a call; a bug of ours becomes an error answer, and the server goes on."""
    try:
        return call(tool, desk, arguments)
    except Exception as error:
        _log.error("%s failed\n%s", tool.name, "".join(trace(error)))
        message = f"{tool.name} failed: {summary(error)}; this is a bug in bizalign-lint"
        hint = "the server is still running; its standard error has the details"
        said = {"message": message, "hint": hint, "path": None, "line": None, "others": 0}
        return Reply({"notice": NOTICE, "error": said}, True)


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes,
        output_schema=answered(tool.form),
        annotations=types.ToolAnnotations(
            title=tool.title,
            read_only_hint=not tool.writes,
            destructive_hint=tool.writes,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )
