"""A rule file that is wrong is told so, with the place and the near miss."""

from __future__ import annotations

import textwrap

import pytest

from bizalign_lint.cli import rule_new as new
from bizalign_lint.core import shipped as resources
from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import compile_rules
from bizalign_lint.engine.load import load, rule_forms
from bizalign_lint.engine.rule_tests import collect, try_case
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.rules.language import read
from tests.workspace import DAY, shipped

RULE = """\
id: HSE101
guideline: scope-alignment
severity: warning
summary: A capability has no owner.
rationale: Somebody must answer for it.
target: Capability
where: {properties: {tier: {const: strategic}}, required: [tier]}
evidence: [OrganizationUnit]
params:
  most: {default: 3, description: How many.}
  age: {default: P6M, description: How old.}
path: supportedBy/phase
in: [active, phaseOut]
message: "{title} of {owner} has {count}"
help: Name one.
"""


def refusal(text: str, name: str = "rules/own.yaml") -> RuleError:
    source = Source(name, text.encode())

    def read() -> None:
        loaded = load(rules=[source])
        compile_rules(loaded, Settings(as_of=DAY, select=("HSE",)))

    with pytest.raises(RuleError) as raised:
        read()
    return raised.value


def test_the_rule_itself_is_fine() -> None:
    loaded = load(rules=[Source("rules/own.yaml", RULE.encode())])
    (compiled,) = compile_rules(loaded, Settings(as_of=DAY, select=("HSE",)))
    assert compiled.rule.name == "own"


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("target: Capability", "target: Capabilty", (6, 9), "did you mean Capability?"),
        (
            "in: [active, phaseOut]",
            "pattern: ^$params.most",
            (13, 10),
            "$params.most cannot be part of a pattern",
        ),
        ("supportedBy/phase", "suportedBy/phase", (12, 7), "Capability has no suportedBy; did you"),
        (
            "supportedBy/phase",
            "supportedBy/phas",
            (12, 19),
            "Application has no phas; did you mean",
        ),
        (
            "supportedBy/phase",
            "^suports/phase",
            (12, 8),
            "Capability has no ^suports; did you mean s",
        ),
        (
            "in: [active, phaseOut]",
            "or: [{path: owner, message: m}]",
            (13, 13),
            "a constraint is missing",
        ),
        (
            "supportedBy/phase",
            "objectives/keyResults/^keyReslts",
            (12, 30),
            "KeyResult has no ^keyReslts; did you mean keyResults?",
        ),
        ("supportedBy/phase", "owner/title/x", (12, 19), "the value of title has no x"),
        ("supportedBy/phase", '"supportedBy/fase"', (12, 20), "has no fase"),
        ("supportedBy/phase", "supportedBy//phase", (12, 7), "is not a path: expected a name"),
        ("[active, phaseOut]", "[active, phaseout]", (13, 5), "did you mean phaseOut?"),
        ("{const: strategic}", "{const: strategik}", (7, 36), "did you mean strategic?"),
        ("{tier: {", "{teir: {", (7, 22), "has no teir; did you mean tier?"),
        ("[OrganizationUnit]", "[OrganisationUnit]", (8, 12), "did you mean OrganizationUnit?"),
        ("{owner}", "{ownr}", (14, 23), "Capability has no ownr; did you mean owner?"),
        ("{count}", "{params.mots}", (14, 10), "unknown parameter params.mots"),
        ("{count}", "{a b}", (14, 10), "is not a path"),
        ("guideline: scope-alignment", "guideline: scope-alinment", (2, 12), "did you mean scope-"),
        ("severity: warning", "severity: warn", (3, 11), "severity must be one of error"),
        ("id: HSE101", "id: SCO101", (1, 5), "the id SCO101 is already used by"),
        ("id: HSE101", "id: hse", (1, 5), "three capital letters and three digits"),
        (
            "in: [active, phaseOut]",
            "minCont: 1",
            (13, 1),
            "unknown key minCont; did you mean minCount?",
        ),
        ("in: [active, phaseOut]", "maxInclusive: $params.mst", (13, 15), "did you mean most?"),
        ("in: [active, phaseOut]", "minCount: many", (13, 11), "'many' is not a number"),
        ("in: [active, phaseOut]", "minCount: $asOf", (13, 11), "'$asOf' is not a number"),
        ("in: [active, phaseOut]", "maxInclusive: $today", (13, 15), "unknown value"),
        ("in: [active, phaseOut]", "maxInclusive: $asOf - 6M", (13, 15), "is not a duration"),
        ("in: [active, phaseOut]", 'pattern: "("', (13, 10), "is not a"),
        ("in: [active, phaseOut]", 'pattern: "(a)\\\\1"', (13, 10), "supported"),
        ("in: [active, phaseOut]", "class: Aplication", (13, 8), "did you mean Application?"),
        ("in: [active, phaseOut]", "qualifiedValueShape: {class: Risk}", (13, 22), "is missing"),
        ("in: [active, phaseOut]", "qualifiedMinCount: 1", (1, 1), "qualifiedValueShape"),
        ("path: supportedBy/phase", "path: {sum: level, count: level}", (12, 7), "exactly one of"),
        ("path: supportedBy/phase", "path: {sum: levl}", (12, 13), "did you mean level?"),
        (
            "path: supportedBy/phase",
            "path: {sum: level, filterShape: {minCount: 1}}",
            (12, 33),
            "nodes",
        ),
        ("path: supportedBy/phase", "path: {percent: [level]}", (12, 17), "at least 2"),
        (
            "path: supportedBy/phase",
            "path: {percent: [level, 3], nodes: parent}",
            (12, 7),
            "percent takes two operands",
        ),
        ("in: [active, phaseOut]\n", "", (1, 1), "the rule has no constraint"),
        ("target: Capability\n", "", (1, 1), "a rule needs a target"),
        ("target: Capability", "condition: syntax", (6, 12), "both a condition and a target"),
        ("help: Name one.\n", "", (1, 1), "help is missing"),
    ],
)
def test_what_is_wrong_is_reported_with_its_place(
    old: str, new: str, place: tuple[int, int], message: str
) -> None:
    assert old in RULE
    error = refusal(RULE.replace(old, new))
    assert message in f"{error.message} {error.hint}"
    assert error.location is not None
    assert (error.location.path, (error.location.span.line, error.location.span.column)) == (
        "rules/own.yaml",
        place,
    )


