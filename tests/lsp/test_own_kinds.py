"""Kinds and rules of an organisation's own are known to the editor as the shipped ones are."""

from __future__ import annotations

from functools import cache

from bizalign_lint.core.types import Source, Span
from bizalign_lint.engine.load import Loaded, load
from bizalign_lint.ide.actions import actions
from bizalign_lint.ide.completion import completion
from bizalign_lint.ide.goto import definition
from bizalign_lint.ide.hierarchy import incoming, subtypes
from bizalign_lint.ide.hover import hover
from bizalign_lint.ide.lenses import lenses
from bizalign_lint.ide.rename import rename
from bizalign_lint.ide.snapshot import Snapshot

from .editor import MARK, Place, applied, at, marked, snapshot

SCHEMA = """
$schema: https://json-schema.org/draft/2020-12/schema
$id: urn:example:Site
title: Production site
description: A place where something is made.
x-kind: {perspective: business}
type: object
required: [apiVersion, kind, metadata, spec]
additionalProperties: false
properties:
  apiVersion: {$ref: "urn:bizalign:v1:common#/$defs/apiVersion"}
  kind: {const: Site, description: The kind of this definition.}
  metadata: {$ref: "urn:bizalign:v1:common#/$defs/metadata"}
  spec:
    description: What is known about it.
    type: object
    required: [climate]
    additionalProperties: false
    properties:
      climate:
        description: What the weather is like.
        type: string
        enum: [dry, wet]
        x-enum-descriptions: {dry: Rarely rain., wet: Mostly rain.}
      campus:
        $ref: "urn:bizalign:v1:common#/$defs/reference"
        description: The site that this one is part of.
        x-relation: {to: [Site], inverse: sites, hierarchy: true}
      halls:
        description: The halls of it.
        type: array
        x-nested: {kind: Hall, parent: site}
        items:
          description: One hall.
          type: object
          required: [name]
          additionalProperties: false
          properties:
            name: {$ref: "urn:bizalign:v1:common#/$defs/name"}
            uses:
              description: What is used there.
              type: array
              items: {$ref: "urn:bizalign:v1:common#/$defs/reference"}
              x-relation: {to: [Hall, ITComponent], inverse: usedIn}
"""
HEAD = "apiVersion: bizalign/v1\nkind: Site\nmetadata: {name: "
NORTH = f"{HEAD}north, title: North}}\nspec:\n  climate: wet\n  halls:\n    - name: one\n"
SOUTH = (
    f"{HEAD}south}}\nspec:\n  climate: dry\n  campus: north\n"
    "  halls:\n    - {name: two, uses: [Hall:north#one]}\n"
)


@cache
def own() -> Loaded:
    return load([Source("site.schema.yaml", SCHEMA.encode())])


def files(typed: str = "") -> Snapshot:
    texts = {"sites/north.yaml": NORTH, "sites/south.yaml": SOUTH, "typed.yaml": typed}
    return snapshot(texts, judged=True, loaded=own())


def labels(text: str) -> list[str]:
    plain, position = marked(text)
    offer = completion(files(plain), "typed.yaml", position)
    return [item.label for item in offer.items] if offer is not None else []


def told(place: Place) -> str:
    found = hover(*place)
    return found.text if found is not None else ""


def test_completion() -> None:
    assert labels(f"prod{MARK}") == ["Production site"]
    assert labels(f"{HEAD}x}}\nspec:\n  {MARK}") == ["climate", "campus", "halls"]
    assert labels(f"{HEAD}x}}\nspec: {{climate: {MARK}}}") == ["dry", "wet"]
    assert labels(f"{HEAD}x}}\nspec: {{campus: {MARK}}}") == ["north", "south"]
    found = labels(f"{HEAD}x}}\nspec: {{halls: [{{uses: [{MARK}")
    assert found == ["Hall:north#one", "Hall:south#two"]


def test_what_it_is_and_where() -> None:
    place = at(files(), "sites/south.yaml", "campus: north", 10)
    assert told(place).startswith("**North** · Production site · Business\n\n`Site:default/north`")
    assert "- Climate: wet\n" in told(place) and told(place).endswith(
        "\n- 1 production site – south"
    )
    (home,) = definition(*place)
    assert home.path == "sites/north.yaml"
    hall = at(files(), "sites/south.yaml", "Hall:north#one", 13)
    assert told(hall).endswith("- Used in: 1 hall – two")


def test_lenses_and_hierarchies() -> None:
    assert [lens.text for lens in lenses(files(), "sites/north.yaml")] == [
        "1 production site",
        "used in: 1 hall",
    ]
    assert [part.title for part in subtypes(files(), "Site:default/north")] == ["south"]
    calls = incoming(files(), "Site:default/north")
    assert {call.entry.reference for call in calls} == {"Site:default/south"}


def test_rename_and_definition_of_what_is_missing() -> None:
    changed = applied(files(), rename(*at(files(), "sites/north.yaml", "north", 1), "arctic"))
    assert "campus: arctic" in changed["sites/south.yaml"]
    assert "[Hall:arctic#one]" in changed["sites/south.yaml"]
    typed = files(f"{HEAD}x}}\nspec: {{climate: dry, campus: west}}\n")
    titles = [action.title for action in actions(typed, "typed.yaml", Span(1, 1, 99, 1))]
    assert "Define the production site west, in sites/west.yaml" in titles
