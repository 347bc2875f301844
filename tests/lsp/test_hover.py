"""Hover: what is told of nodes, properties, values, kinds, findings and comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from bizalign_lint.core.types import Document, Location, Source
from bizalign_lint.engine.load import load
from bizalign_lint.ide.hover import Hover, hover
from bizalign_lint.lsp.pages import pages

from .editor import MARK, Place, at, meridian, snapshot, typing, written

OBJECTIVES = "business/objectives/2026/efficient-air.yaml"
CAPABILITIES = "business/capabilities/customer-acquisition.yaml"


def told(place: Place) -> str:
    found = hover(place.snapshot, place.path, place.position)
    return found.text if found is not None else ""


def of_example(path: str, needle: str, into: int = 1) -> str:
    return told(at(meridian(), path, needle, into))


def test_a_node_where_it_is_referred_to() -> None:
    text = of_example(OBJECTIVES, "solution-configuration")
    assert text.startswith(
        "**Solution configuration and quotation** · Capability · The common layer\n\n"
        "`Capability:default/solution-configuration`\n\n"
        "Putting a station together from 11,000 variants"
    )
    for line in ("Owner: Sales and Marketing", "Parent: Customer acquisition", "Tier: strategic"):
        assert f"- {line}\n" in text
    assert "- Maturity gap: 2\n" in text
    assert "- Supported by 2 applications – " in text
    assert "- 2 objectives – " in text and "- 2 strategies – " in text


def test_what_is_named_can_be_opened() -> None:
    """The definition itself, what it refers to and the first of those that refer to it."""
    head = "apiVersion: bizalign/v1\nkind: {}\nmetadata: {{name: {}}}\nspec: {}\n"
    names = [f"app-{number}" for number in range(5)]
    files = {f"{n}.yaml": head.format("Application", n, "{supports: [sell]}") for n in names}
    files["sell.yaml"] = head.format("Capability", "sell", "{parent: all}")
    files["all.yaml"] = head.format("Capability", "all", "{}")
    place = at(snapshot(files), "sell.yaml", "name: sell", 7)
    found = hover(*place, address=lambda node: f"file:///{node.name}.yaml#L3")
    assert found is not None
    assert found.text.startswith("**[sell](file:///sell.yaml#L3)** · ")
    assert "- Parent: [all](file:///all.yaml#L3)\n" in found.text
    assert (
        "- Supported by 5 applications – [app-0](file:///app-0.yaml#L3), "
        "[app-1](file:///app-1.yaml#L3), [app-2](file:///app-2.yaml#L3) and 2 more" in found.text
    )


def test_hovering_a_definition_says_the_same() -> None:
    here = of_example(CAPABILITIES, "name: solution-configuration", 8)
    assert here == of_example(OBJECTIVES, "solution-configuration")


def test_the_phase_on_the_day_of_the_check() -> None:
    path = next(p for p in meridian().sources if p.startswith("technology/applications/"))
    text = of_example(path, "  name: ", 8)
    assert "- Phase on 2026-06-30: " in text


def test_a_nested_node_and_its_holder() -> None:
    text = of_example(OBJECTIVES, "name: quote-lead-time", 8)
    assert text.startswith("**A quote takes one working day** · Key result · Business\n")
    assert "- Objective: Customers have a binding quote within a day\n" in text
    assert "- Progress: 0.73\n" in text
    assert text.endswith("- 1 initiative – Quotes in a day")
    initiatives = "change/initiatives/products-and-plants.yaml"
    reference = "quote-in-a-day#quote-lead-time"
    assert of_example(initiatives, reference, len(reference) - 1) == text
    assert of_example(initiatives, reference, 1).startswith("**Customers have a binding quote")


def test_the_reported_span() -> None:
    place = at(meridian(), OBJECTIVES, "solution-configuration", 5)
    found = hover(place.snapshot, place.path, place.position)
    assert found is not None
    assert written(meridian(), Location(OBJECTIVES, found.span)) == "solution-configuration"


def test_a_property_and_its_values() -> None:
    text = of_example(OBJECTIVES, "status:")
    assert text.startswith("**status** · string\n\nThe state of the objective.\n\n- `draft`: ")
    value = of_example(OBJECTIVES, "status: active", 10)
    assert "- **`active`**: Agreed and being worked towards.\n" in value
    assert "- `closed`: Over, whether reached or not." in value
    assert of_example(OBJECTIVES, "keyResults:").startswith("**keyResults** · list\n")
    assert of_example(OBJECTIVES, "strategy:").startswith("**strategy** · refers to Strategy\n")
    required = typing(f"kind: Cost\nspec:\n  am{MARK}ount: 1\n")
    assert told(required).startswith("**amount** · number · required\n")
    default = typing(f"kind: Capability\nspec:\n  man{MARK}ual: true\n")
    assert told(default).endswith("Default: `false`")


def test_kinds_and_sections() -> None:
    assert of_example(OBJECTIVES, "kind: Objective", 8).startswith("**Objective** · Business\n")
    assert of_example(OBJECTIVES, "metadata:") == (
        "**metadata**\n\nWhat every definition says about itself."
    )


def test_a_finding_and_the_page_of_its_rule() -> None:
    head = "apiVersion: bizalign/v1\nkind: Application\nmetadata:\n  name: x\n"
    place = typing(f"{head}spec:\n  supports: [nothin{MARK}g]\n", judged=True)
    assert "\n\n---\n\n**MOD109** dangling-reference\n\n" in "\n\n---\n\n" + told(place)
    found = hover(place.snapshot, place.path, place.position, lambda rule: f"pages/{rule}")
    assert isinstance(found, Hover)
    assert "**[MOD109](pages/MOD109)** dangling-reference" in found.text
    twice = place.snapshot._replace(findings=[*place.snapshot.findings] * 2)
    assert hover(twice, place.path, place.position) == hover(*place)
    rule = place.snapshot.loaded.rules.rules["MOD109"]
    assert " ".join(rule.help.split()) in found.text


def test_a_rule_in_a_comment() -> None:
    text = "kind: Risk\nmetadata: {name: x}  # bizalign: ignore[BAS101, BAS1▮02] -- so\n"
    place = typing(text)
    found = hover(place.snapshot, place.path, place.position)
    assert found is not None
    assert found.text.startswith("**BAS102** ")
    assert written(place.snapshot, Location(place.path, found.span)) == "BAS102"
    assert told(typing("# bizalign: ignore[NON▮E]\n")) == ""
    assert told(typing("# some comm▮ent\n")) == ""


def test_markdown_in_a_title_is_text() -> None:
    place = typing(
        'apiVersion: bizalign/v1\nkind: Risk\nmetadata:\n  name: x▮\n  title: "*a* <b> [c]"\n'
    )
    assert told(place).startswith(r"**\*a\* \<b\> \[c\]** · Risk")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_after_an_emoji_and_with_any_line_ending(ending: str) -> None:
    lines = [
        "apiVersion: bizalign/v1",
        "kind: Objective",
        "metadata: {name: o, title: 😀e\u0301}",
        'spec: {status: draft, unit: "😀", parent: p▮q}',
        "---",
        "apiVersion: bizalign/v1",
        "kind: Objective",
        "metadata: {name: pq, title: 😀 Target}",
    ]
    assert told(typing(ending.join(lines))).startswith("**😀 Target** · Objective")


def test_a_file_that_cannot_be_read_is_explained_too() -> None:
    head = "apiVersion: bizalign/v1\nkind: Objective\nmetadata:\n  name: o\n"
    text = f"{head}spec:\n  parent: [\n  stat{MARK}us: draft\n  x: {{"
    assert told(typing(text)).startswith("**status** · string")


def test_the_page_of_a_rule(tmp_path: Path) -> None:
    """The workspace's own before ours; where there is none, the file of the rule."""
    for path in ("rules/a/own.yaml", "docs/rules/BAS101.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    files = snapshot({})._replace(root=tmp_path)
    rules = files.loaded.rules
    document = Document(Source("rules/a/own.yaml", b""), 0, {})
    own = rules.rules["BAS101"]._replace(id="OWN101", document=document)
    known = rules._replace(rules={**rules.rules, "OWN101": own})
    address = pages(files._replace(loaded=files.loaded._replace(rules=known)))
    assert address("BAS101") == (tmp_path / "docs" / "rules" / "BAS101.md").as_uri()
    assert (address("BAS102") or "").endswith(("docs/rules/BAS102.md", ".yaml"))
    assert address("OWN101") == (tmp_path / "rules" / "a" / "own.yaml").as_uri()
    assert address("NONE") is None


def test_other_tools_are_left_alone() -> None:
    text = f"apiVersion: argoproj.io/v1\nkind: Appli{MARK}cation\nmetadata: {{name: x}}\n"
    assert told(typing(text)) == ""
    assert told(typing(text.replace("argoproj.io", "bizalign"))) != ""


def test_nothing_to_tell() -> None:
    assert told(typing(MARK)) == ""
    assert told(typing(f"kind: Risk\n\n{MARK}\n")) == ""
    assert told(typing(f"other: tool\nfile: y{MARK}es\n")) == ""
    place = typing(MARK)
    assert hover(place.snapshot, "elsewhere.yaml", place.position) is None
    assert hover(snapshot({}), "x.yaml", place.position) is None


def test_a_block_in_place_of_a_reference() -> None:
    text = (
        "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: x}\n"
        "spec: {supports: [{to: pricing, role: leading}]}\n---\n"
        "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: pricing}\nspec: {}\n"
    )
    model = snapshot({"a.yaml": text})
    assert told(at(model, "a.yaml", "to: pricing", 5)).startswith("**pricing** · Capability")
    assert "The capability relies on it" in told(at(model, "a.yaml", "leading"))
    assert told(at(model, "a.yaml", "role")).startswith("**role**")
    assert "Supported by 1 application – x" in told(at(model, "a.yaml", "name: pricing", 8))


def test_a_date_that_a_vendor_gives_is_said_to_be_filled_in() -> None:
    text = (
        "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: shop}\n"
        "spec: {components: [db]}\n---\n"
        "apiVersion: bizalign/v1\nkind: ITComponent\nmetadata: {name: db}\n"
        'spec: {product: Blue Server, version: "13"}\n'
    )
    release = '{"name": "13", "label": "13", "supportEnds": "2021-05-31"}'
    product = f'{{"name": "blue", "label": "Blue Server", "knownAs": [], "releases": [{release}]}}'
    lock = f'{{"version": 1, "source": "Acme", "asOf": "2026-06-01", "products": [{product}]}}'
    loaded = load(lifecycles=Source("lifecycles.lock.json", lock.encode()))
    model = snapshot({"a.yaml": text}, loaded=loaded)
    said = "endOfSupport 2021-05-31 is filled in: Acme gives it for Blue Server 13"
    assert f"- {said} (as of 2026-06-01)\n" in told(at(model, "a.yaml", "[db]"))
    assert f"- {said} (as of 2026-06-01)\n" in told(at(model, "a.yaml", "name: db", 7))
