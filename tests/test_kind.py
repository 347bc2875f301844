"""The kinds on the command line: listed, shown, and begun."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import Call
from tests.workspace import shipped

KINDS = sorted(shipped().ontology.kinds)
NESTED = sorted(n.name for kind in shipped().ontology.kinds.values() for n in kind.nested)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace, in which the test stands."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-06-30\n")
    return tmp_path


def test_all_kinds_are_listed(home: Path, call: Call) -> None:
    code, out, _ = call("kind", "list")
    assert code == 0
    lines = [line for line in out.splitlines() if line.startswith("  ")]
    assert sorted(line.split()[0] for line in lines) == KINDS
    assert all(line.endswith(".") for line in lines)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_shown_with_all_it_can_say(kind: str, home: Path, call: Call) -> None:
    code, out, _ = call("kind", "show", kind)
    assert code == 0
    about = shipped().ontology.kinds[kind]
    for property_ in about.type.properties.values():
        if property_.section == "spec" and property_.written:
            assert f"\n  {property_.name}: " in out
        for alias in property_.aliases:
            assert alias in out
    for value in (v for p in about.type.properties.values() for v in p.enum or ()):
        assert str(value) in out
    assert f"\n  kind: {kind}\n" in out
    assert not re.search(r"`|\]\(|\\[<>*_]", out)


@pytest.mark.parametrize(
    ("word", "kind"),
    [("application", "Application"), ("OKR", "Objective"), ("BusinessCapability", "Capability")]
    + [(name, "") for name in NESTED],
)
def test_a_kind_is_found_by_what_people_call_it(
    word: str, kind: str, home: Path, call: Call
) -> None:
    code, out, _ = call("kind", "show", word)
    assert code == 0
    assert out.startswith(kind)
    assert kind or f"Properties of each {word}:" in out


def test_an_unknown_kind_is_answered(home: Path, call: Call) -> None:
    assert "did you mean Application?" in call("kind", "show", "Aplication")[2]
    code, _, err = call("kind", "show", "qwxyz")
    assert code == 2
    assert "kind list" in err


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_definition_says_nothing_wrong(kind: str, home: Path, call: Call) -> None:
    arguments = ["new", kind, "first-one"]
    code, _, err = call(*arguments)
    if code == 2:  # it cannot be without; the hint says how
        arguments += shlex.split(err.rpartition("for example ")[2])
        assert call(*arguments)[0] == 0
    text = (home / "model" / "first-one.yaml").read_text()
    assert "  title: First one\n" in text
    _, out, _ = call("check", "--format", "json", "--select", "MOD10")
    errors = [one for one in json.loads(out)["findings"] if one["severity"] == "error"]
    # What an example refers to is not here.
    assert [one for one in errors if one["rule"] != "MOD109" or len(arguments) == 3] == []


def test_what_is_given_is_said(home: Path, call: Call) -> None:
    call("new", "Capability", "sell", "--set", "level=1", "--title", "Selling: all of it")
    code, out, _ = call(
        "new", "capability", "orders", "--set", "spec.parent=sell", "--set", "maturity.target=4"
    )
    assert (code, out) == (0, "wrote model/orders.yaml\n")
    text = (home / "model" / "orders.yaml").read_text()
    assert "spec:\n  parent: sell\n  maturity:\n    target: 4\n" in text
    assert "#  parent" not in text
    assert call("check", "-q", "--select", "MOD109")[0] == 0
    assert '  title: "Selling: all of it"\n' in (home / "model" / "sell.yaml").read_text()


def test_a_new_definition_goes_where_others_of_its_kind_are(home: Path, call: Call) -> None:
    call("new", "Application", "a", "apps/a.yaml")
    call("new", "Application", "b", "apps/b.yaml")
    call("new", "Capability", "c", "map/c.yaml")
    assert call("new", "Application", "d")[1] == "wrote apps/d.yaml\n"
    assert call("new", "Capability", "e")[1] == "wrote map/e.yaml\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Application", "Shop"], "'Shop' is not a valid name"),
        (["Application", "taken"], "is already defined in model/taken.yaml"),
        (["Application", "other", "model/taken.yaml"], "already exists"),
        (["Application", "x", "--set", "level"], "give a property and a value"),
        (["Application", "x", "--set", "users=[1"], "--set users=[1:"),
        (["Application", "x", "--set", "users=1", "--set", "users.a=1"], "already has a value"),
        (["Aplication", "x"], "did you mean Application?"),
    ],
)
def test_what_cannot_be_is_reported_and_nothing_is_written(
    arguments: list[str], said: str, home: Path, call: Call
) -> None:
    call("new", "Application", "taken")
    before = {path: path.read_bytes() for path in home.rglob("*.yaml")}
    code, _, err = call("new", *arguments)
    assert code == 2
    assert said in err
    assert {path: path.read_bytes() for path in home.rglob("*.yaml")} == before


def test_what_other_tools_call_a_property_is_said_once(call: Call) -> None:
    """Of lists as of single values: of a list, its schema is that of an item."""
    _, out, _ = call("kind", "show", "Application")
    shown = " ".join(out.split())
    for words in ("capabilities or businessCapabilities", "timeModel, time or portfolioStrategy"):
        assert shown.count(f"Elsewhere called {words}.") == 1
    assert shown.count("timeModel") == 1
