"""What must not be relied on because a flaw has been reported: one mistake, one finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from bizalign_lint.core.types import Flaw

Reasons = Mapping[str, Flaw]
"""Untrusted properties, or words, each with the flaw that is the reason."""


class Node(Protocol):
    """A node with properties that may be untrusted. Only this module sets ``distrusted``."""

    distrusted: dict[str, Flaw] | None


N = TypeVar("N", bound=Node)


class Trust(Generic[N]):
    """Records what is not trusted in a graph, and why. Of several reasons, the first is kept."""

    def __init__(self, words: Reasons = MappingProxyType({})) -> None:
        self.words = words
        """Words in parts that could not be read: nodes of these names may exist."""
        self._nodes: dict[N, None] = {}

    def distrust(self, node: N, property_: str, why: Flaw) -> None:
        """Mark a property of a node, or an inverse, as untrusted."""
        if node.distrusted is None:
            node.distrusted = {}
        node.distrusted.setdefault(property_, why)
        self._nodes[node] = None

    def distrust_names(self, words: Reasons) -> None:
        """Replace the words whose absence from the model cannot be trusted."""
        self.words = words

    def why_name(self, name: str) -> Flaw | None:
        """Why a node of a name may exist, or have more to it, than was read; None if that is
        certain."""
        if not self.words:
            return None
        return next((self.words[word] for word in name.split("#") if word in self.words), None)

    def nodes(self) -> dict[N, Reasons]:
        """The nodes with untrusted properties, each with a copy of its reasons."""
        return {node: {**node.distrusted} for node in self._nodes if node.distrusted}

    def clear(self) -> None:
        """Trust all nodes again."""
        for node in self._nodes:
            node.distrusted = None
        self._nodes.clear()


def trusts(node: Node, property_: str) -> bool:
    """Whether a property of a node, or an inverse, is trusted."""
    return node.distrusted is None or property_ not in node.distrusted


def why(node: Node, properties: Iterable[str]) -> Flaw | None:
    """Why one of several properties, or inverses, is not trusted; None if all are."""
    distrusted = node.distrusted
    if distrusted is None:
        return None
    return next((distrusted[name] for name in properties if name in distrusted), None)
