"""Code actions, as the protocol has them."""

from __future__ import annotations

from lsprotocol import types

from bizalign_lint.ide.actions import FIX_ALL, QUICK_FIX, Action, actions
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.refactor import MOVE, REWRITE, refactorings
from bizalign_lint.lsp.changes import workspace_edit
from bizalign_lint.lsp.diagnostics import diagnostic, tags
from bizalign_lint.lsp.features import Feature, Request
from bizalign_lint.lsp.going import GO_TO
from bizalign_lint.lsp.pages import pages


def answer(request: Request) -> list[types.CodeAction]:
    """What can be done about the findings in a stretch of a file."""
    span = request.translate.span(request.path, request.params.range)
    only = request.params.context.only
    start = Position(span.line, span.column)
    found = [
        *actions(request.snapshot, request.path, span),
        *refactorings(request.snapshot, request.path, start),
    ]
    return [
        _action(request, action)
        for action in found
        if (only is None or any(_is_within(action.kind, wanted) for wanted in only))
        and (request.client.creates or not any(creation.is_new for creation in action.creations))
        and (request.client.shows_documents or action.target is None)
    ]


def _is_within(kind: str, wanted: types.CodeActionKind | str) -> bool:
    """Whether a kind of action is the wanted one, or a part of it."""
    name = _name(wanted)
    return not name or kind == name or kind.startswith(f"{name}.")


def _name(kind: types.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind


def _action(request: Request, action: Action) -> types.CodeAction:
    finding, snapshot = action.finding, request.snapshot
    tag = tags(snapshot.loaded.rules.rules, request.client.tags)
    return types.CodeAction(
        title=action.title,
        kind=action.kind,
        diagnostics=[diagnostic(finding, request.translate, pages(snapshot), tag)]
        if finding is not None
        else None,
        is_preferred=True if action.preferred else None,
        edit=workspace_edit(request, action.edits, (creation.path for creation in action.creations))
        if action.edits
        else None,
        command=_going_to(request, action) if request.client.shows_documents else None,
    )


def _going_to(request: Request, action: Action) -> types.Command | None:
    """What the editor asks for once the edit is made: to be led to where it goes on."""
    translate, caret = request.translate, action.caret(request.snapshot)
    if action.target is not None:
        at = translate.location(action.target)
        return types.Command("Go there", GO_TO, arguments=[at.uri, at.range])
    if caret is None:
        return None
    position = translate.after(caret.line, caret.before)
    arguments = [translate.uri(caret.path), types.Range(position, position)]
    return types.Command("Go on", GO_TO, arguments=arguments)


def _is_made_unseen(params: types.CodeActionParams) -> bool:
    """Whether an editor makes the changes at once, as it does on save: nobody looks at them."""
    wanted = params.context.only or ()
    return bool(wanted) and all(_is_within(_name(kind), "source") for kind in wanted)


FEATURES = (
    Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        answer,
        types.CodeActionOptions(code_action_kinds=[QUICK_FIX, MOVE, REWRITE, FIX_ALL]),
        looks=_is_made_unseen,
        writes=True,
        judges=True,
    ),
)
