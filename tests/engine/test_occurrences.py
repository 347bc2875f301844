"""What one cause breaks in many places is one finding; each place keeps what is its own."""

from __future__ import annotations

import json

import pytest

from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import Override
from bizalign_lint.core.types import Severity, places
from bizalign_lint.findings.baseline import apply, entries
from bizalign_lint.reporters import reporter
from bizalign_lint.reporters.view import View
from tests.workspace import line, report

NOBODY = "no OrganizationUnit or Person is named racing"


def _units(count: int, owner: str = "racing") -> dict[str, str]:
    return {
        f"{number:02}.yaml": f"""
        apiVersion: bizalign/v1
        kind: Application
        metadata: {{name: app-{number}, owner: {owner}}}
        spec: {{}}
        """
        for number in range(count)
    }


def test_a_missing_target_that_many_name_is_one_finding_with_places() -> None:
    (found,) = report(_units(30), "MOD109").findings
    assert line(found) == (f"00.yaml:4:32 MOD109 {NOBODY} (here and in 29 more places)")
    assert found.cause == "OrganizationUnit:default/racing is missing"
    assert len(found.occurrences) == 30
    assert len({place.fingerprint for place in (found, *found.occurrences)}) == 31
    # A baseline and the services that findings are uploaded to know it by this.
    assert found.fingerprint == "4ef7d187b9f4220b931c"
    assert found.occurrences[7].location.path == "07.yaml"
    assert found.occurrences[7].entity == "Application:default/app-7"
    assert found.occurrences[7].message == NOBODY


def test_one_place_is_reported_as_ever() -> None:
    (found,) = report(_units(1), "MOD109").findings
    assert found.occurrences == ()
    assert found.message == NOBODY
    assert found.places == (found,)


def test_another_name_is_another_cause_and_another_spelling_is_not() -> None:
    files = {
        **_units(2),
        "x.yaml": _units(1, "sailing")["00.yaml"].replace("app-0", "x"),
        "y.yaml": _units(1, '"OrganizationUnit:default/racing"')["00.yaml"].replace("app-0", "y"),
    }
    found = report(files, "MOD109").findings
    assert [len(finding.places) for finding in found] == [3, 1]


def test_a_place_that_is_accepted_is_none_of_the_finding() -> None:
    files = _units(3)
    files["01.yaml"] = files["01.yaml"].replace(
        "spec:", "# bizalign: ignore[MOD109] -- soon\n        spec:"
    )
    told = report(files, "MOD109", "MOD115")
    assert [place.location.path for place in places(told.findings)] == ["00.yaml", "02.yaml"]
    assert [entry.finding.location.path for entry in told.suppressed] == ["01.yaml"]


@pytest.mark.parametrize(("count", "reported"), [(5, 5), (6, 1)])
def test_a_rule_for_all_of_a_kind_reports_each_of_a_few(count: int, reported: int) -> None:
    files = {
        f"{number}.yaml": f"""
        apiVersion: bizalign/v1
        kind: Application
        metadata: {{name: a{number}, title: Application Component ({number})}}
        spec: {{}}
        """
        for number in range(count)
    }
    found = report(files, "MOD142").findings
    assert len(found) == reported
    assert len([*places(found)]) == count
    assert found[0].location.path == "0.yaml"


def test_an_override_is_for_the_places_of_its_files() -> None:
    override = Override(Globs(["0[0-1].yaml"]), (), {"MOD109": Severity.INFO})
    (found,) = report(_units(3), "MOD109", overrides=(override,)).findings
    assert [place.severity.value for place in found.occurrences] == ["info", "info", "error"]
    assert found.severity is Severity.ERROR


def test_a_baseline_of_single_findings_knows_the_places() -> None:
    """What an earlier release has written: an entry for each place."""
    known = entries(report(_units(5), "MOD109").findings)
    assert len(known) == 5
    assert apply(report(_units(5), "MOD109"), known).findings == ()
    (found,) = apply(report(_units(6), "MOD109"), known).findings
    assert line(found) == f"05.yaml:4:32 MOD109 {NOBODY}"
    (found,) = apply(report(_units(7), "MOD109"), known).findings
    assert [place.location.path for place in found.places] == ["05.yaml", "06.yaml"]


def test_machines_get_a_record_for_the_finding_and_for_each_place_that_is_new() -> None:
    view = View("/ws", "/ws")
    whole = report(_units(7), "MOD109")
    new = apply(whole, entries(report(_units(4), "MOD109").findings))
    for told, count in ((whole, 1), (new, 3)):
        assert "".join(reporter("github")(told, view)).count("::error") == count
        assert len(json.loads("".join(reporter("gitlab")(told, view)))) == count
        results = json.loads("".join(reporter("sarif")(told, view)))["runs"][0]["results"]
        assert sum("suppressions" not in result for result in results) == count
        assert "".join(reporter("checkstyle")(told, view)).count("<error") == count
        assert "".join(reporter("junit")(told, view)).count("<failure") == count
        assert len("".join(reporter("concise")(told, view)).splitlines()) == 1


def test_a_mistake_in_a_named_item_is_known_by_the_name_of_the_item() -> None:
    text = """
        apiVersion: bizalign/v1
        kind: Objective
        metadata: {name: grow}
        spec:
          keyResults:
          - {name: a, target: %s}
          - {name: b, target: x}
        """
    _, both = report(text % "x", "MOD106").findings
    (one,) = report(text % "1", "MOD106").findings
    assert one.fingerprint == both.fingerprint
