"""The picture of what a definition hangs together with."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bizalign_lint.ide.chain import chain
from bizalign_lint.lsp.chain import drawn
from bizalign_lint.lsp.translate import Translator

from .editor import at, meridian, snapshot
from .wire import Wire

HEAD = "apiVersion: bizalign/v1\nkind: {}\nmetadata: {{name: {}, title: {}}}\nspec: {}\n"
SVG = "{http://www.w3.org/2000/svg}"


def test_what_leads_to_it_is_left_and_where_it_leads_to_right() -> None:
    files = {
        f"app-{n}.yaml": HEAD.format(
            "Application", f"app-{n}", f'"A <b> {n}"', "{supports: [sell]}"
        )
        for n in range(12)
    }
    files["sell.yaml"] = HEAD.format("Capability", "sell", "Selling", "{level: 1, tier: odd}")
    files["grow.yaml"] = HEAD.format("Objective", "grow", "Growth", "{capabilities: [sell]}")
    model = snapshot(files, judged=True)
    for place in (at(model, "sell.yaml", "name: sell", 7), at(model, "sell.yaml", "level")):
        found = chain(*place)
        assert found is not None and found.centre.title == "Selling"
        assert [len(column) for column in found.columns] == [10, 1] and found.more == [3, 0]
        assert str(found.worst[found.centre]) == "error"
    goal = chain(*at(model, "grow.yaml", "Objective"))
    assert goal is not None
    assert [[node.name for node in column] for column in goal.columns] == [["grow"], ["sell"]]
    found = chain(*at(model, "sell.yaml", "Selling"))
    assert found is not None
    translate = Translator("file:///w", "utf-16", model.sources.get, lambda _: None)
    picture = ElementTree.fromstring("".join(drawn(model, found, translate)))
    boxes = [g for g in picture.iter(f"{SVG}g") if g.get("class") == "definition"]
    assert ("file:///w/sell.yaml", "3") in [(g.get("data-uri"), g.get("data-line")) for g in boxes]
    assert ("3", "error") in [(g.get("data-line"), g.get("data-severity")) for g in boxes]
    texts = [text.text for text in picture.iter(f"{SVG}text")]
    assert "A <b> 0" in texts and "and 3 more" in texts
    assert len(boxes) == 11


@pytest.mark.parametrize("needle", ["solution-configuration", "kind: Objective"])
def test_every_line_of_the_example_joins_what_is_drawn(needle: str) -> None:
    model = meridian()
    found = chain(*at(model, "business/objectives/2026/efficient-air.yaml", needle))
    assert found is not None and found.lines
    drawn_ = [node for column in found.columns for node in column]
    assert len(drawn_) == len({*drawn_})
    assert {node for line in found.lines for node in line} <= {*drawn_}


@pytest.mark.process
def test_an_editor_asks_for_the_picture(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / ".bizalign.yaml").write_text("")
    file = tmp_path / "sell.yaml"
    file.write_text(HEAD.format("Capability", "sell", "Selling", "{}"))
    wire.begin(tmp_path)

    def asked(path: Path) -> Any:
        where = [path.as_uri(), {"line": 2, "character": 18}]
        command = {"command": "bizalign.chain", "arguments": where}
        return wire.ask("workspace/executeCommand", command)["result"]

    answer = asked(file)
    assert answer["title"] == "Selling" and answer["svg"].startswith("<svg ")
    assert asked(tmp_path / "none.yaml") is None
