"""Missing facts, narrowed to an owner or to some definitions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bizalign_lint.core.errors import UnknownOwnerError, UsageError
from bizalign_lint.core.report import Gap, Lacking, Owner
from bizalign_lint.core.types import Location
from bizalign_lint.findings.owned import gaps_of, owner_named
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.parsing.positions import locate


def owned(gaps: Sequence[Gap], owner: str) -> tuple[Gap, ...]:
    """The gaps of an owner's definitions. Raises UsageError if no such owner lacks a fact."""
    known = {
        Owner(one.owner_reference, _name(one.owner_reference), one.owner)
        for gap in gaps
        for one in gap.lacking
        if one.owner is not None and one.owner_reference is not None
    }
    if not gaps:
        return ()
    try:
        return gaps_of(gaps, owner_named(owner, known).reference)
    except UnknownOwnerError as error:
        raise UsageError(
            f"{owner} is not responsible for any definition with a missing fact", hint=error.hint
        ) from None


def narrowed(gaps: Sequence[Gap], wanted: Callable[[Lacking], bool]) -> tuple[Gap, ...]:
    """The gaps, each with only the wanted definitions; those without any are left out."""
    found = (gap._replace(lacking=tuple(filter(wanted, gap.lacking))) for gap in gaps)
    return tuple(gap for gap in found if gap.lacking)


def located(graph: Graph, one: Lacking) -> Location | None:
    """The location of a definition that lacks a fact; None if it is not in the graph."""
    node = graph.by_reference(one.reference)
    return None if node is None else Location(one.path, locate(node.place()))


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
