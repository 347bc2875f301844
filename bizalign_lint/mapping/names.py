"""Foreign identities → references as our schemas want them."""

from __future__ import annotations

DEFAULT = "default"
"""The namespace of what names none."""


def reference(kind: str, namespace: str, name: str, default: str | None, seen_from: str) -> str:
    """How a definition is referred to, as short as it can be."""
    prefix = "" if kind == default else f"{kind}:"
    return f"{prefix}{name}" if namespace == seen_from else f"{prefix}{namespace}/{name}"
