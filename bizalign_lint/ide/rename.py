"""Renaming a node and all references to it, in all files and forms of reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from bizalign_lint.core.types import Change, Edit, Fix, Operation, Place, Pointer, Source, Span
from bizalign_lint.fixes.apply import fix_file
from bizalign_lint.fixes.edits import edit
from bizalign_lint.fixes.yaml_edit import scalar
from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, Node
from bizalign_lint.graph.references import kind_of, parse
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.mentions import Mention, mentions_near, mentions_of, resolve
from bizalign_lint.ide.nodes import NAME, CursorContext, cursor_context
from bizalign_lint.ide.refused import RefusedError
from bizalign_lint.ide.rename_unfinished import rename_unfinished
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.nodes import Node as YamlNode
from bizalign_lint.parsing.yaml.walk import walk
from bizalign_lint.schema.patterns import compile_regex


class Target(NamedTuple):
    """The node to rename, its name, and the span of the name at the cursor."""

    node: Node
    name: str
    span: Span


def prepare(snapshot: Snapshot, path: str, position: Position) -> Target:
    """The target of a rename at a position. Raises RefusedError if there is none."""
    found = cursor_context(snapshot, path, position)
    if found is None or found.at.part is None or found.at.on_key or found.at.comment is not None:
        raise RefusedError("there is nothing to rename here")
    if found.node is None:
        raise RefusedError(_refusal(found))
    document = found.node.document
    if document is not None and document.origin is not None:
        where = document.source.path
        raise RefusedError(
            f"{found.text} is defined in {where}, a file of another tool; rename it there"
        )
    name = _own_name(found.node)
    start, end = _name_range(found, name)
    if start < 0:
        raise RefusedError("the name comes from a YAML alias; rename it at the anchor")
    return Target(found.node, name, found.at.page.span(start, end))


def _refusal(found: CursorContext) -> str:
    if found.defines:
        return (
            f"{found.text} cannot be renamed: another definition has that name, or this one has "
            "errors"
        )
    if found.meaning.property is not None and found.meaning.property.relation is not None:
        return f"{found.text} refers to something that is not defined"
    return "there is nothing to rename here"


def _own_name(node: Node) -> str:
    """The part of a node's name that is its own, without that of its holder."""
    return node.name.rpartition("#")[2]


def _name_range(found: CursorContext, name: str) -> tuple[int, int]:
    """The range of the name in a reference; it starts at -1 if the name is not there."""
    text = found.at.page.sketch.text
    start = text.find(name, found.at.start, found.at.end)
    if found.node is not None and found.node.holder is not None and not found.defines:
        start = text.rfind(name, found.at.start, found.at.end)
    elif ":" in text[found.at.start : found.at.end] or "/" in text[found.at.start : found.at.end]:
        lead = max(text.rfind(sign, found.at.start, found.at.end) for sign in ":/")
        start = text.find(name, lead, found.at.end)
    return start, start + len(name)


def rename(snapshot: Snapshot, path: str, position: Position, new: str) -> list[Edit]:
    """The edits that rename the node at a position, in the order of the files.

    Raises RefusedError if the name is invalid or taken, if a reference would lead to another node,
    or if a file that may refer to the node cannot be read.
    """
    target = prepare(snapshot, path, position)
    node, old = target.node, target.name
    if new == old:
        return []
    _check_name(node, new)
    _check_free(snapshot, node, new)
    if snapshot.unreadable:
        where = snapshot.unreadable[0]
        raise RefusedError(f"{where} cannot be read, and may refer to {old}; fix or exclude it")
    wanted: dict[str, list[tuple[Place, str]]] = {}
    for place, text in [*_definition(node, new), *_references(snapshot, node, new)]:
        wanted.setdefault(place.document.source.path, []).append((place, text))
    edits: list[Edit] = []
    for file in sorted(wanted):
        edits += _edits(snapshot.sources[file], wanted[file])
    return sorted([*edits, *rename_unfinished(snapshot, node, new)])


