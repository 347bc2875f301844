"""What has been reported already, and so is relied on no more: one mistake is one finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from bizalign_lint.core.types import Flaw

Reasons = Mapping[str, Flaw]
"""Properties, or words, that are not relied on, each with what has been reported of it."""


class Node(Protocol):
    """What has properties that may not be relied on. Only this module sets ``distrusted``."""

    distrusted: dict[str, Flaw] | None


N = TypeVar("N", bound=Node)


class Trust(Generic[N]):
    """Keeps what of a graph is not relied on, and why. Of several reasons the first one counts."""

    def __init__(self, words: Reasons = MappingProxyType({})) -> None:
        self.words = words
        """Words in what could not be understood: what they name may well be there."""
        self._nodes: dict[N, None] = {}

    def distrust(self, node: N, property_: str, why: Flaw) -> None:
        """Rely no more on a property of a node, or on the inverse of one."""
        if node.distrusted is None:
            node.distrusted = {}
        node.distrusted.setdefault(property_, why)
        self._nodes[node] = None

    def distrust_names(self, words: Reasons) -> None:
        """Rely no more on there being nothing of these names, and on what names them; on all
        others again."""
        self.words = words

    def why_name(self, name: str) -> Flaw | None:
        """Why there may be something of a name, or may be more about it, than could be read."""
        if not self.words:
            return None
        return next((self.words[word] for word in name.split("#") if word in self.words), None)

    def nodes(self) -> dict[N, Reasons]:
        """The nodes that are not relied on in everything, each with a copy of its reasons."""
        return {node: {**node.distrusted} for node in self._nodes if node.distrusted}

    def clear(self) -> None:
        """Rely on all nodes again."""
        for node in self._nodes:
            node.distrusted = None
        self._nodes.clear()


def trusts(node: Node, property_: str) -> bool:
    """Whether a property of a node, or the inverse of one, can be relied on."""
    return node.distrusted is None or property_ not in node.distrusted


def why(node: Node, properties: Iterable[str]) -> Flaw | None:
    """Why one of some properties, or inverses, is not relied on; None where all are."""
    distrusted = node.distrusted
    if distrusted is None:
        return None
    return next((distrusted[name] for name in properties if name in distrusted), None)
