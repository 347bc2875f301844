"""Hover: what the thing at a position is, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from bizalign_lint.core import shipped as resources
from bizalign_lint.core.types import Finding, Span
from bizalign_lint.core.words import prose, sentence, spaced
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.cursor import Cursor, Position
from bizalign_lint.ide.figures import derived, figures, money
from bizalign_lint.ide.nodes import CursorContext, cursor_context
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.waits import facts
from bizalign_lint.ide.words import described, described_as
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.parsing.ignore_comments import OPEN
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.schema.ontology import Kind, Property, kind_title

_ID = re.compile(r"[^\s,]+")

Link = Callable[[str], str | None]
"""From a rule's id to the address of its page, where it has one."""

Address = Callable[[Node], str | None]
"""From a node to where it is defined, as an address that an editor opens."""

_NAMED = 3
"""So many of those that refer to a node in the same way are named."""


class Hover(NamedTuple):
    """What is shown, and the stretch that it is about."""

    text: str
    span: Span


def no_link(rule: str) -> None:
    """No rule has a page."""


def no_address(node: Node) -> None:
    """No node can be opened."""


def hover(
    snapshot: Snapshot,
    path: str,
    position: Position,
    link: Link = no_link,
    structure: bool = True,
    address: Address = no_address,
) -> Hover | None:
    """What there is to say of a position; None where there is nothing.

    Without ``structure``, what kinds and properties are is left to others.
    """
    found = cursor_context(snapshot, path, position)
    if found is None:
        return None
    if found.at.comment is not None:
        return _rule_in_comment(snapshot, found.at, link)
    text = _about(snapshot, found, structure, address)
    parts = [text] if text else []
    parts += (_finding(snapshot, f, link) for f in findings_at(snapshot, path, position))
    told_once = [*dict.fromkeys(parts)]
    return Hover("\n\n---\n\n".join(told_once), found.at.span) if parts else None


def _about(snapshot: Snapshot, found: CursorContext, structure: bool, address: Address) -> str:
    at, ontology = found.at, snapshot.loaded.ontology
    if at.part is None or at.closed:
        return ""
    if found.node is not None:
        return about_node(snapshot, found.node, address)
    if not structure:
        return ""
    if at.pointer == ("kind",):
        kind = ontology.kinds.get(at.kind)
        return about_kind(kind) if kind is not None else ""
    if found.meaning.property is not None:
        return about_property(snapshot, found.meaning.property, None if at.on_key else found.text)
    if found.meaning.kind is not None and at.on_key and len(at.pointer) == 1:
        about = described(ontology, found.meaning.kind, str(at.pointer[0]))
        return _joined(f"**{at.pointer[0]}**", about)
    return ""


def about_kind(kind: Kind) -> str:
    """What a kind is."""
    title = str(kind.schema.get("title", kind.name))
    return _joined(f"**{title}** · {_perspective(kind.perspective)}", prose(kind.description))


@cache
def _perspectives() -> dict[str, str]:
    value = read_document(resources.perspectives()).value
    return {name: str(said["title"]) for name, said in value["perspectives"].items()}


def _perspective(name: str) -> str:
    return _perspectives().get(name, name)


def about_node(snapshot: Snapshot, node: Node, address: Address = no_address) -> str:
    """What a node is, its state today, and who refers to it."""
    ontology = snapshot.loaded.ontology
    kind = ontology.kinds.get(node.type.entity.name)
    within = node.holder.entity if node.holder is not None else None
    perspective_of = kind
    while perspective_of is None and within is not None:
        perspective_of = ontology.kinds.get(within.type.name)
        within = within.holder.entity if within.holder is not None else None
    head = f"**{_linked(node, address)}** · {kind_title(ontology, node.type.name)}"
    if perspective_of is not None:
        head += f" · {_perspective(perspective_of.perspective)}"
    lines = [*_facts(snapshot, node, address)]
    referred = figures(ontology, node)
    lines += (f"- {sentence(figure.text)} – {_first(figure.nodes, address)}" for figure in referred)
    if not referred:
        lines.append("- Nothing refers to it")
    lines += (f"- Not judged for want of {_escaped(fact)}" for fact in facts(snapshot, node))
    return _joined(head, f"`{node.reference}`", _escaped(described_as(node)), "\n".join(lines))


def _linked(node: Node, address: Address) -> str:
    """The title of a node, as a link where it can be opened."""
    found = address(node)
    return f"[{_escaped(node.title)}]({found})" if found is not None else _escaped(node.title)


