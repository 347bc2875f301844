"""``bizalign-lint rule new --from-query``: a query as a rule, with cases from the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Call

NEW = ("rule", "new", "lone", "--id", "HSE101", "--guideline", "model", "--target")
MODEL = """\
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: used, title: Used, owner: it, description: Something.}
spec: {category: software, product: Used}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: lone, title: Lone, owner: it}
spec: {category: software}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Desk, owner: it}
spec: {components: [used]}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: other, title: Other, owner: it}
spec: {components: [used]}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: it, title: IT}
spec: {}
"""
LONE = "{path: ^components, maxCount: 0}"


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-06-30\nrules: [rules]\n")
    (tmp_path / "rules").mkdir()
    (tmp_path / "m.yaml").write_text(MODEL)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "where",
    [
        LONE,
        "path: applications\nmaxCount: 0",
        "{properties: {title: {const: Lone}}}",
        "{not: {path: applications/title, hasValue: Desk}}",
    ],
)
def test_the_rule_finds_what_the_query_does(call: Call, where: str) -> None:
    code, out, err = call(*NEW, "ITComponent", "--from-query", where)
    assert (code, err) == (0, "")
    assert out == "wrote rules/model/lone.yaml\nwrote rules/model/lone.test.yaml\n"
    assert call("rule", "test", "rules")[1] == "1 rule: 4 passed, 0 failed\n"
    found = call("check", "--select", "HSE101", "--format", "concise")[1]
    assert found.startswith("m.yaml:8:12: warning[HSE101] Lone ")
    assert found.count("HSE101") == 1


def test_examples_hold_what_a_computed_property_is_computed_from(call: Call) -> None:
    text = MODEL.replace("{components: [used]}", "{lifecycle: {active: 2020-01-01}}", 1)
    Path("m.yaml").write_text(text)
    where = "{path: phase, hasValue: active}"
    assert call(*NEW, "Application", "--from-query", where)[0] == 0
    assert call("rule", "test", "rules")[1] == "1 rule: 4 passed, 0 failed\n"
    found = call("check", "--select", "HSE101", "--format", "concise")[1]
    assert found.startswith("m.yaml:13:12: warning[HSE101] Desk ")


def test_examples_hold_no_more_than_they_need(call: Call) -> None:
    call(*NEW, "ITComponent", "--from-query", LONE)
    text = Path("rules/model/lone.yaml").read_text()
    bad, good = text.partition("bad: |\n")[2].split("good: |\n")
    assert (bad.count("kind:"), good.count("kind:")) == (1, 2)


@pytest.mark.parametrize(
    ("kind", "where", "said"),
    [
        ("ITComponent", "{path: ^componentz, maxCount: 0}", "did you mean component?"),
        ("ITComponent", "{path: title, hasValue: Nobody}", "the rule would have no example"),
        ("ITComponent", " ", "is empty"),
        ("ITComponent", "{", ""),
        ("Component", LONE, "unknown kind Component"),
        ("KeyResult", LONE, "create the rule for Objective, and change target"),
    ],
)
def test_what_makes_no_rule_is_refused(call: Call, kind: str, where: str, said: str) -> None:
    code, out, err = call(*NEW, kind, "--from-query", where)
    assert (code, out) == (2, "")
    assert said in err
    assert not [*Path("rules").iterdir()]
