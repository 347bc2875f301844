"""Rules about an absent fact: the fact, compiled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.context import Context, check_template
from bizalign_lint.rules.compiled.lacking import Missing, climbs_of, lack_of
from bizalign_lint.rules.compiled.walks import Domain, Walk
from bizalign_lint.rules.language.rule import SHARE, Absence, Rule

SEVERAL = frozenset({"count", "kind", "gravest"})
"""The placeholders of a message about several targets of a kind."""
HEADING = SEVERAL | {"total"}
"""The placeholders of the messages about all targets of a kind."""


class CompiledAbsence(NamedTuple):
    """The absence of a fact, compiled."""

    rule: Absence
    share: float
    """The percentage of targets of a kind that must have the fact before each other is reported."""
    missing: Callable[[Node], Sequence[Missing]]
    """The fact if a target lacks it; nothing if it has it or states that there is none."""
    above: Walk | None
    """Leads from a target to itself and to those it inherits the fact from; None if it does not."""
    reports_none: bool
    """Whether the absence is reported even if no target has the fact."""


def compile_absence(
    context: Context, rule: Rule, targets: Domain, reports_none: bool
) -> CompiledAbsence | None:
    """The compiled absence of a rule about an absent fact; None for any other rule.

    Raises RuleError, with its place, for an unknown step or placeholder.
    """
    absence = rule.absence
    if absence is None:
        return None
    for name, template in (("none", absence.none), ("some", absence.some)):
        check_template(context, template, ("absence", name), HEADING)
    climbs = climbs_of(absence.of.path)
    return CompiledAbsence(
        absence,
        float(context.params[SHARE]),
        lack_of(context, absence.of, targets).facts,
        None if climbs is None else context.walker.path(climbs, targets).walk,
        absence.is_link or reports_none,
    )
