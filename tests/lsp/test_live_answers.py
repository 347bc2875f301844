"""What is answered after many edits is what is answered when all is read anew."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bizalign_lint.core.types import Source
from bizalign_lint.ide import completion, goto, hierarchy, hover, lenses, tokens
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.incremental.model import LiveModel

from .editor import example, snapshot
from .test_robust import mutilated

FILES = dict([*example().items()][:16])


def _answers(files: Snapshot, path: str, places: list[Position]) -> list[Any]:
    found: list[Any] = [lenses.lenses(files, path), tokens.tokens(files, path)]
    for place in places:
        found += [
            hover.hover(files, path, place),
            completion.completion(files, path, place),
            goto.references(files, path, place),
            hierarchy.prepare_calls(files, path, place),
        ]
    for nodes in files.graph.kinds.values():
        for node in nodes[:3]:
            found.append(hierarchy.incoming(files, node.reference))
    return found


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", range(4))
def test_answers_are_those_of_a_fresh_reading(seed: int) -> None:
    chance = random.Random(seed)
    texts = dict(FILES)
    empty = snapshot({})
    sources = [Source(path, text.encode()) for path, text in texts.items()]
    live = LiveModel(empty.loaded, empty.settings, sources)
    for _ in range(12):
        path = chance.choice([*texts])
        texts[path] = chance.choice([FILES[path], mutilated(chance, FILES[path])])
        content = texts[path].encode("utf-8", "surrogatepass")
        live.change({path: Source(path, content)})
        now = empty._replace(sources=live.sources, documents=live.documents, graph=live.graph)
        asked = chance.choice([*texts])
        lines = texts[asked].splitlines() or [""]
        places = [
            Position(line, chance.randrange(1, len(lines[line - 1]) + 2))
            for line in chance.choices(range(1, len(lines) + 1), k=12)
        ]
        assert _answers(now, asked, places) == _answers(snapshot(texts), asked, places)
