"""Messages that know the answer give it, and as a fix where nothing else can be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Call

CLAIMS = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: claims-management, title: Claims Management, description: To settle claims.}
spec: {level: 1}
---
"""
OBJECTIVE = """\
apiVersion: bizalign/v1
kind: Objective
metadata: {name: fast-claims, title: Claims are fast}
spec:
  period: {start: 2026-01-01, end: 2026-12-31}
  keyResults: [{name: touchless-share, title: 60 % touchless, due: 2026-12-31}]
---
"""
PEOPLE = """\
apiVersion: bizalign/v1
kind: Person
metadata: {name: jane, title: Jane Doe}
spec: {email: jane.doe@example.org, handle: jdoe}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: claims-it, title: Claims IT}
spec: {}
---
"""
LISTED = """\
- apiVersion: bizalign/v1
  kind: Capability
  metadata: {name: x}
  spec: {}
- apiVersion: bizalign/v1
  kind: Capability
  metadata: {name: w}
  spec: {}
"""
STRATEGY = """\
apiVersion: bizalign/v1
kind: Strategy
metadata: {name: it-strategy, title: IT strategy}
spec: {level: 1, domain: business}
---
"""


def _definition(kind: str, spec: str, metadata: str = "name: x, title: X") -> str:
    return f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata: {{{metadata}}}\nspec: {{{spec}}}\n"


