"""What an editor can do is what it is answered with, and what it cannot know is told to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from bizalign_lint.lsp.client import client
from bizalign_lint.lsp.diagnostics import tags
from bizalign_lint.lsp.features import Request, completion
from bizalign_lint.lsp.plain import without_markdown, without_places
from bizalign_lint.lsp.settings import ClientOptions, client_options
from bizalign_lint.lsp.translate import Translator

from ..workspace import shipped
from .editor import MARK, typing
from .test_stale import CAPABILITY, CREATES, SHOP
from .wire import CAN, Wire

UNFINISHED = "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: shop}\nspec:\n  "
REFRESHES = {
    "workspace": {
        "codeLens": {"refreshSupport": True},
        "semanticTokens": {"refreshSupport": True},
        "inlayHint": {"refreshSupport": True},
    }
}
REFRESHED = {
    "workspace/codeLens/refresh",
    "workspace/semanticTokens/refresh",
    "workspace/inlayHint/refresh",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".bizalign.yaml").write_text('asOf: "2026-06-30"\nselect: [MOD109]\n')
    (tmp_path / "sell.yaml").write_text(CAPABILITY)
    (tmp_path / "shop.yaml").write_text(SHOP)
    return tmp_path


@pytest.mark.parametrize(
    ("snippet", "text"),
    [
        ("supports: [$1]", "supports: "),
        ("level: ${1|1,2|}\nname: ${2:x}\nto: $3\n", "level: 1\nname: x\nto: \n"),
        (r"a: ${1|b\,c,d|} \$5", "a: b,c $5"),
    ],
)
def test_without_places_to_fill_in(snippet: str, text: str) -> None:
    assert without_places(snippet) == text


def test_markdown_as_text() -> None:
    text = r"**Sell** ([MOD109](file:///a.md)) `x` \* b_c"
    assert without_markdown(f"{text}\n\n---\n\nmore") == "Sell (MOD109) x * b_c\n\nmore"


def at(path: Path, line: int, character: int) -> dict[str, Any]:
    position = {"line": line, "character": character}
    return {"textDocument": {"uri": path.as_uri()}, "position": position}


@pytest.mark.process
@pytest.mark.parametrize("can", [{}, CAN], ids=["plain", "rich"])
def test_an_editor_gets_what_it_can_show(wire: Wire, root: Path, can: Any) -> None:
    wire.begin(root, can=can)
    shop = root / "shop.yaml"
    wire.open(shop, UNFINISHED)
    items = wire.ask("textDocument/completion", at(shop, 4, 2))["result"]["items"]
    texts = {item["label"]: item["textEdit"]["newText"] for item in items}
    assert texts["supports"] == ("supports: [$1]" if can else "supports: ")
    assert any("$" in text for text in texts.values()) == bool(can)
    assert {i["insertTextFormat"] for i in items} == ({1, 2} if can else {1})
    hover = wire.ask("textDocument/hover", at(shop, 1, 8))["result"]["contents"]
    assert hover["kind"] == ("markdown" if can else "plaintext")
    assert ("**" in hover["value"]) == bool(can)
    file = {"textDocument": {"uri": (root / "sell.yaml").as_uri()}}
    (symbol,) = wire.ask("textDocument/documentSymbol", file)["result"]
    assert ("selectionRange" in symbol) == bool(can) and ("location" in symbol) != bool(can)


@pytest.mark.process
@pytest.mark.parametrize("has_labels", [False, True])
def test_titles_beside_names(wire: Wire, root: Path, has_labels: bool) -> None:
    item = {"snippetSupport": True, "labelDetailsSupport": has_labels}
    wire.begin(root, can={"textDocument": {"completion": {"completionItem": item}}})
    text = CAPABILITY.replace("{level: 1}", "{level: 2, parent: }").replace("sell", "sale")
    wire.open(root / "sale.yaml", text)
    items = wire.ask("textDocument/completion", at(root / "sale.yaml", 3, 25))["result"]["items"]
    (sell,) = [item for item in items if item["label"] == "sell"]
    assert sell.get("labelDetails") == ({"description": sell["detail"]} if has_labels else None)


@pytest.mark.process
@pytest.mark.parametrize("can", [{}, CREATES], ids=["no", "yes"])
def test_a_file_is_made_only_where_that_can_be_done(wire: Wire, root: Path, can: Any) -> None:
    wire.begin(root, can=can)
    shop = root / "shop.yaml"
    wire.open(shop, SHOP.replace("sell", "buy"))
    wire.wait(lambda: wire.codes(shop) == ["MOD109"])
    (found,) = wire.told[shop.as_uri()]
    none: dict[str, Any] = {"diagnostics": []}
    asked = {"textDocument": {"uri": shop.as_uri()}, "range": found["range"], "context": none}
    titles = [a["title"] for a in wire.ask("textDocument/codeAction", asked)["result"]]
    assert any(title.startswith("Define ") for title in titles) == bool(can)


@pytest.mark.process
def test_what_another_file_changes_is_asked_for_again(wire: Wire, root: Path) -> None:
    wire.begin(root, can=REFRESHES)
    sell, shop = root / "sell.yaml", root / "shop.yaml"
    wire.open(sell, CAPABILITY)
    wire.hush(0.3)
    asked: set[str] = set()

    def note(said: dict[str, Any]) -> bool:
        if str(said.get("method")).endswith("/refresh"):
            asked.add(said["method"])
        return asked >= REFRESHED

    wire.open(shop, SHOP)
    wire.until(note)
    asked.clear()
    wire.change(shop, {"text": SHOP.replace("sell", "buy")})
    wire.until(note)
    wire.send("textDocument/didClose", {"textDocument": {"uri": sell.as_uri()}})
    wire.hush(0.3)
    # It asks itself about what is typed into.
    wire.change(shop, {"text": SHOP})
    wire.wait(lambda: wire.codes(shop) == [])
    wire.send("shutdown", id="last")
    assert not str(wire.until(lambda s: True).get("method")).endswith("/refresh")


@pytest.mark.process
def test_what_has_not_changed_is_not_told_again(wire: Wire, root: Path) -> None:
    wire.begin(root, options={"bizalign": {"diagnostics": "pull"}})
    shop = root / "shop.yaml"
    wire.open(shop, SHOP.replace("sell", "buy"))
    file = {"textDocument": {"uri": shop.as_uri()}}
    first = wire.ask("textDocument/diagnostic", file)["result"]
    assert [item["code"] for item in first["items"]] == ["MOD109"]
    known = {"previousResultId": first["resultId"]}
    again = wire.ask("textDocument/diagnostic", file | known)["result"]
    assert again == {"kind": "unchanged", "resultId": first["resultId"]}
    ids = [{"uri": shop.as_uri(), "value": first["resultId"]}]
    (same,) = wire.ask("workspace/diagnostic", {"previousResultIds": ids})["result"]["items"]
    assert same["kind"] == "unchanged"
    wire.change(shop, {"text": SHOP})
    gone = [*ids, {"uri": (root.parent / "gone.yaml").as_uri(), "value": "1"}]
    reports = wire.ask("workspace/diagnostic", {"previousResultIds": gone})["result"]["items"]
    assert [(r["kind"], r["items"]) for r in reports] == [("full", []), ("full", [])]


CONFLICT = '<<<<<<< ours\n{"version": 2}\n=======\n'


@pytest.mark.process
@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        (".bizalign-baseline.json", CONFLICT, ".bizalign.yaml"),
        ("own/schema.yaml", "title: [", "own/schema.yaml"),
    ],
)
def test_a_broken_set_up_is_never_silence(
    wire: Wire, root: Path, name: str, text: str, where: str
) -> None:
    (root / "own").mkdir()
    with (root / ".bizalign.yaml").open("a") as config:
        config.write("schemas: [own]\n")
    (root / name).write_text(text)
    wire.begin(root)
    uri = (root / where).as_uri()
    wire.wait(lambda: len(wire.told.get(uri, ())) == 1)
    (root / name).unlink()
    wire.open(root / "sell.yaml", CAPABILITY)
    wire.wait(lambda: wire.told[uri] == [])


def test_tags_where_a_rule_says_so_and_the_editor_knows_them() -> None:
    rules = shipped().rules.rules
    both = frozenset(types.DiagnosticTag)
    assert tags(rules, both)("MOD115") is types.DiagnosticTag.Unnecessary
    assert tags(rules, both)("BAS103") is types.DiagnosticTag.Deprecated
    assert tags(rules, both)("MOD109") is None
    assert tags(rules, both)("XXX999") is None
    assert tags(rules, ())("MOD115") is None


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("Visual Studio Code", "editor.action.triggerSuggest"),
        ("Code - OSS", "editor.action.triggerSuggest"),
        ("VSCodium", "editor.action.triggerSuggest"),
        ("Neovim", ""),
        ("Encode", ""),
        ("", ""),
    ],
)
def test_a_key_is_followed_by_what_it_may_hold(name: str, command: str) -> None:
    """As a popup of its own, in editors with a command for it."""
    place = typing(f"apiVersion: bizalign/v1\nkind: Application\nspec:\n  {MARK}")
    line, column = place.position
    request = Request(
        place.snapshot,
        types.CompletionParams(types.TextDocumentIdentifier(""), types.Position(0, 0)),
        Translator("file:///", "utf-16", place.snapshot.sources.get, lambda _: None),
        place.path,
        (line, column),
        client=client(types.ClientCapabilities(), name),
    )
    found = completion.answer(request)
    assert found is not None
    said = {i.label: i.command.command if i.command else "" for i in found.items}
    assert [said["supports"], said["criticality"]] == [command, command]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [({"bizalign": {"delay": 300}}, 0.3), ({"delay": 0}, 0.0), ({"delay": -1}, 0.02)]
    + [({"delay": said}, 0.02) for said in (True, "9", 60_001, None, float("inf"))],
)
def test_how_long_an_edit_waits(said: Any, seconds: float) -> None:
    assert client_options(said, ClientOptions()).delay == seconds
