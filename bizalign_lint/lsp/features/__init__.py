"""What the server answers, one module for each feature.

A module here has a tuple ``FEATURES``, and is named in ``MODULES`` below. Each Feature is an LSP
method with the function that answers it; ``options`` are what the server announces to the
editor (``CompletionOptions`` and the like). Such a function gets a Request and returns what the
protocol wants, or None::

    def hover(request: Request) -> types.Hover | None: ...

    FEATURES = (Feature(types.TEXT_DOCUMENT_HOVER, hover),)

- It is a function of ``request.snapshot``, and changes nothing in it.
- Places are ours: ``request.at`` is a line and a column in code points, both from 1, and files are
  paths relative to the root. ``request.translate`` makes ranges, locations, edits and URIs of
  them, in the units that the editor counts in; nothing else converts.
- A request that is about no file (``workspace/symbol``) is put to each folder in turn, and the
  lists that come back are joined.
- The file of a request is that of ``params.text_document``, of ``params.item``, the first of
  ``params.files``, or that of ``params.data["uri"]``: an item that will be asked about again
  carries its URI there.
- What changes files is made with ``changes.workspace_edit``: it says of which states of the files
  the edit is, and asks for a fresh look where one has changed on disk.
- A RefusalError is answered with its message; any other exception is answered with an error and
  written to the log. The server goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from bizalign_lint.core.types import Source
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.lsp.client import Client
from bizalign_lint.lsp.translate import LineColumn, Translator
from bizalign_lint.schema.ontology import Schema

MODULES: tuple[str, ...] = (
    "actions",
    "completion",
    "folding",
    "hierarchies",
    "hints",
    "hover",
    "lenses",
    "navigation",
    "rename",
    "symbols",
    "tokens",
)
"""The modules beside this one."""


class RefusalError(JsonRpcException):
    """A request that is refused: the answer says why, and the log has it at level INFO."""

    CODE = types.LSPErrorCodes.RequestFailed.value


class StaleError(Exception):
    """A file has changed on disk since it was read for an answer."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} has changed on disk and could not be read again; try once more")


def _no_version(_: str) -> None:
    """No file is open."""


def _current(_: str) -> bool:
    """Nobody else writes the files."""
    return True


def always(_: Any) -> bool:
    """Whatever is asked."""
    return True


def never(_: Any) -> bool:
    """Nothing that is asked."""
    return False


class Request(NamedTuple):
    """A question of the editor about one folder."""

    snapshot: Snapshot
    params: Any
    """As the editor sent them: the parameters of the method, as lsprotocol has them."""
    translate: Translator
    path: str = ""
    """The file that is asked about; empty when it is none in particular."""
    at: LineColumn | None = None
    """Where in it."""
    structure: bool = True
    """Whether to report what a server with the schema also reports."""
    client: Client = Client()
    """What the editor can do."""
    version: Callable[[str], int | None] = _no_version
    """The editor's number for the state of a file; None for one that it does not have open."""
    setup: tuple[Source, Schema] | None = None
    """The file, where it is one of the set-up, and the schema that it keeps to."""
    is_current: Callable[[str], bool] = _current
    """Whether a file is open, or on disk what the snapshot has of it."""


class Feature(NamedTuple):
    """A method of the protocol, and what answers it."""

    method: str
    answer: Callable[[Request], Any]
    options: Any = None
    looks: Callable[[Any], bool] = never
    """Of which parameters the disk is looked at first: the answer is about files that are not
    open."""
    writes: bool = False
    """Whether such an answer changes files; it is refused where they cannot be brought up to
    date."""
    judges: bool = False
    """Whether such an answer is made of findings, which then are those of the disk as it is."""


def features() -> list[Feature]:
    """All of them."""
    return [
        feature for name in MODULES for feature in import_module(f".{name}", __package__).FEATURES
    ]
