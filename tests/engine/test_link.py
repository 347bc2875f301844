"""References, names and hierarchies: what leads where, and what leads nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizalign_lint.core.types import places
from bizalign_lint.engine.model import read_model
from bizalign_lint.graph import references
from tests.workspace import findings, report, shipped, sources

CAPABILITY = """
    apiVersion: bizalign/v1
    kind: Capability
    metadata: {name: order-management, title: Order management}
    spec: {level: 1}
    """
APPLICATION = """
    apiVersion: bizalign/v1
    kind: Application
    metadata: {name: hub}
    spec:
      supports: [%s]
    """


def application(reference: str) -> dict[str, str]:
    return {"a.yaml": APPLICATION % reference, "c.yaml": CAPABILITY}


@pytest.mark.parametrize(
    "reference",
    [
        "order-management",
        '"Capability:order-management"',
        '"capability:order-management"',
        "default/order-management",
        '"Capability:default/order-management"',
    ],
)
def test_every_form_of_a_reference_leads_to_its_node(reference: str) -> None:
    model = read_model(shipped(), sources(application(reference)))
    hub = model.graph.find("Application", "default", "hub")
    order = model.graph.find("Capability", "default", "order-management")
    assert hub is not None
    assert order is not None
    assert hub.edges["supports"] == [order]
    assert order.into["supportedBy"] == [hub]
    assert model.flaws == ()


def test_a_reference_is_looked_up_in_its_own_namespace_first() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: hub, namespace: retail}
        spec: {supports: [sell, only-default, other/sell]}
        --- {apiVersion: bizalign/v1, kind: Capability, metadata: {name: sell}, spec: {}}
        ---
        apiVersion: bizalign/v1
        kind: Capability
        metadata: {name: sell, namespace: retail}
        spec: {}
        ---
        apiVersion: bizalign/v1
        kind: Capability
        metadata: {name: sell, namespace: other}
        spec: {}
        --- {apiVersion: bizalign/v1, kind: Capability, metadata: {name: only-default}, spec: {}}
        """
    graph = read_model(shipped(), sources(model)).graph
    hub = graph.find("Application", "retail", "hub")
    assert hub is not None
    assert [node.reference for node in hub.edges["supports"]] == [
        "Capability:retail/sell",
        "Capability:default/only-default",
        "Capability:other/sell",
    ]


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (
            "order-managment",
            "no Capability is named order-managment; did you mean order-management?",
        ),
        ("billing", "no Capability is named billing"),
        (
            '"Capability:order-managment"',
            "no Capability is named Capability:order-managment; did you mean Capability:",
        ),
        ("retail/order-management", "no Capability is named retail/order-management"),
    ],
)
def test_a_dangling_reference_is_found_where_it_is_written(reference: str, message: str) -> None:
    found = findings(application(reference), "MOD109")
    assert [text.split(" MOD109 ")[0] for text in found] == ["a.yaml:6:14"]
    assert found[0].split(" MOD109 ")[1].startswith(message)


def test_a_reference_to_another_kind_says_what_it_is() -> None:
    (found,) = report(application("hub"), "MOD110").findings
    assert found.message == "hub is an Application, but supports needs a Capability"
    assert found.related[0].location.path == "a.yaml"


def test_a_property_for_several_kinds_wants_the_kind() -> None:
    model = {
        "d.yaml": """
            apiVersion: bizalign/v1
            kind: Decision
            metadata: {name: one-hub}
            spec: {affects: [order-management]}
            """,
        "c.yaml": CAPABILITY,
    }
    (found,) = findings(model, "MOD109")
    assert found.endswith(
        "affects accepts several kinds; add the kind: Capability:order-management"
    )


def test_a_nested_node_is_referred_to_through_its_holder() -> None:
    objective = """
        apiVersion: bizalign/v1
        kind: Objective
        metadata: {name: grow}
        spec:
          keyResults:
            - name: share
            - name: %s
        """
    initiative = """
        apiVersion: bizalign/v1
        kind: Initiative
        metadata: {name: build}
        spec: {keyResults: ["grow#%s"]}
        """
    files = {"i.yaml": initiative % "share", "o.yaml": objective % "returns"}
    assert findings(files, "MOD") == []
    files["i.yaml"] = initiative % "shares"
    assert [text.split(" MOD109 ")[1] for text in findings(files, "MOD109")] == [
        "no KeyResult is named grow#shares; did you mean grow#share?"
    ]
    files = {"i.yaml": initiative % "share", "o.yaml": objective % "share"}
    assert [text[:11] for text in findings(files, "MOD108")] == ["o.yaml:8:13"]


def test_the_second_definition_of_a_name_is_found_and_the_first_shown() -> None:
    (found,) = report({"a.yaml": CAPABILITY, "b.yaml": CAPABILITY}, "MOD108").findings
    assert found.location.path == "b.yaml"
    assert [r.location.path for r in found.related] == ["a.yaml"]


