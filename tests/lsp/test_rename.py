"""Rename: every reference follows, in the form that it has; what cannot be is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.core.types import Location, Source
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.refused import RefusedError
from bizalign_lint.ide.rename import prepare, rename
from bizalign_lint.ide.rename_file import moved_file, renamed_with_file
from bizalign_lint.parsing.positions import locate

from .editor import MARK, Place, applied, at, meridian, snapshot, typing, written
from .wire import Wire

OBJECTIVES = "business/objectives/2026/efficient-air.yaml"
INITIATIVES = "change/initiatives/products-and-plants.yaml"
NESTED = "quote-in-a-day#quote-lead-time"


def definition(kind: str, name: str, spec: str = "{}", namespace: str = "") -> str:
    space = f", namespace: {namespace}" if namespace else ""
    return (
        f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata: {{name: {name}{space}}}\nspec: {spec}\n"
    )


def renamed(place: Place, new: str) -> dict[str, str]:
    """The files that change, as they are then."""
    before = {p: s.content.decode() for p, s in place.snapshot.sources.items()}
    after = applied(place.snapshot, rename(*place, new))
    return {path: text for path, text in after.items() if text != before[path]}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("seed", range(12))
def test_nothing_dangles_and_nothing_new_is_found_in_the_example(seed: int) -> None:
    """Whatever is renamed, the model says the same as before."""
    nodes = [node for nodes in meridian().graph.kinds.values() for node in nodes]
    node = nodes[seed * len(nodes) // 12]
    place = node.place()
    path = place.document.source.path
    span = locate(place)
    edits = rename(meridian(), path, Position(span.line, span.column), "quite-new-name")
    after = snapshot(applied(meridian(), edits), judged=True)
    assert [f.rule for f in after.findings] == [f.rule for f in meridian().findings]
    kinds = after.graph.kinds
    assert {k: len(v) for k, v in kinds.items()} == {
        k: len(v) for k, v in meridian().graph.kinds.items()
    }
    count = sum(map(len, node.into.values()))
    new = [n for n in kinds[node.type.name] if n.name.endswith("quite-new-name")]
    assert [sum(map(len, n.into.values())) for n in new] == [count]


def test_all_forms_of_reference() -> None:
    files = {
        "a.yaml": definition("Application", "old"),
        "b.yaml": definition("Application", "x", "{successor: old}"),
        "c.yaml": definition("Application", "y", '{successor: "application:default/old"}'),
        "d.yaml": definition("Application", "z", "{successor: 'default/old'} # old"),
        "e.yaml": definition("Objective", "old", "{addresses: [Application:old, Risk:old]}"),
        "f.yaml": definition("Application", "w", "{successor: old}", namespace="far"),
        "g.yaml": definition("Application", "older", "{supports: [old]}"),
    }
    place = at(snapshot(files), "a.yaml", "name: old", 7)
    assert renamed(place, "new") == {
        "a.yaml": definition("Application", "new"),
        "b.yaml": definition("Application", "x", "{successor: new}"),
        "c.yaml": definition("Application", "y", '{successor: "application:default/new"}'),
        "d.yaml": definition("Application", "z", "{successor: 'default/new'} # old"),
        "e.yaml": definition("Objective", "old", "{addresses: [Application:new, Risk:old]}"),
        "f.yaml": definition("Application", "w", "{successor: new}", namespace="far"),
    }


def test_from_a_reference_as_from_the_definition() -> None:
    here = at(meridian(), OBJECTIVES, "solution-configuration", 3)
    there = at(
        meridian(),
        "business/capabilities/customer-acquisition.yaml",
        "name: solution-configuration",
        9,
    )
    assert rename(*here, "cpq") == rename(*there, "cpq")
    assert len(rename(*here, "cpq")) == 17


def test_a_nested_name() -> None:
    place = at(meridian(), OBJECTIVES, "name: quote-lead-time", 8)
    changed = renamed(place, "lead-time")
    assert {*changed} == {OBJECTIVES, INITIATIVES}
    assert "- name: lead-time\n" in changed[OBJECTIVES]
    assert "- quote-in-a-day#lead-time\n" in changed[INITIATIVES]
    assert renamed(at(meridian(), INITIATIVES, NESTED, 20), "lead-time") == changed


def test_the_name_of_what_holds_nested_ones() -> None:
    place = at(meridian(), INITIATIVES, NESTED, 3)
    target = prepare(*place)
    assert target.name == "quote-in-a-day"
    assert written(meridian(), Location(INITIATIVES, target.span)) == "quote-in-a-day"
    text = renamed(place, "fast-quotes")[INITIATIVES]
    assert "- fast-quotes#quote-lead-time\n" in text and "quote-in-a-day#" not in text


@pytest.mark.parametrize(
    ("reference", "into"),
    [("old", 0), ("old", 3), ("Application:old", 2), ("default/old", 1), ("'old'", 2)],
)
def test_what_is_shown_for_change_is_the_name_alone(reference: str, into: int) -> None:
    files = snapshot(
        {
            "a.yaml": definition("Application", "old"),
            "b.yaml": definition("Application", "x", f"{{successor: {reference}}}"),
        }
    )
    target = prepare(*at(files, "b.yaml", f"successor: {reference}", 11 + into))
    assert target.name == written(files, Location("b.yaml", target.span)) == "old"


def test_a_nearer_node_of_the_new_name_is_not_meant_instead() -> None:
    files = {
        "a.yaml": definition("Application", "old"),
        "b.yaml": definition("Application", "new", namespace="far"),
        "c.yaml": definition("Application", "x", "{successor: old}", namespace="far"),
    }
    changed = renamed(at(snapshot(files), "a.yaml", "name: old", 7), "new")
    assert "{successor: default/new}" in changed["c.yaml"]


def test_an_alias_is_changed_once_where_it_is_written() -> None:
    spec = "{supports: [&c old], allocations: [{to: *c, share: 100}]}"
    before = definition("Application", "x", spec)
    files = {"a.yaml": definition("Capability", "old"), "b.yaml": before}
    changed = renamed(at(snapshot(files), "a.yaml", "name: old", 7), "new")
    assert changed["b.yaml"] == before.replace("&c old", "&c new")


def test_crlf_and_emoji_stay_as_they_are() -> None:
    text = definition("Application", "x", "{successor: old, title: 😀}").replace("\n", "\r\n")
    files = {"a.yaml": definition("Application", "old"), "b.yaml": text}
    changed = renamed(at(snapshot(files), "a.yaml", "name: old", 7), "new")
    assert changed["b.yaml"] == text.replace("old", "new")


def refusal(place: Place, new: str = "new") -> str:
    with pytest.raises(RefusedError) as refused:
        rename(*place, new)
    return str(refused.value)


@pytest.mark.parametrize("new", ["", "Upper", "two words", "a#b", "a/b", "-a", "new\n", "é"])
def test_a_name_that_is_none_is_refused(new: str) -> None:
    place = typing(definition("Risk", f"ol{MARK}d"))
    assert "is not a valid name; use lower-case words" in refusal(place, new)


def test_a_name_too_long_is_refused() -> None:
    place = typing(definition("Risk", f"ol{MARK}d"))
    assert "at most 100 characters" in refusal(place, "a" * 101)


def test_a_name_that_is_taken_is_refused() -> None:
    files = {"new.yaml": definition("Risk", "new"), "other.yaml": definition("Control", "free")}
    place = typing(definition("Risk", f"ol{MARK}d"), files)
    assert refusal(place) == "Risk new already exists in new.yaml"
    assert len(rename(*place, "free")) == 1
    nested = at(meridian(), OBJECTIVES, "name: quote-lead-time", 8)
    assert "quote-in-a-day#quote-errors already exists" in refusal(nested, "quote-errors")


def test_a_name_that_would_take_references_from_another_is_refused() -> None:
    files = {
        "a.yaml": definition("Application", "new"),
        "b.yaml": definition("Application", "x", "{successor: new}", namespace="far"),
    }
    place = typing(definition("Application", f"ol{MARK}d", namespace="far"), files)
    assert "b.yaml refers to another namespace" in refusal(place)


def test_an_alias_that_is_more_than_a_reference_is_refused() -> None:
    spec = "{successor: &o old}"
    text = definition("Application", "x", spec) + "---\n" + definition("Risk", "y")
    text = text.replace("metadata: {name: x}", "metadata: {name: x, title: &o old}")
    text = text.replace("successor: &o old", "successor: *o")
    files = snapshot({"a.yaml": definition("Application", "old"), "b.yaml": text})
    assert "b.yaml would also change what is not a reference" in refusal(
        at(files, "a.yaml", "name: old", 7)
    )


def test_a_reference_over_several_lines_is_refused() -> None:
    text = definition("Application", "x").replace("spec: {}", "spec:\n  successor: >-\n    old")
    files = snapshot({"a.yaml": definition("Application", "old"), "b.yaml": text})
    place = at(files, "a.yaml", "name: old", 7)
    assert (
        refusal(place) == "a reference in b.yaml cannot be edited safely in the form it is written"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (MARK, "there is nothing to rename here"),
        (f"kind: Ri{MARK}sk\n", "there is nothing to rename here"),
        (definition(f"Ri{MARK}sk", "x"), "there is nothing to rename here"),
        (definition("Risk", "x", f"{{sta{MARK}tus: y}}"), "there is nothing to rename here"),
        (
            definition("Application", "x", f"{{successor: not{MARK}hing}}"),
            "nothing refers to something",
        ),
        (f"# na{MARK}me\n", "there is nothing to rename here"),
    ],
)
def test_there_is_nothing_to_rename(text: str, reason: str) -> None:
    place = typing(text)
    with pytest.raises(RefusedError, match=reason):
        prepare(*place)
    with pytest.raises(RefusedError):
        prepare(place.snapshot, "elsewhere.yaml", place.position)


def test_the_second_definition_of_a_name_is_not_renamed() -> None:
    place = typing(definition("Risk", f"x{MARK}"), {"a.yaml": definition("Risk", "x")})
    assert "another definition has that name" in refusal(place)


def test_the_second_nested_node_of_a_name_is_not_renamed() -> None:
    spec = "{{keyResults: [{{name: a{}}}, {{name: a{}}}]}}"
    assert len(rename(*typing(definition("Objective", "o", spec.format(MARK, ""))), "b")) == 1
    assert "another definition" in refusal(
        typing(definition("Objective", "o", spec.format("", MARK)))
    )


def test_what_is_called_name_and_is_none() -> None:
    text = definition("Risk", "x").replace("{name: x", f"{{labels: {{name: y{MARK}}}, name: x")
    assert refusal(typing(text)) == "there is nothing to rename here"


def test_the_same_name_changes_nothing() -> None:
    assert rename(*typing(definition("Risk", f"x{MARK}")), "x") == []


UNREADABLE = """\
apiVersion: bizalign/v1
kind: Application
metadata: {{name: x, description: the old one}}
spec:
  successor: {0} # old
  title: [
"""


@pytest.mark.parametrize("form", ["{}", "application:{}", "'{}'", "default/{}"])
def test_a_reference_in_what_is_half_typed_follows(form: str) -> None:
    files = {
        "a.yaml": definition("Application", "old"),
        "b.yaml": UNREADABLE.format(form.format("old")),
    }
    changed = renamed(at(snapshot(files), "a.yaml", "name: old", 7), "new")
    assert changed["b.yaml"] == UNREADABLE.format(form.format("new"))


def test_nothing_else_that_is_half_typed_is_taken_for_a_reference() -> None:
    text = UNREADABLE.format("[risk:old, older, old-one]")
    files = {"a.yaml": definition("Application", "old"), "b.yaml": text}
    assert {*renamed(at(snapshot(files), "a.yaml", "name: old", 7), "new")} == {"a.yaml"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            UNREADABLE.format("\n    old"),
            "b.yaml is unfinished at line 6: old there may be a reference",
        ),
        (UNREADABLE.format("old é"), "b.yaml is not in UTF-8, and may refer to old; convert it"),
    ],
)
def test_what_may_be_a_reference_and_may_not_is_refused_by_its_file(text: str, why: str) -> None:
    files = snapshot({"a.yaml": definition("Application", "old"), "b.yaml": text})
    latin = {"b.yaml": Source("b.yaml", text.encode("latin-1"))}
    place = at(files._replace(sources={**files.sources, **latin}), "a.yaml", "name: old", 7)
    with pytest.raises(RefusedError, match=f"^{why}$"):
        rename(*place, "new")


def test_a_file_that_cannot_be_read_at_all_is_named() -> None:
    files = snapshot({"a.yaml": definition("Application", "old")})
    place = at(files._replace(unreadable=["locked"]), "a.yaml", "name: old", 7)
    with pytest.raises(RefusedError, match=r"^locked cannot be read, and may refer to old"):
        rename(*place, "new")


def test_a_block_in_place_of_a_reference() -> None:
    files = {
        "a.yaml": definition("Capability", "old"),
        "b.yaml": definition("Application", "x", "{supports: [{to: old, role: leading}, other]}"),
        "c.yaml": definition("Application", "y", "{supports: [old]}"),
    }
    place = at(snapshot(files), "b.yaml", "to: old", 5)
    assert renamed(place, "new") == {
        path: text.replace("old", "new") for path, text in files.items()
    }


@pytest.mark.parametrize(
    ("path", "others", "moved"),
    [
        ("model/sell.yml", {}, ("model/sell.yml", "model/sale.yml")),
        ("sell.yaml", {}, ("sell.yaml", "sale.yaml")),
        ("model/sell.yaml", {"model/sale.yaml": ""}, None),
        ("model/sales.yaml", {}, None),
    ],
)
def test_a_file_that_is_called_like_its_definition_goes_with_it(
    path: str, others: dict[str, str], moved: tuple[str, str] | None
) -> None:
    shop = definition("Application", "shop", "{supports: [sell]}")
    files = {path: definition("Capability", "sell"), "shop.yaml": shop, **others}
    assert moved_file(*at(snapshot(files), "shop.yaml", "[sell", 2), "sale") == moved
    more = snapshot({**files, path: f"{files[path]}---\n{definition('Capability', 'buy')}"})
    assert moved_file(*at(more, "shop.yaml", "[sell", 2), "sale") is None


@pytest.mark.parametrize(
    ("path", "name", "others", "follows"),
    [
        ("model/sell.yml", "sale.yml", {}, True),
        ("sell.yaml", "sale.yaml", {}, True),
        ("sell.yaml", "sell.yaml", {}, False),
        ("sell.yaml", "sale.yaml.bak", {}, False),
        ("sell.yaml", "Not a name.yaml", {}, False),
        ("sales.yaml", "sale.yaml", {}, False),
        ("sell.yaml", "sale.yaml", {"sale.yaml": ""}, False),
        ("sell.yaml", "sale.yaml", {"b.yaml": definition("Capability", "sale")}, False),
    ],
)
def test_a_definition_goes_with_the_file_that_is_called_like_it(
    path: str, name: str, others: dict[str, str], follows: bool
) -> None:
    shop = definition("Application", "shop", "{supports: [sell]}")
    files = {path: definition("Capability", "sell"), "shop.yaml": shop, **others}
    model = snapshot(files)
    after = applied(model, renamed_with_file(model, path, name))
    wanted = {
        file: text.replace("sell", "sale") if follows else text for file, text in files.items()
    }
    assert after == wanted
    more = snapshot({**files, path: f"{files[path]}---\n{definition('Capability', 'buy')}"})
    assert renamed_with_file(more, path, name) == []


@pytest.mark.process
def test_an_editor_renames_a_file(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / ".bizalign.yaml").write_text("")
    (tmp_path / "sell.yaml").write_text(definition("Capability", "sell"))
    (tmp_path / "shop.yaml").write_text(definition("Application", "shop", "{supports: [sell]}"))
    announced = wire.begin(tmp_path, can={"workspace": {"fileOperations": {"willRename": True}}})
    assert announced["workspace"]["fileOperations"]["willRename"]["filters"]

    def asked(*names: tuple[str, str]) -> Any:
        files = [
            {"oldUri": (tmp_path / old).as_uri(), "newUri": (tmp_path / new).as_uri()}
            for old, new in names
        ]
        return wire.ask("workspace/willRenameFiles", {"files": files})["result"]

    changes = asked(("sell.yaml", "sale.yaml"))["changes"]
    assert {
        uri.rpartition("/")[2]: [edit["newText"] for edit in edits]
        for uri, edits in changes.items()
    } == {
        "sell.yaml": ["sale"],
        "shop.yaml": ["sale"],
    }
    assert asked(("sell.yaml", "Not a name.yaml")) is None
    assert asked(("sell.yaml", "far/sale.yaml")) is None
    assert asked(("sell.yaml", "sale.yaml"), ("shop.yaml", "store.yaml")) is None
    assert asked() is None
