"""Definition, references, highlights."""

from __future__ import annotations

import pytest

from bizalign_lint.core.types import Location
from bizalign_lint.ide.goto import definition, highlights, references

from .editor import MARK, at, meridian, snapshot, typing, written

OBJECTIVES = "business/objectives/2026/efficient-air.yaml"
CAPABILITIES = "business/capabilities/customer-acquisition.yaml"
INITIATIVES = "change/initiatives/products-and-plants.yaml"
NESTED = "quote-in-a-day#quote-lead-time"


def places(found: list[Location]) -> list[tuple[str, str]]:
    return [(location.path, written(meridian(), location)) for location in found]


def test_definition_in_another_file() -> None:
    place = at(meridian(), OBJECTIVES, "solution-configuration", 3)
    assert places(definition(*place)) == [(CAPABILITIES, "solution-configuration")]
    (found,) = definition(*place)
    text = meridian().sources[CAPABILITIES].content.decode().splitlines()[found.span.line - 1]
    assert text == "  name: solution-configuration"


@pytest.mark.parametrize("into", [0, 22])
def test_at_either_end_of_a_name(into: int) -> None:
    place = at(meridian(), OBJECTIVES, "solution-configuration", into)
    assert len(definition(*place)) == 1


def test_definition_of_a_nested_node_and_of_its_holder() -> None:
    nested = at(meridian(), INITIATIVES, NESTED, len(NESTED))
    assert places(definition(*nested)) == [(OBJECTIVES, "quote-lead-time")]
    holder = at(meridian(), INITIATIVES, NESTED, 2)
    assert places(definition(*holder)) == [(OBJECTIVES, "quote-in-a-day")]


def test_definition_in_another_namespace() -> None:
    place = at(meridian(), "business/objectives/2026/meridian-2030.yaml", "Application:norge/", 20)
    (found,) = definition(*place)
    assert found.path.startswith("subsidiaries/")
    assert written(meridian(), found) == "visma-business"


def test_references_from_either_end_are_the_same() -> None:
    here = at(meridian(), OBJECTIVES, "solution-configuration", 3)
    there = at(meridian(), CAPABILITIES, "name: solution-configuration", 9)
    found = references(*here)
    assert found == references(*there) == sorted(found)
    assert len(found) == 16 and len({location.path for location in found}) > 6
    assert {written(meridian(), location) for location in found} == {
        "solution-configuration",
        "Capability:solution-configuration",
    }
    with_definition = references(*here, with_definition=True)
    assert with_definition[0].path == CAPABILITIES
    assert with_definition[1:] == found


def test_references_in_definitions_that_their_schema_refuses() -> None:
    head = "apiVersion: bizalign/v1\nkind: {}\nmetadata: {{name: {}}}\nspec:\n"
    files = {
        "a.yaml": head.format("Capability", "c") + "  level: 1\n",
        "b.yaml": head.format("Application", "x") + "  nonsense: 1\n  supports: [c]\n",
        "c.yaml": head.format("Application", "x") + "  supports: [default/c, Capability:c]\n",
    }
    files_ = snapshot(files)
    found = references(*at(files_, "a.yaml", "name: c", 7))
    assert [(location.path, written(files_, location)) for location in found] == [
        ("b.yaml", "c"),
        ("c.yaml", "default/c"),
        ("c.yaml", "Capability:c"),
    ]


def test_highlights_stay_in_the_file() -> None:
    found = highlights(*at(meridian(), CAPABILITIES, "parent: customer-acquisition", 10))
    assert len(found) == 5
    assert {location.path for location in found} == {CAPABILITIES}


def test_through_an_alias() -> None:
    head = "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: a}\nspec:\n"
    files = snapshot(
        {
            "a.yaml": head + "  supports: [&c cap]\n  allocations: [{to: *c, share: 100}]\n",
            "c.yaml": "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: cap}\n",
        }
    )
    (found,) = definition(*at(files, "a.yaml", "*c", 1))
    assert found.path == "c.yaml"


@pytest.mark.parametrize(
    "text",
    [
        MARK,
        f"kind: Application\nspec:\n  supports: [nothi{MARK}ng]\n",
        f"kind: Application\nspec:\n  supp{MARK}orts: [nothing]\n",
        f"# comm{MARK}ent\n",
        f"kind: Application\nmetadata:\n  title: x{MARK}\n",
    ],
)
def test_nothing_to_go_to(text: str) -> None:
    place = typing(text)
    assert definition(*place) == references(*place) == highlights(*place) == []
