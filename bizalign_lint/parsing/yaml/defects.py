"""Collects the defects of one document while it is built."""

from __future__ import annotations

import re

from bizalign_lint.core import conditions
from bizalign_lint.core.limits import MAX_DEFECTS
from bizalign_lint.core.types import Pointer
from bizalign_lint.parsing.yaml.nodes import Defect, Node, Tree
from bizalign_lint.parsing.yaml.parser_error import Syntax

_TAG = re.compile(r"!\S*")


class Stop(Exception):
    """A defect that libyaml accepts, but after which the rest of the document is not read."""

    def __init__(self, problem: str, start: int, end: int) -> None:
        super().__init__(problem)
        self.syntax = Syntax(problem, start, end)


def complex_key(text: str, node: Node, flow: bool) -> Stop:
    """The error for a list or mapping that starts where a key is expected."""
    if flow:
        template = text.find("{{", node.end - 2, node.end + 1)
        if template >= 0:
            problem = "YAML reads {{ … }} as a mapping; quote template expressions"
            return Stop(problem, template, template + 2)
    return collection_key(node, node.end - 1 if flow else node.start, node.end)


def collection_key(node: Node, start: int, end: int) -> Stop:
    """The error for a list or mapping that is used as a key."""
    what = "list" if node.items is not None else "mapping"
    return Stop(f"a {what} cannot be a key here; keys are text", start, end)


class Defects:
    """The defects of one document. Methods raise Stop if there are too many."""

    def __init__(self, text: str, tree: Tree) -> None:
        self._text = text
        self._found = tree.defects
        self.broken = False
        """Whether the document as a whole is unreadable."""

    def fail(self, syntax: Syntax) -> None:
        """Add an error that makes the whole document unreadable."""
        self._found.append(_syntax(syntax.start, syntax.end, syntax.problem))
        self.broken = True

    def bad_value(self, node: Node, pointer: Pointer, problem: str) -> None:
        """Add an error in one value, which leaves the document readable."""
        self._add(_syntax(node.start, node.end, problem, pointer))

    def bad_tag(self, start: int, problem: str) -> None:
        """Add an error in the first tag at or after an index."""
        found = _TAG.search(self._text, start)
        self._add(_syntax(*(found.span() if found is not None else (start, start + 1)), problem))

    def ambiguous(
        self, node: Node, text: str, reading: str, pointer: Pointer, is_key: bool
    ) -> None:
        """Add text that YAML 1.1 reads as something else."""
        details = {"value": text, "reading": reading}
        condition = conditions.AMBIGUOUS_SCALAR
        self._add(
            Defect(
                condition=condition,
                start=node.start,
                end=node.end,
                details=details,
                subject=text,
                pointer=pointer,
                key=is_key,
            )
        )

    def torn(self, start: int, end: int, whole: str, pointer: Pointer) -> None:
        """Add a number that is split at its thousands separator."""
        self._add(
            Defect(
                condition=conditions.TORN_NUMBER,
                start=start,
                end=end,
                details={"value": whole},
                subject=whole,
                pointer=pointer,
            )
        )

    def duplicate(self, key: Node, first: Node, pointer: Pointer) -> None:
        """Add a duplicate key."""
        name = key.value
        before = ((f"{name} is first used here", first.start, first.end),)
        condition, details = conditions.DUPLICATE_KEY, {"key": name}
        self._add(
            Defect(
                condition=condition,
                start=key.start,
                end=key.end,
                details=details,
                subject=name,
                pointer=pointer,
                key=True,
                related=before,
            )
        )

    def _add(self, defect: Defect) -> None:
        """Add a defect that leaves the document readable. Raises Stop if there are too many."""
        self._found.append(defect)
        if len(self._found) > MAX_DEFECTS:
            problem = f"this document has more than {MAX_DEFECTS:,} errors; the rest is not read"
            raise Stop(problem, defect.start, defect.end)


def _syntax(start: int, end: int, problem: str, pointer: Pointer | None = None) -> Defect:
    return Defect(
        condition=conditions.SYNTAX,
        start=start,
        end=end,
        details={"problem": problem},
        subject=problem,
        pointer=pointer,
    )
