"""What other tools and methods call it is answered with the name here."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from bizalign_lint.cli.edge import run
from tests.workspace import shipped

MODEL = """\
apiVersion: bizalign/v1
kind: BusinessCapability
metadata: {name: sell, title: Sales, description: The ability to sell.}
spec: {level: 1}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: shop}
spec: {itComponents: [], hosting: on-premise}
"""


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with words of other tools."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".bizalign.yaml").write_text("", encoding="utf-8")
    path = tmp_path / "model.yaml"
    path.write_text(MODEL, encoding="utf-8")
    return path


def test_the_name_to_use_is_given(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "-q"]) == 1
    said = capsys.readouterr().out
    assert "unknown kind BusinessCapability; use Capability" in said
    assert "unknown property itComponents; use components" in said
    assert "use onPremises" in said or "did you mean onPremises?" in said


def test_it_is_put_there_safely(model: Path) -> None:
    run(["check", "-q", "--fix"])
    fixed = MODEL.replace("BusinessCapability", "Capability").replace("itComponents", "components")
    assert model.read_text(encoding="utf-8") == fixed.replace("on-premise", "onPremises")


def test_a_word_for_a_number_is_reported(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model.write_text(MODEL.replace("hosting: on-premise", "technicalFit: perfect"), "utf-8")
    run(["check", "-q"])
    assert "not “perfect”; use 4" in capsys.readouterr().out


def test_an_unknown_kind_is_answered_with_the_kinds(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model.write_text(MODEL.replace("BusinessCapability", "Zebra"), "utf-8")
    run(["check", "-q"])
    assert "the kinds are Account, Application, " in capsys.readouterr().out


def test_no_alias_means_two_things() -> None:
    kinds = shipped().ontology.kinds.values()
    called = [*chain.from_iterable(kind.schema.get("x-aliases", ()) for kind in kinds)]
    assert len({word.lower() for word in called}) == len(called)
    assert {word.lower() for word in called}.isdisjoint(kind.name.lower() for kind in kinds)
    for kind in kinds:
        properties = kind.type.properties
        words = [*chain.from_iterable(p.aliases for p in properties.values())]
        assert len(set(words)) == len(words)
        assert set(words).isdisjoint(properties), kind.name