def test_an_unknown_condition_is_refused() -> None:
    error = refusal(
        textwrap.dedent("""\
            id: HSE102
            guideline: model
            severity: error
            summary: Wrong.
            rationale: Why.
            condition: sintax
            message: "{problem}"
            help: Mend it.
            """)
    )
    assert "did you mean syntax?" in error.message


def test_two_rules_of_one_name_are_refused() -> None:
    own = [
        Source("rules/a/same.yaml", RULE.encode()),
        Source("rules/b/same.yaml", RULE.replace("HSE101", "HSE102").encode()),
    ]
    with pytest.raises(RuleError, match=r"the name same is already used by rules/a/same\.yaml"):
        load(rules=own)


@pytest.mark.parametrize("missing", ["title", "order", "rationale"])
def test_a_guideline_file_must_be_whole(missing: str) -> None:
    guideline = {
        "id": "house",
        "title": "House rules",
        "order": "9",
        "summary": "Ours.",
        "rationale": "Ours.",
    }
    del guideline[missing]
    text = "".join(f"{key}: {value}\n" for key, value in guideline.items())
    error = refusal(text, "rules/house/guideline.yaml")
    assert error.message == f"{missing} is missing"


def test_a_date_is_moved_by_a_duration_only() -> None:
    old = "{default: P6M, description: How old.}"
    text = RULE.replace("in: [active, phaseOut]", "maxInclusive: $asOf - $params.age")
    assert load(rules=[Source("rules/own.yaml", text.encode())])
    error = refusal(text.replace(old, "{default: 6, description: How old.}"))
    assert "age is not a duration such as P35D: its default is 6" in error.message


