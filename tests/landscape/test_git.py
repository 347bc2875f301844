"""Other tools' files as git has them: revisions, the index, and commits that are refused."""

from __future__ import annotations

import json
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Call
from tests.hooks.house import House
from tests.landscape.test_backstage import CONFIG, SHOP, TEAM
from tests.landscape.test_workbooks import book, sheet

pytestmark = pytest.mark.process

SOUND = f"{TEAM}---\n{SHOP}"
BROKEN = SOUND.replace("default/shop_team", "nobody")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A repository with a catalog beside definitions of ours."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    for person in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{person}_NAME", "A")
        monkeypatch.setenv(f"GIT_{person}_EMAIL", "a@example.org")
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=":")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    made = House(tmp_path.resolve() / "repository")
    made.commit({".bizalign.yaml": CONFIG, "shop/catalog-info.yaml": SOUND})
    monkeypatch.chdir(made.folder)
    return made


def places(call: Call, *arguments: str) -> list[str]:
    _, out, err = call("check", "--select", "MOD109", "--format", "json", *arguments)
    assert err == ""
    findings: list[dict[str, Any]] = json.loads(out)["findings"]
    return [f"{f['path']}:{f['range']['start']['line']}" for f in findings]


def test_since_reports_what_is_new_in_a_catalog(house: House, call: Call) -> None:
    house.commit({"shop/catalog-info.yaml": BROKEN})
    assert places(call, "--since", "HEAD~1") == ["shop/catalog-info.yaml:18"]
    assert places(call, "--since", "HEAD") == []
    # What moves is known again.
    house.write({"shop/catalog-info.yaml": f"# A comment.\n---\n{BROKEN}"})
    assert places(call, "--since", "HEAD") == []


def test_a_group_that_goes_breaks_what_is_not_touched(house: House, call: Call) -> None:
    house.commit({"shop/catalog-info.yaml": SHOP, "teams/catalog-info.yaml": TEAM})
    (house.folder / "teams/catalog-info.yaml").unlink()
    assert places(call, "--since", "HEAD") == ["shop/catalog-info.yaml:9"]


def test_the_index_is_read_and_not_the_work_tree(house: House, call: Call) -> None:
    house.write({"shop/catalog-info.yaml": BROKEN})
    assert places(call, "--staged") == []
    house.git("add", "-A")
    house.write({"shop/catalog-info.yaml": SOUND})
    assert places(call, "--staged") == ["shop/catalog-info.yaml:18"]


def test_a_baseline_knows_a_finding_in_a_catalog(house: House, call: Call) -> None:
    house.write({"shop/catalog-info.yaml": BROKEN})
    assert call("baseline", "write")[0] == 0
    assert places(call) == []


def test_diff_shows_what_changed_in_a_catalog(house: House, call: Call) -> None:
    house.commit({"shop/catalog-info.yaml": SOUND.replace("production", "deprecated")})
    code, out, _ = call("diff", "HEAD~1", "HEAD")
    assert code == 0
    assert "Web shop" in out
    assert "phaseOut" in out


def test_sarif_leads_into_the_catalog(house: House, call: Call) -> None:
    house.write({"shop/catalog-info.yaml": BROKEN})
    _, out, _ = call("check", "--select", "MOD109", "--format", "sarif")
    (result,) = json.loads(out)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "shop/catalog-info.yaml"
    assert place["region"]["startLine"] == 18
    assert "fixes" not in result


def test_a_commit_that_touches_only_the_catalog_is_refused(house: House) -> None:
    house.install()
    house.write({"shop/catalog-info.yaml": BROKEN})
    house.git("add", "-A")
    before = house.count()
    attempt = house.try_commit()
    assert attempt.code == 1
    assert "shop/catalog-info.yaml:18:10: error[MOD109]" in attempt.said
    assert house.count() == before


def test_files_that_are_no_yaml_are_read_from_git_as_well(house: House, call: Call) -> None:
    sources = "sources: [{read: apps.csv, mapping: lint/apps.yaml}]\n"
    mapping = """\
        reader: csv
        elements:
          - {from: {}, to: Application, set: {title: {column: Name}, owner: {column: Owner}}}
        """
    sound, broken = "Name,Owner\nShop,sales\n", "Name,Owner\nShop,nobody\n"
    house.commit({".bizalign.yaml": sources, "lint/apps.yaml": mapping, "ea/apps.csv": sound})
    house.write({"ea/apps.csv": broken})
    assert places(call) == places(call, "--tracked") == ["ea/apps.csv:2"]
    assert places(call, "--staged") == []
    assert places(call, "--since", "HEAD") == ["ea/apps.csv:2"]
    house.commit()
    assert places(call, "--staged") == ["ea/apps.csv:2"]
    assert places(call, "--since", "HEAD") == []


def test_a_source_that_is_read_otherwise_loosens_the_check(house: House, call: Call) -> None:
    house.write({".bizalign.yaml": f"{CONFIG}    open: [OrganizationUnit]\n"})
    _, _, err = call("check", "--since", "HEAD", "--select", "MOD109")
    assert "sources: catalog-info.yaml is read differently, or not at all" in err


@pytest.fixture
def workbook(house: House) -> House:
    """A repository with a workbook in place of the catalog."""
    pytest.importorskip("python_calamine")
    mapping = """\
        reader: xlsx
        elements:
          - {from: {}, to: Application, set: {title: {column: Name}, owner: {column: Owner}}}
        """
    sources = "sources: [{read: apps.xlsx, mapping: lint/apps.yaml}]\n"
    (house.folder / "shop" / "catalog-info.yaml").unlink()
    (house.folder / "ea").mkdir()
    (house.folder / "ea" / "apps.xlsx").write_bytes(rows("sales"))
    house.commit({".bizalign.yaml": sources, "lint/apps.yaml": mapping, "unit.yaml": UNIT})
    return house


UNIT = "apiVersion: bizalign/v1\nkind: OrganizationUnit\nmetadata: {name: sales}\nspec: {}\n"


def rows(owner: str) -> bytes:
    return book({"Apps": sheet("Name;Owner", f"Shop;{owner}")})


def test_a_workbook_in_the_index_a_revision_a_baseline_and_reports(
    workbook: House, call: Call
) -> None:
    table = workbook.folder / "ea" / "apps.xlsx"
    table.write_bytes(rows("nobody"))
    assert places(call) == places(call, "--since", "HEAD") == ["ea/apps.xlsx:2"]
    assert places(call, "--staged") == []
    workbook.git("add", "-A")
    assert places(call, "--staged") == ["ea/apps.xlsx:2"]
    _, out, _ = call("check", "--select", "MOD109", "--format", "sarif")
    (result,) = json.loads(out)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 2
    assert result["message"]["text"].startswith("Apps!B2: ")
    for format_ in ("github", "gitlab", "junit", "checkstyle", "markdown"):
        assert "Apps!B2" in call("check", "--select", "MOD109", "--format", format_)[1]
    assert call("baseline", "write")[0] == 0
    assert places(call) == []
    workbook.commit()
    code, out, _ = call("diff", "HEAD~1", "HEAD")
    assert code == 0
    assert "Shop" in out


def test_a_commit_that_touches_only_the_workbook_is_refused(workbook: House) -> None:
    workbook.install()
    (workbook.folder / "ea" / "apps.xlsx").write_bytes(rows("nobody"))
    workbook.git("add", "-A")
    attempt = workbook.try_commit()
    assert attempt.code == 1
    assert "ea/apps.xlsx:2:2: error[MOD109] Apps!B2: no OrganizationUnit" in attempt.said
