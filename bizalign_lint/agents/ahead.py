"""The tools about the future: ``forecast`` and ``whatif``."""

from __future__ import annotations

from typing import Any

from bizalign_lint import forecast as forecasts
from bizalign_lint import whatif as outcomes
from bizalign_lint.agents.answers import Answer
from bizalign_lint.agents.desk import Desk, Reading, day
from bizalign_lint.agents.forms import AS_OF, DAY, DEFINITION, DURATION, OWNER, taken
from bizalign_lint.agents.reports import parsed
from bizalign_lint.agents.tool import Arguments, Tool
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.types import Source
from bizalign_lint.forecast.horizon import USUAL, last_day
from bizalign_lint.forecast.outlook import forecast
from bizalign_lint.forecast.owners import find_owner, owned
from bizalign_lint.whatif.outcome import Plan, weigh
from bizalign_lint.whatif.plans import ACTIONS, Subject, check_options, plan, plan_of_patch

_AHEAD = {
    "until": {**DAY, "description": "The last day to look at."},
    "for": {**DURATION, "description": f"How far to look ahead instead, such as P18M ({USUAL})."},
}


def _forecast(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read_definitions(as_of=day(given.get("as_of")))
    settings = reading.settings._replace(thresholds=None)
    last = last_day(settings.as_of, day(given.get("until")), given.get("for"))
    owner = given.get("owner")
    wanted = None if owner is None else find_owner(owner, reading.graph)
    found = forecast(
        reading.loaded, reading.model, reading.sources, settings, last, reading.found.flaws
    )
    if wanted is not None:
        found = owned(found, wanted)
    return Answer(parsed(forecasts.renderer("json")(found, reading.view)), "events")


def _whatif(desk: Desk, given: Arguments) -> Answer:
    reading = desk.read_definitions(as_of=day(given.get("as_of")))
    settings = reading.settings._replace(thresholds=None)
    last = last_day(settings.as_of, day(given.get("until")), given.get("for"))
    wanted = _plan(given, reading)
    if wanted.day is not None and wanted.day > last:
        raise UsageError(
            f"on {wanted.day} is after the last day of the forecast, {last}",
            hint="set a later until or a longer for",
        )
    outcome = weigh(reading.loaded, reading.model, reading.sources, settings, wanted, last)
    return Answer(parsed(outcomes.renderer("json")(outcome, reading.view)), "findings")


def _plan(given: Arguments, reading: Reading) -> Plan:
    subject = Subject(
        reading.graph, reading.loaded.ontology, reading.walker(), reading.settings.as_of
    )
    action, definition, patch = given.get("action"), given.get("definition"), given.get("patch")
    how: dict[str, Any] = {name: given.get(name) for name in ("with", "to", "relation", "by")}
    how["on"] = day(given.get("on"))
    if patch is None:
        if action is None or definition is None:
            raise UsageError("name an action and a definition, or give a patch")
        check_options(action, definition, how)
        return plan(action, definition, how, subject)
    if action is not None or definition is not None or any(how.values()):
        raise UsageError(
            "a patch cannot be combined with an action, a definition or their options",
            hint="leave out one or the other",
        )
    source = Source("patch.yaml", patch.encode())
    return plan_of_patch(source, subject, {one.path for one in reading.sources})


TOOLS = (
    Tool(
        name="forecast",
        title="Look ahead",
        description=(
            "The findings that will appear if nothing is done, by their first day, each with the "
            "chain of dates that leads to it. Today's findings are not among them: check lists "
            "those."
        ),
        takes=taken({**_AHEAD, "owner": OWNER, "as_of": AS_OF}),
        form="forecast/json",
        run=_forecast,
    ),
    Tool(
        name="whatif",
        title="Weigh a change",
        description=(
            "What a change would do before anyone makes it: findings that come, go and move, what "
            "loses its support, money that is freed or stranded, coverage. Nothing is written. "
            "Name an action and a definition, or give a patch."
        ),
        takes=taken(
            {
                "action": {"enum": [*ACTIONS]},
                "definition": DEFINITION,
                "on": {
                    **DAY,
                    "description": "The day on which the definition ends (retire, replace).",
                },
                "with": {**DEFINITION, "description": "The replacement (replace)."},
                "to": {**DEFINITION, "description": "The definition to move it to (move)."},
                "relation": {
                    "type": "string",
                    "maxLength": 100,
                    "description": "The property to change, if several are possible (move).",
                },
                "by": {
                    "type": "string",
                    "maxLength": 20,
                    "description": "How long it is delayed (P6M), or how much is cut (20%).",
                },
                "patch": {
                    "type": "string",
                    "maxLength": 200_000,
                    "description": "YAML definitions that are merged into those of the same name; "
                    "null removes a property.",
                },
                **_AHEAD,
                "as_of": AS_OF,
            }
        ),
        form="whatif/json",
        run=_whatif,
    ),
)
