"""Completion: what is offered where, and how it is put there."""

from __future__ import annotations

import re

import pytest

from bizalign_lint.core.types import Edit, Location
from bizalign_lint.ide.completion import completion
from bizalign_lint.ide.items import Item, ItemType, Offer
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.schema.skeleton import Stops, lines, typical

from ..workspace import shipped
from .editor import MARK, applied, beside, typing

HEAD = "apiVersion: bizalign/v1\nkind: Application\nmetadata:\n  name: x\n"
OBJECTIVE = "apiVersion: bizalign/v1\nkind: Objective\nmetadata:\n  name: x\n"


def offered(text: str) -> Offer | None:
    """What is offered at the mark, beside the example."""
    return completion(*beside(text))


def labels(text: str) -> list[str]:
    offer = offered(text)
    return [item.label for item in offer.items] if offer is not None else []


def chosen(text: str, label: str) -> str:
    """The text after an item has been chosen."""
    place = beside(text)
    offer = completion(*place)
    assert offer is not None
    item = _item(offer, label)
    text_line = text.split(MARK)[0].rpartition("\n")[2]
    indent = " " * (len(text_line) - len(text_line.lstrip(" ")))  # as an editor does
    edit = Edit(Location(place.path, offer.span), item.text.replace("\n", f"\n{indent}"))
    return applied(place.snapshot, [edit])[place.path]


def _item(offer: Offer, label: str) -> Item:
    return next(item for item in offer.items if item.label == label)


def test_an_empty_file_offers_whole_definitions() -> None:
    offer = offered(MARK)
    assert offer is not None
    assert len(offer.items) == len(shipped().ontology.kinds)
    snippet = _item(offer, "Objective")
    assert snippet.snippet
    assert snippet.text.startswith("apiVersion: bizalign/v1\nkind: Objective\nmetadata:\n")
    assert "  name: ${1:name}\n" in snippet.text


@pytest.mark.parametrize("typed", ["Appl", "application", "kind", "api"])
def test_a_definition_is_found_by_what_one_would_type(typed: str) -> None:
    assert "Application" in labels(f"{typed}{MARK}")


@pytest.mark.parametrize("kind", sorted(shipped().ontology.kinds))
def test_every_snippet_is_yaml_with_what_is_required(kind: str) -> None:
    """With the places filled in, nothing that is required is missing."""
    text = "\n".join(lines(typical(shipped().ontology.kinds[kind], Stops())))
    numbers = [int(number) for number in re.findall(r"\$\{?(\d+)", text)]
    assert numbers == list(range(1, len(numbers) + 1))
    filled = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\}", r"\1", text)
    filled = re.sub(r"\$\{\d+:[^}]*\}", "1", filled)
    read = stream.read(re.sub(r"\$\d+", "", filled).encode())
    assert read.trees[0].root is not None
    value = read.trees[0].root.value
    for property_ in shipped().ontology.kinds[kind].type.properties.values():
        if property_.required:
            assert property_.name in value[property_.section]


def test_kinds() -> None:
    assert labels(f"apiVersion: bizalign/v1\nkind: Cap{MARK}") == ["Capability"]
    assert len(labels(f"kind: {MARK}\n")) == len(shipped().ontology.kinds)
    assert chosen(f"kind:{MARK}\n", "Risk") == "kind: Risk\n"
    assert chosen(f"apiVersion: {MARK}\n", "bizalign/v1") == "apiVersion: bizalign/v1\n"


def test_entries_of_a_definition_that_are_missing() -> None:
    assert labels(f"{HEAD}{MARK}") == ["spec"]
    assert labels(f"apiVersion: bizalign/v1\n{MARK}") == ["kind", "metadata", "spec"]
    assert chosen(f"{HEAD}sp{MARK}", "spec") == f"{HEAD}spec:\n  "


def test_properties_that_are_not_there_yet() -> None:
    found = labels(f"{HEAD}spec:\n  successor: y\n  {MARK}\n  supports: [z]\n")
    assert "lifecycle" in found
    assert not {"supports", "successor", "phase", "owner", "title"} & {*found}
    assert {"title", "owner"} <= {*labels(f"kind: Risk\nmetadata:\n  {MARK}\n")}
    assert "name" not in labels(f"kind: Risk\nmetadata:\n  name: x\n  {MARK}\n")


