"""The technology side of a division: applications and what they run on, risks and controls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .business import LEAVES, owner
from .choice import number, pick
from .definition import Area, Definition
from .words import APPLICATIONS, COMPONENTS

_FITS = {"invest": (4, 3), "tolerate": (2, 3), "migrate": (3, 2), "eliminate": (2, 1)}
_LIFECYCLES = {
    "plan": {"plan": "2026-05-01", "phaseIn": "2026-11-01", "active": "2027-03-01"},
    "phaseIn": {"plan": "2025-03-01", "phaseIn": "2026-02-01", "active": "2026-10-01"},
    "active": {"plan": "2016-03-01", "active": "2017-09-01"},
    "phaseOut": {"active": "2009-06-01", "phaseOut": "2025-11-01", "endOfLife": "2027-03-31"},
    "endOfLife": {"active": "2004-01-01", "endOfLife": "2025-12-31"},
}
LEAVING = "Tundra Archive"
"""Is replaced by the application after it."""


def phase(index: int) -> str:
    """The phase that an application of a division is in."""
    if APPLICATIONS[index] == LEAVING:
        return "phaseOut"
    return {6: "phaseIn", 12: "plan", 25: "endOfLife"}.get(index, "active")


def classification(area: Area, index: int) -> str:
    """What the portfolio review recommends for an application."""
    if phase(index) in ("plan", "phaseIn"):
        return "invest"
    if phase(index) in ("phaseOut", "endOfLife"):
        return "eliminate"
    return pick(f"{area.slug} time {index}", ("invest", "tolerate", "tolerate", "migrate"))


def supported(index: int) -> list[str]:
    """The capabilities that an application of a division supports."""
    if phase(index) == "endOfLife":
        return []
    second = [LEAVES[(index + 7) % len(LEAVES)]] if index % 3 == 0 else []
    if APPLICATIONS[index - 1] == LEAVING:
        second = [LEAVES[(index - 1) % len(LEAVES)]]
    return [LEAVES[index % len(LEAVES)], *second]


def technology(area: Area, allocations: dict[str, list[dict[str, Any]]]) -> Iterator[Definition]:
    """The technology side of a division. ``allocations`` are those of applications by title."""
    for index, title in enumerate(APPLICATIONS):
        yield _application(area, index, title, allocations.get(title))
    yield from _components(area)
    for name in ("Regional Hosting", "Fitting Software"):
        yield area.define(
            "Provider",
            name,
            f"{name} {area.title}",
            "technology/providers",
            {
                "type": "outsourcer" if "Hosting" in name else "vendor",
                "substitutability": "easy",
                "contract": {"start": "2024-07-01", "end": "2027-06-30"},
                "reviewedOn": "2026-01-15",
            },
            owner=area.name("technology"),
        )
    yield from _licenses(area)
    yield from _risks(area)


def _application(
    area: Area, index: int, title: str, allocations: list[dict[str, Any]] | None
) -> Definition:
    recommended = classification(area, index)
    functional, technical = _FITS[recommended]
    key = f"{area.slug} {title}"
    running = [
        area.name(" ".join(COMPONENTS[number(f"{key} {i}", len(COMPONENTS) - 1)][:2]))
        for i in range(2)
    ]
    spec: dict[str, Any] = {
        "supports": list(map(area.name, supported(index))),
        "lifecycle": dict(_LIFECYCLES[phase(index)]),
        "timeClassification": recommended,
        "functionalFit": functional,
        "technicalFit": technical,
        "criticality": pick(
            key, ("administrativeService", "businessOperational", "businessCritical")
        ),
        "components": list(dict.fromkeys(running)),
        "provider": pick(key, ("vantage-software", area.name("Fitting Software"))),
        "reviewedOn": f"2026-0{1 + number(key, 6)}-17",
    }
    if title == LEAVING:
        spec["disposition"] = "retire"
        spec["successor"] = area.name(APPLICATIONS[index + 1])
    if allocations:
        spec["allocations"] = allocations
    return area.define(
        "Application",
        title,
        title,
        "technology/applications",
        spec,
        owner=owner(area, title),
        sentences=3,
    )


def _components(area: Area) -> Iterator[Definition]:
    for index, (product, version, category) in enumerate(COMPONENTS):
        last = index == len(COMPONENTS) - 1
        spec: dict[str, Any] = {
            "category": category,
            "product": product,
            "version": version,
            "vendorSupport": {
                "generalAvailability": "2020-04-23" if last else f"2024-0{1 + index}-14",
                "extendedSupport": "2025-05-31" if last else "2028-12-31",
                "endOfSupport": "2026-10-31" if last else f"203{index % 3}-06-30",
            },
            "lifecycle": {"phaseIn": "2024-09-01", "active": "2025-02-01"},
            "standard": "approved",
            "provider": "stratus-cloud" if category == "platform" else "vantage-software",
            "dependsOn": ["group-network"],
        }
        if last:
            spec["successor"] = area.name(" ".join(COMPONENTS[index - 1][:2]))
        yield area.define(
            "ITComponent",
            f"{product} {version}",
            f"{product} {version}",
            "technology/components",
            spec,
            owner=area.name("technology"),
        )


def _licenses(area: Area) -> Iterator[Definition]:
    for index in range(4):
        covered = [APPLICATIONS[i] for i in (index, index + 14) if phase(i) != "endOfLife"]
        used = 40 + number(f"{area.slug} licence {index}", 160)
        yield area.define(
            "License",
            f"licence-{index}",
            f"Licence {area.title} {index + 1}",
            "technology/licences",
            {
                "provider": "vantage-software",
                "covers": [f"Application:{area.name(title)}" for title in covered],
                "metric": pick(f"{area.slug} {index}", ("namedUser", "concurrentUser", "device")),
                "entitlement": 200,
                "usage": used,
                "startsOn": "2025-07-01",
                "expiresOn": "2028-06-30",
            },
            owner=area.name("technology"),
        )


def _risks(area: Area) -> Iterator[Definition]:
    risks = ("Loss of one person's knowledge", "Late delivery dates", "Leaked drawings", "Outage")
    for index, title in enumerate(risks):
        applications = (APPLICATIONS[index * 5], APPLICATIONS[index * 5 + 3])
        yield area.define(
            "Risk",
            f"risk-{index}",
            title,
            "technology/risks",
            {
                "threatens": [f"Application:{area.name(a)}" for a in applications],
                "likelihood": 2 + number(f"{area.slug} {title}", 3),
                "impact": 4,
                "treatment": "reduce",
                "mitigation": "Two people know every part; drawings are kept in one place.",
                "status": "open",
                "assessedOn": "2026-03-02",
                "reviewInterval": "P1Y",
            },
            owner=owner(area, title),
        )
        yield area.define(
            "Control",
            f"control-{index}",
            f"Watch over: {title.lower()}",
            "technology/controls",
            {
                "mitigates": [area.name(f"risk-{index}")],
                "protects": [f"Application:{area.name(a)}" for a in applications],
                "policy": area.name("rules-for-change"),
                "type": pick(f"{area.slug} {index}", ("preventive", "detective")),
                "status": "implemented",
                "effectiveness": pick(f"{area.slug} e {index}", ("partial", "effective")),
                "testedOn": "2026-05-20",
            },
            owner=area.name("technology"),
        )
