"""An editor that talks with the real server over its standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

Answer = TypeVar("Answer")

CAN = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        rename=types.RenameClientCapabilities(prepare_support=True),
        completion=types.CompletionClientCapabilities(
            completion_item=types.ClientCompletionItemOptions(
                snippet_support=True, documentation_format=[types.MarkupKind.Markdown]
            )
        ),
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        document_symbol=types.DocumentSymbolClientCapabilities(
            hierarchical_document_symbol_support=True
        ),
    ),
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Create]
        )
    ),
)
"""What an editor of today can do."""

PATIENCE = 30
"""So many seconds an answer may take, on a machine that is busy."""


class Talk:
    """One server, started for one folder. Nothing is waited for without end."""

    def __init__(self, root: Path, *encodings: str, options: Any = None) -> None:
        self.root = root
        self._loop = asyncio.new_event_loop()
        self._client = LanguageClient("test", "1")
        self._client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda _: None)
        self._client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _: None)
        self.capabilities = self._wait(self._begin(encodings, options)).capabilities

    async def _begin(self, encodings: tuple[str, ...], options: Any) -> types.InitializeResult:
        await self._client.start_io(sys.executable, "-m", "bizalign_lint", "lsp")
        can = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=[*encodings] or None),
            text_document=CAN.text_document,
            workspace=CAN.workspace,
        )
        folder = types.WorkspaceFolder(self.root.as_uri(), self.root.name)
        began = await self._client.initialize_async(
            types.InitializeParams(
                capabilities=can, workspace_folders=[folder], initialization_options=options
            )
        )
        self._client.initialized(types.InitializedParams())
        return began

    def _wait(self, doing: Coroutine[Any, Any, Answer]) -> Answer:
        return self._loop.run_until_complete(asyncio.wait_for(doing, PATIENCE))

    def uri(self, path: str) -> str:
        """The URI of a file of the folder."""
        return (self.root / path).as_uri()

    def open(self, path: str, text: str | None = None) -> types.TextDocumentIdentifier:
        """Open a file, with what is on disk or with another text."""
        if text is None:
            text = (self.root / path).read_bytes().decode()
        item = types.TextDocumentItem(self.uri(path), "yaml", 1, text)
        self._client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return types.TextDocumentIdentifier(item.uri)

    def ask(self, method: str, params: Any) -> Any:
        """The answer to a question."""

        async def asking() -> Any:
            return await self._client.protocol.send_request_async(method, params)

        return self._wait(asking())

    def end(self) -> int | None:
        """Leave; the exit code of the server."""

        async def ending() -> int | None:
            await self._client.shutdown_async(None)
            self._client.exit(None)
            server = self._client._server
            assert server is not None
            code = await server.wait()
            await self._client.stop()  # type: ignore[no-untyped-call]
            return code

        try:
            return self._wait(ending())
        finally:
            self._loop.close()
