"""What a rule about an absent fact asks of its targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.context import Context, check_template
from bizalign_lint.rules.compiled.lacking import Missing, climbs_of, lack_of
from bizalign_lint.rules.compiled.walks import Domain, Walk
from bizalign_lint.rules.language.rule import SHARE, Absence, Rule

SEVERAL = frozenset({"count", "kind", "gravest"})
"""What a message about several targets of a kind may ask for."""
HEADING = SEVERAL | {"total"}
"""What the messages about all targets of a kind may ask for."""


class CompiledAbsence(NamedTuple):
    """The absence of a fact, made ready."""

    rule: Absence
    share: float
    """So many per cent of the targets of a kind have the fact before one by one is asked for it."""
    missing: Callable[[Node], Sequence[Missing]]
    """The fact, where a target lacks it; nothing where it has it, or says that there is none."""
    above: Walk | None
    """Leads from a target to itself and to whom it inherits the fact from; None: from nobody."""
    reports_none: bool
    """Whether it is reported, too, when no target has the fact."""


def compile_absence(
    context: Context, rule: Rule, targets: Domain, reports_none: bool
) -> CompiledAbsence | None:
    """What a rule about an absent fact asks; None for any other rule.

    Raises RuleError, with its place, for a step or a placeholder that means nothing.
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
