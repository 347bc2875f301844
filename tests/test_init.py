"""The first minutes: from an empty folder, or from what is there, to the first findings."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bizalign_lint.core import shipped
from tests.conftest import Call

ROOT = Path(__file__).parent.parent
WORKBOOK = ROOT.parent / "shared/data/models/esdc/standards-2019.xlsx"
SERVICE = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: shop}
spec: {type: service, lifecycle: production}
"""
CAPABILITY = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: selling, title: Selling}
spec: {level: 1}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the test stands."""
    folder = tmp_path.resolve() / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_files_of_a_catalog_are_one_source_for_they_refer_to_each_other(
    home: Path, call: Call
) -> None:
    head = "apiVersion: backstage.io/v1alpha1\nkind: "
    Path("shop").mkdir()
    Path("shop/catalog-info.yaml").write_text(
        f"{head}Component\nmetadata: {{name: till}}\n"
        "spec: {type: service, lifecycle: production, system: shop, consumesApis: [prices]}\n"
    )
    Path("all.yaml").write_text(
        f"{head}System\nmetadata: {{name: shop}}\nspec: {{domain: selling}}\n"
    )
    Path("apis.yaml").write_text(f"{head}API\nmetadata: {{name: prices}}\nspec: {{}}\n")
    Path("domains.yaml").write_text(f"{head}Domain\nmetadata: {{name: selling}}\nspec: {{}}\n")
    found = "found catalog-info.yaml, all.yaml, apis.yaml and 1 more, read as backstage\n"
    assert call("init")[1].startswith(found)
    said = yaml.safe_load(Path(".bizalign.yaml").read_text())
    read = ["catalog-info.yaml", "all.yaml", "apis.yaml", "domains.yaml"]
    assert said["sources"] == [{"read": read, "as": "backstage"}]
    out = call("source", "list")[1]
    assert "2  Application/supports\n" in out
    assert "1  Interface/to\n" in out


def test_a_list_of_applications_is_known_by_their_column_and_says_what_is_not_read(
    home: Path, call: Call
) -> None:
    head = "Application Name,Owner,Cost,Comments\n"
    Path("apps.csv").write_text(f"{head}SAP ERP,John Smith,850000,Core\nMail,IT,95000,\n")
    assert "found apps.csv, read as applications\n" in call("init")[1]
    out = call("source", "list")[1]
    assert "2 of 2 records became definitions\n" in out
    assert "  2 columns not read: Owner, Cost\n" in out


def test_an_empty_folder_has_its_first_findings_within_three_commands(
    home: Path, call: Call
) -> None:
    code, _, err = call("check")
    assert code == 3
    assert "bizalign-lint init" in err
    code, out, err = call("init")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "next: bizalign-lint check"
    code, out, _ = call("check", "--quiet")
    assert code == 1
    assert len(out.splitlines()) == 2
    assert len(_files(home / "model")) == 5


@pytest.mark.parametrize("day", ["2026-01-01", "2027-06-30", "2028-12-31", "2040-02-29"])
def test_the_first_model_says_the_same_in_years(day: str, call: Call) -> None:
    code, out, _ = call("check", "--quiet", "--as-of", day, str(ROOT / "examples" / "starter"))
    assert code == 1
    assert [line.split("[")[1][:6] for line in out.splitlines()] == ["BAS101", "OUT113"]


def test_the_first_model_is_shipped() -> None:
    assert set(shipped.starter()) == _files(ROOT / "examples" / "starter")


def test_nothing_is_written_over(home: Path, call: Call) -> None:
    (home / ".bizalign.yaml").write_text("failOn: never\n")
    (home / ".pre-commit-config.yaml").write_text("repos: []\n")
    (home / "model").mkdir()
    (home / "model" / "strategy.yaml").write_text("# mine\n")
    code, out, _ = call("init", "--pre-commit")
    assert code == 0
    assert (home / ".bizalign.yaml").read_text() == "failOn: never\n"
    assert (home / ".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert (home / "model" / "strategy.yaml").read_text() == "# mine\n"
    assert "kept .bizalign.yaml, which already exists" in out
    assert "      - id: bizalign-lint" in out
    again = call("init", "--pre-commit")[1]
    assert "wrote" not in again


def test_a_dry_run_writes_nothing(home: Path, call: Call) -> None:
    flags = ("--pre-commit", "--ci", "gitlab", "--install", "bizalign-lint", "--vscode")
    code, out, _ = call("init", "--dry-run", *flags)
    assert code == 0
    assert _files(home) == set()
    would = {line.removeprefix("would write ") for line in out.splitlines()}
    call("init", *flags)
    assert would - _files(home) == {
        "the schema of definitions, and refer to it in the settings of VS Code"
    }


def test_own_definitions_are_kept_as_they_are(home: Path, call: Call) -> None:
    (home / "mine.yaml").write_text(CAPABILITY)
    code, out, _ = call("init")
    assert code == 0
    assert "found 1 definition, kept as it is" in out
    assert _files(home) == {"mine.yaml", ".bizalign.yaml"}
    call("init", "--example")
    assert "model/strategy.yaml" in _files(home)


def test_files_of_other_tools_become_sources(home: Path, call: Call) -> None:
    (home / "shop").mkdir()
    (home / "shop" / "catalog-info.yaml").write_text(SERVICE)
    code, out, _ = call("init")
    assert code == 0
    assert "found catalog-info.yaml, read as backstage" in out
    assert _files(home) == {"shop/catalog-info.yaml", ".bizalign.yaml"}
    said = yaml.safe_load((home / ".bizalign.yaml").read_text())
    assert said["sources"] == [{"read": "catalog-info.yaml", "as": "backstage"}]
    code, out, _ = call("source", "list")
    assert code == 0
    assert "1 of 1 records became definitions" in out


def test_what_a_catalog_names_and_nobody_here_defines_is_left_open(home: Path, call: Call) -> None:
    """But not where some of a kind are defined: there a name may be wrong."""
    owned = SERVICE.replace("production}", "production, owner: team-a}")
    (home / "catalog-info.yaml").write_text(owned)
    code, out, err = call("init")
    assert (code, err) == (0, "")
    assert "may be defined elsewhere" in out
    entry = "  - {read: catalog-info.yaml, as: backstage, open: [OrganizationUnit]}\n"
    assert entry in (home / ".bizalign.yaml").read_text()
    assert "MOD109" not in call("check")[1]
    (home / ".bizalign.yaml").unlink()
    head = "apiVersion: backstage.io/v1alpha1\nkind: Group"
    group = f"{head}\nmetadata: {{name: team-b}}\nspec: {{type: team}}\n"
    (home / "catalog-info.yaml").write_text(f"{owned}---\n{group}")
    assert "elsewhere" not in call("init")[1]
    assert "MOD109" in call("check")[1]


def test_an_export_is_a_source_and_a_report_is_not(home: Path, call: Call) -> None:
    (home / "model.yaml").write_text(CAPABILITY)
    (home / "report.json").write_text(call("check", "--format", "json", "--coverage")[1])
    code, out, _ = call("init", "--dry-run")
    assert (code, "report.json" in out) == (0, False)
    (home / "model.json").write_text(call("export", "json")[1])
    assert "found model.json, read as graph" in call("init", "--dry-run")[1]


def test_a_workspace_below_is_told(home: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not part of the one above, and no first model is needed."""
    for number in range(7):
        folder = home / f"model {number}"
        folder.mkdir()
        (folder / ".bizalign.yaml").write_text("")
    code, out, _ = call("init")
    assert code == 0
    assert "found model 0, a workspace of its own: bizalign-lint check 'model 0'\n" in out
    assert "… and 2 more workspaces\n" in out
    assert not (home / "model").exists()
    (home / ".bizalign.yaml").unlink()
    monkeypatch.chdir(home.parent)
    assert "bizalign-lint check 'home/model 0'\n" in call("init", "home")[1]