def test_required_properties_come_first() -> None:
    offer = offered(f"kind: Cost\nmetadata:\n  name: x\nspec:\n  {MARK}")
    assert offer is not None
    assert [item.label for item in offer.items][:2] == ["amount", "currency"]
    assert [item.first for item in offer.items][:3] == [True, True, False]
    assert offer.items[0].detail == "required"


def test_properties_of_nested_objects() -> None:
    dates = ["phaseIn", "active", "phaseOut", "endOfLife", "phase"]
    assert labels(f"{HEAD}spec:\n  lifecycle:\n    plan: 2020-01-01\n    {MARK}\n") == dates
    assert labels(f"{HEAD}spec:\n  lifecycle: {{plan: 2020-01-01, {MARK}}}\n") == dates
    assert labels(f"{HEAD}spec:\n  lifecycle: {{plan: 2020-01-01, {MARK}") == dates
    assert labels(f"{HEAD}spec:\n  lifecycle: {{phaseO{MARK}") == ["phaseOut"]
    shares = ["to", "share", "amount", "driver"]
    assert labels(f"{HEAD}spec:\n  allocations:\n    - {MARK}") == shares
    assert labels(f"{HEAD}spec:\n  allocations: [{{to: a, share: 1}}, {{{MARK}") == shares
    assert labels(f"{HEAD}spec:\n  allocations:\n    - to: a\n      {MARK}\n") == shares[1:]
    assert chosen(f"{HEAD}spec:\n  allocations:\n    {MARK}", "to").endswith("    - to: ")


def test_what_is_below_a_key_is_indented_below_it() -> None:
    text = f"{HEAD}spec:\n  lifecy{MARK}\n"
    assert chosen(text, "lifecycle") == f"{HEAD}spec:\n  lifecycle:\n    $1\n"
    ontology = shipped().ontology
    kind, list_, inner = next(
        (kind, list_, inner)
        for kind in ontology.kinds.values()
        for list_ in kind.type.properties.values()
        if list_.object is not None and list_.many and list_.section == "spec"
        for inner in list_.object.properties.values()
        if inner.object is not None
    )
    nested = f"kind: {kind.name}\nspec:\n  {list_.name}:\n"
    behind = chosen(f"{nested}    - {MARK}\n", inner.name)
    assert behind.startswith(f"{nested}    - {inner.name}:\n        ")
    assert chosen(f"{nested}    {MARK}\n", inner.name) == behind


def test_a_key_that_is_changed_keeps_its_colon() -> None:
    assert (
        chosen(f"{HEAD}spec:\n  succ{MARK}: y\n", "successor") == f"{HEAD}spec:\n  successor: y\n"
    )


def test_enumerations_with_what_they_mean() -> None:
    offer = offered(f"{HEAD}spec:\n  criticality: {MARK}\n")
    assert offer is not None
    assert [item.label for item in offer.items] == [
        "administrativeService",
        "businessOperational",
        "businessCritical",
        "missionCritical",
    ]
    assert offer.items[3].about == "Without it the organisation cannot do its business."
    text = f'{HEAD}spec:\n  criticality: "mis{MARK}"\n'
    assert labels(text) == ["missionCritical"]
    assert chosen(text, "missionCritical") == f"{HEAD}spec:\n  criticality: missionCritical\n"


def test_enumerations_in_lists() -> None:
    assert labels(f"kind: Strategy\nspec:\n  lenses: [financial, {MARK}]\n") == [
        "market",
        "competitive-advantage",
        "operating-model",
    ]


def test_snippets_have_what_the_examples_have() -> None:
    """All that several examples share; of a single one, what is plain."""
    texts = {
        name: "\n".join(lines(typical(kind, Stops())))
        for name, kind in shipped().ontology.kinds.items()
    }
    assert "  timeClassification: ${" in texts["Application"]
    assert "disposition" not in texts["Application"]
    (single,) = shipped().ontology.kinds["BusinessModel"].schema["examples"]
    assert set(single["spec"]) and "  owner: ${" in texts["BusinessModel"]


