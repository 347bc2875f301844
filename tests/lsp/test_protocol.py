"""Each feature once through the real protocol, over standard input and output."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the language server is an extra")

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from .editor import MARK, MERIDIAN, marked
from .talk import Talk

INITIATIVES = "change/initiatives/products-and-plants.yaml"
OBJECTIVES = "business/objectives/2026/efficient-air.yaml"
CAPABILITIES = "business/capabilities/customer-acquisition.yaml"
TYPED = f"""apiVersion: bizalign/v1
kind: Application
metadata:
  name: typed
  title: "😀 e\u0301"
spec: {{functionalFit: 2, provider: microsoft, disposition: retain, successor: hydra{MARK}-x}}
---
apiVersion: bizalign/v1
kind: Application
metadata: {{name: second, title: "😀😀"}}
spec: {{supports: [demand-generatoin, air-audits], critcality: businessCritical}}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editor").resolve() / "meridian"
    shutil.copytree(MERIDIAN, folder)
    return folder


@pytest.fixture(scope="module")
def talk(root: Path) -> Iterator[Talk]:
    talk = Talk(root)
    for path in (OBJECTIVES, CAPABILITIES):
        talk.open(path)
    talk.open("typed.yaml", marked(TYPED)[0])
    yield talk
    assert talk.end() == 0


