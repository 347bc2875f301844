"""Lenses, and the way along parents and along the relations that join the kinds."""

from __future__ import annotations

from bizalign_lint.core.types import Location
from bizalign_lint.ide.hierarchy import (
    incoming,
    outgoing,
    prepare_calls,
    prepare_types,
    subtypes,
    supertypes,
)
from bizalign_lint.ide.lenses import counted, lenses

from .editor import MARK, at, meridian, snapshot, typing, written

OBJECTIVES = "business/objectives/2026/efficient-air.yaml"
CAPABILITIES = "business/capabilities/customer-acquisition.yaml"


def texts(path: str, reference: str) -> list[str]:
    return [lens.text for lens in lenses(meridian(), path) if lens.reference == reference]


def test_lenses_show_who_refers_to_it_and_what_it_costs() -> None:
    found = texts(CAPABILITIES, "Capability:default/solution-configuration")
    assert "supported by 2 applications" in found
    assert "2 objectives" in found and "2 strategies" in found
    assert found[-1] == "cost 800,447 EUR"
    assert texts(CAPABILITIES, "Capability:default/customer-acquisition")[:2] == [
        "1 strategy",
        "children: 4 capabilities",
    ]


def test_lenses_of_nested_nodes_stand_at_them() -> None:
    (lens,) = (
        lens
        for lens in lenses(meridian(), OBJECTIVES)
        if lens.reference == "KeyResult:default/quote-in-a-day#quote-lead-time"
    )
    assert (lens.text, lens.span.line) == ("1 initiative", 17)


def test_a_lens_shows_the_references_that_it_counts() -> None:
    for lens in lenses(meridian(), CAPABILITIES):
        found = counted(meridian(), lens)
        assert bool(found) == bool(lens.inverse)
        name = lens.reference.rpartition("/")[2]
        for location in found:
            assert written(meridian(), location).endswith(name)
    lens = next(
        lens
        for lens in lenses(meridian(), CAPABILITIES)
        if lens.text == "supported by 2 applications"
    )
    assert len(counted(meridian(), lens)) == 2
    gone = lens._replace(reference="Capability:default/gone")
    assert counted(meridian(), gone) == counted(meridian(), lens._replace(reference="x")) == []


def test_sums_of_money_are_kept_apart_by_currency() -> None:
    head = "apiVersion: bizalign/v1\nkind: {}\nmetadata: {{name: {}}}\nspec: {{{}}}\n---\n"
    cost = "costObject: 'Capability:c', amount: {}, currency: {}"
    text = head.format("Capability", "c", "") + "".join(
        head.format("Cost", f"c{n}", cost.format(amount, currency))
        for n, (amount, currency) in enumerate([(1000, "EUR"), (500.4, "EUR"), (7, "USD")])
    )
    files = snapshot({"a.yaml": text})
    assert [lens.text for lens in lenses(files, "a.yaml")] == [
        "3 costs",
        "cost 1,500 EUR, 7 USD in 3 records",
    ]


def test_a_broken_or_missing_file_has_no_lenses() -> None:
    files = snapshot({"a.yaml": "apiVersion: bizalign/v1\nkind: Risk\nmetadata: {name: [\n"})
    assert lenses(files, "a.yaml") == lenses(files, "elsewhere.yaml") == []


def test_parents_and_parts() -> None:
    place = at(meridian(), CAPABILITIES, "name: demand-generation", 8)
    (entry,) = prepare_types(*place)
    assert (entry.title, entry.detail) == ("Demand generation", "Capability demand-generation")
    assert written(meridian(), Location(entry.path, entry.selection)) == "demand-generation"
    (parent,) = supertypes(meridian(), entry.reference)
    assert parent.reference == "Capability:default/customer-acquisition"
    parts = subtypes(meridian(), parent.reference)
    assert len(parts) == 4 and entry in parts
    assert supertypes(meridian(), parent.reference) == subtypes(meridian(), entry.reference) == []


def test_another_relation_of_the_same_inverse_makes_no_part() -> None:
    head = "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: "
    files = snapshot(
        {"a.yaml": f"{head}a}}\n---\n{head}b}}\nspec: {{parent: a}}\n---\n{head}c}}\n"}
    )
    one, _, other = files.graph.kinds["Capability"]
    one.add_into("children", other)
    assert [part.title for part in subtypes(files, one.reference)] == ["b"]


def test_only_kinds_that_are_trees_have_parents() -> None:
    path = next(p for p in meridian().sources if p.startswith("technology/services/"))
    place = at(meridian(), path, "  name: ", 8)
    assert prepare_types(*place) == []
    assert len(prepare_calls(*place)) == 1


def test_anywhere_in_a_definition_it_is_meant() -> None:
    (entry,) = prepare_calls(*at(meridian(), OBJECTIVES, "period:", 2))
    assert entry.reference == "Objective:default/quote-in-a-day"
    (there,) = prepare_types(*at(meridian(), OBJECTIVES, "parent: leader-in-efficiency", 10))
    assert there.reference == "Objective:default/leader-in-efficiency"
    assert prepare_calls(*typing(MARK)) == prepare_types(*typing(f"a: {MARK}b")) == []


def test_along_the_relations_that_join_the_kinds() -> None:
    objective = "Objective:default/quote-in-a-day"
    ahead = {call.entry.reference: call.places for call in outgoing(meridian(), objective)}
    assert "Strategy:default/efficient-air" in ahead
    assert "Capability:default/solution-configuration" in ahead
    assert "KeyResult:default/quote-in-a-day#hit-rate" in ahead
    assert not any(reference.startswith("Disruption:") for reference in ahead)  # not the spine
    (place,) = ahead["Strategy:default/efficient-air"]
    assert written(meridian(), place) == "strategy"
    behind = {c.entry.reference for c in incoming(meridian(), "Strategy:default/efficient-air")}
    assert objective in behind
    result = {
        c.entry.reference
        for c in incoming(meridian(), "KeyResult:default/quote-in-a-day#quote-lead-time")
    }
    assert result == {"Initiative:default/quotes-in-a-day", objective}


def test_through_objects_without_a_name() -> None:
    tower = meridian().graph.kinds["Tower"][0]
    found = {call.entry.reference: call for call in outgoing(meridian(), tower.reference)}
    assert {"Application", "ITService"} & {name.partition(":")[0] for name in found}
    for call in found.values():
        if call.entry.reference.startswith("Application:"):
            assert {written(meridian(), place) for place in call.places} == {"to"}
            back = incoming(meridian(), call.entry.reference)
            assert tower.reference in {call.entry.reference for call in back}


def test_what_is_gone_leads_nowhere() -> None:
    for asked in (incoming, outgoing):
        assert asked(meridian(), "Objective:default/gone") == asked(meridian(), "nonsense") == []
    for asked_ in (supertypes, subtypes):
        assert asked_(meridian(), "Objective:default/gone") == asked_(meridian(), "") == []
