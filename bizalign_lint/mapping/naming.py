"""Names for definitions made from records: from their keys, titles or identities."""

from __future__ import annotations

from collections.abc import Sequence

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Flaw, Place, Pointer, Related
from bizalign_lint.core.words import folded, slug
from bizalign_lint.mapping.language import value_of
from bizalign_lint.mapping.mapped import Mapped
from bizalign_lint.mapping.names import DEFAULT

_NAME: Pointer = ("metadata", "name")


def give_names(definitions: Sequence[Mapped], flaws: dict[str, list[Flaw]]) -> None:
    """Name each definition by its key or title; those with the same one, by their identities.

    Names that still collide are reported in ``flaws``, by path.
    """
    wanted: dict[tuple[str, str, str], list[Mapped]] = {}
    for one in definitions:
        raw = value_of(one.record.fields, one.origin.name) if one.origin.name else None
        one.name = slug(str(raw)) if raw is not None else ""
        one.name = one.name or slug(one.record.id)
        wanted.setdefault((one.kind, one.namespace, one.name), []).append(one)
    for group in wanted.values():
        if len({one.record.id for one in group}) > 1:
            _disambiguate(group, flaws)
    for one in definitions:
        metadata = one.value["metadata"]
        metadata["name"] = one.name
        if one.namespace != DEFAULT:
            metadata["namespace"] = one.namespace
        one.origin.fields[_NAME] = (one.record.locator, one.origin.name)


def _disambiguate(definitions: Sequence[Mapped], flaws: dict[str, list[Flaw]]) -> None:
    """Rename definitions that would have the same name, by their identities or by numbers."""
    first = definitions[0]
    for one in definitions[1:]:
        by_title = not one.element.name
        if by_title and (one.origin.aliases or _title(one) == _title(first)):
            continue  # It has its own identity, or a rule reports the equal titles.
        place = Place(one.document, _NAME)
        name = f"{one.namespace}/{first.name}"
        flaw = Flaw(
            conditions.DUPLICATE_NAME,
            place,
            {"reference": f"{one.kind}:{name}"},
            subject=f"{name} {one.record.id}",
            related=(Related("first defined here", Place(first.document, _NAME)),),
        )
        flaws.setdefault(one.document.source.path, []).append(flaw)
    first_name = first.name
    taken: dict[str, int] = {}
    for one in definitions:
        # A row without its own identity is named by its title and a number.
        name = slug(one.record.id) if one.origin.aliases else first_name
        count = taken[name] = taken.get(name, 0) + 1
        one.name = name if count == 1 else f"{name}-{count}"


def _title(one: Mapped) -> str:
    return folded(str(value_of(one.record.fields, one.origin.name)))
