"""Decisions and front matter in Markdown: the forms that people use, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bizalign_lint.core.types import Source
from bizalign_lint.readers.markdown import read
from tests.conftest import Call

OLD = "# 1. Stay\n\nDate: 2021-05-04\n\n## Status\n\n{}\n\n## Decision\n\nWe stay.\n"
NEW = """\
---
status: accepted
date: 2026-05-20
decision-makers: [A, B]
---
# Go

## Considered Options

* Go
* Stay

```
## Not a heading
```

## Decision Outcome

Chosen option: "Go", because we must.
"""


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("adr").mkdir()
    Path(".bizalign.yaml").write_text("sources: [{read: adr/*.md, as: madr}]\n")


def made(call: Call, **files: str) -> str:
    for name, text in files.items():
        Path(f"adr/{name.replace('_', '-').lstrip('-')}.md").write_text(text, "utf-8")
    code, out, err = call("source", "print")
    assert (code, err) == (0, "")
    return out


@pytest.mark.parametrize(
    "status",
    [
        "Superseded by [2. Go](0002-go.md)",
        "Superseded by [2. Go](./0002-go.md#status)",
        "superseded by ADR-0002",
        "Superseded by [ADR-0002](0002-go.md).",
        "*Superseded by ADR 2*",
    ],
)
def test_what_is_superseded_says_by_what(status: str, call: Call) -> None:
    out = made(call, _0001_stay=OLD.format(status), _0002_go=NEW)
    assert "title: Stay\nspec:\n  rationale: We stay.\n  status: superseded\n" in out
    assert "  supersedes: [stay]\n" in out


def test_what_is_referred_to_twice_is_linked_once() -> None:
    status = "Superseded by [2. Go](0002-go.md)\n\nSuperseded by [it](./0002-go.md), see [](3.md)"
    (record,) = read(Source("adr/1.md", OLD.format(status).encode()), {}).records
    assert record.fields["links"]["superseded by"] == ["adr/0002-go.md"]


@pytest.mark.parametrize(
    "status",
    ["superseded by ADR-0002", '"superseded by [ADR-0002](0002-go.md)"'],
)
def test_the_front_matter_says_it_as_well(status: str, call: Call) -> None:
    old = NEW.replace("accepted", status).replace("# Go", "# Stay")
    out = made(call, _0001_stay=old, _0002_go=NEW)
    assert "  status: superseded\n" in out
    assert out.endswith("  supersedes: [stay]\n")


def test_the_newer_one_may_say_it_alone(call: Call) -> None:
    new = OLD.format("Accepted\n\nSupersedes [1. Stay](0001-stay.md)").replace("1. Stay", "2. Go")
    new = new.replace("[2. Go](0001", "[1. Stay](0001")
    out = made(call, _0001_stay=OLD.format("Superseded"), _0002_go=new)
    assert out.endswith('  decidedOn: "2021-05-04"\n  supersedes: [stay]\n')


def test_options_and_the_one_that_was_chosen(call: Call) -> None:
    out = made(call, _0002_go=NEW)
    assert "  options:\n    - {name: go, title: Go}\n    - {name: stay, title: Stay}\n" in out
    assert "  chosen: go\n" in out
    assert "  deciders: [A, B]\n" in out


def test_the_list_at_the_top_of_madr_2(call: Call) -> None:
    old = "# Stay\n\n* Status: accepted\n* Deciders: A, B\n* Date: 2021-05-04\n\n## Context\n\nC\n"
    out = made(call, _0001_stay=old)
    assert '  status: accepted\n  decidedOn: "2021-05-04"\n  deciders: [A, B]\n' in out


def test_our_yaml_names_a_decision_by_its_number(call: Call) -> None:
    made(call, _0001_stay=OLD.format("Accepted"))
    ours = """\
        apiVersion: bizalign/v1
        kind: Initiative
        metadata: {name: renew, title: Renew}
        spec: {decisions: ["adr:0001", "adr:1", stay]}
        """
    Path("ours.yaml").write_text("".join(line[8:] + "\n" for line in ours.splitlines()))
    assert call("check", "--select", "MOD109")[0] == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            NEW.replace("accepted", "agreed"),
            "adr/1.md:2:9: error[MOD106] the mapping does not map status “agreed”",
        ),
        (
            OLD.format("Agreed"),
            "adr/1.md:7:1: error[MOD106] the mapping does not map status “Agreed”",
        ),
        (NEW.replace("2026-05-20", "May"), "adr/1.md:3:7: error[MOD106] decidedOn: “May” is no"),
        (
            NEW.replace("---\n# Go", "# Go"),
            "adr/1.md:1:1: error[MOD101] this cannot be read: the f",
        ),
        (NEW.replace("[A, B]", "[A, B"), "adr/1.md:"),
        (
            NEW.replace("---\n# Go", "status: rejected\n---\n# Go"),
            "error[MOD101] this cannot be read: status appears twice",
        ),
        (
            NEW.encode("utf-16"),
            "adr/1.md:1:1: error[MOD101] this cannot be read: this is not UTF-8",
        ),
        (NEW.encode() + b"\xe9", "adr/1.md:20:1: error[MOD101]"),
    ],
)
def test_bad_input_is_reported_with_its_place(text: str | bytes, found: str, call: Call) -> None:
    Path("adr/1.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    code, out, err = call("check", "--select", "model", "--format", "concise")
    assert (code, err) == (1, "")
    assert found in out


@pytest.mark.parametrize(
    "text", ["", "\n", "# \n", "---\n---\n", "---\n- a\n---\n", "text", "[a](b"]
)
def test_what_says_nothing_does_no_harm(text: str, call: Call) -> None:
    Path("adr/1.md").write_text(text)
    assert call("check")[0] in (0, 1)


def test_front_matter_that_is_a_definition_of_ours(call: Call) -> None:
    Path(".bizalign.yaml").write_text("sources: [{read: adr/*.md, as: markdown}]\n")
    ours = """\
---
apiVersion: bizalign/v1
kind: Capability
metadata: {name: a, title: A}
spec: {parent: b, tire: core}
---
# A
"""
    assert "kind: Capability\n" in made(call, a=ours, b="# B\n")
    _, out, _ = call("check", "--select", "model", "--format", "concise")
    assert "adr/a.md:5:16: error[MOD109] no Capability is named b" in out
    assert "adr/a.md:5:19: error[" in out
    assert "1  document: its front matter is not a bizalign definition" in call("source", "list")[1]


def test_all_of_a_field_is_its_lines_or_those_of_its_section() -> None:
    def rows(text: str, *pointer: str) -> tuple[int, int]:
        (record,) = read(Source("adr/1.md", text.encode()), {}).records
        span = record.locator.extent(pointer)
        return span.line, span.end_line

    assert rows(NEW) == (6, 6)
    assert rows(NEW, "status") == (2, 2)
    assert rows(NEW, "section", "decision outcome") == (19, 19)
    assert rows(OLD.format("accepted")) == (1, 1)
    assert rows(OLD.format("accepted"), "section", "decision") == (11, 11)


def test_a_key_is_above_the_first_section_or_leads_one() -> None:
    text = (
        "Owner: Kim\n\n# A\n\nTags: x\n\n## Notes\n\nSome words.\nDeadline: May\n\n"
        "## Status\n\nState: open\n"
    )
    (record,) = read(Source("adr/1.md", text.encode()), {}).records
    assert record.fields["said"] == {
        "owner": "Kim",
        "tags": "x",
        "notes": "Some words",
        "state": "open",
        "heading": "A",
        "file": "1",
    }
