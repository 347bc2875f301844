"""A server that speaks through a wire, and what holds for one within the process of the tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from .wire import Wire


@pytest.fixture(autouse=True)
def collector(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server steers the collector of its process, which is not that of the tests."""
    judging = sys.modules.get("bizalign_lint.lsp.judging")
    if judging is not None:
        steered = ("freeze", "unfreeze", "collect", "enable", "disable")
        apart = SimpleNamespace(**dict.fromkeys(steered, lambda: None))
        monkeypatch.setattr(judging, "gc", apart)


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    yield wire
    wire.kill()
