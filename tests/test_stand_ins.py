"""A stand-in is there for an import, and gone after it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bizalign_lint.core.stand_ins import stand_in


@pytest.fixture
def heavy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module that can be imported, and has two attributes."""
    name = "heavy_for_stand_ins"
    (tmp_path / f"{name}.py").write_text("wanted = 1\nother = 2\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, name, raising=False)
    return name


def _import(statement: str) -> dict[str, object]:
    found: dict[str, object] = {}
    exec(statement, found)  # noqa: S102 the module's name is made up
    return found


def test_what_it_has_is_imported_from_it(heavy: str) -> None:
    with stand_in(heavy, wanted="ours"):
        assert _import(f"from {heavy} import wanted")["wanted"] == "ours"
        assert not hasattr(sys.modules[heavy], "__file__")
    assert heavy not in sys.modules
    assert _import(f"from {heavy} import wanted")["wanted"] == 1


def test_what_it_has_not_comes_from_the_real_one(heavy: str) -> None:
    with stand_in(heavy, wanted="ours"):
        assert _import(f"from {heavy} import other")["other"] == 2
    assert sys.modules[heavy].wanted == 1


def test_a_module_that_is_there_already_stays(heavy: str) -> None:
    real = _import(f"import {heavy}")[heavy]
    with stand_in(heavy, wanted="ours"):
        assert sys.modules[heavy] is real
    assert sys.modules[heavy] is real


def test_it_is_gone_after_an_import_that_fails(heavy: str) -> None:
    with pytest.raises(ZeroDivisionError), stand_in(heavy, wanted="ours"):
        _import("1 / 0")
    assert heavy not in sys.modules
