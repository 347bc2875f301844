"""For editors that show no Markdown and fill in no places: the same, as plain text."""

from __future__ import annotations

import re

from lsprotocol import types

_STOP = re.compile(
    r"\\(?P<escaped>.)|\$\{\d+(?::(?P<text>[^}]*)|\|(?P<choices>(?:\\.|[^|])*)\|)\}|\$\d+"
)
_EMPTY_LIST = re.compile(r"\[\$\d+\]$")
_ESCAPED = re.compile(r"\\(.)")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\([^)\s]*\)")
_SIGN = re.compile(r"\\(?P<escaped>[^\w\s])|(?P<sign>\*\*|`)")


def without_places(snippet: str) -> str:
    """The text of a snippet: what is in its places, of several choices the first.

    A list that would be empty is left to be written.
    """

    def said(found: re.Match[str]) -> str:
        if found["choices"] is not None:
            first = re.split(r"(?<!\\),", found["choices"])[0]
            return _ESCAPED.sub(r"\1", first)
        return found["escaped"] or found["text"] or ""

    return _STOP.sub(said, _EMPTY_LIST.sub("", snippet))


def without_markdown(text: str) -> str:
    """Markdown as the text that it shows."""

    def shown(found: re.Match[str]) -> str:
        return found["escaped"] or ""

    return _SIGN.sub(shown, _LINK.sub(r"\1", text)).replace("\n\n---\n\n", "\n\n")


def markup(text: str, markdown: bool) -> types.MarkupContent:
    """A text in Markdown, for an editor that shows it or does not."""
    if markdown:
        return types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.MarkupContent(types.MarkupKind.PlainText, without_markdown(text))
