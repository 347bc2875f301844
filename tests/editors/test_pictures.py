"""The pictures of README.md and docs/ide.md, and how what a terminal shows is drawn."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.editors.neovim import ROOT
from tests.editors.pictures.__main__ import (
    CHECK,
    CHECK_TITLE,
    FOLDER,
    SCENES,
    Scene,
    check,
)
from tests.editors.pictures.svg import BACKGROUND, FOREGROUND, Look, picture, runs, wrapped
from tests.editors.vscode.pictures import SCENES as WINDOWS
from tests.editors.vscode.pictures import Scene as Window
from tests.page.pictures import NAMES

PAGE = ROOT / "docs" / "ide.md"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("captured", "look"),
    [
        ("\x1b[1;3;4mx", Look(bold=True, italic=True, underline=True)),
        ("\x1b[31mx", Look("#f07178")),
        ("\x1b[97;100mx", Look("#ffffff", "#6b7489")),
        ("\x1b[38;2;1;2;255mx", Look("#0102ff")),
        ("\x1b[48;5;24mx", Look(None, "#005f87")),
        ("\x1b[38;5;9;48;5;255mx", Look("#ff8f9a", "#eeeeee")),
        ("\x1b[7;31;4m\x1b[27;39;24mx", Look()),
        ("\x1b[7;31m\x1b[mx", Look()),
    ],
)
def test_looks(captured: str, look: Look) -> None:
    assert [*runs(captured)] == [(look, "x")]


def test_columns_stay_in_line_after_a_wide_character() -> None:
    drawn = ElementTree.fromstring(picture("日\x1b[1mb <&\n\x1b[7m  c\x1b[m\n\n", 40, "A & B"))
    texts = {text.text: text.attrib for text in drawn.iter(f"{SVG}text")}
    width = float(texts["日"]["textLength"]) / 2
    assert float(texts["b <&"]["x"]) == float(texts["日"]["x"]) + 2 * width
    assert texts["b <&"]["class"] == "b"
    assert texts["c"]["fill"] == BACKGROUND
    _, box = drawn.iter(f"{SVG}rect")
    assert box.attrib["fill"] == FOREGROUND
    assert float(box.attrib["width"]) == pytest.approx(3 * width)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_picture_shows_what_it_is_of(scene: Scene) -> None:
    """Whoever changes a scene makes its picture anew."""
    drawn = (FOLDER / f"{scene.name}.svg").read_text("utf-8")
    shown = "\n".join(ElementTree.fromstring(drawn).itertext())
    assert scene.title in shown and scene.shows in shown
    assert f"![{scene.title}](pictures/{scene.name}.svg)" in PAGE.read_text("utf-8")


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: window.name)
def test_pictures_of_vscode_are_of_what_is_there(window: Window) -> None:
    assert f"![{window.title}](pictures/{window.name}.png)" in PAGE.read_text("utf-8")
    text = (ROOT / "examples/meridian-drift" / window.file).read_text("utf-8")
    assert window.cursor in text


def test_the_extension_has_the_first_picture_of_vscode() -> None:
    ours = ROOT / "editors/vscode/picture.png"
    assert ours.read_bytes() == (FOLDER / f"{WINDOWS[0].name}.png").read_bytes()


def test_every_picture_has_a_scene() -> None:
    drawn = {f"{name}.svg" for name in (CHECK, *(scene.name for scene in SCENES))}
    photographed = {f"{name}.png" for name in (*NAMES, *(window.name for window in WINDOWS))}
    assert {path.name for path in FOLDER.iterdir()} == drawn | photographed


def test_the_picture_of_the_readme_is_what_is_printed_today() -> None:
    assert (FOLDER / f"{CHECK}.svg").read_text("utf-8") == check()
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"![{CHECK_TITLE}](docs/pictures/{CHECK}.svg)" in readme


def test_lines_break_where_the_terminal_ends() -> None:
    assert wrapped("abc\n\x1b[1md日e\x1b[mf", 3) == "abc\n\x1b[1md日\n\x1b[1me\x1b[mf"
    assert wrapped("ab\x1b[1m\x1b[31mcd\x1b[0m\nefg", 2).split("\n") == [
        "ab\x1b[1m\x1b[31m",
        "\x1b[1m\x1b[31mcd\x1b[0m",
        "ef",
        "g",
    ]
