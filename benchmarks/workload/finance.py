"""The money of a division: from the ledger through pools and towers to its capabilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .choice import number, split
from .definition import Area, Definition, period
from .technology import phase, supported
from .words import ACCOUNTS, APPLICATIONS, POOLS, SERVICES, TOWERS

_LIVE = [i for i in range(len(APPLICATIONS)) if phase(i) not in ("plan", "endOfLife")]
Allocations = list[dict[str, Any]]


@dataclass(slots=True)
class Ledger:
    """How the money of a division flows, so that every layer adds up."""

    accounts: dict[str, int] = field(default_factory=dict)
    pools: dict[str, Allocations] = field(default_factory=dict)
    towers: dict[str, Allocations] = field(default_factory=dict)
    services: dict[str, Allocations] = field(default_factory=dict)
    applications: dict[str, Allocations] = field(default_factory=dict)
    budgets: list[int] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What everything costs."""
        return sum(self.accounts.values())

    @property
    def mix(self) -> dict[str, int]:
        """What part of the spending is for what, in percent."""
        grow, transform = CHANGE_SPENDING
        whole = self.total + sum(CHANGE_SPENDING)
        parts = {"grow": grow * 100 // whole, "transform": transform * 100 // whole}
        return {"run": 100 - sum(parts.values()), **parts}


CHANGE_SPENDING = (210_000, 340_000)
"""What the first two initiatives have cost: to grow and to transform."""


def ledger(area: Area) -> Ledger:
    """The money of a division."""
    key = area.slug
    books = Ledger()
    for title in ACCOUNTS:
        books.accounts[title] = 1000 * (180 + number(f"{key} {title}", 400))
    amounts = list(books.accounts.values())
    received: dict[str, int] = {}
    for index, pool in enumerate(POOLS):
        parts = split(amounts[2 * index] + amounts[2 * index + 1], (3, 5, 2))
        books.pools[pool] = _allocations(
            [(area.name(t), p) for t, p in _add(received, TOWERS, parts)]
        )
    for tower in TOWERS:
        targets = _targets(tower)
        weights = [1 + number(f"{key} {tower} {t}", 9) for t in targets]
        parts = split(received[tower], weights)
        books.towers[tower] = _allocations(
            [(_typed(area, t), p) for t, p in _add(received, targets, parts)]
        )
    for index, service in enumerate(SERVICES):
        served = [APPLICATIONS[i] for i in _LIVE if i % len(SERVICES) == index]
        parts = split(received[service], [1 + number(f"{key} {service} {a}", 9) for a in served])
        books.services[service] = _allocations(
            [(f"Application:{area.name(a)}", p) for a, p in _add(received, served, parts)]
        )
    for i in _LIVE:
        title = APPLICATIONS[i]
        leaves = supported(i)
        parts = split(received[title], [3] * len(leaves))
        books.applications[title] = _allocations(
            [(area.name(leaf), part) for leaf, part in zip(leaves, parts, strict=True)]
        )
    books.budgets = [50_000 * (4 + number(f"{key} budget {i}", 30)) for i in range(6)]
    return books


def _targets(tower: str) -> list[str]:
    if tower == "Application":
        return [APPLICATIONS[i] for i in _LIVE]
    return list(SERVICES[-1:] if tower == "End User" else SERVICES[:-1])


def _typed(area: Area, title: str) -> str:
    kind = "ITService" if title in SERVICES else "Application"
    return f"{kind}:{area.name(title)}"


def _add(received: dict[str, int], names: Any, parts: list[int]) -> list[tuple[str, int]]:
    """Remember what each of some receives."""
    pairs = list(zip(names, parts, strict=True))
    for name, part in pairs:
        received[name] = received.get(name, 0) + part
    return pairs


def _allocations(pairs: list[tuple[str, int]]) -> Allocations:
    total = sum(amount for _, amount in pairs)
    return [
        {"to": to, "share": round(100 * amount / total, 2), "amount": amount, "driver": "Use"}
        for to, amount in pairs
    ]


def finance(area: Area, books: Ledger) -> Iterator[Definition]:
    """The accounts, pools, towers, services and costs of a division."""
    for index, (title, amount) in enumerate(books.accounts.items()):
        yield area.define(
            "Account",
            title,
            title,
            "finance",
            {
                "code": f"61{index}300",
                "costPool": area.name(POOLS[index // 2]),
                "expenditure": "opex",
            },
            owner=area.name("finance"),
            sentences=0,
            file="chart-of-accounts",
        )
        yield _cost(area, "Account", title, amount, "accounts-2026")
    for pool, allocations in books.pools.items():
        spec: dict[str, Any] = {"taxonomy": "tbm-5.0", "term": pool, "allocations": allocations}
        yield area.define("CostPool", pool, pool, "finance/pools", spec, owner=area.name("finance"))
        yield _cost(area, "CostPool", pool, _sum(allocations), "layers-2026")
    for tower, allocations in books.towers.items():
        spec = {"taxonomy": "tbm-5.0", "term": tower, "allocations": allocations}
        yield area.define("Tower", tower, tower, "finance/towers", spec, owner=area.name("finance"))
        yield _cost(area, "Tower", tower, _sum(allocations), "layers-2026")
    for service, allocations in books.services.items():
        spec = {
            "serves": [entry["to"] for entry in allocations],
            "components": [area.name("PostgreSQL 16.3"), "group-identity"],
            "provider": area.name("Regional Hosting"),
            "criticality": "businessOperational",
            "lifecycle": {"phaseIn": "2019-01-01", "active": "2019-07-01"},
            "availability": 99.5,
            "allocations": allocations,
        }
        yield area.define(
            "ITService",
            service,
            service,
            "technology/services",
            spec,
            owner=area.name("technology"),
        )
        yield _cost(area, "ITService", service, _sum(allocations))
    for title, allocations in books.applications.items():
        yield _cost(area, "Application", title, _sum(allocations))
    for index, (spend, amount) in enumerate(
        zip(("grow", "transform"), CHANGE_SPENDING, strict=True)
    ):
        yield _cost(area, "Initiative", f"initiative-{index}", amount, spend=spend)


def _sum(allocations: Allocations) -> int:
    return sum(entry["amount"] for entry in allocations)


def _cost(
    area: Area, kind: str, title: str, amount: int, file: str = "", spend: str = "run"
) -> Definition:
    return area.define(
        "Cost",
        f"{title}-2026",
        f"{title} 2026",
        "finance/2026",
        {
            "costObject": f"{kind}:{area.name(title)}",
            "amount": amount,
            "currency": "EUR",
            "period": period(),
            "spendType": spend,
        },
        owner=area.name("finance"),
        sentences=0 if file else 2,
        file=file,
    )
