"""Names for definitions made from records: from their keys, titles or identities."""

from __future__ import annotations

from collections.abc import Sequence

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Flaw, Place, Pointer, Related
from bizalign_lint.core.words import folded, slug
from bizalign_lint.mapping.draft import Draft
from bizalign_lint.mapping.language import value_of
from bizalign_lint.mapping.names import DEFAULT

_NAME: Pointer = ("metadata", "name")


def give_names(drafts: Sequence[Draft], flaws: dict[str, list[Flaw]]) -> None:
    """Name each draft by its key or title; if several share that, by their identities.

    Names that still collide are reported in ``flaws``, by path.
    """
    wanted: dict[tuple[str, str, str], list[Draft]] = {}
    for draft in drafts:
        said = value_of(draft.record.fields, draft.origin.name) if draft.origin.name else None
        draft.name = slug(str(said)) if said is not None else ""
        draft.name = draft.name or slug(draft.record.id)
        wanted.setdefault((draft.kind, draft.namespace, draft.name), []).append(draft)
    for alike in wanted.values():
        if len({draft.record.id for draft in alike}) > 1:
            _part(alike, flaws)
    for draft in drafts:
        metadata = draft.value["metadata"]
        metadata["name"] = draft.name
        if draft.namespace != DEFAULT:
            metadata["namespace"] = draft.namespace
        draft.origin.ways[_NAME] = (draft.record.locator, draft.origin.name)


def _part(drafts: Sequence[Draft], flaws: dict[str, list[Flaw]]) -> None:
    """Rename drafts that would have the same name, by their identities or by numbers."""
    first = drafts[0]
    for draft in drafts[1:]:
        by_title = not draft.element.name
        if by_title and (draft.origin.aliases or _title(draft) == _title(first)):
            continue  # It has its own identity, or a rule reports the equal titles.
        place = Place(draft.document, _NAME)
        name = f"{draft.namespace}/{first.name}"
        flaw = Flaw(
            conditions.DUPLICATE_NAME,
            place,
            {"reference": f"{draft.kind}:{name}"},
            subject=f"{name} {draft.record.id}",
            related=(Related("first defined here", Place(first.document, _NAME)),),
        )
        flaws.setdefault(draft.document.source.path, []).append(flaw)
    first_name = first.name
    taken: dict[str, int] = {}
    for draft in drafts:
        # A row without its own identity is named by its title and a number.
        name = slug(draft.record.id) if draft.origin.aliases else first_name
        count = taken[name] = taken.get(name, 0) + 1
        draft.name = name if count == 1 else f"{name}-{count}"


def _title(draft: Draft) -> str:
    return folded(str(value_of(draft.record.fields, draft.origin.name)))
