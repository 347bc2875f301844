"""The business side of a division: organisation, strategy, capabilities, objectives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .choice import number, pick, picks
from .definition import Area, Definition, key_results, period
from .words import CAPABILITIES, KEY_RESULTS, OBJECTIVES, STAGES

_DEPARTMENTS = ("Sales", "Engineering", "Operations", "Technology", "Finance")
_ARCHETYPES = {
    "coordination": ("low", "high"),
    "unification": ("high", "high"),
    "diversification": ("low", "low"),
    "replication": ("high", "low"),
}
STRATEGIC = ("Order Fulfilment", "Customer Care")
"""The capabilities that set the division apart, and are not yet where they should be."""
LEAVES = tuple(leaf for leaves in CAPABILITIES.values() for leaf in leaves)


def owner(area: Area, key: str) -> str:
    """The department that answers for something."""
    return area.name(pick(f"{area.slug} {key}", _DEPARTMENTS))


def business(area: Area, mix: dict[str, int]) -> Iterator[Definition]:
    """The business side of a division. ``mix`` is how it means to spend."""
    yield from _organisation(area)
    yield from _strategies(area, mix)
    yield from _value(area)
    yield from _capabilities(area)
    yield from _objectives(area)
    yield from _disruptions(area)


def _organisation(area: Area) -> Iterator[Definition]:
    yield area.define(
        "OrganizationUnit",
        "division",
        area.title,
        "organization",
        {"type": "division", "parent": "corvane", "lead": f"Head of {area.title}"},
        owner="corvane",
    )
    for title in _DEPARTMENTS:
        leaves = picks(f"{area.slug} {title}", LEAVES, 3)
        spec = {
            "type": "department",
            "parent": area.name("division"),
            "capabilities": list(map(area.name, leaves)),
        }
        yield area.define(
            "OrganizationUnit", title, title, "organization", spec, owner=area.name("division")
        )


def _strategies(area: Area, mix: dict[str, int]) -> Iterator[Definition]:
    scope = [area.name(title) for title in CAPABILITIES]
    yield area.define(
        "Strategy",
        "business",
        f"{area.title} 2028",
        "strategy",
        {
            "level": 2,
            "domain": "business",
            "parent": "corvane-2030",
            "lenses": ["market", "competitive-advantage"],
            "horizon": period("2025-07-01", "2028-12-31"),
            "sponsor": f"Head of {area.title}",
            "cadence": "quarterly",
            "capabilities": scope,
            "investmentMix": mix,
        },
        owner=area.name("division"),
        sentences=4,
    )
    yield area.define(
        "Strategy",
        "technology",
        f"Technology for {area.title}",
        "strategy",
        {
            "level": 3,
            "domain": "technology",
            "parent": area.name("business"),
            "horizon": period("2025-07-01", "2027-12-31"),
            "sponsor": "Head of technology",
            "cadence": "monthly",
            "capabilities": scope,
        },
        owner=area.name("technology"),
        sentences=4,
    )


def _value(area: Area) -> Iterator[Definition]:
    archetype = pick(area.slug, list(_ARCHETYPES))
    standardization, integration = _ARCHETYPES[archetype]
    yield area.define(
        "BusinessModel",
        "machines",
        f"{area.title}, sold and served",
        "strategy",
        {
            "strategy": area.name("business"),
            "valuePropositions": ["Delivered on the promised day", "Served within a working day"],
            "customerSegments": ["Machine builders", "Plant operators", "Municipal utilities"],
            "channels": ["Own sales force", "Distributors"],
            "revenueStreams": ["Sales", "Spare parts", "Service contracts"],
            "capabilities": [area.name(title) for title in STRATEGIC],
        },
        owner=owner(area, "model"),
    )
    yield area.define(
        "OperatingModel",
        "way-of-working",
        f"How {area.title} works",
        "strategy",
        {
            "archetype": archetype,
            "processStandardization": standardization,
            "processIntegration": integration,
            "strategy": area.name("business"),
            "businessModels": [area.name("machines")],
            "capabilities": [area.name(title) for title in CAPABILITIES],
            "organizationUnits": [area.name("sales"), area.name("operations")],
        },
        owner=area.name("division"),
    )
    for stream, steps in (("Order to delivery", 0), ("Fault to running", 8)):
        stages = [
            {
                "name": stage.lower(),
                "title": stage,
                "capabilities": [area.name(leaf) for leaf in LEAVES[steps + 4 * i :][:2]],
                "exitCriteria": "The customer has confirmed in writing",
            }
            for i, stage in enumerate(STAGES)
        ]
        yield area.define(
            "ValueStream",
            stream,
            stream,
            "value-streams",
            {
                "businessModel": area.name("machines"),
                "stakeholder": "Customer",
                "trigger": "A need is told",
                "stages": stages,
            },
            owner=owner(area, stream),
        )


def _capabilities(area: Area) -> Iterator[Definition]:
    yield area.define(
        "Capability",
        "enterprise",
        f"{area.title} Value Creation",
        "capabilities",
        {"level": 1, "tier": "core", "importance": 4},
        owner=area.name("division"),
    )
    for title, leaves in CAPABILITIES.items():
        gap = int(title in STRATEGIC)
        yield area.define(
            "Capability",
            title,
            title,
            "capabilities",
            {
                "level": 2,
                "parent": area.name("enterprise"),
                "tier": "strategic" if gap else "core",
                "importance": 4 + gap,
                "maturity": {"current": 3, "target": 3 + gap},
            },
            owner=owner(area, title),
            sentences=3,
        )
        for leaf in leaves:
            maturity = 2 + number(f"{area.slug} {leaf}", 3)
            spec: dict[str, Any] = {
                "level": 3,
                "parent": area.name(title),
                "tier": pick(f"{area.slug} {leaf}", ("core", "supporting")),
                "importance": 1 + number(f"{area.slug} {leaf} i", 4),
                "maturity": {"current": maturity, "target": maturity + number(leaf, 2)},
            }
            folder = f"capabilities/{area.name(title)}"
            yield area.define(
                "Capability", leaf, leaf, folder, spec, owner=owner(area, leaf), sentences=3
            )


def _objectives(area: Area) -> Iterator[Definition]:
    for index, title in enumerate(OBJECTIVES):
        key = f"{area.slug} objective {index}"
        rows = picks(key, KEY_RESULTS, 3)
        yield area.define(
            "Objective",
            f"objective-{index}",
            f"{title} ({area.title})",
            "objectives/2026",
            {
                "strategy": area.name("business" if index < 3 else "technology"),
                "parent": f"group-objective-{index % 3}",
                "capabilities": [area.name(t) for t in picks(key, list(CAPABILITIES), 2)],
                "addresses": [f"Disruption:{area.name('new-rival')}"] if index == 0 else [],
                "period": period(),
                "status": "active",
                "keyResults": key_results(key, rows),
            },
            owner=owner(area, key),
        )


def _disruptions(area: Area) -> Iterator[Definition]:
    for name, title, lens, state in (
        ("new-rival", "A new rival from the trade", "market", "emerging"),
        ("scarce-fitters", "Fitters are scarce", "operating-model", "known"),
    ):
        yield area.define(
            "Disruption",
            name,
            title,
            "disruptions",
            {
                "lens": lens,
                "state": state,
                "cause": "Wages in the region rose by nine percent within a year.",
                "effect": "Lead times get longer and standard orders go to others.",
                "evidence": ["Loss reports of 2025", "Interviews with eleven customers"],
                "severity": pick(f"{area.slug} {name}", ("medium", "high")),
                "assessedOn": "2026-02-10",
                "reviewInterval": "P6M",
                "impact": {
                    "business": {
                        "summary": "Every tenth order is at risk.",
                        "capabilities": [area.name("Order Capture"), area.name("Fault Diagnosis")],
                        "valueStreams": [area.name("Order to delivery")],
                    },
                    "technology": {
                        "summary": "Availability has to be shown before the order.",
                        "applications": [area.name("Keystone ERP")],
                    },
                },
                "response": {"stance": "mitigate", "summary": "Promise dates we can keep."},
            },
            owner=owner(area, name),
        )
