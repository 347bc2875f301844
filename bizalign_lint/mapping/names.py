"""References as our schemas expect them."""

from __future__ import annotations

DEFAULT = "default"
"""The namespace of definitions that do not name one."""


def reference(kind: str, namespace: str, name: str, default: str | None, seen_from: str) -> str:
    """The shortest reference to a definition.

    It leaves out the kind if it is the ``default`` of the relation, and the namespace if it is that
    of the referring definition (``seen_from``).
    """
    prefix = "" if kind == default else f"{kind}:"
    return f"{prefix}{name}" if namespace == seen_from else f"{prefix}{namespace}/{name}"
