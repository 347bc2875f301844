"""Creating the nested node that a dangling reference refers to, in its definition."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.core.types import Edit, Location
from bizalign_lint.core.words import sentence
from bizalign_lint.fixes.yaml_edit import line_break
from bizalign_lint.graph.references import Reference, candidates, kind_of
from bizalign_lint.ide.creation import Creation
from bizalign_lint.ide.cursor import Page, page
from bizalign_lint.ide.parts import Part
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.words import noun
from bizalign_lint.schema.ontology import Relation, kind_title


def nested(
    snapshot: Snapshot, reference: Reference, relation: Relation, namespace: str
) -> Iterator[Creation]:
    """The list item for ``holder#name``, if the holder has such a list in block style."""
    ontology = snapshot.loaded.ontology
    kind = kind_of(reference, relation, ontology)
    type_ = ontology.types.get(kind) if kind is not None else None
    if type_ is None or type_.holder is None or type_.name not in relation.to:
        return
    outer, _, name = reference.name.partition("#")
    within = reference._replace(name=outer)
    property_ = type_.holder[1]
    holder = next(candidates(within, type_.holder[0].entity.name, namespace, snapshot.graph), None)
    if holder is None or holder.document is None:
        return
    source = snapshot.sources.get(holder.document.source.path)
    if source is None:
        return
    read = page(source.content)
    if holder.document.index >= len(read.sketch.documents):
        return
    document = read.sketch.documents[holder.document.index]
    for part in read.sketch.everything(document):
        if part.key == property_ and part.parts and not part.flow and part.parts[-1].dash:
            title = f"the {noun(kind_title(ontology, type_.name))} {name} in {outer}"
            edit = Edit(*_element(source.path, read, part.parts[-1], name))
            yield Creation(title, source.path, edit, is_new=False)
            return


def _element(path: str, read: Page, last: Part, name: str) -> tuple[Location, str]:
    """The location after the last item, and the text of the new item."""
    line = read.lines.span(max(last.end - 1, last.start), 0).line
    stop = read.lines.index(line, 1) + len(read.lines.text(line))
    break_ = line_break(read.sketch.text)
    indent = " " * last.column
    title = sentence(name.replace("-", " "))
    text = f"{break_}{indent}- name: {name}{break_}{indent}  title: {title}"
    return Location(path, read.span(stop, stop)), text
