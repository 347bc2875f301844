"""Whole definitions to fill in, in the syntax that editors call snippets."""

from __future__ import annotations

from typing import Any

from bizalign_lint.parsing.yaml.write import plain, scalar
from bizalign_lint.schema.ontology import Kind, Property
from bizalign_lint.schema.skeleton import Shown, Stops, choices, typical


def whole(kind: Kind) -> dict[str, Any]:
    """A definition of a kind, with the values that an example shows."""
    return typical(kind, _Examples())


class _Examples(Stops):
    """Stops at the values of examples."""

    def value(self, property_: Property, shown: Shown, /) -> str:
        value = next((value for value in shown if value is not None), property_.name)
        text = plain(value) if isinstance(value, str) else scalar(value)
        options = choices(property_)
        if options:
            return self.stop("", sorted(options, key=lambda option: option != text))
        if text.startswith('"'):
            return f'"{self.stop(text[1:-1])}"'
        return self.stop(text)
