"""What happens to the company is not looked at, or not acted on."""

from __future__ import annotations

from tests.faults.edits import add, drop, put, together
from tests.faults.fault import Fault
from tests.faults.meridian import Model

_PRICES = "Disruption:energy-price-swings"
_GAS = "Disruption:biogas-and-hydrogen"


def _nothing_emerges(model: Model) -> None:
    for disruption in model.each("Disruption"):
        disruption["spec"]["state"] = "known"


def _nothing_financial(model: Model) -> None:
    for disruption in model.each("Disruption"):
        if disruption["spec"]["lens"] == "financial":
            disruption["spec"]["lens"] = "market"


FAULTS: tuple[Fault, ...] = (
    Fault(
        "a disruption was never assessed",
        "DIS101",
        drop(_PRICES, "assessedOn"),
    ),
    Fault(
        "a disruption is only a headline",
        "DIS101",
        add(
            "Disruption:tariffs",
            "Tariffs on machines",
            lens="market",
            state="emerging",
            cause="Trade policy.",
            effect="Machines cost a fifth more abroad.",
            evidence=["Announcement of May 2026"],
        ),
    ),
    Fault(
        "the assessment is a year old",
        "DIS102",
        put(_PRICES, "assessedOn", "2025-06-10"),
    ),
    Fault(
        "the assessment was to hold for three months only",
        "DIS102",
        put("Disruption:technicians-retire", "reviewInterval", "P3M"),
    ),
    Fault(
        "nobody says how long the assessment holds",
        "DIS102",
        drop("Disruption:eu-data-act", "reviewInterval"),
    ),
    Fault("a disruption has no cause", "DIS103", drop(_PRICES, "cause")),
    Fault("a disruption has no effect", "DIS103", drop(_PRICES, "effect")),
    Fault("a disruption has no evidence", "DIS103", drop(_PRICES, "evidence")),
    Fault(
        "nobody asked what a disruption means for technology",
        "DIS104",
        drop(_PRICES, "impact/technology"),
    ),
    Fault(
        "nobody asked what a disruption means for the business",
        "DIS104",
        drop(_PRICES, "impact/business"),
    ),
    Fault(
        "the gas market has arrived, and nobody answers",
        "DIS105",
        together(put(_GAS, "state", "known"), put(_GAS, "severity", "high")),
    ),
    Fault(
        "a grave disruption is to be mitigated by nothing",
        "DIS105",
        together(
            put(_GAS, "severity", "critical"),
            put(_GAS, "response/stance", "mitigate"),
        ),
    ),
    Fault(
        "nobody looks ahead any more",
        "DIS106",
        _nothing_emerges,
    ),
    Fault(
        "nobody looks at money",
        "DIS107",
        _nothing_financial,
    ),
    Fault(
        "nobody looks at how the company works",
        "DIS107",
        together(
            put("Disruption:technicians-retire", "lens", "market"),
            put("Disruption:plants-without-maintenance", "lens", "market"),
        ),
        elsewhere="business/disruptions/competitive-advantage.yaml",
    ),
    Fault(
        "a disruption touches no capability",
        "DIS108",
        drop(_PRICES, "impact/business/capabilities", "impact/business/valueStreams"),
    ),
    Fault(
        "a disruption was assessed after the decision it drove",
        "DIS109",
        put("Disruption:eu-data-act", "assessedOn", "2026-04-20"),
    ),
    Fault(
        "a decision is older than what drove it",
        "DIS109",
        put("Decision:0007-signed-updates", "decidedOn", "2026-01-13"),
    ),
    Fault(
        "nobody says how grave a disruption is",
        "DIS110",
        drop(_PRICES, "severity"),
    ),
)
