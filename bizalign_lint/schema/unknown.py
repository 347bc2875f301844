"""An unknown property → where it belongs, its name here, or how to write it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bizalign_lint.core.suggest import nearest, suggestion
from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.schema.aliases import find_property_name, use_instead
from bizalign_lint.schema.ontology import Property
from bizalign_lint.schema.reshaped import dated, dated_beside


class Unknown(NamedTuple):
    """What was probably meant by an unknown property."""

    hint: str
    near: str = ""
    """The name that was probably meant."""
    certain: bool = False
    """Whether it can mean nothing else."""

    def details(self, name: str) -> dict[str, str]:
        """The details of a flaw about the property ``name``."""
        certain = "yes" if self.certain else ""
        return {"property": name, "suggestion": self.hint, "near": self.near, "certain": certain}


def explain(name: str, siblings: Mapping[str, Any], known: Sequence[Property]) -> Unknown:
    """What was probably meant by an unknown name; ``siblings`` are the values beside it and its
    own."""
    value = siblings[name]
    if isinstance(value, list) and (days := dated(value, known)):
        return Unknown(f"write {flow(days)[1:-1]} instead")
    if (pair := dated_beside(name, siblings, known)) is not None:
        return Unknown(f"write {pair[0]}: {pair[1]} instead")
    if holder := _holder(known, name):
        return Unknown(f"it belongs under {holder}")
    if alias := find_property_name(name, known):
        return Unknown(use_instead(alias), alias, certain=True)
    near = nearest(name, [property_.name for property_ in known])
    return Unknown(suggestion(near), near or "")


def _holder(beside: Iterable[Property], name: str) -> str | None:
    """The only one of the blocks beside a name that has such a property; None if none or
    several."""
    holders = [p.name for p in beside if p.object and not p.many and name in p.object.properties]
    return holders[0] if len(holders) == 1 else None
