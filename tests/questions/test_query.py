"""``bizalign-lint query``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Call
from tests.questions.test_impact_and_path import hold, workspace

__all__ = ["workspace"]  # used by every test
UNSUPPORTED = "{path: vendorSupport, maxCount: 0}"


def test_a_table_shows_what_paths_lead_to(call: Call) -> None:
    select = "title,applications/title,applications/supports"
    code, out, _ = call("query", "ITComponent", "--where", UNSUPPORTED, "--select", select)
    assert code == 0
    assert out.splitlines() == [
        "title    applications/title  applications/supports",
        "Windows  Claims desk         Claims handling",
        "1 definition",
    ]


def test_the_day_counts(call: Call) -> None:
    where = "{path: ending, hasValue: true}"
    assert call("query", "Application", "--where", where)[1].endswith("0 definitions\n")


def test_csv_and_json(call: Call) -> None:
    _, out, _ = call("query", "Capability", "--select", "title,level", "--format", "csv")
    assert out == "title,level\nClaims handling,1\n"
    _, out, _ = call("query", "Capability", "--select", "level,supportedBy", "--format", "json")
    value = json.loads(out)
    hold("query", value)
    assert value["rows"] == [
        {
            "entity": "Capability:default/claims",
            "values": {"level": [1], "supportedBy": ["Application:default/desk"]},
        }
    ]


def test_csv_keeps_lines_and_shows_control_characters(call: Call) -> None:
    Path("more.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Capability\n"
        'metadata: {name: red, title: "a\\e[31mb\\nc"}\nspec: {}\n'
    )
    _, out, _ = call("query", "Capability", "--select", "title", "--format", "csv")
    assert '"a\N{SYMBOL FOR ESCAPE}[31mb\nc"' in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Aplication",), "did you mean Application?"),
        (("Application", "--select", "titel"), "did you mean title?"),
        (("Application", "--select", "a//b"), "is not a path"),
        (("Application", "--select", ","), "contains no path"),
        (("Application", "--where", "{path: phase, hasValue: actve}"), "did you mean active?"),
        (("Application", "--where", "{pth: phase}"), "did you mean path?"),
        (("Application", "--where", "{path: ["), "never closed"),
        (("Application", "--where", "3"), ""),
        (("Application", "--where", " "), "--where is empty"),
        (("Application", "--where", "a: &a [*a]"), ""),
    ],
)
def test_what_means_nothing_is_refused(call: Call, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = call("query", *arguments)
    assert (code, out) == (2, "")
    assert said in err
