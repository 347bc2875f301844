"""What a rule needs to know: held, broken or unknown."""

from __future__ import annotations

import textwrap

import pytest

from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.report import Gap
from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import load
from tests.rules.mutations import Laboratory
from tests.workspace import findings, report

LABORATORY = Laboratory()
NEEDY = [id_ for id_, rule in LABORATORY.loaded.rules.rules.items() if rule.needs]


def gaps(model: str, *select: str) -> list[Gap]:
    return [*report(model, *select).judged.gaps]


def test_a_rule_that_needs_facts_has_a_case_without_them() -> None:
    assert NEEDY
    for id_ in NEEDY:
        cases = LABORATORY.cases(LABORATORY.loaded.rules.rules[id_])
        assert any(case.unknown for case in cases), id_


@pytest.mark.parametrize("id_", NEEDY)
def test_its_examples_lack_nothing_that_it_needs(id_: str) -> None:
    """What is broken is never unknown, and what is mended is known to hold."""
    rule = LABORATORY.loaded.rules.rules[id_]
    for model in (rule.bad, rule.good):
        outcome = report(model, id_, as_of=rule.as_of or LABORATORY.cases(rule)[0].as_of)
        assert outcome.judged.waiting == ()


UNSUPPORTED = """
apiVersion: bizalign/v1
kind: Application
metadata: {name: fax}
spec: {LIFECYCLE components: [faxd, mystery]}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: faxd}
spec: {category: software, vendorSupport: {endOfSupport: 2015-01-01}}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: mystery}
spec: {category: software}
"""


def test_what_is_broken_is_broken_whatever_else_is_not_known() -> None:
    model = UNSUPPORTED.replace("LIFECYCLE", "lifecycle: {active: 2010-01-01},")
    assert len(findings(model, "BAS103")) == 1
    assert gaps(model, "BAS103") == []


def test_a_fact_that_decides_nothing_is_not_asked_for() -> None:
    supported = UNSUPPORTED.replace("LIFECYCLE", "").replace("2015", "2035")
    known = supported.replace(", mystery", "")
    assert gaps(known, "BAS103") == []
    facts = {gap.fact for gap in gaps(supported, "BAS103")}
    assert facts == {"lifecycle", "vendorSupport/endOfSupport"}


def test_a_target_to_which_a_rule_cannot_apply_is_not_unknown() -> None:
    model = UNSUPPORTED.replace(
        "LIFECYCLE", "lifecycle: {active: 2010-01-01, endOfLife: 2020-01-01},"
    )
    assert gaps(model, "BAS103") == []


def test_all_dates_to_come_is_a_fact() -> None:
    model = UNSUPPORTED.replace("LIFECYCLE", "lifecycle: {active: 2030-01-01},")
    assert gaps(model, "BAS103") == []


def test_what_is_flawed_is_reported_and_not_missing() -> None:
    model = UNSUPPORTED.replace("LIFECYCLE", "lifecycle: soon,").replace("[faxd, mystery]", "[x]")
    assert gaps(model, "BAS103") == []


OWN = """
    id: OWN101
    guideline: model
    severity: info
    summary: A test.
    rationale: A test.
    message: A test.
    help: A test.
    target: TARGET
    needs: [NEED]
    path: title
    minCount: 1
    """


def test_a_fact_within_a_definition_is_named_by_its_way() -> None:
    need = "{nodes: vendorSupport, path: endOfSupport}"
    loaded = load(rules=[own(OWN.replace("TARGET", "ITComponent").replace("NEED", need))])
    model = """
        apiVersion: bizalign/v1
        kind: ITComponent
        metadata: {name: fax, title: Fax}
        spec: {vendorSupport: {generalAvailability: 2020-01-01}}
        """
    (gap,) = report(model, "OWN101", loaded=loaded).judged.gaps
    assert (gap.kind, gap.fact) == ("ITComponent", "vendorSupport/endOfSupport")


def test_an_inherited_fact_is_asked_for_at_the_top() -> None:
    rule = OWN.replace("TARGET", "Capability").replace("NEED", "parent*/description")
    loaded = load(rules=[own(rule)])
    model = "\n---\n".join(
        f"apiVersion: bizalign/v1\nkind: Capability\nmetadata: {{name: c{n}, title: C{n}}}\n"
        f"spec: {{parent: c{n // 2}}}"
        for n in range(2, 8)
    )
    top = "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: c1, title: C1}\nspec: {}"
    (gap,) = report(f"{top}\n---\n{model}", "OWN101", loaded=loaded).judged.gaps
    assert gap.fact == "description"
    assert [(one.title, one.verdicts) for one in gap.lacking] == [("C1", 7)]


def own(rule: str) -> Source:
    """A rule file of one's own."""
    return Source("rules/a-test.yaml", textwrap.dedent(rule).lstrip().encode())


@pytest.mark.parametrize(
    ("needs", "message"),
    [
        ("[pahse]", "did you mean phase?"),
        ("[{nodes: componnets, path: phase}]", "did you mean components?"),
        ("[{path: phase, filterShape: {path: phase, minCount: 1}}]", "filterShape needs nodes"),
        ("[{path: phase, where: {path: tittle, minCount: 1}}]", "did you mean title?"),
        ("[{nodes: components}]", "path"),
        ("[{path: phase, unless: x}]", "unless"),
    ],
)
def test_a_need_that_means_nothing_is_reported_with_its_place(needs: str, message: str) -> None:
    rule = f"""
        id: OWN101
        guideline: model
        severity: info
        summary: A test.
        rationale: A test.
        message: A test.
        help: A test.
        target: Application
        path: title
        minCount: 1
        needs: {needs}
        """
    with pytest.raises(RuleError) as raised:
        report("{}", "OWN101", loaded=load(rules=[own(rule)]))
    assert message in raised.value.message
    assert raised.value.location is not None
    assert raised.value.location.span.line == 11


def test_what_has_no_evidence_is_withheld_and_not_kept_silent() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Objective
        metadata: {name: grow, title: Grow}
        spec: {}
        """
    (gap,) = gaps(model, "OUT107")
    assert (gap.kind, gap.fact, gap.lacking) == ("Strategy", "", ())
    assert gap.waiting == (("OUT107", 1),)


def test_definitions_that_most_wait_for_and_that_are_nearest_to_the_business_come_first() -> None:
    model = "\n---\n".join(
        f"apiVersion: bizalign/v1\n{text}"
        for text in (
            "kind: OrganizationUnit\nmetadata: {name: it, title: IT}\nspec: {}",
            "kind: Application\nmetadata: {name: far}\nspec: {components: [x]}",
            "kind: Application\nmetadata: {name: near, owner: it}\n"  # noqa: ISC004
            "spec: {components: [x], supports: [c]}",
            "kind: Capability\nmetadata: {name: c, owner: it}\nspec: {}",
            "kind: ITComponent\nmetadata: {name: x}\nspec: {standard: prohibited}",
        )
    )
    (gap,) = gaps(model, "BAS120")
    assert [one.reference for one in gap.lacking] == [
        "Application:default/near",
        "Application:default/far",
    ]
    assert [one.owner for one in gap.lacking] == ["IT", None]
    assert (gap.total, gap.verdicts) == (2, 2)
