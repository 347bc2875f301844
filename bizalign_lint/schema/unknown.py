"""A property that is not known → where it belongs, what it is called here, or how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bizalign_lint.core.suggest import nearest, suggestion
from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.schema.aliases import instead, property_called
from bizalign_lint.schema.ontology import Property
from bizalign_lint.schema.reshaped import dated, dated_beside


class Unknown(NamedTuple):
    """What is known of a property that is not."""

    hint: str
    near: str = ""
    """The name that was probably meant."""
    certain: bool = False
    """Whether nothing else can be meant."""

    def details(self, name: str) -> dict[str, str]:
        """The same as details of a flaw about the property of that name."""
        certain = "yes" if self.certain else ""
        return {"property": name, "suggestion": self.hint, "near": self.near, "certain": certain}


def explain(name: str, siblings: Mapping[str, Any], known: Sequence[Property]) -> Unknown:
    """What is meant by a name that no known property has; ``siblings`` hold its value."""
    value = siblings[name]
    if isinstance(value, list) and (days := dated(value, known)):
        return Unknown(f"in its place write {flow(days)[1:-1]}")
    if (pair := dated_beside(name, siblings, known)) is not None:
        return Unknown(f"in its place write {pair[0]}: {pair[1]}")
    if holder := _holder(known, name):
        return Unknown(f"it belongs under {holder}")
    if alias := property_called(name, known):
        return Unknown(instead(alias), alias, certain=True)
    near = nearest(name, [property_.name for property_ in known])
    return Unknown(suggestion(near), near or "")


def _holder(beside: Iterable[Property], name: str) -> str | None:
    """The block that has a property of that name, where only one of those beside it has."""
    holders = [p.name for p in beside if p.object and not p.many and name in p.object.properties]
    return holders[0] if len(holders) == 1 else None
