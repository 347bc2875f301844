"""The pages that are made of rules and schemas, and the links of all pages."""

from __future__ import annotations

import copy
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bizalign_lint.cli.edge import run
from bizalign_lint.core import shipped as resources
from bizalign_lint.core.durations import in_words
from bizalign_lint.core.types import Source
from bizalign_lint.docs import diagram, links, markdown, outline
from bizalign_lint.docs.clauses import bullets
from bizalign_lint.docs.kind_page import computed
from bizalign_lint.docs.pages import MARK
from bizalign_lint.docs.properties_read import Read, properties_read
from bizalign_lint.docs.rule_condition import evidence
from bizalign_lint.docs.types import elsewhere
from bizalign_lint.docs.words import Words
from bizalign_lint.engine.load import Loaded, load
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.parsing.yaml.write import document
from bizalign_lint.rules.language import paths
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.schema.messages import objections

from .workspace import shipped

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
NO_LINKS = links.Links(links.RULES, frozenset(), {}, guides=False)


# The pages in the repository


def test_pages_say_what_rules_and_schemas_say(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = run(["docs", "--check"])
    assert code == 0, capsys.readouterr().out


@pytest.mark.process
@pytest.mark.sampled(0, 1)
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_pages_do_not_depend_on_the_order_of_sets(seed: str) -> None:
    """Seed 1 once gave two alike rules another order: their likeness was summed in another one."""
    result = subprocess.run(
        [sys.executable, "-m", "bizalign_lint", "docs", "--check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_there_is_a_page_for_every_rule_and_kind() -> None:
    loaded = shipped()
    assert {path.stem for path in (DOCS / "rules").glob("*.md")} == {"README", *loaded.rules.rules}
    kinds = {path.stem for path in (DOCS / "ontology").glob("*.md")}
    assert kinds == {"README", "vocabularies", *loaded.ontology.kinds}


PLAIN = [id_ for id_, rule in sorted(shipped().rules.rules.items()) if not rule.transition]
SAMPLE = [*PLAIN[::12], "MOD116"]


@pytest.mark.parametrize("rule", SAMPLE)
def test_a_reader_gets_the_output_that_is_shown(
    rule: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = (DOCS / "rules" / f"{rule}.md").read_text("utf-8")
    found = re.search(r"```yaml\n([^`]*?)```\n\n```console\n\$ bizalign-lint (.*)\n", page)
    assert found is not None
    output = page[found.end() :].partition("\n```\n")[0] + "\n"
    (tmp_path / "model.yaml").write_text(found[1], "utf-8")
    lock = re.search(r"`lifecycles.lock.json`:\n\n```json\n(.*?)```\n", page, re.DOTALL)
    if lock is not None:
        (tmp_path / "lifecycles.lock.json").write_text(lock[1], "utf-8")
    monkeypatch.chdir(tmp_path)
    run(shlex.split(found[2]))
    assert capsys.readouterr().out == output


def test_nothing_of_the_marks_is_shown() -> None:
    for path in (DOCS / "rules").glob("*.md"):
        assert "# <-" not in path.read_text("utf-8"), path


# Links


PAGES = [
    *ROOT.glob("*.md"),
    *DOCS.rglob("*.md"),
    *(ROOT / "examples").rglob("*.md"),
]


@cache
def anchors(page: Path) -> frozenset[str]:
    """What can be linked to within a page, as GitHub names it."""
    found: dict[str, int] = {}
    names = []
    for line in outside_fences(page):
        if heading := re.match(r"#+ (.*)", line):
            text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).replace("`", "")
            name = markdown.slug(text)
            names.append(f"{name}-{found[name]}" if name in found else name)
            found[name] = found.get(name, 0) + 1
    return frozenset(names)


def outside_fences(page: Path) -> Iterator[str]:
    fence = ""
    for line in page.read_text("utf-8").splitlines():
        mark = re.match(r"`{3,}", line)
        if mark and not fence:
            fence = mark[0]
        elif mark and mark[0].startswith(fence) and line.strip("`") == "":
            fence = ""
        elif not fence:
            yield line


def test_links_lead_to_a_file_and_a_heading() -> None:
    assert len(PAGES) > 200
    wrong = []
    for page in PAGES:
        for line in outside_fences(page):
            for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`(?!\])", "", line)):
                if "://" not in target and not target.startswith("mailto:"):
                    why = objection(page, *target.partition("#")[::2])
                    wrong += [f"{page.relative_to(ROOT)}: {target} {why}"] if why else []
    assert wrong == []


def objection(page: Path, file: str, anchor: str) -> str:
    """What is wrong with a link of a page."""
    there = _resolved(page.parent, file) if file else page
    if there is None:
        return "is no file"
    if not there.is_relative_to(ROOT):
        return "leads out of the repository"
    return "is no heading" if anchor and anchor not in anchors(there) else ""


@cache
def _resolved(folder: Path, file: str) -> Path | None:
    there = (folder / file).resolve()
    return there if there.exists() else None


def test_the_map_shows_every_page() -> None:
    map_ = (DOCS / "README.md").read_text("utf-8")
    for page in DOCS.glob("*.md"):
        assert page.name == "README.md" or f"]({page.name}" in map_, (
            f"{page.name} is not on the map"
        )


def test_rules_that_pages_mention_are_there() -> None:
    known = shipped().rules.rules
    prefixes = {id_[:3] for id_ in known}
    for page in (*ROOT.glob("*.md"), *DOCS.glob("*.md")):
        for id_ in re.findall(r"\b[A-Z]{3}[0-9]{3}\b", page.read_text("utf-8")):
            there = id_ in known or id_[:3] not in prefixes or id_.endswith("99")
            assert there, f"{page.name}: {id_}"


def test_the_example_of_a_configuration_is_one() -> None:
    """Each key is there once, and everything is as the schema wants it."""
    page = (DOCS / "configuration.md").read_text("utf-8")
    text = page.partition("```yaml\n")[2].partition("```\n")[0]
    example = read_document(Source(".bizalign.yaml", text.encode()))
    assert list(objections(read_document(resources.meta("config")).value, example)) == []
    keys = re.findall(r"^(\w+):", text, re.MULTILINE)
    described = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert sorted(keys) == sorted({*keys}) == sorted(described)


# What the ontology says of itself


OUTLINE = outline.read(read_document(resources.perspectives()).value)


def test_every_perspective_is_reported() -> None:
    meta = read_document(resources.meta("kind")).value
    known = meta["properties"]["x-kind"]["properties"]["perspective"]["enum"]
    assert list(OUTLINE.perspectives) == known


def _objections(outline_: Any) -> str:
    """What the schema of the outline says of a value."""
    form = read_document(resources.meta("perspectives")).value
    Draft202012Validator.check_schema(form)
    return " ".join(error.message for error in Draft202012Validator(form).iter_errors(outline_))


def test_the_outline_is_as_its_schema_has_it() -> None:
    assert _objections(read_document(resources.perspectives()).value) == ""


@pytest.mark.parametrize(
    ("path", "key", "value", "said"),
    [
        ((), "spines", [], "'spines' was unexpected"),
        (("perspectives", "business"), "sides", "business", "'sides' was unexpected"),
        (("perspectives", "business"), "side", "technology", "'technology' is not one of"),
        (("perspectives",), "Legal", {"title": "T", "description": "D"}, "'Legal' does not match"),
        (("perspectives", "change"), "title", "", "'' should be non-empty"),
        (("perspectives",), "legal", {"title": "T"}, "'description' is a required property"),
        (("spine",), 0, ["Decision", "drivers"], "is too short"),
        (("spine",), 0, ["Decision", "drivers", "Disruption", "Risk"], "is too long"),
        (("spine",), 0, ["Decision", "drivers/", "Disruption"], "'drivers/' does not match"),
        (("spine",), 0, ["drivers", "Decision", "Disruption"], "'drivers' does not match"),
    ],
)
def test_a_mistake_in_the_outline_is_told(
    path: tuple[str, ...], key: str | int, value: Any, said: str
) -> None:
    changed: Any = copy.deepcopy(read_document(resources.perspectives()).value)
    at = changed
    for step in path:
        at = at[step]
    at[key] = value
    assert said in _objections(changed)


@pytest.mark.parametrize("edge", OUTLINE.spine, ids="-".join)
def test_the_spine_is_made_of_relations(edge: tuple[str, str, str]) -> None:
    kind, way, to = edge
    type_, found = shipped().ontology.types[kind], None
    for name in way.split("/"):
        found = type_.properties[name]
        type_ = found.object or type_
    assert found is not None
    assert to in (found.relation.to if found.relation else (type_.name,))


# Words


def a_rule(text: str, loaded: Loaded | None = None) -> tuple[Rule, Loaded]:
    """A rule with some logic, and everything that it is about."""
    prose = "{guideline: model, severity: info, summary: S., rationale: R., message: M, help: H."
    source = f"{prose}, id: TST101, {text}}}"
    loaded = load((), [Source("tst.yaml", source.encode())])
    return loaded.rules.rules["TST101"], loaded


WORDS = """
path: owner, minCount: 1
- `owner` is given

path: supports, minCount: 2
- `supports` has at least 2 values

path: ^application, minCount: 1
- `^application` reaches something

path: ^application, maxCount: 0
- `^application` reaches nothing

path: phase, in: [active]
- `phase`, if given, is `active`

path: phase, minCount: 1, in: [plan, active]
- `phase` is `plan` or `active`

path: tags, in: [a, b]
- each of `tags` is `a` or `b`

path: tags, hasValue: a
- `tags` includes `a`

path: phase, hasValue: active
- `phase` is `active`

not: {path: phase, hasValue: active}
- `phase` is not `active`

not: {path: phase, in: [active]}
- `phase` is given and is not `active`

not: {properties: {phase: {enum: [plan, active]}}, required: [phase]}
- `phase` is neither `plan` nor `active`

path: reviewedOn, minInclusive: $asOf - P1M
- `reviewedOn`, if given, is not earlier than 1 month before the as-of date

path: reviewedOn, minInclusive: $asOf - $params.age, params: {age: {default: P6M, description: A}}
- `reviewedOn`, if given, is not earlier than 6 months (`age`) before the as-of date

path: functionalFit, maxExclusive: 3
- `functionalFit`, if given, is less than 3

path: lifecycle/active, lessThan: lifecycle/endOfLife
- `lifecycle/active`, if given, is before `lifecycle/endOfLife`

path: components, not: {path: standard, hasValue: prohibited}
- for each of `components`, `standard` is not `prohibited`

path: components, qualifiedValueShape: {path: standard, hasValue: approved}, qualifiedMinCount: 1
- for at least one of `components`, `standard` is `approved`

path: risks, qualifiedValueShape: {not: {path: status, hasValue: closed}}, qualifiedMaxCount: 0
- for each of `risks`, `status` is `closed`

path: {sum: allocations/share}, minInclusive: 99
- the sum of `allocations/share` is at least 99

path: {max: lifecycle/active, nodes: successor}, maxInclusive: $asOf
- the latest of `lifecycle/active` over `successor`, if given, is not later than the as-of date

path: {percent: [{sum: costs/amount}, 7]}, maxInclusive: 3
- the sum of `costs/amount` in percent of 7, if given, is at most 3

or: [{path: owner, minCount: 1}, {path: title, pattern: ^A}]
- at least one of these holds:
  - `owner` is given
  - `title`, if given, matches `^A`

and: [{path: owner, minCount: 1}, {and: [{path: title, minLength: 3}]}]
- `owner` is given
- `title`, if given, has at least 3 characters

path: title, uniqueValueWithin: provider
- no other one with the same `provider` has the same `title`

path: description, disjoint: title
- `description`, if given, is not the same as `title`

path: successor, class: Application
- `successor`, if given, is of kind `Application`
"""
"""Shapes, each followed by what is said of it."""


@pytest.mark.parametrize("case", WORDS.strip().split("\n\n"), ids=lambda case: case.splitlines()[0])
def test_shapes_are_described_in_words(case: str) -> None:
    logic, *words = case.splitlines()
    rule, loaded = a_rule(f"target: Application, {logic}")
    assert rule.shape is not None
    defaults = {name: parameter.default for name, parameter in rule.params.items()}
    said = Words(loaded.ontology, defaults, NO_LINKS).shape(rule.shape, rule.targets)
    assert bullets(said) == words


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("Cost", "at least one `Cost`"),
        ("Application/reviewedOn", "at least one `Application` with `reviewedOn`"),
        ("Decision|Initiative", "at least one `Decision` or at least one `Initiative`"),
        ("Initiative/changes/date", "at least one `Initiative` with `changes/date`"),
    ],
)
def test_evidence_is_described_in_words(path: str, words: str) -> None:
    assert evidence(paths.parse(path), NO_LINKS) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [("P1Y", "1 year"), ("P6M", "6 months"), ("P1Y2D", "1 year and 2 days"), ("soon", "soon")],
)
def test_durations_are_described_in_words(duration: str, words: str) -> None:
    assert in_words(duration) == words


def test_what_other_tools_call_it_is_reported() -> None:
    assert list(elsewhere([], {})) == []
    assert list(elsewhere(["OKR", "Goal"], {"x-value-aliases": {"perfect": 4}})) == [
        "Elsewhere called `OKR` or `Goal`.",
        "Other tools say `perfect` for `4`.",
    ]


def test_derivations_are_described_in_words() -> None:
    assert computed("phaseOf", ["lifecycle"]).startswith("the last of `lifecycle`")
    assert computed("endingOf", ["a"]) == "whether the end of `a` has passed or is near"
    assert computed("endingOf", ["a", "b"]).endswith(", or `b` declares it and a date is set")
    assert computed("languageOf", ["a", "b"]).endswith("detected from the words of `a` and `b`")
    assert (
        computed("foldedOf", ["a"])
        == "`a` in lower case, without punctuation and spaces, “and” as &"
    )
    assert computed("nearestOf", ["a", "b"]) == "`a`, or else that of the nearest `b` that has one"
    assert computed("sumOf", ["a", "b"]) == computed("dateOf", ["a", "b"]) == "`a` + `b`"
    assert computed("productOf", ["a", "b"]) == "`a` × `b`"
    assert computed("differenceOf", ["a", "b"]) == "`a` − `b`"
    assert computed("progressOf", ["a", "b", "c"]) == "(`b` − `a`) ÷ (`c` − `a`)"


def test_what_a_rule_reads() -> None:
    rule, loaded = a_rule(
        "target: Capability, where: {path: supportedBy/phase, hasValue: active}, "
        "path: ^to/^allocations, maxCount: 3"
    )
    assert properties_read(rule, loaded.ontology) == {
        Read("Application", "supports", "Capability"),
        Read("Application", "phase", ""),
        Read("Application", "allocations/to", "Capability"),
        Read("Application", "supportEntries/to", "Capability"),
        Read("ITService", "allocations/to", "Capability"),
        Read("Application", "allocations", ""),
        Read("ITService", "allocations", ""),
    }


# Pieces


def test_prose_escapes_what_markdown_would_take_for_markup() -> None:
    assert markdown.prose("a <b> of\n`<c>` and *d* in snake_case, _e_") == (
        r"a \<b\> of `<c>` and \*d\* in snake_case, \_e\_"
    )


def test_a_pipe_in_a_cell_is_no_border() -> None:
    assert markdown.table(["a"], [["`x|y`"]])[-1] == r"| `x\|y` |"


def test_a_fence_is_longer_than_what_it_holds() -> None:
    assert markdown.fence("```\nx\n```", "md")[0] == "````md"


def test_slugs_are_those_of_github() -> None:
    assert markdown.slug("TBM taxonomy 4.0 (December 2020)") == "tbm-taxonomy-40-december-2020"


def test_values_as_yaml_are_read_back_as_they_were() -> None:
    value = {
        "apiVersion": "bizalign/v1",
        "kind": "Thing",
        "metadata": {"name": "a", "title": "yes", "tags": ["x, y", "12:30", "no", "[z]", "#"]},
        "spec": {
            "list": [{"a": 1, "b": [True, 2.5]}, {"c": "x: y"}],
            "empty": [],
            "none": {},
            "text": 'say "hello": now',
            "day": "2026-06-30",
            "long": ["word " * 9 + "end"] * 3,
        },
    }
    assert read_document(Source("a.yaml", document(value).encode())).value == value


def test_a_relation_to_many_kinds_is_one_arrow() -> None:
    ontology = shipped().ontology
    titles = {name: name for name in ontology.types}
    chart = diagram.relations([ontology.kinds["Control"]], titles)
    assert [line for line in chart if "protects" in line] == ['  Control -->|"protects"| many1']
    assert sum("Provider" in line for line in chart) == 1


# The command


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with kinds and rules of its own."""
    shutil.copytree(ROOT / "examples" / "own-kinds", tmp_path / "own")
    monkeypatch.chdir(tmp_path / "own")
    return tmp_path / "own"


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*.md")}


OWN = {
    "rules/README.md",
    "rules/TAL101.md",
    "rules/TAL102.md",
    "ontology/README.md",
    "ontology/Application.md",
    "ontology/DataProduct.md",
}


def test_an_organisation_gets_pages_of_what_it_has_added(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["docs"]) == 0
    assert capsys.readouterr().out == "6 pages in docs: 6 written, 0 removed\n"
    assert files(own / "docs") == OWN
    page = (own / "docs/ontology/DataProduct.md").read_text("utf-8")
    assert "references to [Application](Application.md)" in page
    assert "references to `Capability`" in page
    assert "dataClassification" in (own / "docs/ontology/Application.md").read_text("utf-8")
    for path in (own / "docs").rglob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)", path.read_text("utf-8")):
            assert "://" in target or (path.parent / target).is_file(), f"{path}: {target}"


def test_a_second_time_nothing_is_written(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["docs", "--output", "site"])
    capsys.readouterr()
    assert run(["docs", "--output", "site"]) == 0
    assert capsys.readouterr().out == "6 pages in site: 0 written, 0 removed\n"
    assert run(["docs", "--output", "site", "--check"]) == 0


def test_check_names_what_differs_and_writes_nothing(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["docs"])
    (own / "docs/rules/TAL101.md").write_text(f"{MARK}\n\nold\n", "utf-8")
    (own / "docs/rules/TAL102.md").unlink()
    (own / "docs/rules/TAL199.md").write_text(f"{MARK}\n\ngone\n", "utf-8")
    capsys.readouterr()
    before = {path: path.read_bytes() for path in (own / "docs").rglob("*.md")}
    assert run(["docs", "--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "docs/rules/TAL101.md: is out of date",
        "docs/rules/TAL102.md: is missing",
        "docs/rules/TAL199.md: its rule or kind no longer exists",
        "3 pages out of date: run bizalign-lint docs",
    ]
    assert {path: path.read_bytes() for path in (own / "docs").rglob("*.md")} == before


def test_pages_of_what_is_gone_are_removed_and_those_of_people_stay(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["docs"])
    (own / "docs/rules/TAL199.md").write_text(f"{MARK}\n\ngone\n", "utf-8")
    (own / "docs/rules/how-we-work.md").write_text("# How we work\n", "utf-8")
    capsys.readouterr()
    assert run(["docs"]) == 0
    assert capsys.readouterr().out == "6 pages in docs: 0 written, 1 removed\n"
    assert files(own / "docs") == {*OWN, "rules/how-we-work.md"}


def test_what_somebody_has_written_is_not_overwritten(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "docs/rules").mkdir(parents=True)
    (own / "docs/rules/README.md").write_text("# Mine\n", "utf-8")
    assert run(["docs"]) == 2
    assert "docs/rules/README.md exists and was not generated" in capsys.readouterr().err
    assert files(own / "docs") == {"rules/README.md"}


def test_a_folder_that_cannot_be_made_is_reported(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "site").write_text("a file", "utf-8")
    assert run(["docs", "--output", "site"]) == 2
    assert ": not a directory" in capsys.readouterr().err