def test_booleans_and_defaults() -> None:
    offer = offered(f"kind: Capability\nspec:\n  manual: {MARK}")
    assert offer is not None
    assert [(i.label, i.detail) for i in offer.items] == [("true", ""), ("false", "default")]


def test_terms_of_the_vocabulary_named_beside() -> None:
    ontology = shipped().ontology
    kind = next(
        kind
        for kind in ontology.kinds.values()
        if any(p.vocabulary is not None for p in kind.type.properties.values())
    )
    term = next(p for p in kind.type.properties.values() if p.vocabulary is not None)
    assert term.vocabulary is not None
    lead = f"kind: {kind.name}\nspec:\n  {term.vocabulary.version}: "
    text = f"{lead}tbm-4.0\n  {term.name}: {MARK}\n"
    assert {label.strip('"') for label in labels(text)} == {
        *ontology.vocabularies["tbm-4.0"][term.vocabulary.list]
    }
    assert labels(f"{lead}{MARK}\n") == ["tbm-4.0", "tbm-5.0"]


def test_references_by_name_and_by_title() -> None:
    assert labels(f"{HEAD}spec:\n  supports: [demand-g{MARK}]\n") == ["demand-generation"]
    assert labels(f"{HEAD}spec:\n  supports: [Being fou{MARK}]\n") == []
    assert labels(f"{HEAD}spec:\n  supports: [tion and quot{MARK}]\n") == ["solution-configuration"]
    offer = offered(f"{HEAD}spec:\n  supports: [demand-g{MARK}]\n")
    assert offer is not None
    (item,) = offer.items
    assert item.sort is ItemType.REFERENCE
    assert item.detail == "Demand generation"
    assert item.about.startswith("Being found by plant managers")


@pytest.mark.parametrize(
    "text",
    [
        "spec:\n  supports: [▮",
        "spec:\n  supports: [▮]\n",
        "spec:\n  supports:\n    - ▮\n",
        "spec:\n  supports:\n  - ▮",
        "spec:\n  supports:\n    ▮",
        "spec:\r\n  supports:\r\n    - ▮\r\n  successor: y",
        "spec: {supports: [▮",
        'spec:\n  title: "😀 e\u0301"\n  supports: [ ▮ ]\n',
        "spec:\n  successor: [\n  supports: [▮\n",
        'spec:\n  description: "never closed\n  supports: [▮]\n',
    ],
)
def test_references_wherever_a_list_goes_on(text: str) -> None:
    found = labels(f"{HEAD}{text}")
    assert "demand-generation" in found
    assert "hydra-8" not in found  # an application: the property leads to capabilities only


def test_what_is_listed_already_is_left_out() -> None:
    flow = labels(f"{HEAD}spec:\n  supports: [demand-generation, {MARK}]\n")
    block = labels(f"{HEAD}spec:\n  supports:\n    - default/demand-generation\n    - {MARK}\n")
    assert len(flow) > 40 and flow == block
    assert "demand-generation" not in flow


def test_nothing_refers_to_itself() -> None:
    found = labels(
        f"kind: Capability\nmetadata:\n  name: demand-generation\nspec:\n  parent: {MARK}"
    )
    assert "customer-acquisition" in found
    assert "demand-generation" not in found


def test_a_new_element_brings_its_dash() -> None:
    text = f"{HEAD}spec:\n  supports:\n    - a\n    {MARK}\n"
    wanted = f"{HEAD}spec:\n  supports:\n    - a\n    - demand-generation\n"
    assert chosen(text, "demand-generation") == wanted
    assert chosen(f"{HEAD}spec:\n  successor:{MARK}\n", "hydra-x").endswith("successor: hydra-x\n")


def test_the_kind_is_written_where_there_are_several() -> None:
    found = labels(f"{OBJECTIVE}spec:\n  addresses: [{MARK}")
    assert "Application:hydra-8" in found and "Risk:test-field-infection" in found
    assert not any(label.startswith("Capability:") for label in found)
    narrowed = labels(f"{OBJECTIVE}spec:\n  addresses: [application:hyd{MARK}]")
    assert narrowed == ["Application:hydra-8", "Application:hydra-x"]


