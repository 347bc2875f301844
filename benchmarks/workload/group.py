"""What a whole group of companies has in common."""

from __future__ import annotations

from collections.abc import Iterator

from .definition import Area, Definition, key_results, period
from .words import KEY_RESULTS

GROUP = Area("Corvane Group", "group", "group", "")
OBJECTIVES = ("Grow with those who know us", "Be one company to customers", "Earn trust every day")
_PROVIDERS = ("Stratus Cloud", "Northline Networks", "Vantage Software")
_LENSES = ("financial", "market", "competitive-advantage", "operating-model")


def group(first: Area) -> Iterator[Definition]:
    """The definitions of the group; some of them speak of the first division."""
    define = GROUP.define
    yield define(
        "OrganizationUnit",
        "corvane",
        "Corvane Group",
        "organization",
        {"type": "enterprise", "lead": "Chief executive"},
        owner="corvane",
    )
    for name, title in (("group-it", "Group IT"), ("group-finance", "Group Finance")):
        yield define(
            "OrganizationUnit",
            name,
            title,
            "organization",
            {"type": "department", "parent": "corvane"},
            owner="corvane",
        )
    yield define(
        "Strategy",
        "corvane-2030",
        "Corvane 2030",
        "strategy",
        {
            "level": 1,
            "domain": "business",
            "lenses": list(_LENSES),
            "sponsor": "Chief executive",
            "horizon": period("2025-01-01", "2030-12-31"),
            "cadence": "semiannual",
        },
        owner="corvane",
        sentences=4,
    )
    yield define(
        "BusinessModel",
        "components-and-service",
        "Components and service",
        "strategy",
        {
            "strategy": "corvane-2030",
            "valuePropositions": ["Parts that fit for thirty years", "Standstill that is planned"],
            "customerSegments": ["Machine builders", "Plant operators"],
            "revenueStreams": ["Components", "Spare parts", "Service contracts"],
            "keyPartners": ["Foundries", "Regional service companies"],
        },
        owner="corvane",
    )
    yield from _aims()
    yield from _disruptions(first)
    yield from _technology()


def _aims() -> Iterator[Definition]:
    for index, title in enumerate(OBJECTIVES):
        yield GROUP.define(
            "Objective",
            f"group-objective-{index}",
            title,
            "objectives",
            {
                "strategy": "corvane-2030",
                "period": period(),
                "status": "active",
                "keyResults": key_results(f"group{index}", list(KEY_RESULTS[3 * index :][:3])),
            },
            owner="corvane",
        )
    yield GROUP.define(
        "Initiative",
        "one-corvane",
        "One Corvane",
        "initiatives",
        {
            "type": "program",
            "status": "active",
            "keyResults": [f"group-objective-{i}#kr{k}" for i in range(3) for k in range(3)],
            "addresses": [f"Disruption:group-{lens}" for lens in _LENSES],
            "start": "2025-03-01",
            "end": "2026-12-31",
            "budget": {"amount": 24000000, "currency": "EUR"},
            "spendType": "transform",
        },
        owner="corvane",
        sentences=4,
    )


def _disruptions(first: Area) -> Iterator[Definition]:
    for index, lens in enumerate(_LENSES):
        yield GROUP.define(
            "Disruption",
            f"group-{lens}",
            f"The {lens} side shifts",
            "disruptions",
            {
                "lens": lens,
                "state": "emerging" if index == 1 else "known",
                "cause": "Interest, energy and wages have risen faster than prices for two years.",
                "effect": "Margins of standard components shrink; service has to carry more.",
                "evidence": ["Annual accounts of four competitors", "Survey of 210 customers"],
                "severity": "high",
                "assessedOn": "2026-04-20",
                "reviewInterval": "P6M",
                "impact": {
                    "business": {
                        "summary": "Contracts are negotiated again earlier than planned.",
                        "capabilities": [first.reference("Market Development")],
                    },
                    "technology": {
                        "summary": "Prices have to be changed within a day.",
                        "applications": [first.reference("Saffron Pricing")],
                    },
                },
                "response": {
                    "stance": "mitigate",
                    "summary": "Service contracts for every new sale.",
                },
            },
            owner="corvane",
            sentences=3,
        )


def _technology() -> Iterator[Definition]:
    define = GROUP.define
    for name in _PROVIDERS:
        yield define(
            "Provider",
            name,
            name,
            "providers",
            {
                "type": "cloud" if "Cloud" in name else "vendor",
                "substitutability": "hard",
                "contract": period("2024-01-01", "2028-12-31"),
                "reviewedOn": "2026-03-12",
            },
            owner="group-it",
        )
    for name, category in (("Group network", "infrastructure"), ("Group identity", "platform")):
        yield define(
            "ITComponent",
            name,
            name,
            "components",
            {
                "category": category,
                "product": name,
                "version": "4",
                "vendorSupport": {
                    "generalAvailability": "2023-01-15",
                    "endOfSupport": "2030-12-31",
                },
                "lifecycle": {"phaseIn": "2022-06-01", "active": "2023-02-01"},
                "standard": "approved",
                "provider": "northline-networks",
            },
            owner="group-it",
            sentences=3,
        )
    yield define(
        "Risk",
        "provider-dependence",
        "Dependence on few providers",
        "risks",
        {
            "threatens": [f"Provider:{p.lower().replace(' ', '-')}" for p in _PROVIDERS],
            "likelihood": 2,
            "impact": 5,
            "treatment": "reduce",
            "status": "treated",
            "mitigation": "Exit plans are rehearsed every other year.",
            "assessedOn": "2026-02-03",
            "reviewInterval": "P1Y",
        },
        owner="group-it",
    )
    yield define(
        "Risk",
        "network-loss",
        "Loss of the group network",
        "risks",
        {
            "threatens": ["ITComponent:group-network", "ITComponent:group-identity"],
            "likelihood": 2,
            "impact": 5,
            "treatment": "reduce",
            "status": "treated",
            "assessedOn": "2026-02-03",
            "reviewInterval": "P1Y",
        },
        owner="group-it",
    )
    for index, risk in enumerate(("provider-dependence", "network-loss")):
        yield define(
            "Control",
            f"{risk}-rehearsal",
            f"Rehearsal of {risk}",
            "controls",
            {
                "mitigates": [risk],
                "type": "corrective",
                "status": "implemented",
                "effectiveness": "effective",
                "testedOn": "2026-05-06",
                "policy": f"principle-{index}",
            },
            owner="group-it",
        )
        yield define(
            "Policy",
            f"principle-{index}",
            f"Principle {index + 1}",
            "policies",
            {
                "type": "principle",
                "status": "active",
                "statement": "What the business cannot do without has a second way to be done.",
                "rationale": "Customers are told of an outage by us, not by the newspaper.",
                "effectiveFrom": "2022-01-01",
                "reviewedOn": "2026-01-20",
            },
            owner="corvane",
        )
