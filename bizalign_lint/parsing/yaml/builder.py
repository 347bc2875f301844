"""The events of one document → its nodes, without recursion; depth and size are limited."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Any

from bizalign_lint.core.limits import MAX_DEPTH, MAX_KEY, MAX_VALUES
from bizalign_lint.core.types import Pointer
from bizalign_lint.parsing.yaml import events
from bizalign_lint.parsing.yaml.core_schema import NumberTooLong, resolve, yaml11_reading
from bizalign_lint.parsing.yaml.defects import Defects, Stop, collection_key, complex_key
from bizalign_lint.parsing.yaml.merge import merge
from bizalign_lint.parsing.yaml.mistakes import TOO_LONG
from bizalign_lint.parsing.yaml.nodes import Entry, Node, Tree
from bizalign_lint.parsing.yaml.parser_error import Syntax
from bizalign_lint.parsing.yaml.tags import TagError, check_collection, tagged_scalar
from bizalign_lint.parsing.yaml.thousands import first_part

_AFTER_ANCHOR = re.compile(r"[\s,\[\]{}]|\Z")
_PROPERTIES = re.compile(r"(?:[&!]\S*+(?:\s|#[^\r\n]*+)*+)++")


class _Frame:
    """A mapping or list that is still open."""

    __slots__ = ("before", "current", "firsts", "key", "merges", "merging", "node")

    def __init__(self, node: Node, before: int) -> None:
        self.node = node
        self.before = before
        self.key: Node | None = None
        """The key whose value comes next."""
        self.merging = False
        """Whether that key is a merge key."""
        self.current = ""
        """The key of the value that is being built."""
        self.firsts: dict[str, Node] = {}
        self.merges: list[Node] = []


class Builder:
    """Builds one document from its events."""

    def __init__(self, text: str, offset: int, stream: events.Events, start: int) -> None:
        self._text = text
        self._offset = offset
        self._restore = stream.restore
        self._tree = Tree(start, start)
        self.defects = Defects(text, self._tree)
        """The defects of the document."""
        self._root: Node | None = None
        self._frames: list[_Frame] = []
        self._anchors: dict[str, Node] = {}
        self._count = 0
        self._last_end = start

    def finish(self) -> Tree:
        """The document, once its end is reached or no more of it can be read."""
        if not self.defects.broken:
            self._tree.root = self._root
        self._tree.defects.sort(key=attrgetter("start"))
        return self._tree

    def innermost_bracket(self) -> int | None:
        """The index of the innermost open bracket; None if there is none."""
        if self._frames and self._frames[-1].node.flow:
            return self._frames[-1].node.start
        return None

    def take(self, event: Any, kind: type) -> None:
        """Process one event. Raises Stop."""
        start = event.start_mark.index + self._offset
        end = event.end_mark.index + self._offset
        if kind is events.Scalar:
            self._add_scalar(event, start, end)
        elif kind is events.MappingStart:
            self._open(Node({}, start, end, entries={}), event)
        elif kind is events.SequenceStart:
            self._open(Node([], start, end, items=[]), event)
        elif kind is events.Alias:
            self._add(self._alias(event.anchor, start, end))
            self._last_end = end
        else:
            self._close(end)

    def _add_scalar(self, event: Any, start: int, end: int) -> None:
        text = event.value if event.value.isascii() else self._restore(event.value)
        frame = self._frames[-1] if self._frames else None
        is_key = frame is not None and frame.key is None and frame.node.entries is not None
        node = Node(text, start, end)
        if is_key and self._has_lost_question_mark(frame, start):
            problem = "inside brackets, quote text that starts with ?"
            raise Stop(problem, start - 1, end)
        if is_key and len(text) > MAX_KEY:
            raise Stop(TOO_LONG, start, end)
        tag = event.tag
        if event.anchor is not None or tag is not None:
            self._skip_properties(node, event.anchor)
        plain = not event.style and event.implicit[0]
        value: Any = text
        if tag is not None:
            try:
                value = tagged_scalar(tag, text)
            except (TagError, NumberTooLong) as error:
                self.defects.bad_tag(start, str(error))
        elif plain:
            try:
                value = resolve(text)
            except NumberTooLong as error:
                self.defects.bad_value(node, self._pointer(), str(error))
            if is_key or value is text:
                self._check_ambiguity(node, text, is_key)
            value = text if self._is_torn(frame, node) else value
        if not is_key:
            node.value = value
        elif frame is not None:
            frame.merging = plain and text == "<<"
            if event.anchor is not None:
                # A key is text; an alias that uses it as a value may make it a number.
                self._anchors[event.anchor] = Node(value, node.start, end, anchor=node.anchor)
        self._add(node)
        self._last_end = end

    def _has_lost_question_mark(self, frame: _Frame | None, start: int) -> bool:
        """Whether libyaml has taken the first character of a key in brackets for an indicator."""
        return (
            frame is not None
            and frame.node.flow
            and self._text[start - 1] == "?"
            and not self._text[start : start + 1].isspace()
        )

    def _check_ambiguity(self, node: Node, text: str, is_key: bool) -> None:
        reading = yaml11_reading(text)
        if reading is not None:
            pointer = (*self._pointer(), text) if is_key else self._pointer()
            self.defects.ambiguous(node, text, reading, pointer, is_key)

    def _is_torn(self, frame: _Frame | None, node: Node) -> bool:
        """Whether a thousands separator has split one entry; its parts then become text."""
        if frame is None or not frame.node.flow or not frame.node.items:
            return False
        items = frame.node.items
        first = first_part(self._text, items, node)
        if first is None:
            return False
        for index, part in enumerate(items[first:], start=first):
            part.value = frame.node.value[index] = self._text[part.start : part.end]
        start = items[first].start
        whole = self._text[start : node.end]
        pointer = (*self._pointer()[:-1], first)
        self.defects.torn(start, node.end, whole, pointer)
        return True

    def _pointer(self) -> Pointer:
        """The pointer to the value that is added next."""
        steps: list[str | int] = []
        for frame in self._frames:
            if frame.node.items is not None:
                steps.append(len(frame.node.items) - 1)
            else:
                steps.append(frame.current)
        if self._frames:
            last = self._frames[-1]
            if last.node.items is not None:
                steps[-1] = len(last.node.items)
            elif last.key is not None:
                steps[-1] = last.key.value
            else:
                steps.pop()
        return tuple(steps)

    def _skip_properties(self, node: Node, anchor: str | None) -> None:
        """Move the start of a node past its anchor and tag."""
        if anchor is not None:
            self._anchor(anchor, node)
        if (found := _PROPERTIES.match(self._text, node.start, node.end)) is not None:
            node.start = found.end()

    def _anchor(self, name: str, node: Node) -> None:
        """Record a node's anchor, which is between its start and its value. Raises Stop."""
        node.anchor = self._text.index(f"&{name}", node.start)
        self._anchors[name] = node
        end = node.anchor + 1 + len(name)
        # libyaml would read the rest of such a name as a value.
        if not _AFTER_ANCHOR.match(self._text, end):
            problem = "an anchor's name can only contain letters, digits, - and _"
            raise Stop(problem, node.anchor, end + 1)

    def _alias(self, name: str, start: int, end: int) -> Node:
        target = self._anchors.get(name)
        if target is None:
            self.defects.fail(Syntax(f"no anchor &{name} before *{name}", start, end))
            return Node(None, start, end)
        if any(frame.node is target for frame in self._frames):
            raise Stop(f"*{name} refers to a value that contains it", start, end)
        if len(self._frames) + target.height > MAX_DEPTH:
            raise Stop(f"*{name} nests deeper than {MAX_DEPTH} levels", start, end)
        if self._count + target.size > MAX_VALUES:
            many = f"{MAX_VALUES:,}"
            raise Stop(f"*{name} expands the document to more than {many} values", start, end)
        return Node(
            target.value,
            start,
            end,
            target=target.target or target,
            size=target.size,
            height=target.height,
        )

    def _open(self, node: Node, event: Any) -> None:
        if self._frames and self._frames[-1].key is None and self._frames[-1].node.items is None:
            raise complex_key(self._text, node, event.flow_style)
        if len(self._frames) == MAX_DEPTH:
            raise Stop(f"this is nested deeper than {MAX_DEPTH} levels", node.start, node.end)
        if event.anchor is not None:
            self._anchor(event.anchor, node)
        # The event spans anchor, tag and opening bracket, or ends where the first entry starts;
        # a list that is not indented ends after its first dash.
        node.flow = event.flow_style
        on_dash = self._text[node.end - 1 : node.end] == "-" and node.start < node.end
        node.start = node.end - 1 if node.flow or on_dash else node.end
        if event.tag is not None:
            try:
                check_collection(event.tag, type(node.value))
            except TagError as error:
                self.defects.bad_tag(event.start_mark.index + self._offset, str(error))
        before = self._count
        self._add(node)
        self._frames.append(_Frame(node, before))

    def _close(self, end: int) -> None:
        frame = self._frames.pop()
        node = frame.node
        if node.flow:
            self._last_end = end
        node.end = self._last_end
        node.size = self._count - frame.before
        if frame.merges:
            wrong = merge(node, frame.merges)
            if wrong is not None:
                self.defects.fail(
                    Syntax("only mappings can be merged with <<", wrong.start, wrong.end)
                )
        if self._frames:
            parent = self._frames[-1].node
            parent.height = max(parent.height, node.height + 1)

    def _add(self, node: Node) -> None:
        """Add a value or key to the innermost open collection. Raises Stop."""
        if not self._frames:
            self._root = node
            self._count = node.size
            return
        frame = self._frames[-1]
        parent = frame.node
        if parent.items is not None:
            parent.items.append(node)
            parent.value.append(node.value)
        elif frame.key is None:
            frame.key = self._key(node)
            return
        else:
            self._put(frame, frame.key, node)
        parent.height = max(parent.height, node.height + 1)
        self._count += node.size
        if self._count > MAX_VALUES:
            problem = f"this document has more than {MAX_VALUES:,} values; split it"
            raise Stop(problem, node.start, node.end)

    def _key(self, node: Node) -> Node:
        """A key, whose value is always text."""
        if isinstance(node.value, str):
            return node
        target = node.target or node  # an unknown alias has no target
        if target.entries is not None or target.items is not None:
            raise collection_key(target, node.start, node.end)
        return Node(self._text[target.start : target.end], node.start, node.end, target=node.target)

    def _put(self, frame: _Frame, key: Node, node: Node) -> None:
        parent, name = frame.node, key.value
        assert parent.entries is not None
        frame.key = None
        frame.current = name
        if frame.merging:
            frame.merging = False
            frame.merges.append(node)
            return
        if name in parent.entries:
            first = frame.firsts.setdefault(name, parent.entries[name].key)
            self.defects.duplicate(key, first, (*self._pointer(), name))
        parent.entries[name] = Entry(key, node)
        parent.value[name] = node.value