def test_the_namespace_is_written_where_it_is_another() -> None:
    text = f"{OBJECTIVE}spec:\n  addresses: [Application:visma{MARK}]"
    assert labels(text) == ["Application:norge/visma-business"]
    near = text.replace("  name: x\n", "  name: x\n  namespace: norge\n")
    assert labels(near) == ["Application:visma-business"]
    assert labels(text.replace("visma", "norge/vis")) == ["Application:norge/visma-business"]


def test_nested_nodes() -> None:
    text = f"kind: Initiative\nspec:\n  keyResults: [quote-in-a-day#{MARK}]"
    assert labels(text) == [
        "quote-in-a-day#quote-lead-time",
        "quote-in-a-day#quote-errors",
        "quote-in-a-day#hit-rate",
    ]


def test_more_than_can_be_shown_is_asked_for_again() -> None:
    many = "---\n".join(
        f"apiVersion: bizalign/v1\nkind: Capability\nmetadata: {{name: c-{n}}}\nspec: {{}}\n"
        for n in range(150)
    )
    place = typing(f"{HEAD}spec:\n  supports: [c-{MARK}]", {"many.yaml": many})
    offer = completion(place.snapshot, place.path, place.position)
    assert offer is not None and not offer.complete
    assert len(offer.items) == 100


def test_rules_to_ignore_those_that_report_here_first() -> None:
    text = f"{HEAD}spec:\n  supports: [nothing-like-it]  # bizalign: ignore[{MARK}"
    place = typing(text, judged=True)
    offer = completion(place.snapshot, place.path, place.position)
    assert offer is not None
    here = {finding.rule for finding in place.snapshot.findings}
    assert {item.label for item in offer.items[: len(here)]} == here
    assert "BAS101" not in labels(f"# bizalign: ignore[BAS101, {MARK}")
    assert "BAS102" in labels(f"# bizalign: ignore[BAS101,BAS{MARK}")
    assert labels(f"{HEAD}# biz{MARK}") == ["bizalign: ignore"]
    assert labels(f"{HEAD}# another comment{MARK}") == []


def test_rules_that_a_dispensation_sets_aside() -> None:
    found = labels(f"kind: Dispensation\nspec:\n  rules: [BAS102, BAS10{MARK}]")
    assert "BAS101" in found and "BAS102" not in found


def test_after_a_whole_definition_comes_another() -> None:
    text = f"{HEAD}spec:\n  successor: y\n{MARK}"
    assert chosen(text, "Risk").startswith(f"{text.removesuffix(MARK)}---\napiVersion: bizalign/v1")
    assert labels(f"{HEAD}spec:\n  successor: y\n\nris{MARK}\n") == ["Risk"]
    assert labels(f"{HEAD}spec:\n  successor: y\n---\nris{MARK}\n") == ["Risk"]
    assert labels(f"{HEAD}{MARK}\nspec:\n  successor: y\n") == []


@pytest.mark.parametrize("entry", ["spec:\n  supp▮", "spec:\n  ▮", "▮", "kind: Ri▮sk"])
def test_definitions_of_other_tools_are_left_alone(entry: str) -> None:
    kind = "" if entry.startswith("kind") else "kind: Application\n"
    assert labels(f"apiVersion: argoproj.io/v1alpha1\n{kind}{entry}") == []
    assert labels(f"apiVersion: bizalign/v2\n{kind}{entry}") != []


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}spec:\n  supports: [a] {MARK}",
        f"{HEAD}spec:\n  supports: [a]\n    {MARK}\n",
        f"{HEAD}spec:\n  supports:\n    - a\n      {MARK}\n",
        f"{HEAD}spec:\n  lifecycle: {{}}\n    {MARK}\n",
        f"{HEAD}spec:\n  description: >\n    text {MARK}\n",
        f"{HEAD}spec:\n  nonsense:\n    {MARK}\n",
        f"{HEAD}spec:\n  owner: {MARK}\n",
        f"{HEAD}spec:\n  functionalFit: {MARK}\n",
        f"kind: Nonsense\nspec:\n  {MARK}\n",
        f"kind: Capability\nmetadata:\n  labels:\n    {MARK}\n",
    ],
)
def test_nothing_where_nothing_can_be_known(text: str) -> None:
    assert labels(text) == []


