"""Regular expressions: JSON Schema's → those of SPARQL 1.1 (XPath and XQuery Functions, 2007)."""

from __future__ import annotations

import re

from bizalign_lint.exporters.comparands import NotExpressible

_PART = re.compile(r"\\(.)|\[(?:\\.|[^\]\\])*\]|\((\?.?)?|.", re.DOTALL)
_UNKNOWN = frozenset("AbBZ123456789")


def portable(pattern: str) -> str:
    """A pattern for SHACL that matches the same texts; its groups may differ.

    Raises NotExpressible for what SPARQL does not support.
    """
    parts = []
    for found in _PART.finditer(pattern):
        escaped, extension = found[1], found[2]
        if extension is not None and extension != "?:":
            raise NotExpressible(f"the pattern uses ({extension} …), which SPARQL does not support")
        if escaped is not None and escaped in _UNKNOWN:
            raise NotExpressible(f"the pattern uses \\{escaped}, which SPARQL does not support")
        parts.append("(" if extension else found[0])
    return "".join(parts)