def test_an_absent_fact_is_what_the_path_of_the_rule_leads_to_unless_another_is_named() -> None:
    absence = "absence: {none: None has one., some: Some have none.}\n"
    share = "  share: {default: 50, description: How many.}\n"
    text = RULE.replace("params:\n", f"{absence}params:\n{share}")
    shape = "path: supportedBy/phase\nin: [active, phaseOut]"
    own = load(
        rules=[Source("rules/own.yaml", text.replace(shape, "path: owner\nminCount: 1").encode())]
    )
    found = own.rules.rules["HSE101"].absence
    assert found is not None
    assert found.of.text == "owner"
    error = refusal(text.replace(shape, "or: [{path: owner, minCount: 1}]"))
    assert error.message == "name the fact with of, as the rule itself has no path"
    assert error.location is not None
    assert error.location.span.line == text[: text.index("absence:")].count("\n") + 1


@pytest.mark.parametrize("default", ["many", "true"])
def test_the_share_of_an_absent_fact_is_a_number(default: str) -> None:
    absence = "absence: {of: owner, none: None has one., some: Some have none.}\n"
    share = f"  share: {{default: {default}, description: How many.}}\n"
    text = RULE.replace("params:\n", f"{absence}params:\n{share}")
    text = text.replace(
        "path: supportedBy/phase\nin: [active, phaseOut]", "path: owner\nminCount: 1"
    )
    assert load(rules=[Source("rules/own.yaml", text.replace(default, "50").encode())])
    error = refusal(text)
    assert "share is not a number: its default is" in error.message
    assert error.location is not None
    assert error.location.span.line == 11


@pytest.mark.parametrize(
    ("case", "line", "message"),
    [
        (
            "params: {age: 6 months}",
            3,
            "age must be a duration such as P35D or P6M, not “6 months”",
        ),
        ("params: {agee: P6M}", 3, "unknown parameter agee of HSE101; did you mean age?"),
        ("asOf: 2026-02-30", 3, "2026-02-30 is not a date"),
    ],
)
def test_what_is_wrong_with_a_case_is_reported(case: str, line: int, message: str) -> None:
    loaded = load(rules=[Source("rules/own.yaml", RULE.encode())])
    text = f"cases:\n  - name: one\n    {case}\n    model: 'a: 1'\n"
    tests = {"rules/own.yaml": Source("rules/own.test.yaml", text.encode())}
    schema = read_document(resources.meta("cases")).value
    with pytest.raises(RuleError) as raised:
        list(collect([loaded.rules.rules["HSE101"]], tests, schema))
    assert raised.value.message == message
    assert raised.value.location is not None
    assert raised.value.location.span.line == line


def test_shipped_files_have_the_form_that_others_must_have() -> None:
    """Which a run takes for granted; the first that has another is named."""
    read.check_forms([*map(read_document, resources.rules())], rule_forms())


@pytest.mark.sampled(6)
@pytest.mark.parametrize("kind", sorted(shipped().ontology.kinds))
def test_a_rule_begun_for_any_kind_passes_its_own_cases(kind: str) -> None:
    about = shipped().ontology.kinds[kind]
    source = Source("rules/model/new.yaml", new.rule_file("HSE101", "model", about).encode())
    loaded = load(rules=[source])
    tests = {source.path: Source("new.test.yaml", new.test_file("HSE101", about).encode())}
    form = read_document(resources.meta("cases")).value
    cases = [*collect([loaded.rules.rules["HSE101"]], tests, form)]
    assert [try_case(case, loaded).status for case in cases] == ["passed"] * 4
