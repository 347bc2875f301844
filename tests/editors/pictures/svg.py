"""What a terminal shows, with its colours, as a picture: ``tmux capture-pane -e`` → SVG."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT, MARGIN = 8.4, 19, 14
"""Of a character, of a line, and around all of it."""

FOREGROUND, BACKGROUND = "#d8dee9", "#1f2430"
_BASE = (
    *("#3b4252", "#f07178", "#a6cc70", "#ffcc66", "#6fb3f2", "#d4a5ff", "#7fdbca", "#d8dee9"),
    *("#6b7489", "#ff8f9a", "#bae67e", "#ffd580", "#8cc8ff", "#e2c0ff", "#9ff0e0", "#ffffff"),
)
_STYLE = (
    "text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}"
    ".b{font-weight:bold}.i{font-style:italic}.u{text-decoration:underline}"
)
_ESCAPE = re.compile(r"\x1b\[([\d;:]*)m|\x1b\(B|[\x0e\x0f]")

_PIECE = re.compile(r"\x1b\[[\d;:]*m|.", re.DOTALL)
_PLAIN = ("\x1b[m", "\x1b[0m")


class Look(NamedTuple):
    """How characters look."""

    color: str | None = None
    ground: str | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False


def picture(captured: str, columns: int, title: str) -> str:
    """The picture of a terminal."""
    lines = captured.split("\n")
    while lines and not _is_seen(lines[-1]):
        lines.pop()
    width = round(columns * WIDTH + 2 * MARGIN)
    height = len(lines) * HEIGHT + 2 * MARGIN
    size = f'width="{width}" height="{height}"'
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size} '
                'role="img" xml:space="preserve">'
            ),
            f"<title>{escape(title)}</title>",
            f"<style>{_STYLE}</style>",
            # The edge sets it off from a page that is as dark.
            (
                f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8" '
                f'fill="{BACKGROUND}" stroke="{_BASE[8]}"/>'
            ),
            *(shape for number, line in enumerate(lines) for shape in _line(number, line)),
            "</svg>\n",
        ]
    )


def wrapped(captured: str, columns: int) -> str:
    """What is printed, as a terminal of so many columns breaks it."""
    broken: list[str] = []
    column, look = 0, ""
    for piece in _PIECE.findall(captured):
        if piece == "\n":
            column = 0
        elif piece.startswith("\x1b"):
            look = look + piece if piece not in _PLAIN else ""
        elif column + _columns(piece) > columns:
            broken += ["\n", look]
            column = _columns(piece)
        else:
            column += _columns(piece)
        broken.append(piece)
    return "".join(broken)


def _is_seen(line: str) -> bool:
    return any(text.strip() or _ground(look) for look, text in runs(line))


def _ground(look: Look) -> str | None:
    ground = (look.color or FOREGROUND) if look.reverse else look.ground
    return None if ground == BACKGROUND else ground


def _line(number: int, line: str) -> Iterator[str]:
    top, column = MARGIN + number * HEIGHT, 0
    texts = []
    for look, run in runs(line):
        color = (look.ground or BACKGROUND) if look.reverse else (look.color or FOREGROUND)
        ground = _ground(look)
        if ground is not None:
            yield _box(column, top, _columns(run), ground)
        text = run.strip()
        if text:
            left = MARGIN + (column + len(run) - len(run.lstrip())) * WIDTH
            # Its length is told: whatever the font, all columns stay in line.
            texts.append(
                f'<text x="{left:.1f}" y="{top + 14}" textLength="{_columns(text) * WIDTH:.1f}" '
                f'fill="{color}"{_classes(look)}>{escape(text)}</text>'
            )
        column += _columns(run)
    yield from texts


def _box(column: int, top: int, columns: int, color: str) -> str:
    left, length = MARGIN + column * WIDTH, columns * WIDTH
    return f'<rect x="{left:.1f}" y="{top}" width="{length:.1f}" height="{HEIGHT}" fill="{color}"/>'


def _classes(look: Look) -> str:
    names = " ".join("b" * look.bold + "i" * look.italic + "u" * look.underline)
    return f' class="{names}"' if names else ""


def runs(line: str) -> Iterator[tuple[Look, str]]:
    """Stretches of a line that look the same."""
    look, end = Look(), 0
    for found in _ESCAPE.finditer(line):
        if found.start() > end:
            yield look, line[end : found.start()]
        end = found.end()
        if found[1] is not None:
            look = _changed(look, [int(code or 0) for code in re.split("[;:]", found[1])])
    if line[end:]:
        yield look, line[end:]


def _changed(look: Look, codes: list[int]) -> Look:
    while codes:
        code = codes.pop(0)
        if code in (38, 48):
            color = _extended(codes)
            look = look._replace(color=color) if code == 38 else look._replace(ground=color)
        elif code in _SWITCHES:
            look = look._replace(**_SWITCHES[code])
        elif 30 <= code <= 37 or 90 <= code <= 97:
            look = look._replace(color=_BASE[code - 30 if code < 90 else code - 82])
        elif 40 <= code <= 47 or 100 <= code <= 107:
            look = look._replace(ground=_BASE[code - 40 if code < 100 else code - 92])
        elif code == 0:
            look = Look()
    return look


_SWITCHES: Mapping[int, Mapping[str, Any]] = {
    1: {"bold": True},
    3: {"italic": True},
    4: {"underline": True},
    7: {"reverse": True},
    22: {"bold": False},
    23: {"italic": False},
    24: {"underline": False},
    27: {"reverse": False},
    39: {"color": None},
    49: {"ground": None},
}


def _extended(codes: list[int]) -> str:
    """A colour by number or by its three parts; takes them off the codes."""
    if codes.pop(0) == 2:
        red, green, blue = codes.pop(0), codes.pop(0), codes.pop(0)
        return f"#{red:02x}{green:02x}{blue:02x}"
    number = codes.pop(0)
    if number < 16:
        return _BASE[number]
    if number >= 232:
        grey = 8 + (number - 232) * 10
        return f"#{grey:02x}{grey:02x}{grey:02x}"
    steps = (0, 95, 135, 175, 215, 255)
    parts = [steps[(number - 16) // step % 6] for step in (36, 6, 1)]
    return "#{:02x}{:02x}{:02x}".format(*parts)


def _columns(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
