"""Which rules read a node, and from where they do."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Set

from bizalign_lint.graph.nodes import Node
from bizalign_lint.incremental.reverse_paths import Ends, ReversePaths, plain
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.reads import Prefix, reads
from bizalign_lint.schema.ontology import ObjectType


class Readers:
    """Knows the ways that rules go; they are known by their numbers."""

    def __init__(self, rules: Iterable[CompiledRule], workspace: Node) -> None:
        self._backwards = ReversePaths(workspace)
        self._ways: dict[ObjectType, dict[Prefix, list[int]]] = {}
        """For a node of a type: the ways that lead to it, and the rules that go them."""
        for number, compiled in enumerate(rules):
            found = reads(compiled.rule, compiled.context.walker)
            for prefix, types in found.nodes.items():
                way = tuple(map(plain, prefix))
                for type_ in types:
                    readers = self._ways.setdefault(type_, {}).setdefault(way, [])
                    if readers[-1:] != [number]:
                        readers.append(number)

    def of(self, nodes: Iterable[Node], numbers: Container[int]) -> Iterator[tuple[int, Set[Node]]]:
        """Which of these rules read these nodes, each with from where it does."""
        by_type: dict[ObjectType, set[Node]] = {}
        for node in nodes:
            by_type.setdefault(node.type, set()).add(node)
        for type_, there in by_type.items():
            ends = Ends(there)
            for prefix, readers in self._ways.get(type_, {}).items():
                wanted = [number for number in readers if number in numbers]
                if wanted and (origins := self._backwards.origins(prefix, ends)):
                    yield from ((number, origins) for number in wanted)