def test_sources_that_became_nothing_are_told(home: Path, call: Call) -> None:
    (home / ".bizalign.yaml").write_text("sources: [{read: a.csv, as: technologies}]\n")
    (home / "a.csv").write_text("Colour;Size\nred;2\n")
    code, _, err = call("check")
    assert code == 3
    assert "bizalign-lint source list" in err
    assert "it names no product" in call("source", "list")[1]


def test_a_catalog_is_known_by_what_it_holds(home: Path, call: Call) -> None:
    (home / "services.yaml").write_text(SERVICE)
    (home / "play.yml").write_text("- hosts: all\n")
    call("init")
    said = yaml.safe_load((home / ".bizalign.yaml").read_text())
    assert said["sources"] == [{"read": "services.yaml", "as": "backstage"}]


@pytest.mark.parametrize(
    ("example", "found"),
    [
        ("archimate", ["*.archimate as archimate"]),
        ("backstage", ["catalog-info.yaml as backstage"]),
        ("coarchi", ["coarchi/model/**/*.xml as archimate"]),
        ("decisions", ["decisions/docs/adr/*.md as madr"]),
        ("json", ["json/landscape.json as json"]),
        ("leanix", ["leanix/snapshot.xlsx as leanix"]),
        ("turboea", ["turboea/export.xlsx as turboea"]),
    ],
)
def test_every_format_is_found_and_has_findings_within_three_commands(
    example: str, found: list[str], home: Path, call: Call
) -> None:
    if found[0].endswith(("leanix", "turboea")):
        pytest.importorskip("python_calamine")
    shutil.copytree(ROOT / "examples" / example, home / example)
    (home / example / ".bizalign.yaml").unlink()
    code, _, err = call("init")
    assert (code, err) == (0, "")
    said = yaml.safe_load((home / ".bizalign.yaml").read_text())["sources"]
    assert [f"{one['read']} as {one['as']}" for one in said] == found
    assert "[" in call("check", "--quiet", "--profile", "standard")[1]


