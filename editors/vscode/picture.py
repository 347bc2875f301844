"""Draws picture.png: a model, and what the language server says of it when it is asked.

Nothing in the picture is written by hand but the model. Run it from the root of the repository
after a change, in an environment that has Pillow as well (it is not among our dependencies):

    python -m editors.vscode.picture
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from tests.editors.client import Client

HERE = Path(__file__).parent
FONTS = Path("/usr/share/fonts/truetype/dejavu")
MODEL = """\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: pricing
  title: Pricing
  owner: salse
spec:
  tier: strategic
  maturity: {current: 2, target: 4}
---
apiVersion: bizalign/v1
kind: Application
metadata:
  name: price-desk
  title: Price desk
  owner: sales
spec:
  supports: [pricing]
  lifecycle: {active: 2012-04-01, phaseOut: 2026-01-01}
  timeClassification: remove
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sales, title: Sales}
spec: {}
"""
CONFIG = "select: [BAS101, MOD101, MOD106, MOD107, MOD109]\nasOf: 2026-06-30\n"

SCALE = 2
WIDTH, ROW, LEFT = 920, 21, 56
INK, PALE, PAPER, BAR = "#1f2328", "#8c959f", "#ffffff", "#f6f8fa"
WORDS = {"key": "#0550ae", "value": "#0a3069", "mark": "#6e7781"}
SEVERITIES = {1: "#cf222e", 2: "#9a6700", 3: "#0969da"}
FONT = ImageFont.truetype(str(FONTS / "DejaVuSansMono.ttf"), 13 * SCALE)
SMALL = ImageFont.truetype(str(FONTS / "DejaVuSansMono.ttf"), 11 * SCALE)
GLYPH = FONT.getlength("m") / SCALE
TOKENS = re.compile(r"(?P<key>[\w.-]+(?=:))|(?P<mark>[\[\]{},:]|---)|(?P<value>[^\s\[\]{},:]+)")


def asked() -> tuple[list[Any], list[Any]]:
    """The diagnostics of the model and its lenses."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        file = root / "model.yaml"
        file.write_text(MODEL, encoding="utf-8")
        (root / ".bizalign.yaml").write_text(CONFIG, encoding="utf-8")
        with Client([sys.executable, "-m", "bizalign_lint", "lsp"], root, {}) as client:
            client.open(file, MODEL)
            told = client.diagnostics(file)
            lenses = client.request(
                "textDocument/codeLens", {"textDocument": {"uri": file.as_uri()}}
            )
            return told, [client.request("codeLens/resolve", lens) for lens in lenses]


class Sheet:
    """A drawing, in units that are independent of its resolution."""

    def __init__(self, height: int) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), PAPER)
        self._draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, text: str, color: str, font: Any = FONT) -> None:
        self._draw.text((x * SCALE, y * SCALE), text, fill=color, font=font)

    def box(self, x: float, y: float, right: float, bottom: float, color: str) -> None:
        self._draw.rectangle((x * SCALE, y * SCALE, right * SCALE, bottom * SCALE), fill=color)

    def wave(self, x: float, y: float, right: float, color: str) -> None:
        points = [
            ((x + 2 * step) * SCALE, (y + (1.5 if step % 2 else -1.5)) * SCALE)
            for step in range(int((right - x) / 2) + 1)
        ]
        self._draw.line(points, fill=color, width=SCALE)


def drawn(told: list[Any], lenses: list[Any]) -> Image.Image:
    """The editor's window with the panel of problems below it."""
    above: dict[int, list[str]] = {}
    for lens in lenses:
        above.setdefault(lens["range"]["start"]["line"], []).append(lens["command"]["title"])
    lines = MODEL.splitlines()
    rows = len(lines) + len(above) + len(told) + 2
    sheet = Sheet(rows * ROW + 16)
    y = 8.0
    for number, line in enumerate(lines):
        if number in above:
            sheet.text(LEFT, y + 4, " | ".join(above[number]), PALE, SMALL)
            y += ROW
        sheet.text(16, y + 2, f"{number + 1:>2}", PALE)
        for token in TOKENS.finditer(line):
            color = WORDS[token.lastgroup or "value"]
            sheet.text(LEFT + GLYPH * token.start(), y + 2, token[0], color)
        for each in told:
            start, end = each["range"]["start"], each["range"]["end"]
            if start["line"] == number:
                right = end["character"] if end["line"] == number else len(line)
                x = LEFT + GLYPH * start["character"]
                color = SEVERITIES[each["severity"]]
                sheet.wave(x, y + ROW - 2, LEFT + GLYPH * right, color)
        y += ROW
    sheet.box(0, y + 10, WIDTH, (rows + 1) * ROW, BAR)
    y += 18
    sheet.text(16, y, f"PROBLEMS {len(told)}", INK, SMALL)
    y += ROW + 2
    for each in told:
        color = SEVERITIES[each["severity"]]
        place = each["range"]["start"]
        message = f"{each['message']}  {each['source']}({each['code']})"
        sheet.text(16, y, "●", color, SMALL)
        sheet.text(36, y, message, INK, SMALL)
        where = f"[{place['line'] + 1}, {place['character'] + 1}]"
        sheet.text(WIDTH - 70, y, where, PALE, SMALL)
        y += ROW
    return sheet.image


if __name__ == "__main__":
    drawn(*asked()).save(HERE / "picture.png", optimize=True)
