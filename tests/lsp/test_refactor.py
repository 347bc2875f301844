"""What is written differently means the same."""

from __future__ import annotations

import pytest

from bizalign_lint.ide.actions import Action
from bizalign_lint.ide.refactor import MOVE, REWRITE, refactorings
from bizalign_lint.ide.snapshot import Snapshot

from .editor import applied, at, snapshot

HEAD = "apiVersion: bizalign/v1\nkind: {}\nmetadata:\n  name: {}\nspec: {}\n"
SELL, BUY, SHOP = (
    HEAD.format("Capability", "sell", "{level: 1}  # said here"),
    HEAD.format("Capability", "buy", "{level: 1}"),
    HEAD.format("Application", "shop", "{supports: [sell]}"),
)


def offered(files: Snapshot, path: str, needle: str) -> list[Action]:
    return [*refactorings(*at(files, path, needle))]


def meaning(files: Snapshot) -> list[object]:
    return sorted(
        (repr(document.value) for held in files.documents.values() for document in held), key=str
    )


@pytest.mark.parametrize("name", ["sell", "buy", "shop"])
def test_a_definition_moves_to_a_file_of_its_own(name: str) -> None:
    files = snapshot({"model/all.yaml": "---\n".join((SELL, BUY, SHOP)), "sells.yaml": ""})
    (action,) = offered(files, "model/all.yaml", f"name: {name}\n")
    assert action.kind == MOVE
    assert action.title == f"Move {name} to a file of its own, model/{name}.yaml"
    assert [creation.path for creation in action.creations] == [f"model/{name}.yaml"]
    texts = applied(files, [*action.edits])
    assert texts[f"model/{name}.yaml"] == {"sell": SELL, "buy": BUY, "shop": SHOP}[name]
    assert name not in [line[8:] for line in texts["model/all.yaml"].splitlines()]
    assert meaning(snapshot(texts)) == meaning(files)


@pytest.mark.parametrize(
    "texts",
    [
        {"a.yaml": SELL},
        {"a.yaml": f"{SELL}---\n{BUY}", "sell.yaml": BUY},
        {"a.yaml": f"# About all of them.\n{SELL}---\n{BUY}"},
        {"a.yaml": f"{SELL}---\n{SELL}"[len(SELL) + 4 :]},
    ],
)
def test_nothing_is_moved_where_that_would_change_more(texts: dict[str, str]) -> None:
    assert offered(snapshot(texts), "a.yaml", "name: sell\n") == []


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            '  tags: [a, b c, "d: e"]\nspec: {}\n',
            '  tags:\n    - a\n    - b c\n    - "d: e"\nspec: {}\n',
        ),
        ("  tags: [a]", "  tags:\n    - a"),
    ],
)
def test_a_list_is_written_in_the_other_form_and_back(one: str, other: str, break_: str) -> None:
    head = "apiVersion: bizalign/v1\nkind: Capability\nmetadata:\n  name: x\n"
    for before, after in ((one, other), (other, one)):
        files = snapshot({"a.yaml": (head + before).replace("\n", break_)})
        (action,) = offered(files, "a.yaml", "tags")
        assert action.kind == REWRITE
        assert applied(files, [*action.edits])["a.yaml"] == (head + after).replace("\n", break_)


@pytest.mark.parametrize(
    "text",
    [
        "  tags: [a, b]  # why\n",
        "  tags: [a,\n    b]\n",
        "  tags: [[a], b]\n",
        "  tags: []\n",
        "  tags:\n    - a  # why\n    - b\n",
        "  tags:\n    - {a: b}\n",
        "  tags:\n    - a, b\n",
        "  tags: &x [a, b]\n",
        "  tags: a\n",
    ],
)
def test_a_list_stays_where_its_form_matters(text: str) -> None:
    head = "apiVersion: bizalign/v1\nkind: Capability\nmetadata:\n  name: x\n"
    assert offered(snapshot({"a.yaml": head + text}), "a.yaml", "tags") == []