PLAIN = {
    "known.csv": "My standards,,\n,,\nTechnology,Ring,Notes\nKafka,Adopt,\nOracle,Hold (2024),\n",
    "named.csv": "Things in use,Area,Decision\nKafka,Data,Baseline\nOracle,Data,Containment\n"
    "DB2,Data,Retirement\n",
    "apps.csv": "System;Status;Business criticality\nShop;In use;Mission critical\n",
    "other.csv": "Name,City\nShop,Bern\n",
}


def test_plain_lists_are_known_by_their_columns_and_words(home: Path, call: Call) -> None:
    for name, text in PLAIN.items():
        (home / name).write_text(text)
    code, out, err = call("init")
    assert (code, err) == (0, "")
    said = yaml.safe_load((home / ".bizalign.yaml").read_text())["sources"]
    assert said == [
        {"read": "apps.csv", "as": "applications"},
        {"read": "known.csv", "as": "technologies"},
        {
            "read": "named.csv",
            "as": "technologies",
            "columns": {"product": "Things in use", "standing": "Decision"},
        },
    ]
    assert "found other.csv, whose columns no mapping knows: Name, City\n" in out
    printed = call("source", "print")[1]
    assert [printed.count(f"standard: {one}\n") for one in ("approved", "contained")] == [2, 2]
    assert "  title: DB2\nspec:\n  standard: prohibited\n" in printed
    assert "criticality: missionCritical\n" in printed


@pytest.mark.skipif(not WORKBOOK.exists(), reason="the real workbook is no part of the project")
def test_a_real_list_of_standards_has_its_findings_with_a_line(home: Path, call: Call) -> None:
    pytest.importorskip("python_calamine")
    shutil.copy(WORKBOOK, home)
    call("init")
    said = yaml.safe_load((home / ".bizalign.yaml").read_text())["sources"]
    columns = {"product": "Products and Technologies", "standing": "Category"}
    assert said == [{"read": WORKBOOK.name, "as": "technologies", "columns": columns}]
    assert "1,294 of 1,294 records became definitions" in call("source", "list")[1]
    code, out, _ = call("check", "--quiet")
    assert code == 1
    assert [line.split(": ")[1] for line in out.splitlines()] == [
        "error[MOD106] Sheet1!I20",
        "error[MOD106] Sheet1!I34",
        "error[MOD106] Sheet1!I36",
    ]


def test_a_table_that_no_mapping_knows_is_asked_about(home: Path, call: Call) -> None:
    (home / "b.csv").write_text("Nr;Thing\nA1;Shop\nA2;Desk\nA3;Till\n")
    (home / "a.csv").write_text("")
    asked = (
        "found a.csv, whose columns no mapping knows\n"
        "found b.csv, whose columns no mapping knows: Nr, Thing\n"
        "say in .bizalign.yaml what the rows of b.csv are, by the line that fits:\n"
        "    sources:\n"
        "      - {read: b.csv, as: applications, columns: {application: Thing}}\n"
        "      - {read: b.csv, as: technologies, columns: {product: Thing}}\n"
        "any other table needs a mapping of your own: docs/sources.md says how\n"
    )
    told = "next: say what the rows are, or write a first model with --example; then bizalign-lint"
    code, out, _ = call("init")
    assert (code, out) == (0, f"{asked}wrote .bizalign.yaml\n{told} check\n")
    assert _files(home) == {"a.csv", "b.csv", ".bizalign.yaml"}
    said = "".join(line[4:] for line in asked.splitlines(True)[3:5])
    with Path(".bizalign.yaml").open("a") as file:
        file.write(said)
    assert "3 of 3 records became definitions" in call("source", "list")[1]


