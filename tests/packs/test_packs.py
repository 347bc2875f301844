"""Packs as folders of a repository: what they add, and what is told of one that is wrong."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bizalign_lint.core.errors import UsageError
from bizalign_lint.lsp.setup import concerns, read_setup
from bizalign_lint.lsp.setup_files import role
from bizalign_lint.packs.fetch import check_address
from bizalign_lint.workspace.config import load
from tests.conftest import Call

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples" / "pack"
PARTS = ("pack.yaml", "schemas", "rules", "mappings", "profiles")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that has the example as a folder."""
    shutil.copytree(EXAMPLE / "example", tmp_path / "ws")
    pack = tmp_path / "ws" / "packs" / "resilience"
    pack.mkdir(parents=True)
    for name in PARTS:
        copy = shutil.copytree if (EXAMPLE / name).is_dir() else shutil.copy
        copy(EXAMPLE / name, pack / name)
    monkeypatch.chdir(tmp_path / "ws")
    configure(tmp_path / "ws")
    return tmp_path / "ws"


def configure(root: Path, more: str = "profile: resilience/regulated\n") -> None:
    text = "asOf: 2026-06-30\npacks: [packs/resilience]\n"
    sources = "sources: [{read: plans.csv, as: resilience/plans}]\n"
    (root / ".bizalign.yaml").write_text(text + more + sources, encoding="utf-8")


def quiet(call: Call) -> list[str]:
    code, out, err = call("check", "--quiet")
    assert (code, err) == (1, "")
    return out.splitlines()


