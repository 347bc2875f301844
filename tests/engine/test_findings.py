"""What a finding carries: its place, its fingerprint, and what else it points at."""

from __future__ import annotations

import pytest

from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import Override
from bizalign_lint.core.types import Severity, Source
from bizalign_lint.engine.load import load
from bizalign_lint.parsing.yaml import compose, stream
from bizalign_lint.parsing.yaml.nodes import Tree
from tests.workspace import findings, report

MODEL = {
    "a.yaml": """
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: mail-order, title: Mail order system}
        spec:
          supports: [order-management, order-managment, order-managment2]
          lifecycle: {active: 1998-01-01, phaseOut: 2026-01-01}
        """,
    "c.yaml": """
        apiVersion: bizalign/v1
        kind: Capability
        metadata: {name: order-management, title: Order management}
        spec: {level: 1, tier: strategic}
        """,
}


def test_fingerprints_do_not_know_about_lines_and_are_unique() -> None:
    before = report(MODEL).findings
    moved = {
        path: text.replace("    apiVersion", "    # a line\n        apiVersion", 1)
        for path, text in MODEL.items()
    }
    after = report(moved).findings
    assert [f.location for f in before] != [f.location for f in after]
    assert [f.fingerprint for f in before] == [f.fingerprint for f in after]
    assert len({f.fingerprint for f in before}) == len(before) >= 2


def test_a_fingerprint_follows_a_renamed_file() -> None:
    renamed = {path.replace("a.yaml", "z.yaml"): text for path, text in MODEL.items()}
    old, new = report(MODEL, "MOD109").findings, report(renamed, "MOD109").findings
    assert [f.fingerprint for f in old] == [f.fingerprint for f in new]


def test_a_finding_shows_the_places_in_other_files() -> None:
    files = {**MODEL, "a.yaml": MODEL["a.yaml"].replace(", order-managment, order-managment2", "")}
    (found,) = report(files, "BAS101").findings
    assert found.location.path == "c.yaml"
    assert found.entity == "Capability:default/order-management"
    assert [(r.location.path, r.message) for r in found.related] == [
        ("a.yaml", "Mail order system")
    ]


def test_findings_are_in_the_order_of_their_places() -> None:
    places = [(f.location.path, f.location.span.line) for f in report(MODEL).findings]
    assert places == sorted(places)


def test_severities_and_overrides() -> None:
    assert {f.severity for f in report(MODEL, "MOD109").findings} == {Severity.ERROR}
    softer = report(MODEL, "MOD109", severities={"MOD109": Severity.INFO})
    assert {f.severity for f in softer.findings} == {Severity.INFO}
    assert softer.rules[0].severity is Severity.INFO
    elsewhere = (Override(Globs(("b.yaml",)), severities={"MOD109": Severity.INFO}),)
    assert {f.severity for f in report(MODEL, "MOD109", overrides=elsewhere).findings} == {
        Severity.ERROR
    }
    here = (Override(Globs(("a.yaml",)), ignore=("MOD",)),)
    assert findings(MODEL, "MOD109", overrides=here) == []


def test_only_what_is_asked_for_is_reported_but_everything_is_read() -> None:
    assert findings(MODEL, "MOD109", only=("c.yaml",)) == []
    both = [text.split(":")[0] for text in findings(MODEL, "MOD109", only=("a.yaml",))]
    assert both == ["a.yaml", "a.yaml"]


def test_select_and_ignore() -> None:
    assert {t.split()[1] for t in findings(MODEL, "MOD109")} == {"MOD109"}
    assert "MOD109" not in {t.split()[1] for t in findings(MODEL, ignore=("MOD1",))}
    assert {t.split()[1][:3] for t in findings(MODEL, "model")} == {"MOD"}


def test_a_rule_without_a_target_in_the_model_is_reported() -> None:
    outcome = report(MODEL)
    assert "DIS101" in outcome.idle
    assert "MOD119" not in outcome.idle
    assert report({"notes.yaml": "a: 1"}).without_definitions == ("notes.yaml",)