def test_check_says_of_a_table_what_init_says(home: Path, call: Call) -> None:
    (home / "b.csv").write_text("Nr;Thing\nA1;Shop\nA2;Desk\nA3;Till\n")
    asked = "hint: no mapping knows the columns of b.csv; bizalign-lint init shows what to write"
    for _ in range(2):
        code, _, err = call("check")
        assert code == 3
        assert f"{asked} for it\n" in err
        call("init")
    (home / "c.csv").write_text("Nr\n1\n")
    (home / "values.yaml").write_text("replicas: 2\n")
    code, _, err = call("check")
    assert code == 3
    assert "1 YAML file" in err and "columns of b.csv, c.csv; bizalign-lint init" in err


def test_check_says_of_files_of_other_tools_what_init_does_with_them(
    home: Path, call: Call
) -> None:
    metadata = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a}\n"
    (home / "catalog-info.yaml").write_text(f"{metadata}spec: {{type: service}}\n")
    files = "catalog-info.yaml as backstage\n"
    code, _, err = call("check")
    assert code == 3
    assert f"hint: bizalign-lint init reads the files of other tools as sources: {files}" in err
    (home / ".bizalign.yaml").touch()
    code, _, err = call("check")
    assert code == 3
    assert f"the files of other tools under sources in .bizalign.yaml: {files}" in err
    (home / ".bizalign.yaml").write_text("exclude: [other]\n")
    assert "a definition starts with" in call("check")[2]
    (home / ".bizalign.yaml").unlink()
    call("init")
    assert call("check")[0] in (0, 1)


def test_a_first_model_beside_a_table_is_written_only_if_asked_for(home: Path, call: Call) -> None:
    columns = ", ".join(f"c{number}" for number in range(13))
    for number in range(6):
        (home / f"{number}.csv").write_text(f"{columns}\n{columns}\n")
    out = call("init", "--example")[1]
    assert "found 0.csv, whose columns no mapping knows: c0, c1" in out
    assert "c11 and 1 more\n… and 1 more table\n" in out
    assert "wrote model/applications.yaml\nwrote" in out
    assert out.endswith("next: bizalign-lint check\n")


@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_a_job_installs_what_it_is_asked_to(service: str, home: Path, call: Call) -> None:
    asked = "git+https://git.example.org/x@v1 ; rm -rf: # {x}"
    assert call("init", "--ci", service, "--install", asked)[0] == 0
    path = ".github/workflows/alignment.yml" if service == "github" else ".gitlab-ci.yml"
    job = yaml.safe_load((home / path).read_text())
    if service == "github":
        lines = [step.get("run", "") for step in job["jobs"]["alignment"]["steps"]]
    else:
        lines = job["alignment"]["script"]
    assert f"python -m pip install -q '{asked}'" in lines


def test_a_job_without_what_to_install_is_refused(home: Path, call: Call) -> None:
    code, _, err = call("init", "--ci", "github")
    assert code == 2
    assert "--install" in err
    assert _files(home) == set()


def test_a_hook_runs_what_is_installed(home: Path, call: Call) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    call("init", "--pre-commit")
    (hook,) = yaml.safe_load((home / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert hook["entry"] == "bizalign-lint check --tracked --new"
    subprocess.run(["git", "add", "."], check=True)
    assert call(*hook["entry"].split()[1:], "--quiet")[0] == 1


def test_a_folder_is_made_and_named(home: Path, call: Call) -> None:
    code, out, _ = call("init", "architecture")
    assert code == 0
    assert out.splitlines()[-1] == "next: bizalign-lint check architecture"
    assert call("check", "-q", "architecture")[0] == 1


def test_no_workspace_is_made_in_another(home: Path, call: Call) -> None:
    (home / ".bizalign.yaml").write_text("")
    (home / "below").mkdir()
    code, _, err = call("init", "below")
    assert code == 2
    assert "in the workspace" in err
    assert _files(home) == {".bizalign.yaml"}


def test_a_link_of_the_repository_leads_nowhere(home: Path, call: Call, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    (tmp_path / "elsewhere").mkdir()
    (home / "model").symlink_to(tmp_path / "elsewhere")
    code, _, err = call("init")
    assert code == 2
    assert "symbolic link" in err
    assert not any((tmp_path / "elsewhere").iterdir())
    assert not (home / ".bizalign.yaml").exists()
