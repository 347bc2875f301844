"""``export turboea``: the workbook that Turbo EA imports is one that we read as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.cli.edge import run
from tests.conftest import Call
from tests.workspace import chain

from . import MERIDIAN, Said, hostile, model, read_back

calamine = pytest.importorskip("python_calamine")
DAY = ("--as-of", "2026-06-30")


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("turboea") / "cards.xlsx"
    assert run(["export", "turboea", str(MERIDIAN), "-o", str(path), *DAY]) == 0
    return path


def sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    book = calamine.CalamineWorkbook.from_path(str(path))
    found = {}
    for name in book.sheet_names:
        header, *rows = book.get_sheet_by_name(name).to_python()
        found[name] = [dict(zip(header, row, strict=True)) for row in rows]
    return found


def pairs(said: Said, kind: str, *way: str) -> Iterator[tuple[str, str]]:
    """Which titles a property leads from and to."""
    for reference, one in said.items():
        if reference.startswith(f"{kind}:"):
            held = one.get(way, [])
            space = reference.partition(":")[2].partition("/")[0]
            for name in held if isinstance(held, list) else [held]:
                target = _found(said, space, name)
                if target is not None:
                    yield one["metadata", "title"], target["metadata", "title"]


def _found(said: Said, space: str, name: str) -> Any:
    spaces = (name.partition("/")[0],) if "/" in name else (space, "default")
    last = name.rpartition("/")[2]
    kinds = ("Capability", "ITComponent", "Application", "OrganizationUnit", "Provider")
    known = (said.get(f"{kind}:{one}/{last}") for one in spaces for kind in kinds)
    return next((one for one in known if one is not None), None)


def test_what_both_sides_can_say_comes_back(cards: Path) -> None:
    back, ours = read_back(cards, "turboea"), model(MERIDIAN)
    assert (back.flaws, back.dropped) == ([], {})
    for kind in ("Application", "Capability", "ITComponent", "OrganizationUnit", "Provider"):
        assert titles(back.said, kind) == titles(ours, kind)
    ways = (
        ("Application", "spec", "components"),
        ("Capability", "spec", "parent"),
        ("OrganizationUnit", "spec", "parent"),
    )
    for kind, *way in ways:
        assert sorted(pairs(back.said, kind, *way)) == sorted(pairs(ours, kind, *way))
    dates = ("spec", "lifecycle", "active")
    for reference, said in back.said.items():
        if reference in ours:
            assert said.get(dates) == ours[reference].get(dates)


def titles(said: Said, kind: str) -> list[str]:
    return sorted(
        one["metadata", "title"] for name, one in said.items() if name.startswith(f"{kind}:")
    )


def test_the_sheets_are_as_the_import_wants_them(cards: Path) -> None:
    found = sheets(cards)
    assert [*found][-1] == "Relations"
    for name, rows in found.items():
        if name == "Relations":
            assert {row["action"] for row in rows} == {"upsert"}
        else:
            assert {row["type"] for row in rows} == {name}
            assert {row["id"] for row in rows} == {""}
            assert all(row["name"] for row in rows)
    paths = {row["parent_path"] for row in found["BusinessCapability"]}
    assert any(" / " in path for path in paths)


def test_the_same_model_gives_the_same_bytes(cards: Path, tmp_path: Path) -> None:
    assert run(["export", "turboea", str(MERIDIAN), "-o", str(tmp_path / "b"), *DAY]) == 0
    assert (tmp_path / "b").read_bytes() == cards.read_bytes()


def test_a_slash_or_a_semicolon_in_a_title(tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.yaml").write_text(
        "\n---\n".join(
            f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata: {{name: {name}, title: '{title}'}}\n"
            f"spec: {spec}"
            for kind, name, title, spec in (
                ("Capability", "ab", "A/B \\ C", "{}"),
                ("Capability", "cd", "C; D", "{}"),
                ("Application", "x", "X", "{supports: [ab, cd]}"),
            )
        )
    )
    code, _, err = call("export", "turboea", str(tmp_path), "-o", str(tmp_path / "cards.xlsx"))
    assert code == 0
    assert "1 × supports of Application" in err
    back = read_back(tmp_path / "cards.xlsx", "turboea").said
    assert [*pairs(back, "Application", "spec", "supports")] == [("X", "A/B \\ C")]


def test_a_title_that_several_share_is_left_out(tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.yaml").write_text(
        "\n---\n".join(
            f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata: {{name: {name}, title: T}}\n"
            f"spec: {spec}"
            for kind, name, spec in (
                ("Capability", "a", "{}"),
                ("Capability", "b", "{}"),
                ("Application", "x", "{supports: [a]}"),
            )
        )
    )
    _, _, err = call("export", "turboea", str(tmp_path), "-o", str(tmp_path / "cards.xlsx"))
    assert "1 × supports of Application" in err


def test_a_type_that_no_sheet_can_be_called(tmp_path: Path, call: Call) -> None:
    root = tmp_path / "ws"
    root.mkdir()
    (root / "a.yaml").write_text(chain("Capability", 2))
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        'extends: turboea\nelements:\n- {from: {type: "a/b[c]\'"}, to: Capability}\n'
    )
    book = tmp_path / "cards.xlsx"
    code, _, _ = call("export", "turboea", str(root), "--mapping", str(mapping), "-o", str(book))
    assert code == 0
    assert [*sheets(book)] == ["a-b-c--"]


def test_titles_are_only_text(tmp_path: Path, call: Call) -> None:
    root = hostile(tmp_path / "ws")
    assert call("export", "turboea", str(root), "-o", str(tmp_path / "cards.xlsx"))[0] == 0
    back = read_back(tmp_path / "cards.xlsx", "turboea")
    assert titles(back.said, "Capability") == titles(model(root), "Capability")