def test_the_guide_shows_what_is_printed(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (EXAMPLE / "README.md").read_text("utf-8")
    shown = re.findall(r"```console\n\$ bizalign-lint ([^\n]*)\n(.*?)```", page, re.S)
    assert len(shown) == 2
    for command, output in shown:
        assert call(*command.split())[1] == output


def test_its_rules_mapping_profile_and_kind_are_in_force(workspace: Path, call: Call) -> None:
    found = quiet(call)
    assert [line.split()[1] for line in found] == ["error[RES101]", "error[RES102]"]
    configure(workspace, "")
    assert [line.split()[1] for line in quiet(call)] == ["error[RES101]"]  # the other is a preview
    assert "RecoveryPlan" in call("kind", "list")[1]
    assert "RES102" in call("rule", "list", "resilience")[1]
    assert call("rule", "test", "--own")[1] == "2 rules: 7 passed, 0 failed\n"
    assert call("pack", "list")[1] == (
        "resilience 1.0.0  Operational resilience (1 schema, 3 rule files, 1 mapping, 1 profile)\n"
        "  packs/resilience, this repository's own\n"
    )
    assert "packs/resilience" in call("config", "show")[1]


def test_its_files_are_no_part_of_the_model(workspace: Path, call: Call) -> None:
    stray = workspace / "packs" / "resilience" / "model.yaml"
    stray.write_text("apiVersion: bizalign/v1\nkind: Nothing\n", encoding="utf-8")
    assert len(quiet(call)) == 2


def test_the_editor_knows_it(workspace: Path) -> None:
    setup = read_setup(str(workspace))
    assert {"RES101", "RES102"} <= setup.loaded.rules.rules.keys()
    assert "RecoveryPlan" in setup.loaded.ontology.kinds
    config = load(str(workspace))
    pack = "packs/resilience"
    asked = {
        f"{pack}/rules/resilience/recovery-plan-not-tried.yaml": "rule",
        f"{pack}/schemas/RecoveryPlan.schema.yaml": "kind",
        f"{pack}/mappings/plans.yaml": "mapping",
        f"{pack}/pack.yaml": "pack",
        f"{pack}/rules/resilience/recovery-plan-not-tried.test.yaml": None,
        f"{pack}/README.md": None,
        "model/applications.yaml": None,
    }
    assert {path: role(path, config) for path in asked} == asked
    assert concerns(f"{pack}/profiles/regulated.yaml", setup.own)


@pytest.mark.process
def test_an_open_editor_shows_what_a_pack_finds_and_what_is_wrong_with_it(workspace: Path) -> None:
    pytest.importorskip("pygls", reason="the language server is an extra")
    from tests.lsp.wire import Wire

    model = workspace / "model" / "applications.yaml"
    pack = workspace / "packs" / "resilience" / "pack.yaml"
    rule = pack.parent / "rules" / "resilience" / "recovery-plan-not-tried.yaml"
    wire = Wire()
    try:
        wire.begin(workspace)
        wire.open(model, model.read_text("utf-8"))
        wire.wait(lambda: "RES101" in str(wire.told.get(model.as_uri())))
        wire.open(pack, "name: resilience\ntitel: x\n")
        wire.wait(lambda: "titel" in str(wire.told.get(pack.as_uri())))
        wire.open(rule, "id: RES102\nseverty: error\n")
        wire.wait(lambda: "severty" in str(wire.told.get(rule.as_uri())))
    finally:
        wire.kill()


WRONG = [
    ("packs: [packs/gone]\n", {}, ".bizalign.yaml:1:9: no such folder: packs/gone"),
    ("packs: [model/]\n", {}, ".bizalign.yaml:1:9: model is not a pack: it has no pack.yaml"),
    ("packs: [./]\n", {}, ".bizalign.yaml:1:9: the pack is the workspace itself"),
    ("packs: [../..]\n", {}, ".bizalign.yaml:1:9: ../.. cannot be read: it is outside"),
    ("packs: [reslience]\n", {}, ".bizalign.yaml:1:9: no pack reslience is installed"),
    ("packs: {a: b}\n", {}, ".bizalign.yaml:1:8: packs must be a list"),
    (
        "packs: [packs/resilience, packs/resilience/]\n",
        {},
        ".bizalign.yaml:1:27: two packs are called resilience",
    ),
    ("packs: [packs/resilience]\nprofile: resilience/x\n", {}, ".bizalign.yaml:2:10: unknown pro"),
    (
        "packs: [packs/resilience]\nsources: [{read: x.csv, as: resilience/plan}]\n",
        {},
        ".bizalign.yaml:2:11: unknown mapping resilience/plan",
    ),
    (
        None,
        {"pack.yaml": "name: resilience\ntitle: R\nversion: '1'\nrun: x.py\n"},
        "packs/resilience/pack.yaml:4:1: unknown key run",
    ),
    (
        None,
        {"pack.yaml": "name: R/../x\ntitle: R\nversion: '1'\n"},
        "packs/resilience/pack.yaml:1:7: name: “R/../x” is not a valid name",
    ),
    (
        None,
        {"pack.yaml": "name: r\ntitle: R\nversion: '1'\nrequiredVersion: '99'\n"},
        "packs/resilience/pack.yaml:4:18: this is bizalign-lint ",
    ),
    (None, {"pack.yaml": "[" * 500}, "packs/resilience/pack.yaml:1:101: "),
    (
        "packs: [packs/resilience]\nprofile: resilience/regulated\n",
        {"profiles/regulated.yaml": "exclude: ['*']\n"},
        "packs/resilience/profiles/regulated.yaml:1:1: unknown key exclude",
    ),
    (
        None,
        {"rules/resilience/again.yaml": "id: BAS101\n"},
        "packs/resilience/rules/resilience/again.yaml:1:1: ",
    ),
    (
        None,
        {"pack.lock.json": '{"address": "x"}'},
        "packs/resilience/pack.lock.json:1:1: ",
    ),
    (
        None,
        {
            "pack.lock.json": '{"address": "file:///x", "revision": "main", "folder": "", '
            f'"commit": "{"a" * 40}", "files": {{"../../model/applications.yaml": "{"b" * 64}"}}}}'
        },
        ".bizalign.yaml:1:9: packs/resilience differs from what was fetched: ../../model/applica",
    ),
]


@pytest.mark.parametrize(("text", "files", "told"), WRONG)
def test_what_is_wrong_is_told_with_its_place(
    text: str | None, files: dict[str, str], told: str, workspace: Path, call: Call
) -> None:
    said = text or "packs: [packs/resilience]\n"
    (workspace / ".bizalign.yaml").write_text(said, encoding="utf-8")
    for name, content in files.items():
        (workspace / "packs" / "resilience" / name).write_text(content, encoding="utf-8")
    code, out, err = call("check")
    assert (code, out) == (2, "")
    place, _, message = told.partition(": ")
    assert err.startswith(f"{place}: error: {message}"), err


@pytest.mark.parametrize("name", ["rules", "rules/resilience/secret.yaml", "pack.yaml"])
def test_nothing_is_read_through_a_link(name: str, workspace: Path, call: Call) -> None:
    secret = workspace / "secret.yaml"
    secret.write_text("password: hunter2\n", encoding="utf-8")
    (workspace / "elsewhere").mkdir()
    link = workspace / "packs" / "resilience" / name
    if link.is_dir():
        shutil.rmtree(link)
        link.symlink_to(workspace / "elsewhere")
    else:
        link.unlink(missing_ok=True)
        link.symlink_to(secret)
    code, _, err = call("check")
    assert code == 2
    assert err.startswith(".bizalign.yaml:2:9: error: packs/resilience")
    assert "hunter2" not in err


def test_a_pack_is_begun_and_passes(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("pack", "new", "house-rules", "--prefix", "HSE", "--target", "Capability")[0] == 0
    assert call("pack", "test", "house-rules") == (
        0,
        "house-rules 0.1.0 (0 schemas, 1 rule, 0 mappings, 1 profile): 4 passed, 0 failed\n",
        "",
    )
    assert call("pack", "new", "house-rules", "--prefix", "HSE", "--target", "Capability")[0] == 2
    assert call("pack", "new", "House", "--prefix", "HSE", "--target", "Capability")[0] == 2
    assert call("pack", "new", "other", "--prefix", "H1", "--target", "Capability")[0] == 2
    assert call("pack", "new", "other", "--prefix", "HSE", "--target", "Capabilty")[0] == 2
    case = next((tmp_path / "house-rules").rglob("*.test.yaml"))
    case.write_text(case.read_text("utf-8").replace("# <- HSE101", ""), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "house-rules")
    code, out, _ = call("pack", "test")
    assert code == 1
    assert out.startswith("noisy HSE101 house-rules-not-described: none at all\n")


def test_what_has_no_cases_fails(workspace: Path, call: Call) -> None:
    (workspace / "packs" / "resilience" / "mappings" / "plans.test.yaml").unlink()
    code, out, _ = call("pack", "test")
    assert code == 1
    assert out.splitlines()[0] == (
        "packs/resilience/mappings/plans.yaml: has no cases; add a file that ends in .test.yaml"
    )


def test_a_folder_that_is_no_pack_is_named(workspace: Path, call: Call) -> None:
    for folder, named in (("/", "/"), ("packs/", "packs")):
        code, _, err = call("pack", "test", folder)
        assert code == 2
        assert f"error: {named} is not a pack: it has no pack.yaml" in err


def test_a_profile_names_what_there_is(workspace: Path, call: Call) -> None:
    profile = workspace / "packs" / "resilience" / "profiles" / "regulated.yaml"
    profile.write_text("severity: {RES1O2: error}\n", encoding="utf-8")
    code, _, err = call("pack", "test", "packs/resilience")
    assert code == 2
    assert err.startswith(
        "packs/resilience/profiles/regulated.yaml:1:12: error: unknown rule RES1O2"
    )


@pytest.mark.parametrize(
    ("address", "revision", "folder"),
    [
        ("https://git.example.org/x.git", "main", ""),
        ("ssh://me@git.example.org:22/x", "v1.0", "house"),
        ("git@git.example.org:x/y.git", "release/1.0", "packs/house"),
        ("file:///srv/x", "0123abc", "a_b/c.d-e"),
    ],
)
def test_a_pack_can_be_fetched_from_there(address: str, revision: str, folder: str) -> None:
    check_address(address, revision, folder)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        *(
            ({"address": address}, f"packs cannot be fetched from {shown}")
            for address, shown in (
                ("ext::sh -c touch% /tmp/x", "ext::sh"),
                ("http://git.example.org/x", "http://git.example.org/x"),
                ("git://git.example.org/x", "git://git.example.org/x"),
                ("https://me:token@git.example.org/x", "https://…@git.example.org/x"),
            )
        ),
        *(
            ({"revision": revision}, f"{revision!r} is not a branch, tag or commit")
            for revision in ("--all", "main:refs/heads/x", "+main", "a..b", "", "a b")
        ),
        *(
            ({"folder": folder}, f"{folder!r} is not a folder of a repository")
            for folder in ("../x", "/x", "x/", "a//b", "-x")
        ),
    ],
)
def test_what_is_not_safe_to_pass_to_git_is_refused(changed: dict[str, str], told: str) -> None:
    safe = {"address": "https://git.example.org/x.git", "revision": "main", "folder": "packs/x"}
    with pytest.raises(UsageError, match=re.escape(told)):
        check_address(**{**safe, **changed})
