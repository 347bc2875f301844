"""What a division is changing: decisions, target architectures, initiatives, policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .business import STRATEGIC, owner
from .definition import Area, Definition
from .technology import LEAVING, classification, phase
from .words import APPLICATIONS, COMPONENTS, OBJECTIVES

_DECISIONS = (
    ("One planner for all plants", "Cirrus Planner", "Order Fulfilment", "new-rival"),
    ("Dispatch by skill, not by area", "Falcon Dispatch", "Customer Care", "scarce-fitters"),
    ("Leave the archive", LEAVING, "Business Stewardship", "scarce-fitters"),
)


def change(area: Area, budgets: list[int]) -> Iterator[Definition]:
    """The changes of a division."""
    yield from _decisions(area)
    yield from _plateaus(area)
    yield from _initiatives(area, budgets)
    yield from _policies(area)


def _decisions(area: Area) -> Iterator[Definition]:
    for index, (title, application, capability, disruption) in enumerate(_DECISIONS):
        yield area.define(
            "Decision",
            f"decision-{index}",
            title,
            "change/decisions",
            {
                "drivers": [
                    f"Disruption:{area.name(disruption)}",
                    f"Strategy:{area.name('business')}",
                ],
                "options": [
                    {
                        "name": "stay",
                        "title": "Stay with what is there",
                        "advantages": ["No cost this year"],
                        "disadvantages": [
                            "Works around three known gaps",
                            "Support is running out",
                        ],
                    },
                    {
                        "name": "standard",
                        "title": "Use the standard of the group",
                        "advantages": ["Two divisions have done it", "One contract"],
                        "cost": {"amount": 380000 + 1000 * index, "currency": "EUR"},
                    },
                    {
                        "name": "build",
                        "title": "Build our own",
                        "disadvantages": ["Nobody to do it"],
                    },
                ],
                "chosen": "standard",
                "rationale": "The gaps cost more than the change, and the group has the skills.",
                "tradeOffs": ["Reports have to be agreed with the group"],
                "status": "accepted",
                "decidedOn": f"2026-03-1{index}",
                "deciders": ["Architecture board"],
                "affects": [
                    f"Application:{area.name(application)}",
                    f"Capability:{area.name(capability)}",
                ],
            },
            owner=owner(area, title),
        )


def _plateaus(area: Area) -> Iterator[Definition]:
    applications = [f"Application:{area.name(title)}" for title in APPLICATIONS[:8]]
    yield area.define(
        "TargetArchitecture",
        "landscape-2025",
        f"Landscape of {area.title} 2025",
        "change/architecture",
        {
            "plateau": "baseline",
            "reachedOn": "2025-01-01",
            "elements": [{"element": element} for element in applications],
        },
        owner=area.name("technology"),
    )
    changed: list[dict[str, Any]] = []
    for _, application, capability, _ in _DECISIONS:
        state = "eliminated" if application == LEAVING else "changed"
        changed.append({"element": f"Application:{area.name(application)}", "state": state})
        changed.append({"element": f"Capability:{area.name(capability)}", "state": "changed"})
    named = {entry["element"] for entry in changed}
    kept = [{"element": e, "state": "retained"} for e in applications if e not in named]
    yield area.define(
        "TargetArchitecture",
        "landscape-2027",
        f"Landscape of {area.title} 2027",
        "change/architecture",
        {
            "plateau": "target",
            "baseline": area.name("landscape-2025"),
            "reachedOn": "2027-06-30",
            "elements": [*changed, *kept],
            "objectives": [area.name(f"objective-{i}") for i in (0, 3)],
            "decisions": [area.name(f"decision-{i}") for i in range(len(_DECISIONS))],
        },
        owner=area.name("technology"),
    )


def _initiatives(area: Area, budgets: list[int]) -> Iterator[Definition]:
    legacy: list[dict[str, Any]] = [
        {
            "application": area.name(title),
            "state": "eliminated" if phase(index) == "phaseOut" else "changed",
            "date": "2026-12-01",
        }
        for index, title in enumerate(APPLICATIONS)
        if classification(area, index) in ("migrate", "eliminate") and phase(index) != "endOfLife"
    ]
    ending = area.name(" ".join(COMPONENTS[-1][:2]))
    legacy.append({"component": ending, "state": "eliminated", "date": "2026-10-01"})
    for index in range(len(OBJECTIVES)):
        objective = area.name(f"objective-{index}")
        spec: dict[str, Any] = {
            "type": "project" if index % 2 else "program",
            "status": "active" if index < 4 else "approved",
            "keyResults": [f"{objective}#kr{k}" for k in range(3)],
            "capabilities": [area.name(STRATEGIC[index % 2])],
            "decisions": [area.name(f"decision-{index % len(_DECISIONS)}")],
            "realizes": [area.name("landscape-2027")],
            "start": f"2025-1{index % 3}-01",
            "end": "2026-12-15",
            "budget": {"amount": budgets[index], "currency": "EUR"},
            "spendType": "transform" if index % 2 else "grow",
            "dependsOn": [area.name("clean-data")],
        }
        if index < 2:
            spec["addresses"] = [f"Disruption:{area.name(('new-rival', 'scarce-fitters')[index])}"]
        if index == 3:
            spec["changes"] = legacy
        yield area.define(
            "Initiative",
            f"initiative-{index}",
            f"Programme {index + 1} of {area.title}",
            "change/initiatives",
            spec,
            owner=owner(area, f"initiative {index}"),
            sentences=3,
        )
    yield area.define(
        "Initiative",
        "clean-data",
        "Clean master data",
        "change/initiatives",
        {"type": "epic", "status": "completed", "start": "2024-02-01", "end": "2024-11-30"},
        owner=area.name("engineering"),
    )


def _policies(area: Area) -> Iterator[Definition]:
    yield area.define(
        "Policy",
        "rules-for-change",
        f"Rules for change in {area.title}",
        "change/policies",
        {
            "type": "policy",
            "status": "active",
            "statement": "Nothing goes live that the people who run it have not tried.",
            "rationale": "Most outages followed a change.",
            "implications": ["A rehearsal is part of every plan", "Fridays are free of changes"],
            "effectiveFrom": "2023-01-01",
            "reviewedOn": "2026-02-11",
        },
        owner=area.name("operations"),
    )
    yield area.define(
        "Dispensation",
        "older-runtime",
        "Older runtime until the autumn",
        "change/policies",
        {
            "rules": ["BAS104"],
            "targets": [f"ITComponent:{area.name(' '.join(COMPONENTS[-1][:2]))}"],
            "policy": area.name("rules-for-change"),
            "reason": "The test bench is certified for it until October.",
            "approver": "Architecture board",
            "grantedOn": "2026-04-01",
            "expiresOn": "2026-10-31",
        },
        owner=area.name("technology"),
    )
