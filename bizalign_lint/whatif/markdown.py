"""The outcome of a change as Markdown, for a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.compare.words import share
from bizalign_lint.core.words import counted
from bizalign_lint.reporters.markdown import cut_short, escape
from bizalign_lint.reporters.view import View
from bizalign_lint.whatif.outcome import Outcome
from bizalign_lint.whatif.words import STRANDED, edit, groups, lapses, loss, summary, sums, when


def render(outcome: Outcome, _: View) -> Iterator[str]:
    """The outcome as Markdown, cut short if it would be too long for a comment."""
    return cut_short(_pieces(outcome), "whatif")


def _pieces(outcome: Outcome) -> Iterator[str]:
    yield f"### What if: {escape(outcome.title)}\n\n{escape(summary(outcome))}.\n"
    if outcome.edits or outcome.added:
        yield "\n"
    yield from (f"- {escape(edit(one))}\n" for one in outcome.edits)
    yield from (f"- {escape(entity)} is new\n" for entity in outcome.added)
    for heading, found in groups(outcome):
        yield f"\n#### {heading}\n\n| when | rule | what | owner |\n| --- | --- | --- | --- |\n"
        for move in found:
            finding = move.finding
            cells = (
                when(move),
                f"{finding.severity} {finding.rule}",
                escape(finding.message),
                escape(move.owner or ""),
            )
            yield f"| {' | '.join(cells)} |\n"
    if outcome.losses:
        yield f"\n#### Support lost by {outcome.day}\n\n"
        for lost in outcome.losses:
            yield f"- {escape(loss(lost))}\n"
            for node in lost.dependents:
                yield f"  - affects {node.type.name} {escape(node.title)}\n"
    freed, stranded = outcome.money
    if freed or stranded:
        yield "\n#### Money\n\n"
        yield f"- freed: {escape(sums(freed))}\n" if freed else ""
        yield f"- stranded: {escape(sums(stranded))} ({STRANDED})\n" if stranded else ""
    if outcome.coverage:
        yield f"\n#### Alignment coverage, as of {outcome.day}\n\n"
        yield "| measure | before | after |\n| --- | ---: | ---: |\n"
        for change in outcome.coverage:
            shares = f"{share(change.before)} | {share(change.after)}"
            yield f"| {escape(change.after.title)} | {shares} |\n"
    if lapsing := lapses(outcome):
        yield f"\n{counted(lapsing, 'lapse')} at another time.\n"
