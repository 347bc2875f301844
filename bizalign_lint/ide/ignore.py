"""Suppressing a finding: the edit that writes the comment where the engine honours it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bizalign_lint.core.types import Document, Edit, Finding, Place, Source
from bizalign_lint.engine.model import read_model
from bizalign_lint.findings.suppressions import Suppressions, read
from bizalign_lint.fixes.add_ignore import comment_edits
from bizalign_lint.fixes.apply import edited
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.positions import extent, lines
from bizalign_lint.rules.run import Draft

REASON = ""
"""Empty, so that the suppression is reported until somebody writes a reason."""


def ignoring(snapshot: Snapshot, finding: Finding) -> Edit | None:
    """The edit that writes the comment; None if no comment would be honoured."""
    source = snapshot.sources.get(finding.location.path)
    rule = snapshot.loaded.rules.rules.get(finding.rule)
    if source is None or rule is None or source.path in foreign(snapshot.documents):
        return None
    for edit in comment_edits(source, finding, REASON):
        content = edited(source.content, lines(source), [edit])
        if _honoured(snapshot, Source(source.path, content), finding):
            return edit
    return None


def foreign(documents: Mapping[str, Sequence[Document]]) -> frozenset[str]:
    """The files of other tools, which are never edited."""
    return frozenset(path for path, held in documents.items() if any(d.origin for d in held))


def _honoured(snapshot: Snapshot, source: Source, finding: Finding) -> bool:
    """Whether a comment in a file suppresses a finding, if the file is read on its own."""
    model = read_model(snapshot.loaded, [source])
    comments = read(model.documents, model.graph)
    suppressions = Suppressions(comments, snapshot.settings.as_of)
    node = model.graph.by_reference(finding.entity or "")
    document = node.document if node is not None else _around(model.documents, finding)
    if document is None:
        return False
    rule = snapshot.loaded.rules.rules[finding.rule]
    draft = Draft(
        rule, message=finding.message, place=Place(document, ()), node=node, subject="", related=()
    )
    return suppressions.accepts(draft, document) is not None


def _around(documents: tuple[Document, ...], finding: Finding) -> Document | None:
    """The definition whose lines contain a finding."""
    line = finding.location.span.line
    spans = [(document, extent(document, ())) for document in documents]
    return next((d for d, span in spans if span.line <= line <= span.end_line), None)
