"""Hover: an explanation of what is at a position, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from bizalign_lint.core import shipped as resources
from bizalign_lint.core.types import Finding, Span
from bizalign_lint.core.words import and_more, prose, sentence, spaced
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.cursor import Cursor, Position
from bizalign_lint.ide.figures import derived, figures, money
from bizalign_lint.ide.nodes import CursorContext, cursor_context
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.unjudged import facts
from bizalign_lint.ide.words import described, described_as
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.parsing.ignore_comments import OPEN
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.schema.ontology import Kind, Property, kind_title

_ID = re.compile(r"[^\s,]+")

Link = Callable[[str], str | None]
"""Gives the address of a rule's page by the rule's id; None if it has none."""

Address = Callable[[Node], str | None]
"""Gives the address at which an editor opens a node's definition; None if it cannot."""

_NAMED = 3
"""The maximum number of referrers that are named for each relation."""


class Hover(NamedTuple):
    """The text to show, and the span that it is about."""

    text: str
    span: Span


def no_link(rule: str) -> None:
    """A ``Link`` for editors that cannot open pages of rules."""


def no_address(node: Node) -> None:
    """An ``Address`` for editors that cannot open nodes."""


def hover(
    snapshot: Snapshot,
    path: str,
    position: Position,
    link: Link = no_link,
    structure: bool = True,
    address: Address = no_address,
) -> Hover | None:
    """The explanation of a position; None if there is none.

    Without ``structure``, kinds and properties are not explained, as another server does that.
    """
    found = cursor_context(snapshot, path, position)
    if found is None:
        return None
    if found.at.comment is not None:
        return _rule_in_comment(snapshot, found.at, link)
    text = _about(snapshot, found, structure, address)
    parts = [text] if text else []
    parts += (_finding(snapshot, f, link) for f in findings_at(snapshot, path, position))
    unique = dict.fromkeys(parts)
    return Hover("\n\n---\n\n".join(unique), found.at.span) if parts else None


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
    """The explanation of a kind."""
    title = str(kind.schema.get("title", kind.name))
    return _joined(f"**{title}** · {_perspective(kind.perspective)}", prose(kind.description))


@cache
def _perspectives() -> dict[str, str]:
    value = read_document(resources.perspectives()).value
    return {name: str(one["title"]) for name, one in value["perspectives"].items()}


def _perspective(name: str) -> str:
    return _perspectives().get(name, name)


def about_node(snapshot: Snapshot, node: Node, address: Address = no_address) -> str:
    """The explanation of a node: what it is, its state at the as-of date, and its referrers."""
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
    lines += (f"- Missing fact: {_escaped(fact)}" for fact in facts(snapshot, node))
    return _joined(head, f"`{node.reference}`", _escaped(described_as(node)), "\n".join(lines))


def _linked(node: Node, address: Address) -> str:
    """The title of a node, as a link if it can be opened."""
    found = address(node)
    return f"[{_escaped(node.title)}]({found})" if found is not None else _escaped(node.title)


def _first(nodes: Sequence[Node], address: Address) -> str:
    """The first of several nodes, and the number of the others."""
    named = (_linked(node, address) for node in nodes[:_NAMED])
    return and_more(named, len(nodes) - _NAMED)


def _facts(snapshot: Snapshot, node: Node, address: Address) -> Iterator[str]:
    """The main facts about a node: its holder, single relations, choices and derived values."""
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
        yield from (f"- {_escaped(one.message)}" for one in supplied)
    sums = money(node)
    if sums:
        yield f"- Recorded money: {sums}"


def about_property(snapshot: Snapshot, property_: Property, value: str | None) -> str:
    """The explanation of a property, with the values that it may have."""
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
    """The explanation of a rule: what it finds, why that matters and what to do about it."""
    address = link(rule.id)
    head = f"[{rule.id}]({address})" if address else rule.id
    return _joined(
        f"**{head}** {rule.name}", prose(rule.summary), prose(rule.rationale), prose(rule.help)
    )


def _rule_in_comment(snapshot: Snapshot, at: Cursor, link: Link) -> Hover | None:
    """The explanation of the rule at the cursor in a suppression comment."""
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
    """Text with the special characters of Markdown escaped."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)
