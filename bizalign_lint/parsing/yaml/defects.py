"""What is wrong with one document, as it is built: noted, or the end of reading it."""

from __future__ import annotations

import re

from bizalign_lint.core import conditions
from bizalign_lint.core.limits import MAX_DEFECTS
from bizalign_lint.core.types import Pointer
from bizalign_lint.parsing.yaml.nodes import Defect, Node, Tree
from bizalign_lint.parsing.yaml.parser_error import Syntax

_TAG = re.compile(r"!\S*")


class Stop(Exception):
    """Something that libyaml reads, but that makes the rest of the document pointless to read."""

    def __init__(self, problem: str, start: int, end: int) -> None:
        super().__init__(problem)
        self.syntax = Syntax(problem, start, end)


def complex_key(text: str, node: Node, flow: bool) -> Stop:
    """What is said of a list or mapping that is being opened where a key is awaited."""
    if flow:
        template = text.find("{{", node.end - 2, node.end + 1)
        if template >= 0:
            problem = "YAML reads {{ … }} as a mapping; quote template expressions"
            return Stop(problem, template, template + 2)
    return no_key(node, node.end - 1 if flow else node.start, node.end)


def no_key(node: Node, start: int, end: int) -> Stop:
    """What is said of a list or mapping that is used as a key."""
    what = "list" if node.items is not None else "mapping"
    return Stop(f"a {what} cannot be a key here; keys are text", start, end)


class Defects:
    """The defects of one document. Raises Stop where there are too many."""

    def __init__(self, text: str, tree: Tree) -> None:
        self._text = text
        self._found = tree.defects
        self.broken = False
        """Whether the document as a whole is unreadable."""

    def fail(self, syntax: Syntax) -> None:
        """Note what makes the document as a whole unreadable."""
        self._found.append(_syntax(syntax.start, syntax.end, syntax.problem))
        self.broken = True

    def of_value(self, node: Node, pointer: Pointer, problem: str) -> None:
        """Note what is wrong with one value, when the document can be read all the same."""
        self._note(_syntax(node.start, node.end, problem, pointer))

    def of_tag(self, start: int, problem: str) -> None:
        """Note what is wrong with a tag that is at, or after, an index."""
        found = _TAG.search(self._text, start)
        self._note(_syntax(*(found.span() if found is not None else (start, start + 1)), problem))

    def ambiguous(
        self, node: Node, text: str, reading: str, pointer: Pointer, is_key: bool
    ) -> None:
        """Note text that YAML 1.1 takes for something else."""
        details = {"value": text, "reading": reading}
        condition = conditions.AMBIGUOUS_SCALAR
        self._note(
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
        """Note a number that a comma between its thousands divides."""
        self._note(
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
        """Note a key that an object has already."""
        name = key.value
        before = ((f"{name} is first used here", first.start, first.end),)
        condition, details = conditions.DUPLICATE_KEY, {"key": name}
        self._note(
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

    def _note(self, defect: Defect) -> None:
        """Keep a defect that leaves the document readable, unless there are too many."""
        self._found.append(defect)
        if len(self._found) > MAX_DEFECTS:
            problem = f"this document has more than {MAX_DEFECTS:,} mistakes; the rest is not read"
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
