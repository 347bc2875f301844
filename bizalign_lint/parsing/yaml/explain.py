"""libyaml's errors → messages in plain English that say how to fix them."""

from __future__ import annotations

from bizalign_lint.parsing.yaml import events, mistakes
from bizalign_lint.parsing.yaml.parser_error import ParserError, Syntax

_EXPLANATIONS = (
    ("cannot start any token", mistakes.bad_start),
    ("mapping values are not allowed", mistakes.unexpected_colon),
    ("expected '-' indicator", mistakes.no_entry),
    ("did not find expected key", mistakes.no_entry),
    ("expected ',' or", mistakes.unclosed),
    ("expected node content", mistakes.no_content),
    ("unexpected end of stream", mistakes.unclosed_quote),
    ("unexpected document indicator", mistakes.unclosed_quote),
    ("could not find expected ':'", mistakes.no_colon),
    ("unknown escape character", mistakes.escape),
    ("escape code", mistakes.bad_escape),
    ("hexdecimal", mistakes.bad_escape),
    ("expected alphabetic or numeric", mistakes.name),
    ("block sequence entries are not allowed", mistakes.list_on_key_line),
    ("expected comment or line break", mistakes.block_header),
    ("expected <document start>", mistakes.document_start),
    ("unknown directive name", mistakes.directive),
    ("incompatible YAML document", mistakes.directive),
    ("expected directive name", mistakes.directive),
    ("version number", mistakes.directive),
    ("digit or '.'", mistakes.directive),
    ("non-alphabetical", mistakes.directive),
    ("duplicate %", mistakes.directive),
    ("found a tab character", mistakes.tab_inside),
    ("mapping keys are not allowed", mistakes.complex_key),
    ("unexpected ':'", mistakes.colon_in_flow),
    ("tag", mistakes.tag),
    ("expected '!'", mistakes.tag),
    ("expected '>'", mistakes.tag),
    ("URI", mistakes.tag),
    ("expected whitespace", mistakes.tag),
    ("maximum nesting", mistakes.too_deep),
)
"""Parts of libyaml's messages, each with what explains it; the first that matches is used."""


def explain(
    text: str, offset: int, error: events.YAMLError, opened: int | None
) -> tuple[int, Syntax]:
    """The index at which libyaml found an error, and its explanation.

    ``opened`` is the index of the innermost open bracket.
    """
    if not isinstance(error, events.MarkedYAMLError):
        return offset, Syntax(str(error), offset, offset + 1)
    mark, since = error.problem_mark, error.context_mark
    at = min((mark.index if mark else 0) + offset, len(text))
    problem, context = error.problem or "", error.context or ""
    parser_error = ParserError(
        text=text,
        problem=problem,
        context=context,
        at=at,
        since=since.index + offset if since else None,
        opened=opened,
    )
    for words, explanation in _EXPLANATIONS:
        if words in problem:
            return at, explanation(parser_error)
    return at, parser_error.syntax(f"{context}, {problem}" if context else problem, at)