def test_beyond_the_end_of_a_line_is_its_end() -> None:
    place = typing(f"{HEAD}spec:\n  criticality: {MARK}\n  successor: y\n")
    far = place.position._replace(column=500)
    assert completion(place.snapshot, place.path, far) == completion(
        place.snapshot, place.path, place.position
    )
    beyond = place.position._replace(line=500)
    assert completion(place.snapshot, place.path, beyond) is not None
    assert completion(place.snapshot, "elsewhere.yaml", far) is None


@pytest.mark.parametrize("gap", [" ", ""])
def test_one_of_a_list_stands_in_brackets(gap: str) -> None:
    """Behind the key; within brackets and behind a dash it stands as it is."""
    wanted = f"{HEAD}spec:\n  supports: [demand-generation]\n"
    assert chosen(f"{HEAD}spec:\n  supports:{gap}{MARK}\n", "demand-generation") == wanted
    assert chosen(f"{HEAD}spec:\n  supports: [{MARK}]\n", "demand-generation") == wanted


def test_the_list_stays_open_behind_a_kind() -> None:
    """An editor drops what does not go with all of what is typed."""
    offer = offered(f"{OBJECTIVE}spec:\n  addresses: [Application:hydra{MARK}]\n")
    assert offer is not None and offer.items
    assert all(item.search.startswith("application:hydra") for item in offer.items)


COST = HEAD.replace("kind: Application", "kind: Cost")


def test_what_others_say_is_offered() -> None:
    others = {
        f"{n}.yaml": HEAD.replace("name: x", f"name: a{n}\n  tags: [{tag}]\n  namespace: norway")
        for n, tag in enumerate(["core", "core", "rare"])
    }

    def found(text: str) -> list[str]:
        offer = completion(*typing(text, others))
        return [item.label for item in offer.items] if offer is not None else []

    others["0.yaml"] += "\n  title: Rare"
    others["cost.yaml"] = f"{COST.replace('name: x', 'name: y')}spec:\n  currency: NOK\n"
    assert found(f"{HEAD}  tags: [{MARK}]\n") == ["core", "rare"]
    assert found(f"{HEAD}  tags: [rar{MARK}]\n") == ["rare"]
    assert found(f"{HEAD}  tags: [rarely{MARK}]\n") == []
    assert found(f"{HEAD}  title: {MARK}\n") == []
    assert found(f"{COST}spec:\n  currency: {MARK}\n") == ["NOK"]
    assert found(f"{COST}spec:\n  currency: SEK{MARK}\n") == []
    assert found(f"{HEAD}  namespace: {MARK}\n") == ["norway", "default"]
    assert found(HEAD.replace("name: x", f"name: {MARK}")) == []


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        (f"    - to: pricing\n      {MARK}\n", ["role", "share"]),
        (f"    - {{to: pricing, {MARK}}}\n", ["role", "share"]),
        (f"    - to: pricing\n      role: {MARK}\n", ["leading", "supporting"]),
        (f"    - {{to: solution-conf{MARK}}}\n", ["solution-configuration"]),
        (f"    - solution-conf{MARK}\n", ["solution-configuration"]),
    ],
)
def test_a_block_in_place_of_a_reference(block: str, wanted: list[str]) -> None:
    found = labels(f"{HEAD}spec:\n  supports:\n{block}")
    assert found[: len(wanted)] == wanted or set(wanted) == set(found)
    assert "supportEntries" not in found


def test_no_property_of_the_blocks_beside_their_list() -> None:
    assert "supports" in labels(f"{HEAD}spec:\n  supp{MARK}\n")
    assert "supportEntries" not in labels(f"{HEAD}spec:\n  supp{MARK}\n")