def test_the_same_name_in_two_namespaces_or_kinds_is_fine() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Capability
        metadata: {name: sell}
        spec: {}
        ---
        apiVersion: bizalign/v1
        kind: Capability
        metadata: {name: sell, namespace: emea}
        spec: {}
        --- {apiVersion: bizalign/v1, kind: Application, metadata: {name: sell}, spec: {}}
        """
    assert findings(model, "MOD108") == []


def test_a_circle_is_reported_once_and_shown_in_full() -> None:
    files = {
        f"{name}.yaml": f"""
            apiVersion: bizalign/v1
            kind: OrganizationUnit
            metadata: {{name: {name}}}
            spec: {{parent: {parent}}}
            """
        for name, parent in (("a", "b"), ("b", "c"), ("c", "b"))
    }
    (found,) = report(files, "MOD111").findings
    assert found.message.endswith("b → c → b")
    assert found.location.path == "b.yaml"
    assert [r.location.path for r in found.related] == ["c.yaml"]


# One mistake, one finding.


def test_a_misspelt_reference_does_not_leave_its_target_unsupported() -> None:
    spec = "spec: {level: 1, tier: strategic}"
    files = application("order-managment")
    files["c.yaml"] = CAPABILITY.replace("spec: {level: 1}", spec)
    assert {text.split()[1] for text in findings(files, "MOD109", "SCO", "BAS")} == {"MOD109"}


def test_names_in_a_file_that_cannot_be_read_are_not_missed() -> None:
    files = application("order-management")
    files["c.yaml"] += "  broken: [\n"
    assert {text.split()[1] for text in findings(files, "MOD")} == {"MOD101"}


def test_a_definition_of_an_unknown_kind_is_not_missed_by_its_referrers() -> None:
    files = application("order-management")
    files["c.yaml"] = CAPABILITY.replace("Capability", "Capabilty")
    found = findings(files, "MOD")
    assert [text.split()[1] for text in found] == ["MOD105"]
    assert "Capability" in found[0]


def test_rules_ignore_a_property_that_its_schema_refuses() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Disruption
        metadata: {name: d}
        spec: {%s: 2026-13-01}
        """
    assert [t.split()[1] for t in findings(model % "assessedOn", "MOD106", "DIS101")] == ["MOD106"]


def test_a_misspelt_property_is_not_missed_by_rules() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Objective
        metadata: {name: grow}
        spec:
          keyResult: []
        """
    assert [t.split()[1] for t in findings(model, "MOD107", "OUT101")] == ["MOD107"]


names = st.from_regex(r"[a-z0-9]{1,5}([-.][a-z0-9]{1,3}){0,2}", fullmatch=True)


@given(
    kind=st.none() | st.sampled_from(["Capability", "KeyResult", "capability"]),
    namespace=st.none() | names,
    name=names,
    nested=st.none() | names,
)
def test_references_come_apart_and_together_again(
    kind: str | None, namespace: str | None, name: str, nested: str | None
) -> None:
    full = name if nested is None else f"{name}#{nested}"
    reference = references.Reference(kind, namespace, full)
    assert references.parse(str(reference)) == reference


def test_a_node_named_twice_is_led_to_once() -> None:
    text = """
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: desk}
        spec: {supports: [travel, "Capability:default/travel"]}
        ---
        apiVersion: bizalign/v1
        kind: Capability
        metadata: {name: travel}
        spec: {}
    """
    graph = read_model(shipped(), sources(text)).graph
    (desk,), (travel,) = graph.kinds["Application"], graph.kinds["Capability"]
    assert desk.edges["supports"] == [travel]
    assert travel.into["supportedBy"] == [desk]


NESTED = """
    apiVersion: bizalign/v1
    kind: Objective
    metadata: {name: grow, title: Grow}
    spec: {keyResults: %s}
    ---
    apiVersion: bizalign/v1
    kind: Initiative
    metadata: {name: core, title: Core}
    spec: {keyResults: [grow#share]}
    """


@pytest.mark.parametrize(
    ("nested", "reported"),
    [
        ("[{name: share}]", []),
        ("[{name: other}]", ["MOD109"]),
        ("[{nam: share}]", ["MOD107"]),
        ("[{name: other}, {nam: share}]", ["MOD107"]),
        ("[share]", ["MOD106"]),
        ("3", ["MOD106"]),
    ],
)
def test_what_is_wrong_within_its_holder_may_be_why_a_target_is_missing(
    nested: str, reported: list[str]
) -> None:
    found = report(NESTED % nested, "MOD106", "MOD107", "MOD109").findings
    assert [finding.rule for finding in found] == reported


@pytest.mark.parametrize(
    ("nested", "entities"),
    [
        ("[{name: a, target: 1}, {name: share, target: 2}]", ["a", "share"]),
        ("[{name: a, target: 1}, {name: share, target: 2, baseline: x}]", ["a"]),
        ("[{name: a, target: 1, baseline: x}, {name: share, target: 2}]", ["share"]),
    ],
)
def test_only_the_part_with_a_wrong_value_is_not_judged_by_it(
    nested: str, entities: list[str]
) -> None:
    found = places(report(NESTED % nested, "OUT134").findings)
    assert [str(finding.entity).partition("#")[2] for finding in found] == entities
