"""Nobody can tell any more what is to come of it."""

from __future__ import annotations

import copy

from tests.faults.edits import add, drop, extend, put, shorten, together
from tests.faults.fault import Edit, Fault
from tests.faults.meridian import Model

_QUOTES = "Objective:quote-in-a-day"
_STATIONS = "Objective:stations-on-time"
_CONNECTED = "Objective:every-machine-connected"
_LEGACY = "Objective:no-critical-legacy"


def _key_result(name: str) -> dict[str, object]:
    return {
        "name": name,
        "title": f"Eight out of ten of {name}",
        "unit": "%",
        "direction": "increase",
        "baseline": 40,
        "target": 80,
        "current": 50,
        "measuredOn": "2026-06-12",
        "due": "2026-12-31",
        "type": "outcome",
        "status": "open",
    }


def _six_objectives(model: Model) -> None:
    """Two more objectives for a strategy that has four, with an initiative that knows them."""
    for name in ("night-service", "weekend-service"):
        more = copy.deepcopy(model.one("Objective", "enough-good-technicians"))
        more["metadata"].update(name=name, title=f"Customers can count on {name}")
        model.add(more)
        for result in more["spec"]["keyResults"]:
            model.one("Initiative", "technician-academy")["spec"]["keyResults"].append(
                f"{name}#{result['name']}"
            )


def _for_all_results(of: str, key: str, value: str) -> Edit:
    def edit(model: Model) -> None:
        kind, _, name = of.partition(":")
        for result in model.one(kind, name)["spec"]["keyResults"]:
            result[key] = value

    return edit


