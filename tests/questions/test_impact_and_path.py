"""``bizalign-lint impact`` and ``bizalign-lint path``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bizalign_lint import questions
from tests.conftest import Call

MODEL = """\
apiVersion: bizalign/v1
kind: Strategy
metadata: {name: growth, title: Growth}
spec: {capabilities: [claims]}
---
apiVersion: bizalign/v1
kind: Objective
metadata: {name: faster, title: Faster claims}
spec:
  strategy: growth
  keyResults: [{name: days, title: Days}]
---
apiVersion: bizalign/v1
kind: Initiative
metadata: {name: desk-2, title: A new desk}
spec:
  keyResults: ["faster#days"]
  changes: [{application: desk, state: eliminated}]
---
apiVersion: bizalign/v1
kind: Capability
metadata: {name: claims, title: Claims handling}
spec: {level: 1}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Claims desk, owner: it}
spec: {supports: [claims], components: [windows]}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: windows, title: Windows, owner: it}
spec: {category: software}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: it, title: IT}
spec: {}
---
apiVersion: bizalign/v1
kind: Provider
metadata: {name: desk, title: Desk Ltd}
spec: {}
"""


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "m.yaml").write_text(MODEL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(call: Call, *arguments: str) -> dict[str, Any]:
    code, out, _ = call(*arguments, "--format", "json")
    assert code == 0
    value: dict[str, Any] = json.loads(out)
    hold(arguments[0], value)
    return value


def hold(command: str, value: dict[str, Any]) -> None:
    """Let an answer be what the schema of the command describes."""
    file = Path(questions.__file__).parent / f"{command}.schema.json"
    jsonschema.Draft202012Validator(json.loads(file.read_bytes())).validate(value)


def test_what_depends_on_a_component_is_what_rests_on_it(call: Call) -> None:
    value = told(call, "impact", "windows")
    found = {
        one["entity"]: "/".join(step["step"] for step in one["way"]) for one in value["dependents"]
    }
    assert found == {
        "Application:default/desk": "^components",
        "Capability:default/claims": "^components/supports",
        "Initiative:default/desk-2": "^components/^application/^changes",
        "KeyResult:default/faster#days": "^components/^application/^changes/keyResults",
        "Objective:default/faster": "^components/^application/^changes/keyResults/objective",
        "Strategy:default/growth": "^components/supports/^capabilities",
    }


def test_an_application_does_not_depend_on_what_it_supports(call: Call) -> None:
    found = told(call, "impact", "Capability:claims")["dependents"]
    assert [one["entity"] for one in found] == ["Strategy:default/growth"]


def test_only_so_far_and_only_of_a_kind(call: Call) -> None:
    near = told(call, "impact", "windows", "--within", "1")["dependents"]
    assert [one["distance"] for one in near] == [1]
    some = told(call, "impact", "windows", "--kind", "Capability")["dependents"]
    assert [one["title"] for one in some] == ["Claims handling"]


def test_the_shortest_way_can_be_pasted_into_a_rule(call: Call) -> None:
    code, out, _ = call("path", "growth", "windows")
    assert code == 0
    assert out == (
        "Growth → Claims handling → Claims desk → Windows  capabilities/^supports/components\n"
    )


def test_an_owner_joins_nothing(call: Call) -> None:
    code, out, err = call("path", "it", "windows")
    assert (code, out) == (1, "")
    assert "OrganizationUnit:default/it and ITComponent:default/windows are not connected" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("impact", "windows"),
        ("path", "growth", "windows", "--format", "json"),
        ("query", "Application"),
        ("forecast",),
        ("whatif", "retire", "Application:desk"),
    ],
)
def test_files_that_cannot_be_read_are_named(call: Call, arguments: tuple[str, ...]) -> None:
    broken = "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: a\n"
    Path("broken.yaml").write_text(broken)
    note = "cannot be read in full (see bizalign-lint check); definitions may be missing here"
    code, out, err = call(*arguments)
    assert (code, err) == (0, f"note: broken.yaml {note}\n")
    assert out
    Path("alas.yaml").write_text(broken)
    assert call(*arguments)[2] == f"note: alas.yaml and 1 more {note}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("impact", "Aplication:desk"), "did you mean Application?"),
        (("impact", "Application:dessk"), "did you mean Application:desk?"),
        (("impact", "windoes"), "did you mean windows?"),
        (("impact", "desk"), "Application:desk, Provider:desk"),
        (("impact", "windows", "--kind", "Capabilty"), "did you mean Capability?"),
        (("path", "growth", "windos"), "did you mean windows?"),
        (("path", "growth", "Strategy:growth"), "growth are the same definition"),
    ],
)
def test_names_that_nothing_has(call: Call, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_tables_hold_the_ways_as_paths(call: Call) -> None:
    assert call("impact", "windows", "--within", "2", "--format", "csv")[1].splitlines() == [
        "distance,definition,title,path",
        "1,Application:default/desk,Claims desk,^components",
        "2,Capability:default/claims,Claims handling,^components/supports",
        "2,Initiative:default/desk-2,A new desk,^components/^application/^changes",
    ]
    assert call("path", "windows", "claims", "--format", "csv")[1].splitlines() == [
        "way,path,definition,title",
        "1,^components,Application:default/desk,Claims desk",
        "1,^components/supports,Capability:default/claims,Claims handling",
    ]