ANSWERS = {
    "a title in place of a name": (
        CLAIMS + _definition("Capability", "level: 2, parent: Claims Management"),
        "did you mean claims-management?",
    ),
    "a title that is nearly right": (
        CLAIMS + _definition("Application", "supports: [Claim Management]"),
        "did you mean claims-management?",
    ),
    "a title that would do for a name": (
        CLAIMS.replace("Claims Management", "Claims")
        + _definition("Application", "supports: [claims]"),
        "did you mean claims-management?",
    ),
    "a name in other letters": (
        CLAIMS + _definition("Capability", "level: 2, parent: Claims-Management"),
        "did you mean claims-management?",
    ),
    "a key result without its objective": (
        OBJECTIVE + _definition("Initiative", "status: active, keyResults: [touchless-share]"),
        "did you mean fast-claims#touchless-share?",
    ),
    "a name that lacks its kind": (
        STRATEGY + _definition("Decision", "status: proposed, drivers: [it-strategy]"),
        "add the kind: Strategy:it-strategy",
    ),
    "a number where a block is wanted": (
        _definition("Initiative", "budget: 38000000"),
        "budget must be a block with amount, currency",
    ),
    "a year where a date is wanted": (
        _definition("Application", "lifecycle: {active: 2020}"),
        "active must be a date such as 2026-03-31, not 2020",
    ),
    "a number out of its range": (
        _definition("Application", "functionalFit: 7"),
        "functionalFit must be a whole number from 1 to 4, not 7",
    ),
    "a list without entries": (
        _definition("Application", "components: "),
        "components has no value; give it a list such as [a, b], or remove the line",
    ),
    "a share in percent": (
        _definition("Objective", "keyResults: [{name: share, target: 45 %}]"),
        "target must be a number, not “45 %”; did you mean 45?",
    ),
    "thousands and a currency": (
        _definition("Cost", 'amount: "EUR 340,000", currency: EUR'),
        "amount must be a number, not “EUR 340,000”; did you mean 340000?",
    ),
    "a word for true": (
        _definition("Capability", "manual: yes"),
        "manual must be true or false, not “yes”; did you mean true?",
    ),
    "a title as the name": (
        _definition("Application", "", "name: Policy Core"),
        "use lower-case words joined by hyphens or dots; did you mean policy-core?",
    ),
    "a currency in small letters": (
        _definition("Cost", "amount: 1, currency: chf"),
        "did you mean CHF?",
    ),
    "a property beside the sections": (
        "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: x}\nowner: it\nspec: {}\n",
        "unknown property owner; it belongs under metadata",
    ),
    "a property of a block beside it": (
        _definition("ITComponent", "endOfSupport: 2027-01-01"),
        "unknown property endOfSupport; it belongs under vendorSupport",
    ),
    "a priority in place of a criticality": (
        _definition("Application", "criticality: High"),
        "not “High”; did you mean businessCritical?",
    ),
    "a number on another scale": (
        _definition("Application", "criticality: 5"),
        "not 5; did you mean missionCritical?",
    ),
    "a size of shirts": (
        _definition("Disruption", "severity: XL"),
        "not “XL”; did you mean critical?",
    ),
    "must, should or could": (
        _definition("Capability", "importance: should have"),
        "importance must be a whole number from 1 to 5, not “should have”; did you mean 4?",
    ),
    "a priority by its number": (
        _definition("Application", "criticality: p1"),
        "not “p1”; did you mean missionCritical?",
    ),
    "a priority in place of a tier": (
        _definition("Capability", "tier: high"),
        "not “high”; did you mean strategic?",
    ),
    "a year in place of a period": (
        _definition("Objective", "period: 2026"),
        'write {start: "2026-01-01", end: "2026-12-31"}',
    ),
    "a text in place of a named entry": (
        _definition("Decision", "options: [Buy one]"),
        "not “Buy one”; write {name: buy-one, title: Buy one}",
    ),
    "a word for a fit": (
        _definition("Application", "technicalFit: good"),
        "not “good”; did you mean 3?",
    ),
    "a date that may mean two days": (
        _definition("Application", "lifecycle: {active: 03/04/2026}"),
        "such as 2026-06-30; it may mean 2026-03-04 or 2026-04-03",
    ),
    "a date that can mean but one day": (
        _definition("Application", "lifecycle: {active: 31.12.2026}"),
        "did you mean 2026-12-31?",
    ),
    "a quarter in place of a date": (
        _definition("Application", "lifecycle: {endOfLife: Q4 2026}"),
        "choose a day from 2026-10-01 to 2026-12-31",
    ),
    "phases as a list": (
        _definition("Application", "lifecycle: [{phase: active, startDate: 2020-01-01}]"),
        'not a list; write {active: "2020-01-01"}',
    ),
    "phases below the lifecycle": (
        _definition(
            "ITService", "lifecycle: {phases: [{phase: phase-out, startDate: 2020-01-01}]}"
        ),
        'unknown property phases; write phaseOut: "2020-01-01" instead',
    ),
    "phases in place of the lifecycle": (
        _definition("Application", "phases: [{phase: active, startDate: 2020-01-01}]"),
        "unknown property phases; use lifecycle",
    ),
    "a phase and when it began": (
        _definition("Application", "lifecycle: {phase: active, startDate: 2020-01-01}"),
        "unknown property startDate; write active: 2020-01-01 instead",
    ),
    "an address that nobody has": (
        PEOPLE + _definition("Application", "", "name: x, title: X, owner: jon@example.org"),
        "not “jon@example.org”; no OrganizationUnit or Person has that title",
    ),
    "an address whose first part is nearly a name": (
        PEOPLE + _definition("Application", "", "name: x, title: X, owner: jame@example.org"),
        "did you mean Person:jane?",
    ),
    "an objective in place of its only key result": (
        OBJECTIVE + _definition("Initiative", "keyResults: [fast-claims]"),
        "keyResults needs a KeyResult; did you mean fast-claims#touchless-share?",
    ),
    "an objective in place of one of its key results": (
        OBJECTIVE.replace("[{name: touch", "[{name: nps}, {name: touch")
        + _definition("Initiative", "keyResults: [fast-claims]"),
        "needs a KeyResult; its key results are fast-claims#nps, fast-claims#touchless-share",
    ),
    "an objective that has no key results": (
        _definition("Objective", "", "name: grow")
        + "---\n"
        + _definition("Initiative", "keyResults: [grow]"),
        "needs a KeyResult; it has no key results",
    ),
    "an objective by its title in place of a key result": (
        OBJECTIVE.replace("[{name: touch", "[{name: nps}, {name: touch")
        + _definition("Initiative", "keyResults: [Claims are fast]"),
        "its key results are fast-claims#nps, fast-claims#touchless-share",
    ),
    "a key result in place of its objective": (
        OBJECTIVE + _definition("Initiative", "objectives: ['fast-claims#touchless-share']"),
        "did you mean fast-claims?",
    ),
    "definitions in a list": (
        LISTED,
        "m.yaml:1:3: error[MOD104] definitions in a list are not read; make",
    ),
    "definitions in a list that do not say whose they are": (
        "- kind: Capability\n  metadata: {name: x}\n  spec: {}\n",
        "definitions in a list are not read",
    ),
    "a definition without apiVersion": (
        CLAIMS + "kind: Application\nmetadata: {name: x}\nspec: {}\n",
        "apiVersion is missing; add the line apiVersion: bizalign/v1",
    ),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_answer(case: str, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    text, answer = ANSWERS[case]
    (tmp_path / ".bizalign.yaml").touch()
    (tmp_path / "m.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    code, out, _ = call("check", "-q", "--select", "MOD", "--ignore", "MOD119")
    assert code == 1
    assert answer in out


def test_of_two_with_one_title_none_is_meant(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".bizalign.yaml").touch()
    twin = CLAIMS.replace("claims-management", "settlement")
    (tmp_path / "m.yaml").write_text(CLAIMS + twin + _definition("Application", "supports: [ab]"))
    again = (tmp_path / "m.yaml").read_text().replace("[ab]", "[Claims Management]")
    (tmp_path / "m.yaml").write_text(again)
    monkeypatch.chdir(tmp_path)
    out = call("check", "-q", "--select", "MOD106")[1]
    # The name that is nearest to what was written is offered; the title decides nothing.
    assert "did you mean claims-management?" in out


def test_another_tools_document_without_apiversion_is_left_alone(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".bizalign.yaml").touch()
    (tmp_path / "m.yaml").write_text(
        CLAIMS + "kind: Deployment\nmetadata: {name: x}\nspec: {replicas: 2}\n"
    )
    monkeypatch.chdir(tmp_path)
    assert call("check", "-q", "--select", "MOD104") == (0, "", "")


def test_another_tools_list_is_left_alone(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".bizalign.yaml").touch()
    other = "- kind: Deployment\n  metadata: {name: x}\n  spec: {apiVersion: apps/v1}\n- 1\n"
    (tmp_path / "other.yaml").write_text(other)
    (tmp_path / "m.yaml").write_text(CLAIMS)
    monkeypatch.chdir(tmp_path)
    assert call("check", "-q", "--select", "MOD104") == (0, "", "")


def test_what_a_list_of_definitions_names_is_not_missing(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".bizalign.yaml").touch()
    (tmp_path / "list.yaml").write_text(LISTED)
    (tmp_path / "m.yaml").write_text(_definition("Application", "supports: [x]"))
    monkeypatch.chdir(tmp_path)
    out = call("check", "-q", "--select", "MOD1")[1]
    assert "list.yaml:1:3: error[MOD104]" in out
    assert "MOD109" not in out


def test_of_a_value_that_is_no_truth_value_only_that_is_told(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".bizalign.yaml").touch()
    text = _definition("Capability", "manual: yes")
    (tmp_path / "m.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    out = call("check", "-q", "--select", "MOD103,MOD106", "--fix")[1]
    assert "MOD106" in out
    assert "MOD103" not in out
    assert (tmp_path / "m.yaml").read_text() == text  # quotes would hide what was meant


LEFT = {
    "a date that may mean two days": ("Application", "lifecycle: {active: 03/04/2026}"),
    "a month": ("Application", "lifecycle: {active: 2026-04}"),
    "phases with a comment": (
        "Application",
        "lifecycle: [{phase: active,  # so\n  startDate: 2020-01-01}]",
    ),
    "one phase twice": (
        "Application",
        "lifecycle: [{phase: plan, date: 2020-01-01}, {phase: plan, date: 2020-01-02}]",
    ),
    "a phase with two dates": ("Application", "lifecycle: [{plan: 2020-01-01, end: 2020-01-02}]"),
    "a phase that there is not": ("Application", "lifecycle: [{phase: pilot, date: 2020-01-01}]"),
    "a word that is no phase": ("Application", "lifecycle: unclear"),
    "a list of two where one is wanted": ("Capability", "level: [1, 2]"),
    "a word of another scale": ("Application", "criticality: high"),
    "a year in place of a period": ("Objective", "period: 2026"),
    "a text in place of a named entry": ("Decision", "options: [Buy one]"),
    "entries by a name that say another": ("Objective", "keyResults: {nps: {name: x}}"),
    "entries of which one is no block": ("Objective", "keyResults: {nps: {}, x: 1}"),
    "a truth value in a list": ("Capability", "level: [true]"),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_a_person_has_to_decide_is_left(
    case: str, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = _definition(*LEFT[case])
    (tmp_path / ".bizalign.yaml").touch()
    (tmp_path / "m.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    code, out, _ = call("check", "-q", "--select", "MOD106", "--fix")
    assert code == 1
    assert "MOD106" in out
    assert (tmp_path / "m.yaml").read_text() == text


FIXES = {
    "a version without quotes": ("ITComponent", "version: 2.5", 'version: "2.5"'),
    "a number in quotes": ("Application", 'functionalFit: "3"', "functionalFit: 3"),
    "one name where a list is meant": (
        "Application",
        "components: postgresql",
        "components: [postgresql]",
    ),
    "a status in other words": ("Initiative", "status: In progress", "status: active"),
    "a phase in other words": (
        "Application",
        "lifecycle: {phase: in production}",
        "lifecycle: {phase: active}",
    ),
    "a date called otherwise": (
        "Application",
        "lifecycle: {eol: 2029-12-31}",
        "lifecycle: {endOfLife: 2029-12-31}",
    ),
    "a title in place of a name": (
        "Objective",
        "strategy: IT Strategy",
        "strategy: it-strategy",
    ),
    "a key result by its titles": (
        "Initiative",
        'keyResults: ["Claims are fast#60 % touchless"]',
        'keyResults: ["fast-claims#touchless-share"]',
    ),
    "a date written otherwise": (
        "Application",
        "lifecycle: {active: 31.12.2026}",
        "lifecycle: {active: 2026-12-31}",
    ),
    "phases as a list": (
        "Application",
        "lifecycle: [{phase: plan, on: 2019-01-01}, {phase: End of life, on: 31.12.2030}]",
        'lifecycle: {plan: "2019-01-01", endOfLife: "2030-12-31"}',
    ),
    "phases as a list over several lines": (
        "Application",
        "lifecycle:\n  [\n  {phase: goLive, date: 2019-01-01}\n  ], enterpriseWide: true",
        'lifecycle: {active: "2019-01-01"}, enterpriseWide: true',
    ),
    "a date in a block of its own": (
        "Application",
        "lifecycle: {active: {startDate: 2020-01-01}}",
        'lifecycle: {active: "2020-01-01"}',
    ),
    "a phase in place of the lifecycle": (
        "Application",
        "lifecycle: in production",
        "lifecycle: {phase: active}",
    ),
    "the words of an export": (
        "Application",
        "lifecycle: {asString: active}",
        "lifecycle: {phase: active}",
    ),
    "a list of one": ("Capability", "level: [1]", "level: 1"),
    "a value in other letters": ("Application", "disposition: Re-Host", "disposition: rehost"),
    "a property in other letters": (
        "Application",
        "lifecycle: {End of life: 2030-12-31}",
        "lifecycle: {endOfLife: 2030-12-31}",
    ),
    "the letter of a classification": (
        "Application",
        "timeClassification: T",
        "timeClassification: tolerate",
    ),
    "entries by name": (
        "Objective",
        "keyResults: {nps: {target: 40}, csat: {}}",
        "keyResults: [{name: nps, target: 40}, {name: csat}]",
    ),
    "a sign for a currency": ("Cost", "amount: 1, currency: €", "amount: 1, currency: EUR"),
    "a name that lacks its kind": (
        "Decision",
        "drivers: [it-strategy]",
        "drivers: [Strategy:it-strategy]",
    ),
}


@pytest.mark.parametrize("case", FIXES)
def test_fix(case: str, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    kind, written, mended = FIXES[case]
    (tmp_path / ".bizalign.yaml").touch()
    text = STRATEGY + OBJECTIVE + _definition(kind, written)
    (tmp_path / "m.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    call("check", "-q", "--select", "MOD106,MOD107,MOD109", "--fix")
    assert (tmp_path / "m.yaml").read_text() == text.replace(written, mended)


OWNERS = {
    "a full name": ("Jane Doe", "Person:jane"),
    "an address": ("Jane.Doe@example.org", "Person:jane"),
    "a name with its address": ("Jane Doe <jane.doe@example.org>", "Person:jane"),
    "a last name first": ('"Doe, Jane"', '"Person:jane"'),
    "a handle": ('"@jdoe"', '"Person:jane"'),
    "a unit by its title": ("Claims IT", "claims-it"),
}


@pytest.mark.parametrize("case", OWNERS)
def test_an_owner_called_as_people_do_is_named(
    case: str, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, mended = OWNERS[case]
    (tmp_path / ".bizalign.yaml").touch()
    text = PEOPLE + _definition("Application", "", f"name: x, title: X, owner: {written}")
    (tmp_path / "m.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    out = call("check", "-q", "--select", "MOD106")[1]
    near = mended.strip('"')
    assert f"did you mean {near}?" in out
    call("check", "-q", "--select", "MOD106", "--fix")
    assert (tmp_path / "m.yaml").read_text() == text.replace(
        f"owner: {written}", f"owner: {mended}"
    )


def test_of_two_people_with_one_name_neither_is_put_there(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".bizalign.yaml").touch()
    twin = PEOPLE.replace("name: jane,", "name: jane-2,").replace("claims-it", "it")
    text = PEOPLE + twin + _definition("Application", "", "name: x, title: X, owner: Jane Doe")
    (tmp_path / "m.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    out = call("check", "-q", "--select", "MOD106", "--fix")[1]
    assert "owner takes the name of a definition, not “Jane Doe”" in out
    assert (tmp_path / "m.yaml").read_text() == text