FAULTS: tuple[Fault, ...] = (
    Fault(
        "a new objective has no key results",
        "OUT101",
        add(
            "Objective:happy-dealers",
            "Dealers like to sell our machines",
            strategy="efficient-air",
            capabilities=["customer-relationship-management"],
            period={"start": "2026-01-01", "end": "2026-12-31"},
            status="active",
        ),
    ),
    Fault(
        "the list of key results is empty",
        "OUT101",
        add(
            "Objective:happy-dealers",
            "Dealers like to sell our machines",
            strategy="efficient-air",
            capabilities=["customer-relationship-management"],
            period={"start": "2026-01-01", "end": "2026-12-31"},
            status="active",
            keyResults=[],
        ),
    ),
    Fault("a key result has no baseline", "OUT134", drop(_QUOTES, "keyResults/hit-rate/baseline")),
    Fault("a key result has no target", "OUT102", drop(_QUOTES, "keyResults/hit-rate/target")),
    Fault("a key result has no unit", "OUT102", drop(_QUOTES, "keyResults/hit-rate/unit")),
    Fault(
        "the target is where we stand already",
        "OUT103",
        put(_QUOTES, "keyResults/hit-rate/target", 23),
    ),
    Fault(
        "a key result goes the wrong way",
        "OUT104",
        put(_STATIONS, "keyResults/first-pass-yield/direction", "decrease"),
    ),
    Fault(
        "a digit is lost in a target",
        "OUT104",
        put(_STATIONS, "keyResults/on-time-delivery/target", 9.3),
    ),
    Fault(
        "a key result is a launch",
        "OUT105",
        put(
            "Objective:air-on-tap",
            "keyResults/stations-operated/title",
            "Launch the offer in all countries",
        ),
    ),
    Fault(
        "a key result is a migration",
        "OUT105",
        put(
            _LEGACY,
            "keyResults/flows-on-new-platform/title",
            "Migrate 214 interfaces to Integration Suite",
        ),
    ),
    Fault(
        "a key result is a rollout",
        "OUT105",
        put(_QUOTES, "keyResults/quote-errors/title", "Rollout of CPQ to fourteen countries"),
    ),
    Fault(
        "everything that is measured is a deliverable",
        "OUT106",
        _for_all_results(_CONNECTED, "type", "output"),
    ),
    Fault(
        "an objective serves no strategy",
        "OUT107",
        drop("Objective:enough-good-technicians", "strategy"),
    ),
    Fault(
        "an objective needs no capability",
        "OUT108",
        drop(_STATIONS, "capabilities"),
    ),
    Fault(
        "the capabilities of an objective are an empty list",
        "OUT108",
        put(_LEGACY, "capabilities", []),
    ),
    Fault(
        "a new strategy has no objectives",
        "OUT109",
        add(
            "Strategy:green-production",
            "Green production",
            level=2,
            domain="business",
            parent="meridian-2030",
            lenses=["operating-model"],
            horizon={"start": "2026-01-01", "end": "2028-12-31"},
            cadence="quarterly",
        ),
    ),
    Fault(
        "an objective moves to the other division",
        "OUT110",
        put("Objective:proven-savings", "strategy", "service-for-life"),
    ),
    Fault(
        "an objective is closed early",
        "OUT110",
        put("Objective:room-for-change", "status", "closed"),
    ),
    Fault("a strategy takes on six objectives", "OUT110", _six_objectives),
    Fault(
        "two key results are dropped",
        "OUT111",
        together(
            drop(_QUOTES, "keyResults/hit-rate", "keyResults/quote-errors"),
            shorten(
                "Initiative:quotes-in-a-day",
                "keyResults",
                "quote-in-a-day#hit-rate",
                "quote-in-a-day#quote-errors",
            ),
        ),
    ),
    Fault(
        "an objective collects key results",
        "OUT111",
        together(
            extend(_STATIONS, "keyResults", *map(_key_result, ("crates", "bolts", "papers"))),
            extend(
                "Initiative:shop-floor-renewal",
                "keyResults",
                *(f"stations-on-time#{name}" for name in ("crates", "bolts", "papers")),
            ),
        ),
    ),
    Fault(
        "a key result is due after its objective",
        "OUT112",
        put(_QUOTES, "keyResults/hit-rate/due", "2027-03-31"),
    ),
    Fault(
        "a key result was due before its objective",
        "OUT112",
        put(_LEGACY, "keyResults/recovery-time/due", "2025-11-30"),
    ),
    Fault(
        "a new project advances no key result",
        "OUT113",
        add(
            "Initiative:new-intranet",
            "New intranet",
            type="project",
            status="approved",
            capabilities=["workplace-and-hosting"],
            start="2026-09-01",
            end="2027-03-31",
            budget={"amount": 120000, "currency": "EUR"},
            spendType="run",
        ),
    ),
    Fault(
        "a project loses its only key result",
        "OUT113",
        drop("Initiative:parts-forecast", "keyResults"),
        allowed={"OUT114": "the key result has lost its only initiative"},
    ),
    Fault(
        "an initiative lets go of one of its key results",
        "OUT114",
        shorten("Initiative:quotes-in-a-day", "keyResults", "quote-in-a-day#hit-rate"),
        elsewhere="business/objectives/2026/efficient-air.yaml",
    ),
    Fault(
        "an initiative is cancelled",
        "OUT114",
        put("Initiative:parts-forecast", "status", "cancelled"),
    ),
    Fault(
        "a key result is added that nobody works on",
        "OUT114",
        extend(_STATIONS, "keyResults", _key_result("crates")),
    ),
    Fault(
        "an initiative takes longer than its key results have",
        "OUT115",
        put("Initiative:quotes-in-a-day", "end", "2027-02-28"),
    ),
    Fault(
        "key results are wanted before their initiative is over",
        "OUT115",
        put(
            "Objective:leader-in-efficiency",
            "keyResults/use-phase-data/due",
            "2026-09-30",
        ),
    ),
    Fault(
        "the corporate strategy is reviewed every month",
        "OUT116",
        put("Strategy:meridian-2030", "cadence", "monthly"),
    ),
    Fault(
        "the platform strategy is reviewed once a year",
        "OUT116",
        put("Strategy:connected-service-platform", "cadence", "annual"),
    ),
    Fault(
        "a key result was measured in April",
        "OUT117",
        put("Objective:growth-from-service", "keyResults/service-share/measuredOn", "2026-04-30"),
    ),
    Fault(
        "a key result was never measured",
        "OUT117",
        drop("Objective:growth-from-service", "keyResults/service-share/measuredOn"),
    ),
    Fault(
        "a key result is past due and still open",
        "OUT118",
        put("Objective:right-part-next-day", "keyResults/right-first-time/due", "2026-06-12"),
    ),
    Fault(
        "a key result is called achieved too early",
        "OUT119",
        put("Objective:core-before-deadline", "keyResults/custom-objects/status", "achieved"),
    ),
    Fault(
        "what was achieved is lost again",
        "OUT119",
        put(_LEGACY, "keyResults/recovery-time/current", 12),
    ),
    Fault(
        "the target landscape is an end in itself",
        "OUT120",
        drop("TargetArchitecture:landscape-2028", "objectives"),
    ),
    Fault(
        "an objective runs beyond its strategy",
        "OUT121",
        put(_QUOTES, "period/end", "2029-03-31"),
    ),
    Fault(
        "an objective began before its strategy",
        "OUT121",
        put(_QUOTES, "period/start", "2025-01-01"),
    ),
    Fault(
        "a strategy ends before its objective",
        "OUT121",
        put("Strategy:connected-service-platform", "horizon/end", "2027-06-30"),
    ),
    Fault(
        "the first wave ends after the second, which waits for it",
        "OUT122",
        put("Initiative:s4hana-core", "end", "2027-12-20"),
    ),
    Fault(
        "a project comes to depend on one that is later",
        "OUT122",
        extend("Initiative:clean-master-data", "dependsOn", "data-centre-exit"),
    ),
    Fault(
        "an objective of last year is still active",
        "OUT130",
        add(
            "Objective:cheaper-spares",
            "Spares cost less",
            strategy="service-for-life",
            capabilities=["parts-order-fulfilment"],
            status="active",
            period={"start": "2025-01-01", "end": "2025-12-31"},
            keyResults=[
                {
                    "name": name,
                    "title": title,
                    "unit": "%",
                    "baseline": 1,
                    "target": 5,
                    "due": "2025-12-31",
                    "status": "achieved",
                    "type": "outcome",
                }
                for name, title in (("price", "5 % off"), ("orders", "5 % more orders"))
            ],
        ),
    ),
    Fault(
        "an initiative of last year is still active",
        "OUT131",
        put("Initiative:airaudit-5", "end", "2026-05-29"),
    ),
    Fault(
        "an initiative is put on hold in its last weeks",
        "OUT132",
        put("Initiative:open-machine-data", "status", "onHold"),
    ),
)
