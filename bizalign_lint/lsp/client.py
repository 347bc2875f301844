"""What the editor can do, as it has said itself when it introduced itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from lsprotocol import types


class Client(NamedTuple):
    """An editor. What it does not say that it can do, it cannot."""

    snippets: bool = False
    """Whether a completion may have places to fill in."""
    label_details: bool = False
    """Whether a list of completions can show titles beside the names."""
    markdown_items: bool = False
    """Whether what is said of a completion may be Markdown."""
    markdown_hovers: bool = False
    outlines: bool = False
    """Whether the symbols of a file may be a tree."""
    versioned: bool = False
    """Whether an edit may say which version of a document it is of."""
    creates: bool = False
    """Whether an edit may make files."""
    renames: bool = False
    """Whether an edit may give files other names."""
    watches: bool = False
    """Whether it reports what changes on disk."""
    suggests: str = ""
    """The editor's own command that offers completions; empty where none is known."""
    tags: frozenset[types.DiagnosticTag] = frozenset()
    refreshes_diagnostics: bool = False
    refreshes_lenses: bool = False
    refreshes_tokens: bool = False
    refreshes_hints: bool = False
    shows_documents: bool = False
    """Whether it goes to a place when the server says so."""
    shows_progress: bool = False
    """Whether it shows that something is going on."""


_SUGGEST = "editor.action.triggerSuggest"
_WITH_SUGGEST = re.compile(r"\bCode\b|VSCodium|Cursor|Windsurf")
"""The names of Visual Studio Code and of what has been made of it."""


def client(can: types.ClientCapabilities, name: str = "") -> Client:
    """The editor that has these capabilities, and calls itself so."""

    def has(*way: str) -> bool:
        return bool(_at(can, way))

    versioned = has("workspace", "workspace_edit", "document_changes")
    said = _at(can, ("workspace", "workspace_edit", "resource_operations"))
    operations = (said or ()) if versioned else ()
    return Client(
        snippets=has("text_document", "completion", "completion_item", "snippet_support"),
        label_details=has(
            "text_document", "completion", "completion_item", "label_details_support"
        ),
        markdown_items=_reads_markdown(
            _at(can, ("text_document", "completion", "completion_item", "documentation_format"))
        ),
        markdown_hovers=_reads_markdown(_at(can, ("text_document", "hover", "content_format"))),
        outlines=has("text_document", "document_symbol", "hierarchical_document_symbol_support"),
        versioned=versioned,
        creates=types.ResourceOperationKind.Create in operations,
        renames=types.ResourceOperationKind.Rename in operations,
        watches=has("workspace", "did_change_watched_files", "dynamic_registration"),
        tags=frozenset(
            _at(can, ("text_document", "publish_diagnostics", "tag_support", "value_set")) or ()
        ),
        refreshes_diagnostics=has("workspace", "diagnostics", "refresh_support"),
        refreshes_lenses=has("workspace", "code_lens", "refresh_support"),
        refreshes_tokens=has("workspace", "semantic_tokens", "refresh_support"),
        refreshes_hints=has("workspace", "inlay_hint", "refresh_support"),
        suggests=_SUGGEST if _WITH_SUGGEST.search(name) else "",
        shows_documents=has("window", "show_document", "support"),
        shows_progress=has("window", "work_done_progress"),
    )


def _reads_markdown(formats: Iterable[Any] | None) -> bool:
    return types.MarkupKind.Markdown in (formats or ())


def _at(holder: Any, way: Iterable[str]) -> Any:
    """What attributes lead to, one after the other; None where one of them is not there."""
    for name in way:
        holder = getattr(holder, name, None)
    return holder
