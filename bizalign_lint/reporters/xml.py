"""The little XML that JUnit and Checkstyle reports need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def element(
    name: str, attributes: Mapping[str, object], content: Iterable[str] = ()
) -> Iterator[str]:
    """An element, a line at a time. ``content`` is XML already."""
    shown = "".join(f" {key}={quoteattr(_legal(str(value)))}" for key, value in attributes.items())
    inner = list(content)
    if not inner:
        yield f"<{name}{shown}/>\n"
        return
    yield f"<{name}{shown}>\n"
    yield from inner
    yield f"</{name}>\n"


def text(value: str) -> str:
    """A text as XML."""
    return escape(_legal(value)) + "\n"


def _legal(value: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value)
