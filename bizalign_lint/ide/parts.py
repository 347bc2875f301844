"""The parts of a YAML text, judged by its layout: entries, elements and documents."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Part:
    """An entry of a mapping, an element of a list, or a document. Positions are indexes."""

    start: int
    """The index of its key or dash."""
    column: int
    parent: Part | None = None
    key: str | None = None
    """None for an element and for a document."""
    key_end: int = 0
    value_start: int = 0
    value_end: int = 0
    parts: list[Part] = field(default_factory=list)
    dash: bool = False
    """Whether it is an element of a list, in a block or in brackets."""
    number: int = 0
    """The number of the element in its list, from 0."""
    elements: int = 0
    """The number of elements that it contains."""
    flow: str = ""
    """The bracket that its value begins with; empty if there is none."""
    closed: bool = False
    """Whether that bracket is closed."""
    block: bool = False
    """Whether its value is a block scalar."""
    bare: bool = False
    """Whether it is text on its own, a key or a value that is being typed."""

    @property
    def end(self) -> int:
        """The index at which it ends, with everything in it."""
        last = self.parts[-1].end if self.parts else 0
        return max(last, self.value_end, self.key_end)

    def add(self, part: Part) -> None:
        """Add a part to it."""
        self.parts.append(part)
        if part.dash:
            part.number = self.elements
            self.elements += 1

    def child(self, key: str) -> Part | None:
        """The first entry with that key."""
        return next((part for part in self.parts if part.key == key), None)


def unquoted(text: str) -> str:
    """The text of a scalar on one line, without its quotes."""
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1]
    return text