def _first(nodes: Sequence[Node], address: Address) -> str:
    """The first nodes of several, and how many more there are."""
    named = ", ".join(_linked(node, address) for node in nodes[:_NAMED])
    more = len(nodes) - _NAMED
    return f"{named} and {more:,} more" if more > 0 else named


def _facts(snapshot: Snapshot, node: Node, address: Address) -> Iterator[str]:
    """What a node says of itself that matters first: what it belongs to, its derived values."""
    if node.holder is not None:
        yield f"- {sentence(spaced(node.type.parent))}: {_linked(node.holder.entity, address)}"
    for property_ in node.type.properties.values():
        if property_.relation is not None and not property_.many:
            for target in node.edges.get(property_.name, ()):
                yield f"- {sentence(spaced(property_.name))}: {_linked(target, address)}"
        elif property_.enum is not None and property_.derivation is None and not property_.many:
            value = node.values.get(property_.name)
            if value is not None:
                yield f"- {sentence(spaced(property_.name))}: {_escaped(str(value))}"
    for property_, value in derived(snapshot, node):
        dated = f" on {snapshot.settings.as_of}" if property_.enum is not None else ""
        shown = f"{value:.2g}" if isinstance(value, float) else str(value)
        yield f"- {sentence(spaced(property_.name))}{dated}: {shown}"
    if node.document is not None and not node.pointer:
        supplied = node.document.supplied.values()
        yield from (f"- {_escaped(said.message)}" for said in supplied)
    sums = money(node)
    if sums:
        yield f"- Recorded money: {sums}"


def about_property(snapshot: Snapshot, property_: Property, value: str | None) -> str:
    """What a property is for, and the values that it may have."""
    ontology = snapshot.loaded.ontology
    sort = property_.datatype
    if property_.relation is not None:
        kinds = [kind_title(ontology, kind) for kind in property_.relation.to]
        sort = f"refers to {', '.join(kinds)}"
    elif property_.many:
        sort = f"list of {sort}" if property_.object is None else "list"
    required = " · required" if property_.required else ""
    head = f"**{property_.name}** · {sort}{required}"
    meanings = property_.schema.get("x-enum-descriptions", {})
    choices = [
        f"- {f'**`{choice}`**' if str(choice) == value else f'`{choice}`'}"
        + (f": {prose(meanings[choice])}" if choice in meanings else "")
        for choice in property_.enum or ()
    ]
    default = property_.schema.get("default")
    preset = f"Default: `{str(default).lower() if isinstance(default, bool) else default}`"
    return _joined(
        head,
        prose(property_.description),
        "\n".join(choices),
        preset if default is not None else "",
    )


def findings_at(snapshot: Snapshot, path: str, position: Position) -> list[Finding]:
    """The findings whose place a position touches."""
    return [
        finding
        for finding in snapshot.findings
        if finding.location.path == path and _touches(finding.location.span, position)
    ]


def _touches(span: Span, position: Position) -> bool:
    return (span.line, span.column) <= position <= (span.end_line, span.end_column)


def _finding(snapshot: Snapshot, finding: Finding, link: Link) -> str:
    rule = snapshot.loaded.rules.rules.get(finding.rule)
    return about_rule(rule, link) if rule is not None else prose(finding.help)


def about_rule(rule: Rule, link: Link) -> str:
    """What a rule finds, why that matters and what to do about it."""
    address = link(rule.id)
    head = f"[{rule.id}]({address})" if address else rule.id
    return _joined(
        f"**{head}** {rule.name}", prose(rule.summary), prose(rule.rationale), prose(rule.help)
    )


def _rule_in_comment(snapshot: Snapshot, at: Cursor, link: Link) -> Hover | None:
    """The rule that a comment accepts."""
    start, end = next((s, e) for s, e in at.page.sketch.comments if s < at.offset <= e)
    found = OPEN.match(at.page.sketch.text, start, end)
    if found is None:
        return None
    for name in _ID.finditer(at.page.sketch.text, *found.span("rules")):
        rule = snapshot.loaded.rules.rules.get(name[0])
        if name.start() <= at.offset <= name.end() and rule is not None:
            return Hover(about_rule(rule, link), at.page.span(name.start(), name.end()))
    return None


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _escaped(text: str) -> str:
    """Text that Markdown takes literally."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)
