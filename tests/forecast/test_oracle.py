"""A forecast is what checks of each day to come would find, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from bizalign_lint.core.clock import Clock
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source, places
from bizalign_lint.engine.judge import judge
from bizalign_lint.engine.load import Loaded, load
from bizalign_lint.engine.model import Model, read_model
from bizalign_lint.forecast.outlook import finding_periods
from bizalign_lint.forecast.periods import FindingPeriod
from bizalign_lint.sources.roots import find_root
from bizalign_lint.workspace import config
from bizalign_lint.workspace.open import open_workspace
from tests.oracle.models import changed, grown
from tests.workspace import shipped

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
FIRST = date(2026, 6, 30)
SHARES = 40
DAYS = 1097
"""36 months, the first day and the last included."""
SHARES_OF_DAYS = 36
OF_SCHEMAS = 140
OF_CASES = 60


class Trial:
    """A model, its forecast, and what a check of any day says."""

    def __init__(self, loaded: Loaded, sources: list[Source], settings: Settings) -> None:
        self.loaded, self.sources, self.settings = loaded, sources, settings
        self.model: Model = read_model(loaded, sources)
        self.clock = Clock(settings.as_of, settings.as_of + timedelta(days=DAYS - 1))
        found: Iterable[FindingPeriod] = finding_periods(
            loaded, self.model, sources, settings, self.clock
        )
        self.finding_periods = [*found]

    def told(self, day: int) -> set[tuple[str, str, str]]:
        """What the forecast says of a day."""
        return {
            (period.finding.rule, period.finding.entity or "", period.finding.fingerprint)
            for period in self.finding_periods
            if period.start <= day < period.end
        }

    def checked(self, day: int) -> set[tuple[str, str, str]]:
        """What a check says of it."""
        settings = self.settings._replace(as_of=date.fromisoformat(self.clock.days[day]))
        report = judge(self.loaded, self.model, self.sources, settings)
        return {(f.rule, f.entity or "", f.fingerprint) for f in places(report.findings)}

    def turns(self) -> set[int]:
        """The days on which something begins or ends, and those before."""
        days = {day for period in self.finding_periods for day in (period.start, period.end)}
        return {near for day in days for near in (day - 1, day) if 0 <= near < self.clock.never}

    def hold(self, days: Iterable[int]) -> None:
        """Let checks of some days say the same as the forecast."""
        for day in days:
            assert self.told(day) == self.checked(day), self.clock.days[day]


def _example(name: str) -> Trial:
    root = find_root((str(EXAMPLES / name),))
    workspace = open_workspace(root, config.load(root.path), FIRST)
    return Trial(shipped(), workspace.found.sources, workspace.settings)


@pytest.mark.slow
@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["meridian", "meridian-drift"])
def test_the_forecast_of_an_example_is_what_checks_find(name: str) -> None:
    trial = _example(name)
    assert len({period.start for period in trial.finding_periods}) > 20
    trial.hold(sorted(Random(name).sample(sorted(trial.turns()), 8)))


def test_a_dispensation_of_rules_that_nobody_knows_is_found_on_every_day() -> None:
    text = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Desk}
spec: {}
---
apiVersion: bizalign/v1
kind: Dispensation
metadata: {name: a, title: A}
spec:
  rules: [BAS1O3, BAS103]   # bizalign: ignore[MOD170] -- it cannot be accepted
  targets: ["Application:desk"]
  expiresOn: 2027-06-30
"""
    source = Source("model.yaml", text.encode())
    trial = Trial(shipped(), [source], Settings(as_of=FIRST, reports_absence=True))
    trial.hold((0, 1, *sorted(trial.turns())))
    assert "MOD170" in {rule for rule, _, _ in trial.told(0)}


def test_what_is_said_of_all_that_lack_a_fact_is_found_as_well() -> None:
    """Whether it is said of one or of each depends on how many a rule is about."""
    model = next(iter(changed(0, 12)))
    trial = Trial(shipped(), [Source("model.yaml", model.text.encode())], Settings(as_of=FIRST))
    trial.hold((0, *islice(sorted(trial.turns()), 3)))


def test_what_holds_on_a_single_day_is_found_on_that_day() -> None:
    rule = """\
id: OWN101
guideline: model
severity: info
summary: A dispensation ends today.
rationale: Somebody may want to know.
target: Dispensation
not: {path: expiresOn, hasValue: $asOf}
message: "“{title}” ends today"
help: Look whether it is needed any longer.
asOf: 2026-06-30
bad: |
  apiVersion: bizalign/v1
  kind: Dispensation
  metadata: {name: a}
  spec: {expiresOn: 2026-06-30}   # <- OWN101
good: |
  apiVersion: bizalign/v1
  kind: Dispensation
  metadata: {name: a}
  spec: {expiresOn: 2026-07-01}
"""
    text = (
        "apiVersion: bizalign/v1\nkind: Dispensation\nmetadata: {name: a}\nspec: {expiresOn: %s}\n"
    )
    loaded = load([], [Source("lint/ends-today.yaml", rule.encode())])
    source = Source("model.yaml", (text % (FIRST + timedelta(days=9))).encode())
    trial = Trial(loaded, [source], Settings(as_of=FIRST, select=("OWN101",)))
    assert [(period.start, period.end) for period in trial.finding_periods] == [(9, 10)]
    trial.hold((8, 9, 10))


@cache
def _trials(step: int) -> list[Trial]:
    """Meridian, and models that are generated: of nothing but the schemas, and of rules' cases.
    Each so many of them."""
    made = (*grown(0, 1, OF_SCHEMAS), *islice(changed(0, 12), OF_CASES))[step - 1 :: step]
    settings = Settings(as_of=FIRST, reports_absence=True)
    sources = ([Source("model.yaml", trial.text.encode())] for trial in made)
    return [_example("meridian"), *(Trial(shipped(), source, settings) for source in sources)]


@pytest.mark.sampled(0, 1)
@pytest.mark.parametrize("share", range(SHARES_OF_DAYS))
def test_the_forecast_is_what_checks_find_on_every_day(
    share: int, request: pytest.FixtureRequest
) -> None:
    """By brute force: each day of 36 months. Only --nightly takes them all; else there are
    two of a share, for meridian and every fortieth of the others."""
    is_whole = request.config.option.nightly
    trials = _trials(1 if is_whole else 40)
    for day in range(share, DAYS, SHARES_OF_DAYS)[:: 1 if is_whole else 16]:
        for trial in trials:
            trial.hold([day])


@pytest.mark.sampled(0, 2)
@pytest.mark.parametrize("share", range(SHARES))
def test_the_forecast_of_any_model_is_what_checks_find(share: int) -> None:
    """Where something begins or ends, the day before, and on some days between."""
    for number, trial in enumerate(grown(share, SHARES)):
        source = Source("model.yaml", trial.text.encode())
        tried = Trial(shipped(), [source], Settings(as_of=FIRST, reports_absence=True))
        days = sorted(tried.turns())
        random = Random(number)
        few = random.sample(days, min(len(days), 8))
        between = (random.randrange(tried.clock.never) for _ in range(2))
        tried.hold(sorted({*few, *between}))
