"""The protocol where pygls leaves a request without an answer, or answers what it should refuse."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol

from bizalign_lint.lsp.cancellation import Id
from bizalign_lint.lsp.features import RefusalError

_log = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """Every request has one answer, whatever is in it."""

    cancelled: set[Id]
    """The requests that the editor no longer wants to be answered."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.cancelled = set()

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message in our types, as far as it can be one."""
        # This is asked of every object in a message, too: it may look like one and be none.
        try:
            return super().structure_message(data)
        except JsonRpcException:
            return data

    def handle_message(self, message: Any) -> None:
        """Do what a message asks for, or refuse it where that cannot be done."""
        if isinstance(message, dict):
            if "method" in message and isinstance(message.get("id"), (int, str)):
                error = JsonRpcInvalidParams().to_response_error()
                self._send_response(message["id"], error=error)
            return
        if not hasattr(message, "jsonrpc"):
            return  # JSON that is no object
        method = getattr(message, "method", None)
        if method == types.CANCEL_REQUEST:
            # Its request was refused, or answered before: neither is to be reported again.
            if isinstance(message.params.id, (int, str)):
                self.cancelled.discard(message.params.id)
            return
        id_ = getattr(message, "id", None)
        refusal = self._refusal(method, id_) if method not in (None, types.EXIT) else None
        if refusal is None:
            super().handle_message(message)
        elif id_ is not None:
            self._send_response(id_, error=refusal)

    def _send_handler_result(self, future: Future[Any], *, msg_id: Id) -> None:
        """Answer a request. A refusal is an expected answer, and is not logged as an error."""
        refusal = None if future.cancelled() else future.exception()
        if not isinstance(refusal, RefusalError):
            super()._send_handler_result(future, msg_id=msg_id)
            return
        _log.info("request %s is refused: %s", msg_id, refusal)
        self._request_futures.pop(msg_id, None)
        self._send_response(msg_id, error=refusal.to_response_error())

    def _refusal(self, method: str, id_: Id | None) -> types.ResponseError | None:
        if self._workspace is None and method != types.INITIALIZE:
            return types.ResponseError(
                types.ErrorCodes.ServerNotInitialized.value, "the editor must send initialize first"
            )
        if self._workspace is not None and method == types.INITIALIZE:
            return types.ResponseError(
                types.ErrorCodes.InvalidRequest.value, "the editor has sent initialize before"
            )
        if self._shutdown:
            return types.ResponseError(
                types.ErrorCodes.InvalidRequest.value, "the server has been shut down"
            )
        if isinstance(id_, (int, str)) and id_ in self.cancelled:
            return types.ResponseError(
                types.LSPErrorCodes.RequestCancelled.value, "the editor cancelled the request"
            )
        return None
