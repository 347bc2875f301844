"""What holds or does not, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """Something that holds or does not, in words; ``inner`` says what it consists of."""

    text: str
    inner: tuple[Clause, ...] = ()
    negative: str = ""
    """The opposite in words, where there are good ones."""


GROUPS = {
    "or": "at least one of these holds",
    "xone": "exactly one of these holds",
    "and": "all of these hold",
}
"""What is said of several clauses together."""


def bullets(clauses: Iterable[Clause], indent: str = "") -> list[str]:
    """Clauses as a list, with lists within."""
    lines = []
    for clause in clauses:
        lines.append(f"{indent}- {clause.text}{':' if clause.inner else ''}")
        lines += bullets(clause.inner, f"{indent}  ")
    return lines


def together(clauses: list[Clause]) -> Clause:
    """Clauses that all hold, as one."""
    each = flat(clauses)
    return each[0] if len(each) == 1 else Clause(GROUPS["and"], tuple(each))


def flat(clauses: Iterable[Clause]) -> list[Clause]:
    """Clauses that all hold, without groups of such among them."""
    found: list[Clause] = []
    for clause in clauses:
        found += flat(clause.inner) if clause.text == GROUPS["and"] else [clause]
    return found


def opposite(clause: Clause) -> Clause:
    """What holds when a clause does not."""
    if clause.negative:
        return Clause(clause.negative, (), clause.text)
    if clause.inner:
        groups = {GROUPS["or"]: "none of these holds", GROUPS["and"]: "not all of these hold"}
        text = groups.get(clause.text, f"not: {clause.text}")
        return Clause(text, clause.inner)
    return Clause(f"not: {clause.text}")
