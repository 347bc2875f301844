"""The rules that read a node, and the targets from which they read it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Set

from bizalign_lint.graph.nodes import Node
from bizalign_lint.incremental.reverse_paths import Ends, ReversePaths, plain
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.reads import Prefix, reads
from bizalign_lint.schema.ontology import ObjectType


class Readers:
    """Finds the rules that read given nodes. Rules are identified by their indexes."""

    def __init__(self, rules: Iterable[CompiledRule], workspace: Node) -> None:
        self._backwards = ReversePaths(workspace)
        self._paths: dict[ObjectType, dict[Prefix, list[int]]] = {}
        """The type of a node → the paths that lead to such nodes → the rules with these paths."""
        for number, compiled in enumerate(rules):
            found = reads(compiled.rule, compiled.context.walker)
            for prefix, types in found.nodes.items():
                path = tuple(map(plain, prefix))
                for type_ in types:
                    readers = self._paths.setdefault(type_, {}).setdefault(path, [])
                    if readers[-1:] != [number]:
                        readers.append(number)

    def of(self, nodes: Iterable[Node], numbers: Container[int]) -> Iterator[tuple[int, Set[Node]]]:
        """The rules among ``numbers`` that may read the nodes, each with the origins of its paths.

        The origins may include too many nodes, never too few. A rule may come up several times.
        """
        by_type: dict[ObjectType, set[Node]] = {}
        for node in nodes:
            by_type.setdefault(node.type, set()).add(node)
        for type_, there in by_type.items():
            ends = Ends(there)
            for prefix, readers in self._paths.get(type_, {}).items():
                wanted = [number for number in readers if number in numbers]
                if wanted and (origins := self._backwards.origins(prefix, ends)):
                    yield from ((number, origins) for number in wanted)
