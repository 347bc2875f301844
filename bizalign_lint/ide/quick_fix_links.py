"""Remedies that add a reference to the node of a finding in another definition."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.fixes.yaml_edit import Raw
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.complete_references import written
from bizalign_lint.ide.quick_fix_values import add, append
from bizalign_lint.ide.remedy import FindingContext, Remedy
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.words import noun
from bizalign_lint.parsing.yaml.write import plain
from bizalign_lint.schema.ontology import Property, kind_title

_MOST = 4
"""The maximum number of definitions to try for each relation."""


def links(snapshot: Snapshot, context: FindingContext) -> Iterator[Remedy]:
    """Remedies that add the node to a list in another definition, such as a scope."""
    node = context.node
    if node is None:
        return
    for name in context.names:
        for referrer in node.type.inverses.get(name, ()):
            property_ = referrer.holder.properties.get(referrer.property)
            if property_ is None or referrer.holder is not referrer.entity or not property_.many:
                continue
            holders = snapshot.graph.kinds.get(referrer.holder.name, ())
            for holder in sorted(holders, key=lambda n: n.reference)[:_MOST]:
                found = _linked(snapshot, holder, property_, node)
                if found is not None:
                    yield found


def _linked(snapshot: Snapshot, holder: Node, property_: Property, node: Node) -> Remedy | None:
    document, relation = holder.document, property_.relation
    if document is None or document.origin is not None or relation is None or holder is node:
        return None
    source = snapshot.sources.get(document.source.path)
    if source is None or node in holder.edges.get(property_.name, ()):
        return None
    value = Raw(plain(written(node, relation, holder.namespace)))
    pointer = holder.pointer_to(property_)
    if property_.name in holder.values:
        edit = append(source, document.index, pointer, value)
    else:
        edit = add(source, document.index, pointer, [value])
    if edit is None:
        return None
    kind = noun(kind_title(snapshot.loaded.ontology, holder.type.name))
    return Remedy(f"Add it to the {property_.name} of the {kind} {holder.name}", (edit,))
