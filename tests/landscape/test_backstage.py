"""A Backstage catalog as part of the model: what it becomes, and where findings are told."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Call
from tests.expected import Golden

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples" / "backstage"

TEAM = """\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: Shop_Team
  title: Shop team
spec:
  type: team
  children: []
"""
SHOP = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  title: Web shop
spec:
  type: service
  lifecycle: production
  owner: group:default/shop_team
"""
CONFIG = """\
asOf: 2026-06-30
sources:
  - read: catalog-info.yaml
    as: backstage
"""

Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes files of a workspace, in which the test then stands."""
    monkeypatch.chdir(tmp_path)

    def writing(catalog: str | bytes, config: str = CONFIG, **files: str) -> None:
        content = catalog if isinstance(catalog, bytes) else catalog.encode()
        Path("catalog-info.yaml").write_bytes(content)
        Path(".bizalign.yaml").write_text(textwrap.dedent(config), "utf-8")
        for name, text in files.items():
            Path(f"{name}.yaml").write_text(textwrap.dedent(text), "utf-8")

    return writing


def told(call: Call, *arguments: str) -> list[str]:
    """The findings of the rules about integrity, one a line."""
    _, out, err = call("check", "--select", "model", "--format", "concise", *arguments)
    assert err == ""
    return out.splitlines()


@pytest.mark.parametrize("command", ["check --format concise", "source list", "source print"])
def test_the_example_gives_what_it_says(
    command: str, call: Call, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLE)
    _, out, err = call(*command.split())
    assert err == ""
    name = command.replace(" ", "-").replace("check---format-concise", "check")
    golden(EXAMPLE / f"expected.{name}.txt", out)


def test_a_sound_catalog_has_no_findings(write: Write, call: Call) -> None:
    write(f"{TEAM}---\n{SHOP}")
    assert told(call) == []


def test_a_reference_that_leads_nowhere_is_reported_where_it_is_written(
    write: Write, call: Call
) -> None:
    write(f"{TEAM}---\n{SHOP.replace('shop_team', 'shop-taem')}")
    (found,) = told(call)
    assert found == (
        "catalog-info.yaml:18:10: error[MOD109] no OrganizationUnit or Person is named shop-taem; "
        "did you mean shop-team?"
    )


def test_no_fix_is_offered_in_a_file_of_another_tool(write: Write, call: Call) -> None:
    catalog = f"{TEAM}---\n{SHOP.replace('shop_team', 'shop-taem')}"
    write(catalog)
    call("check", "--fix", "--unsafe-fixes")
    assert Path("catalog-info.yaml").read_text("utf-8") == catalog
    call("check", "--add-ignore", "it will come")
    assert Path("catalog-info.yaml").read_text("utf-8") == catalog


def test_what_is_not_there_is_no_mistake_where_a_kind_is_open(write: Write, call: Call) -> None:
    write(SHOP, config=f"{CONFIG}    open: [OrganizationUnit]\n")
    assert told(call) == []


def test_a_single_name_can_be_open(write: Write, call: Call) -> None:
    for name, found in (("shop_team", 1), ("shop-team", 0)):
        write(SHOP, config=f"{CONFIG}    open: ['OrganizationUnit:{name}']\n")
        assert len(told(call)) == found


def test_a_comment_accepts_a_finding(write: Write, call: Call) -> None:
    said = "owner: group:nobody  # bizalign: ignore[MOD109] -- it comes with the merger"
    write(SHOP.replace("owner: group:default/shop_team", said))
    assert told(call) == []


def test_a_word_that_the_mapping_does_not_know_is_reported(write: Write, call: Call) -> None:
    write(f"{TEAM}---\n{SHOP.replace('production', 'Productive')}")
    (found,) = told(call)
    assert found == (
        "catalog-info.yaml:17:14: error[MOD106] the mapping does not map phase “Productive”; "
        "it maps experimental, production, deprecated"
    )


def test_our_definitions_name_the_records_of_the_catalog_either_way(
    write: Write, call: Call
) -> None:
    ours = """\
        apiVersion: bizalign/v1
        kind: Initiative
        metadata: {name: renew, title: Renew, owner: "group:default/shop_team"}
        spec:
          changes: [{application: shop}, {application: "component:default/shop"}]
        """
    write(f"{TEAM}---\n{SHOP}", ours=ours.replace('"group:default/shop_team"', "shop-team"))
    assert told(call) == []
    write(f"{TEAM}---\n{SHOP}", ours=ours.replace("default/shop_team", "default/shop-team"))
    assert len(told(call)) == 1  # The alias is as Backstage writes it.


def test_names_that_differ_only_in_form_are_reported(write: Write, call: Call) -> None:
    write("---\n".join((TEAM, TEAM.replace("Shop_Team", "shop-team").replace("Shop t", "T"))))
    (found,) = told(call)
    assert found == (
        "catalog-info.yaml:13:9: error[MOD108] OrganizationUnit:default/shop-team is defined a "
        "second time"
    )


def test_libraries_are_left_out_and_counted(write: Write, call: Call) -> None:
    write(f"{TEAM}---\n{SHOP.replace('service', 'library')}")
    _, out, _ = call("source", "list")
    assert "  1 of 2 records became definitions\n" in out
    assert "  1 was left out\n         1  component: libraries, documentation" in out


def test_keys_that_are_almost_one_that_is_read_are_named(write: Write, call: Call) -> None:
    shop = SHOP.replace("lifecycle", "lifecylce").replace("  owner", "  Owner")
    team = TEAM.replace("children: []", "profile: {displayname: Shop}").replace("title", "tittle")
    write(f"{shop}---\n{shop}---\n{team}")
    _, out, _ = call("source", "list")
    assert (
        "  4 keys not read: metadata.tittle (did you mean metadata.title?), "
        "spec.Owner (did you mean spec.owner?), "
        "spec.lifecylce (did you mean spec.lifecycle?), "
        "spec.profile.displayname (did you mean spec.profile.displayName?)\n"
    ) in out
    write(f"{shop}  owner: a\n  lifecycle: production\n")
    assert "not read" not in call("source", "list")[1]


METADATA = "name namespace title description labels annotations tags links uid etag generation"
SPEC = (
    "type lifecycle owner system subcomponentOf providesApis consumesApis dependsOn dependencyOf "
    "definition domain subdomainOf profile parent children members memberOf target targets "
    "presence parameters steps output implementsApis hasPart partOf apiProvidedBy"
)
"""Keys of entities, by the catalog-model and its forerunners."""


@pytest.mark.parametrize(
    "kind", ["Component", "System", "Domain", "API", "Resource", "Group", "User"]
)
def test_keys_of_the_catalog_are_not_taken_for_others(kind: str, write: Write, call: Call) -> None:
    entities = [
        f"apiVersion: backstage.io/v1alpha1\nkind: {kind}\n"
        f"metadata: {{name: n{number}, {also}: x}}\nspec: {{{key}: x}}\nrelations: []\n"
        for number, (also, key) in enumerate(
            [*((one, "x") for one in METADATA.split() if one != "name")]
            + [("x", one) for one in SPEC.split()]
        )
    ]
    write("---\n".join(entities))
    out = call("source", "list")[1]
    assert "records became definitions" in out
    assert "not read" not in out


@pytest.mark.parametrize(
    ("catalog", "found"),
    [
        (
            SHOP.replace("  name: shop\n", ""),
            "be read: this Component has no metadata.name",
        ),
        (SHOP.replace("kind: Component\n", ""), "be read: this entity has no kind"),
        (f"{SHOP}  broken: [\n", "catalog-info.yaml:10:11: error[MOD101]"),
        (f"{SHOP}  type: job\n", "be read: type appears twice"),
        (SHOP.encode() + b"\xff\xfe", "catalog-info.yaml:10:1: error[MOD101]"),
        (SHOP.replace("production", "[production"), "error[MOD101]"),
        (SHOP.replace("type: service", "type: {a: b}"), "error"),
        (SHOP.replace("owner: group:default/shop_team", "owner: [a, {b: c}]"), "error"),
        ("apiVersion: backstage.io/v1alpha1\n- x\n", "error[MOD101]"),
    ],
)
def test_bad_input_is_reported_with_its_place(
    catalog: str | bytes, found: str, write: Write, call: Call
) -> None:
    write(catalog)
    code, out, err = call("check", "--format", "concise")
    assert (code, err) == (1, "")
    assert found in out


def test_words_that_yaml_1_1_reads_otherwise_are_no_mistakes(write: Write, call: Call) -> None:
    annotations = "  annotations: {a: yes, b: on, c: 012, d: [1,000, 2], off: x}\n"
    write(f"{TEAM}---\n{SHOP.replace('spec:', f'{annotations}spec:')}")
    assert not any("MOD101" in line for line in told(call))


@pytest.mark.parametrize(
    "catalog", ["", "kind: Component\n", "- 1\n", "apiVersion: v1\nkind: Pod\n"]
)
def test_what_is_no_catalog_is_left_alone(catalog: str, write: Write, call: Call) -> None:
    ours = "apiVersion: bizalign/v1\nkind: Person\nmetadata: {name: a, owner: Person:a}\nspec: {}\n"
    write(catalog, ours=ours)
    assert told(call) == []


def test_our_own_documents_in_the_same_file_are_read(write: Write, call: Call) -> None:
    ours = (
        "apiVersion: bizalign/v1\nkind: Person\nmetadata:\n  name: x\n  titel: X\n"
        "  owner: Person:x\nspec: {}\n"
    )
    write(f"{TEAM}---\n{SHOP}---\n{ours}")
    assert [line.split(" ")[0] for line in told(call)] == ["catalog-info.yaml:24:3:"]


def test_the_example_is_small() -> None:
    files = [path for path in EXAMPLE.rglob("*.yaml") if path.is_file()]
    assert sum(len(path.read_text("utf-8").splitlines()) for path in files) < 150


def test_real_catalog(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ROOT.parent / "shared/data/models/giantswarm"
    if not real.is_dir():
        pytest.skip("the real catalog is not here")
    for path in real.glob("*.yaml"):
        shutil.copyfile(path, tmp_path / path.name)
    (tmp_path / ".bizalign.yaml").write_text("sources: [{read: '*.yaml', as: backstage}]\n")
    monkeypatch.chdir(tmp_path)
    assert "  105 of 105 records became definitions\n" in call("source", "list")[1]
    rules = [line.split("[")[1][:6] for line in told(call)]
    assert {rule: rules.count(rule) for rule in sorted(set(rules))} == {"MOD108": 9, "MOD109": 4}
