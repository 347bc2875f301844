"""Our YAML, and other sources, complete what another tool's file defines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import run
from bizalign_lint.incremental.model import LiveModel
from tests.conftest import Call
from tests.landscape.test_backstage import CONFIG, SHOP, TEAM
from tests.workspace import DAY, line

ADDITION = """\
apiVersion: bizalign/v1
kind: Application
metadata:
  name: shop
  annotations: {bizalign/adds-to: "component:shop", team: blue}
  tags: [core]
spec:
  supports: [selling]
  criticality: missionCritical
  lifecycle: {phaseOut: 2030-01-01}
"""


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".bizalign.yaml").write_text(CONFIG)
    Path("catalog-info.yaml").write_text(f"{TEAM}---\n{SHOP}")
    Path("ours.yaml").write_text(ADDITION)


def told(call: Call, *rules: str) -> list[str]:
    _, out, err = call("check", "--select", ",".join(rules), "--format", "concise")
    assert err == ""
    return out.splitlines()


def test_one_definition_comes_of_both(call: Call) -> None:
    assert [one for one in told(call, "MOD108", "MOD102") if one] == []
    (dangling,) = told(call, "MOD109")
    assert dangling.startswith("ours.yaml:8:14: error[MOD109] no Capability is named selling")
    _, out, _ = call("query", "Application")
    assert out.count("shop") >= 1


@pytest.mark.parametrize("name", ["shop", "Application:shop", "component:default/shop"])
def test_any_name_of_it_will_do(name: str, call: Call) -> None:
    Path("ours.yaml").write_text(ADDITION.replace("component:shop", name))
    assert told(call, "MOD108") == []


def test_what_differs_is_told_with_both_places(call: Call) -> None:
    Path("ours.yaml").write_text(ADDITION.replace("phaseOut: 2030-01-01", "phase: plan"))
    _, out, _ = call("check", "--select", "MOD102")
    assert "ours.yaml:10:22: error[MOD102] duplicate key phase (“plan” here, “active” in c" in out
    assert "catalog-info.yaml:17:14: the value of the other source" in out


def exported(call: Call, name: str) -> dict[str, Any]:
    """The definition with a name, as it is after all."""
    definitions = json.loads(call("export", "json")[1])["definitions"]
    (found,) = [one for one in definitions if one["metadata"]["name"] == name]
    return dict(found)


def test_annotations_are_completed_too_but_for_the_one_that_says_so(call: Call) -> None:
    assert exported(call, "shop")["metadata"]["annotations"] == {"team": "blue"}


def test_what_a_source_leaves_open_is_assumed(call: Call) -> None:
    assumed = "{Application/lifecycle.phase: plan, Application/technicalFit: 3}"
    Path(".bizalign.yaml").write_text(f"{CONFIG}    assume: {assumed}\n")
    Path("ours.yaml").unlink()
    spec = exported(call, "shop")["spec"]
    assert (spec["lifecycle"], spec["technicalFit"]) == ({"phase": "active"}, 3)


def test_a_wrong_value_opens_the_file_that_says_it(call: Call) -> None:
    Path("ours.yaml").write_text(ADDITION.replace("missionCritical", "high"))
    Path("catalog-info.yaml").write_text(f"{TEAM}---\n{SHOP.replace('production', 'life')}")
    wrong = told(call, "MOD106")
    assert [one.partition(": ")[0] for one in wrong] == [
        "catalog-info.yaml:17:14",
        "ours.yaml:9:16",
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("component:shop", "component:shpo", "MOD109] no definition of another tool is named"),
        ("kind: Application", "kind: ITComponent", "MOD102] duplicate key kind (it completes an A"),
    ],
)
def test_an_addition_to_nothing_is_told(right: str, wrong: str, said: str, call: Call) -> None:
    Path("ours.yaml").write_text(ADDITION.replace(right, wrong))
    assert any(said in one for one in told(call, "MOD109", "MOD102"))


def test_two_sources_are_joined_by_a_key(call: Call) -> None:
    Path("ours.yaml").unlink()
    Path("apps.csv").write_text(
        "Name,Ref,Critical,Phase\nShop of old,component:shop,missionCritical,plan\nOther,,,\n"
    )
    Path("own.yaml").write_text(
        "reader: csv\nelements:\n  - from: {}\n    to: Application\n    joins: Ref\n    set:\n"
        "      criticality: {column: Critical}\n      lifecycle.phase: {column: Phase}\n"
    )
    Path(".bizalign.yaml").write_text(f"{CONFIG}  - {{read: apps.csv, mapping: own.yaml}}\n")
    (found,) = told(call, "MOD102")
    assert found.startswith("apps.csv:2:44: error[MOD102] duplicate key phase")
    Path("apps.csv").write_text(Path("apps.csv").read_text().replace("missionCritical", "odd"))
    (wrong,) = told(call, "MOD106")
    assert wrong.startswith("apps.csv:2:28: error[MOD106] criticality")


def test_it_is_the_same_after_every_edit() -> None:
    from bizalign_lint.core.globs import Globs
    from bizalign_lint.core.settings import SourceSpec
    from bizalign_lint.engine.load import load

    loaded = load(sources=[SourceSpec(Globs(["catalog-info.yaml"]), "backstage")])
    settings = Settings(as_of=DAY, select=("model", "SCO111"))
    files = {
        "catalog-info.yaml": f"{TEAM}---\n{SHOP}",
        "ours.yaml": ADDITION,
        "selling.yaml": "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: sell}\n",
    }
    live = LiveModel(loaded, settings, [Source(p, t.encode()) for p, t in files.items()])
    for path, text in (
        ("ours.yaml", ADDITION.replace("[selling]", "[sell]")),
        ("catalog-info.yaml", f"{TEAM}---\n{SHOP.replace('production', 'deprecated')}"),
        ("selling.yaml", files["selling.yaml"] + "spec: {level: 1}\n"),
        ("ours.yaml", ""),
        ("ours.yaml", ADDITION.replace("missionCritical", "high")),
        ("catalog-info.yaml", TEAM),
        ("catalog-info.yaml", f"{TEAM}---\n{SHOP}"),
    ):
        files[path] = text
        live.change({path: Source(path, text.encode())})
        fresh = run(loaded, [Source(p, files[p].encode()) for p in sorted(files)], settings)
        assert sorted(map(line, live.judge())) == sorted(map(line, fresh.findings)), path
