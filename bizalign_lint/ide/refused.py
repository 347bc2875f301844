"""Refusals of requests that could do harm."""

from __future__ import annotations


class RefusedError(Exception):
    """A request is refused; the message is for the user."""