def test_params_change_what_is_found() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: crm}
        spec: {supports: [], lifecycle: {active: 2010-01-01}, reviewedOn: 2026-03-01}
        """
    assert findings(model, "BAS113") == []
    assert len(findings(model, "BAS113", params={"BAS113": {"maxAge": "P30D"}})) == 1


def test_messages_end_cleanly_where_there_is_nothing_to_suggest() -> None:
    files = {**MODEL, "c.yaml": MODEL["c.yaml"].replace("order-management", "zzz")}
    assert all(not text.endswith((";", " ", ":")) for text in findings(files, "MOD109"))


@pytest.mark.parametrize("number", [".nan", ".inf", "1e999"])
def test_a_number_that_json_cannot_express_is_reported_as_it_is(number: str) -> None:
    model = f"""\
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: a, title: A, owner: {number}}}
spec: {{}}
"""
    (found,) = findings(model, "MOD106")
    assert "nothing" not in found


OWN = """\
id: HSE101
guideline: finance
severity: error
summary: Theirs.
rationale: Why.
target: [Capability, Application]
path: owner|supports
maxCount: 0
message: "{title}: {tier} {supports|costs} {value/title} {left}"
help: Mend it.
"""


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ("path: owner|supports\nmaxCount: 0", "CRM: - Sales - -"),
        ("path: owner|supports\nin: [none]", "CRM: - Sales Sales -"),
        ("path: supports/level\nin: [2]", "CRM: - Sales - -"),
    ],
)
def test_a_message_may_name_what_only_some_of_its_kinds_have(shape: str, told: str) -> None:
    rule = OWN.replace("path: owner|supports\nmaxCount: 0", shape)
    loaded = load(rules=[Source("rules/own.yaml", rule.encode())])
    model = """
        apiVersion: bizalign/v1
        kind: Capability
        metadata: {name: sales, title: Sales}
        spec: {level: 1}
        ---
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: crm, title: CRM}
        spec: {supports: [sales]}
        """
    assert [f.message for f in report(model, "HSE", loaded=loaded).findings] == [told]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "x" * 250, "x" * 250),  # a longer one is wrong
        ("description", "x" * 80, "x" * 80),
        ("description", "x" * 81, f"{'x' * 79}…"),
    ],
)
def test_a_message_repeats_what_is_not_too_long(field: str, value: str, told: str) -> None:
    rule = OWN.replace("path: owner|supports\nmaxCount: 0", "path: level\nminCount: 1")
    rule = rule.replace("{title}: {tier} {supports|costs} {value/title} {left}", f"{{{field}}}")
    loaded = load(rules=[Source("rules/own.yaml", rule.encode())])
    model = f"""
        apiVersion: bizalign/v1
        kind: Capability
        metadata: {{name: sales, {field}: {value}}}
        spec: {{}}
        """
    assert [f.message for f in report(model, "HSE", loaded=loaded).findings] == [told]


def test_a_place_is_shown_once_though_both_sides_of_a_sum_rest_on_it() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Strategy
        metadata: {name: s}
        spec: {capabilities: [sales], investmentMix: {run: 50}}
        --- {apiVersion: bizalign/v1, kind: Capability, metadata: {name: sales}, spec: {}}
        --- {apiVersion: bizalign/v1, kind: Application, metadata: {name: crm}, spec: {
          supports: [sales]}}
        --- {apiVersion: bizalign/v1, kind: Cost, metadata: {name: c}, spec: {
          costObject: "Application:crm", amount: 5, currency: EUR, spendType: run}}
        """
    (found,) = report(model, "FIN110").findings
    assert found.message == "“s” plans 50 % of its money for run, but 100 % is spent on it"
    assert (found.location.span.line, len(found.related)) == (5, 1)


def test_a_finding_in_what_an_alias_brings_in_shows_the_anchor_as_well() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Disruption
        metadata: {name: same-day}
        spec:
          impact:
            business: {capabilities: &touched [sales]}
            technology: {applications: *touched, components: [sales]}
        --- {apiVersion: bizalign/v1, kind: Capability, metadata: {name: sales}, spec: {}}
        """
    (found,) = report(model, "MOD110").findings
    by_alias, by_itself = found.occurrences
    assert (by_alias.location.span.line, by_alias.location.span.column) == (8, 32)
    definition, other = by_alias.related
    assert other.message == "what the alias stands for"
    span = other.location.span
    assert (other.location.path, span.line, span.column) == ("model.yaml", 7, 30)
    assert by_itself.related == (definition,)


def test_places_are_looked_up_file_by_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """However findings lead to and fro between large files, none is read twice."""
    reads: list[str] = []

    def count(text: str) -> list[Tree]:
        reads.append(text)
        return composing(text)

    composing = compose.compose
    monkeypatch.setattr(stream, "compose", count)
    monkeypatch.setattr(stream, "_cached", type(stream._cached)(1))
    definitions = "".join(
        f"---\napiVersion: bizalign/v1\nkind: Capability\nmetadata: {{name: to-and-fro-{n}}}\n"
        for n in range(5)
    )
    files = {f"{name}.yaml": f"# {name}\n{definitions}" for name in "abc"}
    found = report(files, "MOD108").findings
    assert len(found) == 10
    assert {related.location.path for f in found for related in f.related} == {"a.yaml"}
    assert len(reads) == len(set(reads)) == 3


def test_of_so_many_mistakes_in_one_definition_some_are_reported() -> None:
    unknown = "".join(f"  unknown{n}: 1\n" for n in range(1_500))
    files = {
        "a.yaml": f"apiVersion: bizalign/v1\nkind: Capability\nmetadata: {{name: sell}}\n"
        f"spec:\n{unknown}",
        "b.yaml": "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: sell-online}\n"
        "spec: {parent: sell}\n",
    }
    most, *told = findings(files, "MOD106", "MOD107", "MOD109")
    assert len(told) == 1_000
    assert all("MOD107 unknown property unknown" in line for line in told)
    assert most == "a.yaml:1:1 MOD106 this definition has more than 1,000 errors; not all are shown"