def _check_name(node: Node, new: str) -> None:
    """Raise RefusedError if the schema does not allow the new name."""
    schema: dict[str, Any] = node.type.properties[NAME].schema
    form, longest = schema.get("pattern"), schema.get("maxLength")
    if form is not None and not compile_regex(form).matches(new):
        meant = schema.get("patternErrorMessage", f"does not have the form {form}")
        raise RefusedError(f"“{new}” {meant}")
    if longest is not None and len(new) > longest:
        raise RefusedError(f"“{new}” is too long; a name has at most {longest} characters")


def _check_free(snapshot: Snapshot, node: Node, new: str) -> None:
    """Raise RefusedError if the name is taken, or references would be diverted to the node."""
    graph, kind = snapshot.graph, node.type.name
    name = _renamed(node.name, node, new)
    taken = graph.find(kind, node.namespace, name)
    if taken is not None:
        where = f" in {taken.document.source.path}" if taken.document is not None else ""
        raise RefusedError(f"{kind} {name} already exists{where}")
    far = graph.find(kind, DEFAULT_NAMESPACE, name)
    if node.namespace == DEFAULT_NAMESPACE or far is None:
        return
    for mention in mentions_of(snapshot, far):
        if mention.namespace == node.namespace and parse(mention.text).namespace is None:
            document = mention.place.document
            raise RefusedError(
                f"{mention.text} in {document.source.path} refers to another namespace, and "
                "would then refer to this definition"
            )


def _renamed(name: str, node: Node, new: str) -> str:
    """The name of a node, or of one nested in it, after the rename."""
    holder, sign, nested = name.partition("#")
    return f"{holder}#{new}" if node.holder is not None else f"{new}{sign}{nested}"


def _definition(node: Node, new: str) -> Iterator[tuple[Place, str]]:
    yield node.place(), new


def _references(snapshot: Snapshot, node: Node, new: str) -> Iterator[tuple[Place, str]]:
    """The references to a node and to nodes nested in it, each with its new text."""
    for mention in mentions_near(snapshot, node):
        found = resolve(snapshot, mention)
        if found is not None and (found is node or _is_within(found, node)):
            if mention.place.document.origin is not None:
                where = mention.place.document.source.path
                raise RefusedError(f"{where} refers to it but belongs to another tool")
            yield mention.place, _text(snapshot, mention, found, node, new)


def _is_within(found: Node, node: Node) -> bool:
    return found.holder is not None and found.holder.entity is node


def _text(snapshot: Snapshot, mention: Mention, found: Node, node: Node, new: str) -> str:
    """The text of a reference after the rename, with a namespace if a nearer node has the name."""
    reference = parse(mention.text)
    name = _renamed(reference.name, node, new)
    kind = kind_of(reference, mention.relation, snapshot.loaded.ontology)
    nearer = mention.namespace != found.namespace and reference.namespace is None
    namespace = reference.namespace
    if nearer and kind and snapshot.graph.find(kind, mention.namespace, name) is not None:
        namespace = found.namespace
    return str(reference._replace(namespace=namespace, name=name))


def _edits(source: Source, wanted: list[tuple[Place, str]]) -> list[Edit]:
    """The edits of one file. Raises RefusedError if they would change any other value."""
    read = stream.read(source.content)
    edits: dict[tuple[int, int], Edit] = {}
    changes: list[Change] = []
    for place, text in wanted:
        document, pointer = place.document, place.pointer
        node = _scalar(read.trees[document.index].root, pointer)
        replacement = scalar(read.lines.all, node, text) if node is not None else None
        if replacement is None:
            raise RefusedError(
                f"a reference in {source.path} cannot be edited safely in the form it is written"
            )
        edits[replacement[:2]] = edit(source.path, read.lines, replacement)
        changes.append(Change(document.index, pointer, Operation.PUT, text))
    fix = Fix("", tuple(edits.values()), safe=True, changes=tuple(changes))
    if not fix_file(source, [fix]).applied:
        raise RefusedError(f"an alias in {source.path} would also change what is not a reference")
    return sorted(fix.edits)


def _scalar(root: YamlNode | None, pointer: Pointer) -> YamlNode | None:
    """The scalar at a pointer, with aliases resolved; None if there is none."""
    if root is None:
        return None
    found = walk(root, pointer)
    node = found.node
    while node.target is not None:
        node = node.target
    return node if found.complete else None