def document(talk: Talk, path: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(talk.uri(path))


def position(path: str, needle: str, into: int = 1) -> types.Position:
    """The editor's position so many characters into the first occurrence of a text."""
    text = marked(TYPED)[0] if path == "typed.yaml" else (MERIDIAN / path).read_bytes().decode()
    before = text[: text.index(needle) + into]
    last = before.rpartition("\n")[2]
    return types.Position(before.count("\n"), len(last.encode("utf-16-le")) // 2)


def stretch(talk: Talk, location: types.Location) -> str:
    """What stands at a location, which is on one line."""
    if location.uri == talk.uri("typed.yaml"):
        text = marked(TYPED)[0]
    else:
        text = Path(location.uri.removeprefix("file://")).read_bytes().decode()
    start, end = location.range.start, location.range.end
    line = text.split("\n")[start.line].encode("utf-16-le")
    return line[start.character * 2 : end.character * 2].decode("utf-16-le")


def test_says_what_it_can(talk: Talk) -> None:
    can = talk.capabilities
    assert can.position_encoding == "utf-16"
    assert can.completion_provider and can.completion_provider.trigger_characters
    assert can.code_lens_provider and can.code_lens_provider.resolve_provider
    assert isinstance(can.rename_provider, types.RenameOptions)
    assert can.rename_provider.prepare_provider
    assert can.type_hierarchy_provider and can.call_hierarchy_provider
    assert isinstance(can.semantic_tokens_provider, types.SemanticTokensOptions)
    assert isinstance(can.code_action_provider, types.CodeActionOptions)


def test_inlay_hints(talk: Talk) -> None:
    lines = types.Range(types.Position(0, 0), types.Position(60, 0))
    file = document(talk, INITIATIVES)
    found = talk.ask(types.TEXT_DOCUMENT_INLAY_HINT, types.InlayHintParams(file, lines))
    assert found and all(hint.padding_left and isinstance(hint.label, str) for hint in found)


def test_hover(talk: Talk) -> None:
    at = position("typed.yaml", "hydra-x")
    hover = talk.ask(types.TEXT_DOCUMENT_HOVER, types.HoverParams(document(talk, "typed.yaml"), at))
    assert hover.contents.kind == types.MarkupKind.Markdown
    assert " · Application · Technology\n\n`Application:default/hydra-x`" in hover.contents.value
    assert f"]({talk.uri('typed.yaml')}#L" in hover.contents.value
    assert stretch(talk, types.Location(talk.uri("typed.yaml"), hover.range)) == "hydra-x"


def test_completion(talk: Talk) -> None:
    at = position("typed.yaml", "hydra-x", 6)
    found = talk.ask(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionParams(document(talk, "typed.yaml"), at)
    )
    items = {item.label: item for item in found.items}
    assert {*items} == {"hydra-8", "hydra-x"}
    item = items["hydra-x"]
    assert item.kind == types.CompletionItemKind.Reference
    assert item.filter_text.startswith("hydra-x ")
    location = types.Location(talk.uri("typed.yaml"), item.text_edit.range)
    assert stretch(talk, location) == "hydra-x"


def test_definition_references_and_highlights(talk: Talk) -> None:
    at = position(OBJECTIVES, "solution-configuration", 3)
    file = document(talk, OBJECTIVES)
    (home,) = talk.ask(types.TEXT_DOCUMENT_DEFINITION, types.DefinitionParams(file, at))
    assert home.uri == talk.uri(CAPABILITIES)
    assert stretch(talk, home) == "solution-configuration"
    context = types.ReferenceContext(include_declaration=True)
    params = types.ReferenceParams(context, file, at)
    found = talk.ask(types.TEXT_DOCUMENT_REFERENCES, params)
    assert found[0] == home and len(found) == 17
    params_ = types.DocumentHighlightParams(file, at)
    assert len(talk.ask(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, params_)) == 1


def test_symbols(talk: Talk) -> None:
    params = types.DocumentSymbolParams(document(talk, OBJECTIVES))
    first, *_ = talk.ask(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, params)
    assert first.name == "Customers have a binding quote within a day"
    assert len(first.children) == 3
    found = talk.ask(types.WORKSPACE_SYMBOL, types.WorkspaceSymbolParams("binding quote"))
    assert [symbol.name for symbol in found] == ["Customers have a binding quote within a day"]


def test_rename(talk: Talk) -> None:
    at = position("typed.yaml", "hydra-x", 3)
    file = document(talk, "typed.yaml")
    prepared = talk.ask(types.TEXT_DOCUMENT_PREPARE_RENAME, types.PrepareRenameParams(file, at))
    assert prepared.placeholder == "hydra-x"
    change = talk.ask(types.TEXT_DOCUMENT_RENAME, types.RenameParams(file, at, "hydra-y"))
    versions = {s.text_document.uri: s.text_document.version for s in change.document_changes}
    assert versions[talk.uri("typed.yaml")] == 1 and len(versions) > 3
    assert {v for uri, v in versions.items() if not uri.endswith("typed.yaml")} == {None}
    for step in change.document_changes:
        for edit in step.edits:
            old = stretch(talk, types.Location(step.text_document.uri, edit.range))
            assert edit.new_text == old.replace("hydra-x", "hydra-y")
            assert edit.new_text.endswith("hydra-y")


def test_rename_refuses_in_words(talk: Talk) -> None:
    file = document(talk, OBJECTIVES)
    at = position(OBJECTIVES, "title:")
    with pytest.raises(JsonRpcException, match="there is nothing to rename here"):
        talk.ask(types.TEXT_DOCUMENT_PREPARE_RENAME, types.PrepareRenameParams(file, at))
    at = position(OBJECTIVES, "solution-configuration")
    with pytest.raises(JsonRpcException, match="demand-generation already exists") as refused:
        talk.ask(types.TEXT_DOCUMENT_RENAME, types.RenameParams(file, at, "demand-generation"))
    assert refused.value.code == types.LSPErrorCodes.RequestFailed


def _actions(talk: Talk, *only: str) -> list[types.CodeAction]:
    everything = types.Range(types.Position(0, 0), types.Position(100, 0))
    context = types.CodeActionContext([], only=[*only] or None)
    file = document(talk, "typed.yaml")
    found: list[types.CodeAction] = talk.ask(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionParams(file, everything, context)
    )
    return found


def test_code_actions(talk: Talk) -> None:
    path = "business/capabilities/air-audits.yaml"
    for _ in range(100):  # findings follow an edit after a moment
        actions = {action.title: action for action in _actions(talk)}
        if actions:
            break
        time.sleep(0.1)
    fix = actions["Change it to demand-generation"]
    assert fix.kind == "quickfix" and fix.edit is not None and fix.edit.document_changes
    (step,) = fix.edit.document_changes
    assert isinstance(step, types.TextDocumentEdit)
    (edit,) = step.edits
    location = types.Location(step.text_document.uri, edit.range)
    assert stretch(talk, location) == "demand-generatoin"
    assert fix.diagnostics and fix.diagnostics[0].range == edit.range
    make = actions[f"Define the capability air-audits, in {path}"]
    assert make.edit is not None and make.edit.document_changes is not None
    created, change = make.edit.document_changes
    assert isinstance(created, types.CreateFile) and created.uri == talk.uri(path)
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.uri == created.uri
    assert any(title.startswith("Suppress ") for title in actions)
    assert not _actions(talk, "refactor")
    assert {action.kind for action in _actions(talk, "quickfix")} == {"quickfix"}


def test_code_lenses(talk: Talk) -> None:
    found = talk.ask(
        types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensParams(document(talk, CAPABILITIES))
    )
    resolved = [talk.ask(types.CODE_LENS_RESOLVE, lens) for lens in found if lens.command is None]
    lens = next(lens for lens in resolved if lens.command.title == "supported by 2 applications")
    uri, _, locations = lens.command.arguments
    assert uri == talk.uri(CAPABILITIES) and len(locations) == 2
    costs = [lens.command.title for lens in found if lens.command is not None]
    assert "cost 800,447 EUR" in costs


def test_folding_and_tokens(talk: Talk) -> None:
    file = document(talk, OBJECTIVES)
    folds = talk.ask(types.TEXT_DOCUMENT_FOLDING_RANGE, types.FoldingRangeParams(file))
    assert (0, 51) in {(fold.start_line, fold.end_line) for fold in folds}
    file = document(talk, "typed.yaml")
    found = talk.ask(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, types.SemanticTokensParams(file))
    line = column = 0
    shown = []
    for down, along, length, *_ in zip(*[iter(found.data)] * 5, strict=True):
        line, column = line + down, along if down else column + along
        start, end = types.Position(line, column), types.Position(line, column + length)
        location = types.Location(talk.uri("typed.yaml"), types.Range(start, end))
        shown.append(stretch(talk, location))
    wanted = ["Application", "typed", "microsoft", "retain", "hydra-x", "Application", "second"]
    assert shown == wanted


def test_type_hierarchy(talk: Talk) -> None:
    at = position(CAPABILITIES, "name: demand-generation", 8)
    file = document(talk, CAPABILITIES)
    (item,) = talk.ask(
        types.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY, types.TypeHierarchyPrepareParams(file, at)
    )
    (parent,) = talk.ask(types.TYPE_HIERARCHY_SUPERTYPES, types.TypeHierarchySupertypesParams(item))
    assert parent.name == "Customer acquisition"
    parts = talk.ask(types.TYPE_HIERARCHY_SUBTYPES, types.TypeHierarchySubtypesParams(parent))
    assert item.name in [part.name for part in parts] and len(parts) == 4


def test_call_hierarchy(talk: Talk) -> None:
    at = position(OBJECTIVES, "name: quote-in-a-day", 8)
    file = document(talk, OBJECTIVES)
    (item,) = talk.ask(
        types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, types.CallHierarchyPrepareParams(file, at)
    )
    ahead = talk.ask(
        types.CALL_HIERARCHY_OUTGOING_CALLS, types.CallHierarchyOutgoingCallsParams(item)
    )
    strategy = next(call.to for call in ahead if call.to.name == "Efficient air")
    behind = talk.ask(
        types.CALL_HIERARCHY_INCOMING_CALLS, types.CallHierarchyIncomingCallsParams(strategy)
    )
    assert item.name in [call.from_.name for call in behind]


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-32"])
def test_other_units(root: Path, encoding: str) -> None:
    """The same in the units that the editor asks for."""
    talk = Talk(root, encoding)
    line = 'metadata: {name: o, title: "😀e\u0301", owner: sales-and-marketing}'
    file = talk.open("o.yaml", f"apiVersion: bizalign/v1\nkind: Objective\n{line}\n")
    width = {"utf-8": lambda t: len(t.encode()), "utf-32": len}[encoding]
    start = line.index("sales-and")
    at = types.Position(2, width(line[: start + 2]))
    hover = talk.ask(types.TEXT_DOCUMENT_HOVER, types.HoverParams(file, at))
    assert "Sales and Marketing" in hover.contents.value
    assert hover.range.start.character == width(line[:start])
    assert talk.capabilities.position_encoding == encoding
    assert talk.end() == 0


@pytest.mark.slow
def test_beside_a_server_that_has_the_schema(root: Path) -> None:
    """What that one says is not said twice; what only the model can tell is."""
    talk = Talk(root, options={"bizalign": {"structure": False}})
    file = talk.open("typed.yaml", marked(TYPED)[0])

    def offered(needle: str, into: int) -> list[str]:
        at = position("typed.yaml", needle, into)
        found = talk.ask(types.TEXT_DOCUMENT_COMPLETION, types.CompletionParams(file, at))
        return [item.label for item in found.items]

    def told(needle: str) -> bool:
        at = position("typed.yaml", needle)
        params = types.HoverParams(file, at)
        return talk.ask(types.TEXT_DOCUMENT_HOVER, params) is not None

    assert offered("hydra-x", 6) == ["hydra-8", "hydra-x"]
    assert offered("retain", 3) == offered("disposition", 3) == []
    assert told("hydra-x") and not told("disposition") and not told("Application")
    assert talk.end() == 0
