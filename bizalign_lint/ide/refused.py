"""What is not done, because it could do harm."""

from __future__ import annotations


class RefusedError(Exception):
    """Why something cannot be done, in words for the person who asked for it."""
