"""The facts that a model lacks, of whom and of what one asks about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.report import Gap, Lacking
from bizalign_lint.core.suggest import hint
from bizalign_lint.core.types import Location
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.parsing.positions import locate


def owned(gaps: Sequence[Gap], owner: str) -> tuple[Gap, ...]:
    """The gaps that somebody is responsible for. Raises UsageError when nobody is called so."""
    wanted = owner.casefold()
    known = {
        name: title
        for gap in gaps
        for one in gap.lacking
        if one.owner is not None and one.answering is not None
        for title in (one.owner,)
        for name in (title.casefold(), one.answering.casefold(), _name(one.answering).casefold())
    }
    if wanted not in known and gaps:
        raise UsageError(
            f"{owner} is responsible for nothing with a missing fact", hint=hint(owner, known)
        )
    return narrowed(gaps, lambda one: one.owner is not None and one.owner == known[wanted])


def narrowed(gaps: Sequence[Gap], wanted: Callable[[Lacking], bool]) -> tuple[Gap, ...]:
    """The gaps with only some of their definitions."""
    found = (gap._replace(lacking=tuple(filter(wanted, gap.lacking))) for gap in gaps)
    return tuple(gap for gap in found if gap.lacking)


def located(graph: Graph, one: Lacking) -> Location | None:
    """Where a definition is."""
    kind, _, rest = one.reference.partition(":")
    namespace, _, name = rest.partition("/")
    node = graph.find(kind, namespace, name)
    return None if node is None else Location(one.path, locate(node.place()))


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
