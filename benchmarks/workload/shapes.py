"""Models whose shape is hard to judge: long chains, rings, cliques, hubs; each by its size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping


def _definition(kind: str, name: str, spec: str = "", metadata: str = "") -> str:
    return (
        f"apiVersion: bizalign/v1\nkind: {kind}\n"
        f"metadata: {{name: {name}, title: The {kind} {name}{metadata}}}\nspec: {{{spec}}}\n"
    )


def strategies_in_a_chain(size: int) -> Iterator[str]:
    """Each below the one before, each with a capability of its own."""
    for n in range(size):
        yield _definition("Capability", f"c{n}", "level: 1")
        parent = f"parent: s{n - 1}, " if n else ""
        yield _definition("Strategy", f"s{n}", f"{parent}capabilities: [c{n}]")


def strategies_in_a_ring(size: int) -> Iterator[str]:
    """The same, and the first below the last."""
    for n in range(size):
        yield _definition("Capability", f"c{n}", "level: 1")
        yield _definition("Strategy", f"s{n}", f"parent: s{(n - 1) % size}, capabilities: [c{n}]")


def strategies_of_both_domains(size: int) -> Iterator[str]:
    """A chain in which business and technology take turns."""
    for n in range(size):
        domain = "technology" if n % 2 else "business"
        parent = f"parent: s{n - 1}, " if n else ""
        yield _definition("Capability", f"c{n}", "level: 1")
        yield _definition("Strategy", f"s{n}", f"{parent}domain: {domain}, capabilities: [c{n}]")


def capabilities_in_a_chain(size: int) -> Iterator[str]:
    """Each below the one before, with an objective and costs at the end."""
    for n in range(size):
        parent = f", parent: c{n - 1}" if n else ""
        yield _definition("Capability", f"c{n}", f"level: {n + 1}{parent}")


def _components(size: int, depends: Callable[[int], list[int]]) -> Iterator[str]:
    for n in range(size):
        on = ", ".join(f"i{other}" for other in depends(n))
        support = "vendorSupport: {endOfSupport: 2020-01-01}"
        yield _definition("ITComponent", f"i{n}", f"{support}, dependsOn: [{on}]")
        yield _definition("Capability", f"c{n}", "level: 1, tier: strategic")
        live = "lifecycle: {active: 2015-01-01}"
        yield _definition("Application", f"a{n}", f"{live}, supports: [c{n}], components: [i{n}]")


def components_in_a_chain(size: int) -> Iterator[str]:
    """Each depends on the next and is out of support; each has an application and a capability."""
    return _components(size, lambda n: [n + 1] if n + 1 < size else [])


def components_in_a_ring(size: int) -> Iterator[str]:
    """The same, and the last depends on the first."""
    return _components(size, lambda n: [(n + 1) % size])


def components_in_cliques(size: int) -> Iterator[str]:
    """Groups of forty in which each depends on all others, and on the next group."""

    def depends(n: int) -> list[int]:
        first = n - n % 40
        group = [other for other in range(first, min(first + 40, size)) if other != n]
        return [*group, first + 40] if first + 40 < size else group

    return _components(size, depends)


def components_in_a_ladder(size: int) -> Iterator[str]:
    """Each depends on the next two, so that ways double at each."""
    return _components(size, lambda n: [m for m in (n + 1, n + 2) if m < size])


def successors_in_a_chain(size: int) -> Iterator[str]:
    """Each application is replaced by the next, and supports a strategic capability."""
    for n in range(size):
        successor = f", successor: a{n + 1}" if n + 1 < size else ""
        yield _definition("Capability", f"c{n}", "level: 1, tier: strategic")
        dates = "lifecycle: {active: 2015-01-01, phaseOut: 2020-01-01}"
        yield _definition("Application", f"a{n}", f"{dates}, supports: [c{n}]{successor}")


def strategies_over_one_capability(size: int) -> Iterator[str]:
    """All want the same capability, which has as many narrower ones, each with costs."""
    mix = "investmentMix: {run: 60, grow: 30, transform: 10}"
    yield _definition("Capability", "top", "level: 1")
    for n in range(size):
        yield _definition("Strategy", f"s{n}", f"capabilities: [top], {mix}")
        yield _definition("Capability", f"c{n}", "level: 2, parent: top")
        yield _definition("Application", f"a{n}", f"supports: [c{n}]")
        money = "amount: 10, currency: EUR, period: 2026, spendType: run"
        yield _definition("Cost", f"k{n}", f"{money}, applications: [a{n}]")


def units_in_a_chain(size: int) -> Iterator[str]:
    """Each below the one before, and all of them owners."""
    for n in range(size):
        parent = f"parent: u{n - 1}" if n else ""
        yield _definition("OrganizationUnit", f"u{n}", parent)
        yield _definition("Capability", f"c{n}", "level: 1", f", owner: u{n}")


def initiatives_in_a_chain(size: int) -> Iterator[str]:
    """Each depends on the one before; all are part of the same program."""
    for n in range(size):
        on = f"dependsOn: [n{n - 1}], " if n else ""
        yield _definition("Initiative", f"n{n}", f"{on}start: 2026-01-01, end: 2026-12-31")


def lost_names(size: int) -> Iterator[str]:
    """Each reference is to a name that is not there, among as many that are."""
    for n in range(size):
        yield _definition("Capability", f"c{n}", "level: 1")
        yield _definition("Application", f"a{n}", f"supports: [nope-{n}]")


def accepted_one_by_one(size: int) -> Iterator[str]:
    """Each definition has two findings, each accepted by a comment of its own."""
    for n in range(size):
        text = _definition("Application", f"a{n}", "supports: [nope], components: [neither]")
        yield f"# bizalign: ignore[MOD109] -- known\n{text}# bizalign: ignore[MOD119] -- too\n"


SHAPES: Mapping[str, tuple[int, Callable[[int], Iterator[str]]]] = {
    "strategies in a chain": (500, strategies_in_a_chain),
    "strategies in a ring": (500, strategies_in_a_ring),
    "strategies of both domains": (500, strategies_of_both_domains),
    "capabilities in a chain": (500, capabilities_in_a_chain),
    "components in a chain": (500, components_in_a_chain),
    "components in a ring": (500, components_in_a_ring),
    "components in cliques": (400, components_in_cliques),
    "components in a ladder": (500, components_in_a_ladder),
    "successors in a chain": (1000, successors_in_a_chain),
    "strategies over one capability": (250, strategies_over_one_capability),
    "units in a chain": (500, units_in_a_chain),
    "initiatives in a chain": (500, initiatives_in_a_chain),
    "lost names": (1000, lost_names),
    "accepted one by one": (1000, accepted_one_by_one),
}
"""Each with the size that growth is measured from."""
