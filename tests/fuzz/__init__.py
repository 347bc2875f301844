"""Random inputs, each known by its area, seed and number: ``python -m tests.fuzz readers 10000``.

An area is a function of a source of chance. It makes an input and tries it, raises whatever is
wrong, with the input in a note, and returns how many inputs it has tried.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from random import Random
from typing import cast

Try = Callable[[Random], int]


def _area(name: str) -> Callable[[], Try]:
    return lambda: cast("Try", import_module(f"tests.fuzz.{name}").one)


AREAS: dict[str, Callable[[], Try]] = {
    name: _area(name) for name in ("readers", "model", "setup", "protocol")
}
"""Loaded when they are tried."""
