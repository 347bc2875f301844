"""Titles and foreign identities → names and references as our schemas want them."""

from __future__ import annotations

import re
import unicodedata

DEFAULT = "default"
"""The namespace of what names none."""
_OTHER = re.compile(r"[^a-z0-9.]+")
_JOINTS = re.compile(r"[-.]*-[-.]*|\.{2,}")
_MOST = 100


def slug(text: str) -> str:
    """Lower-case words joined by hyphens or dots; empty for a text without Latin letters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _JOINTS.sub("-", _OTHER.sub("-", bare)).strip("-.")[:_MOST].strip("-.")


def reference(kind: str, namespace: str, name: str, default: str | None, seen_from: str) -> str:
    """How a definition is referred to, as short as it can be."""
    prefix = "" if kind == default else f"{kind}:"
    return f"{prefix}{name}" if namespace == seen_from else f"{prefix}{namespace}/{name}"
