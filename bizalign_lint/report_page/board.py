"""The board: cards in columns, the most severe first, with the age of their assessments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bizalign_lint.core.words import counted, sentence, spaced
from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.known import Known, tone_of
from bizalign_lint.report_page.plan import Board
from bizalign_lint.report_page.reader import Mention, Reader, day, ordinal, title

_MONTH = 30.44


class Card(NamedTuple):
    """A card for one definition; texts are empty if their values are not stated."""

    title: str
    rank: str
    level: int
    """The severity as an index in its enumeration; -1 if it is not stated."""
    state: str
    age: str
    stale: bool
    stance: str
    answers: Sequence[Mention]
    reach: Sequence[Mention]
    tone: str
    found: int


class Column(NamedTuple):
    """A column of the board; empty columns are drawn, too."""

    title: str
    cards: Sequence[Card]


def draw(reader: Reader, plan: Board, known: Known, as_of: str) -> list[Column]:
    """The columns of the board; none if there are no definitions of its kind."""
    choices = reader.choices(plan.kind, plan.columns)
    found: dict[str, list[Card]] = {str(choice): [] for choice in choices}
    nodes = reader.of_kind(plan.kind)
    for node in nodes:
        card = _card(reader, plan, known, node, as_of)
        found.setdefault(reader.text(node, plan.columns), []).append(card)
    if not nodes:
        return []
    return [
        Column(
            sentence(spaced(name.replace("-", " "))) if name else "Not stated",
            sorted(cards, key=lambda card: -card.level),
        )
        for name, cards in found.items()
    ]


def _card(reader: Reader, plan: Board, known: Known, node: Node, as_of: str) -> Card:
    findings = known.of([node])
    assessed, due = (reader.text(node, path) for path in (plan.assessed, plan.due))
    return Card(
        title=title(node),
        rank=reader.word(node, plan.rank),
        level=reader.rank(plan.kind, plan.rank, reader.one(node, plan.rank)),
        state=reader.word(node, plan.state),
        age=_age(assessed, due, as_of),
        stale=not assessed or (bool(due) and due < as_of),
        stance=reader.word(node, plan.stance),
        answers=[reader.mention(one) for one in reader.nodes(node, plan.answers)],
        reach=[reader.mention(one) for one in reader.nodes(node, plan.reach)],
        tone=tone_of(findings),
        found=len(findings),
    )


def _age(assessed: str, due: str, as_of: str) -> str:
    """The age of an assessment in words, and whether a review is overdue."""
    at = ordinal(assessed)
    if at is None:
        return "never assessed"
    months = round((date.fromisoformat(as_of).toordinal() - at) / _MONTH)
    ago = f"{counted(months, 'month')} ago" if months > 0 else "this month"
    if due and due < as_of:
        return f"assessed {ago}, review was due {day(due)}"
    return f"assessed {ago}"
