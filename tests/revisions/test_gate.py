"""A change does not loosen its own check unseen."""

from __future__ import annotations

import json

import pytest

from bizalign_lint.core.shipped import meta
from bizalign_lint.parsing.documents import read_document
from tests.conftest import Call
from tests.revisions.oddities import PARENT as SOUND
from tests.revisions.repository import CONFIG, Repository

pytestmark = pytest.mark.process

BROKEN = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: a, title: A, description: The ability to do A.}
spec: {level: 2, parent: gone}
"""
GUIDELINE = """\
id: house
title: House rules
order: 90
summary: What we agreed on.
rationale: We agreed on it.
"""
RULE = """\
id: HOU101
guideline: house
severity: error
summary: An application has no description.
rationale: Nobody knows what it is for.
target: Application
path: description
minCount: 1
message: "{title} has no description"
help: Describe it.
"""
SET_UP = {
    ".bizalign.yaml": f"{CONFIG}rules: [lint]\nselect: [MOD, HOU]\nfailOn: warning\n"
    "extends: shared/base.yaml\n",
    "shared/base.yaml": "severity: {MOD119: error}\nignore: [MOD128]\n",
    "lint/guideline.yaml": GUIDELINE,
    "lint/rule.yaml": RULE,
    "sell.yaml": SOUND,
    "part/sell.yaml": SOUND.replace("sell,", "part,"),
}
MAIN = SET_UP[".bizalign.yaml"]


@pytest.fixture
def base(repository: Repository) -> Repository:
    """A repository with a strict set-up, committed."""
    repository.commit(SET_UP)
    return repository


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({".bizalign.yaml": MAIN + "ignore: [MOD109]\n"}, "ignore: MOD109 was added"),
        ({"shared/base.yaml": "ignore: [MOD128, MOD109]\n"}, "ignore: MOD109 was added"),
        ({"shared/base.yaml": "ignore: [MOD128]\n"}, "severity: MOD119 is warning, not error"),
        ({".bizalign.yaml": MAIN + "severity: {MOD109: info}\n"}, "severity: MOD109 is info"),
        (
            {".bizalign.yaml": MAIN + "overrides: [{paths: [a.yaml], ignore: [MOD]}]\n"},
            "overrides: different rules apply in a.yaml",
        ),
        (
            {".bizalign.yaml": MAIN + "overrides: [{paths: [a.yaml], severity: {MOD109: info}}]\n"},
            "overrides: different rules apply in a.yaml",
        ),
        ({".bizalign.yaml": MAIN.replace("MOD, HOU", "MOD101")}, "select is MOD101, not MOD, HOU"),
        ({".bizalign.yaml": MAIN.replace("warning", "never")}, "failOn is never, not warning"),
        ({".bizalign.yaml": MAIN.replace("2026-06-30", "2020-01-01")}, "asOf is 2020-01-01"),
        ({".bizalign.yaml": MAIN + "exclude: [a.yaml]\n"}, "exclude: a.yaml was added"),
        ({".bizalign.yaml": MAIN + "include: [sell.yaml]\n"}, "include is sell.yaml"),
        ({"lint/rule.yaml": RULE.replace("error", "info")}, "rules: lint/rule.yaml has changed"),
        ({".bizalign.yaml": ""}, "rules: lint/rule.yaml was removed"),
        ({"part/.bizalign.yaml": ""}, "part/.bizalign.yaml is new"),
        (
            {".bizalign.yaml": MAIN + "params: {OUT111: {most: 99}}\n"},
            "params: most of OUT111 is 99",
        ),
    ],
)
def test_a_loosening_is_named(
    base: Repository, call: Call, files: dict[str, str], named: str
) -> None:
    base.write({"a.yaml": BROKEN, **files})
    code, out, err = call("check", "--since", "HEAD")
    assert code in (0, 1), err
    assert named in err
    shown = call("check", "--since", "HEAD", "--format", "json")[1]
    assert any(named in line for line in json.loads(shown)["since"]["loosened"])
    assert "loosens its own check" in call("check", "--since", "HEAD", "--format", "markdown")[1]
    assert "::warning title=" in call("check", "--since", "HEAD", "--format", "github")[1]
    assert out


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("exclude: ['*.bak', '!a.bak']", "exclude: ['*.bak']", "exclude: !a.bak was removed"),
        (
            "sources: [{read: a.json, as: backstage}]",
            "sources: [{read: a.json, as: leanix}]",
            "sources: a.json is read differently, or not at all",
        ),
        (
            "sources: [{read: [a.json, b.json], as: backstage}]",
            "",
            "sources: a.json, b.json is read differently, or not at all",
        ),
    ],
)
def test_what_is_read_no_longer_is_named(
    base: Repository, call: Call, before: str, after: str, named: str
) -> None:
    base.commit({".bizalign.yaml": f"{MAIN}{before}\n"})
    base.write({"a.yaml": BROKEN, ".bizalign.yaml": f"{MAIN}{after}\n"})
    assert named in call("check", "--since", "HEAD")[2]


@pytest.mark.parametrize("sources", ["[x]", "[{read: a.json, mapping: 3}]", "[{}]", "{}", "3"])
def test_a_wrong_configuration_of_the_base_is_refused_with_its_place(
    base: Repository, call: Call, sources: str
) -> None:
    base.commit({".bizalign.yaml": f"{MAIN}sources: {sources}\n"})
    code, _, err = call("check", "--since", "HEAD", "--config-from-base")
    assert code == 2
    assert ".bizalign.yaml:6:" in err


@pytest.mark.parametrize(
    "files",
    [
        {},
        {".bizalign.yaml": MAIN.replace("failOn: warning", "failOn: info")},
        {".bizalign.yaml": MAIN + "severity: {MOD120: error}\n"},
        {"shared/base.yaml": "severity: {MOD119: error}\n"},
        {"lint/other.yaml": RULE.replace("HOU101", "HOU102")},
    ],
)
def test_what_is_as_strict_or_stricter_is_not_named(
    base: Repository, call: Call, files: dict[str, str]
) -> None:
    base.write({"a.yaml": BROKEN, **files})
    assert "loosens" not in call("check", "--since", "HEAD")[2]


def test_a_baseline_that_grows_is_named(base: Repository, call: Call) -> None:
    base.write({"a.yaml": BROKEN})
    call("baseline", "write")
    code, _, err = call("check", "--since", "HEAD")
    assert code == 0
    assert "the baseline has 2 more findings (MOD109, MOD118)" in err


@pytest.mark.parametrize(
    "files",
    [
        {".bizalign.yaml": MAIN + "ignore: [MOD]\n"},
        {".bizalign.yaml": MAIN.replace("warning", "never")},
        {".bizalign.yaml": MAIN + "exclude: [a.yaml]\n"},
        {"shared/base.yaml": "ignore: [MOD]\n"},
        {".bizalign.yaml": "extends: [\n"},
    ],
)
def test_the_set_up_of_the_base_lets_nothing_more_pass(
    base: Repository, call: Call, files: dict[str, str]
) -> None:
    base.write({"a.yaml": BROKEN, **files})
    code, out, err = call("check", "--since", "HEAD", "--config-from-base", "-q")
    assert code == 1, err
    assert "MOD109" in out


def test_the_base_s_own_rules_judge(base: Repository, call: Call) -> None:
    application = BROKEN.replace("Capability", "Application").replace(", parent: gone", "")
    application = application.replace(", description: The ability to do A.", "")
    base.write(
        {
            "a.yaml": application.replace("level: 2", ""),
            "lint/rule.yaml": RULE.replace("1\n", "0\n"),
        }
    )
    assert "HOU101" in call("check", "--since", "HEAD", "--config-from-base", "-q")[1]


def test_a_baseline_of_the_change_does_not_count(base: Repository, call: Call) -> None:
    base.write({"a.yaml": BROKEN})
    call("baseline", "write")
    assert call("check", "--since", "HEAD", "--config-from-base")[0] == 1


@pytest.mark.parametrize("place", ["part", "."])
def test_a_new_workspace_is_refused(base: Repository, call: Call, place: str) -> None:
    base.write({"part/.bizalign.yaml": "", "part/a.yaml": BROKEN})
    code, _, err = call("check", "--since", "HEAD", "--config-from-base", place)
    assert code == 2
    assert ".bizalign.yaml" in err


def test_it_needs_a_base(base: Repository, call: Call) -> None:
    assert call("check", "--config-from-base")[0] == 2


def test_the_search_for_a_configuration_ends_at_the_top(repository: Repository, call: Call) -> None:
    (repository.folder.parent / ".bizalign.yaml").write_text("ignore: [MOD]\n")
    (repository.folder / ".bizalign.yaml").unlink()
    repository.commit({"a.yaml": BROKEN})
    assert call("check")[0] == 1


def test_every_key_of_a_configuration_is_held_against_the_base() -> None:
    """A new key has to be looked at in ``workspace/loosened.py``, and then to be named here."""
    known = {"extends", "profile", "include", "exclude", "schemas", "rules", "select", "ignore"}
    known |= {"severity", "params", "coverage", "failOn", "asOf", "overrides", "language"}
    known |= {"currency", "languages", "unmeasured", "absent", "sources", "extendSelect"}
    known |= {"preview", "packs"}  # what a pack holds is compared as one's own files are
    known |= {"requiredVersion"}  # whatever it is, this version is not too old
    assert set(read_document(meta("config")).value["properties"]) == known
