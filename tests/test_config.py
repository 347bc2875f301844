"""What configuration files say, and what is told of one that says it wrongly."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from bizalign_lint import __version__
from bizalign_lint.core.errors import BizalignError, ConfigError, UsageError
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import Settings, selects
from bizalign_lint.core.types import Severity
from bizalign_lint.rules.language.rule import Parameter
from bizalign_lint.sources.roots import Root
from bizalign_lint.workspace.config import Config, load, overlay
from bizalign_lint.workspace.open import make_settings
from bizalign_lint.workspace.selectors import check_selectors
from tests.conftest import Call

SCHEMA = Path(__file__).parent.parent / "schemas" / "meta" / "config.schema.yaml"


def _write(root: Path, text: str, name: str = ".bizalign.yaml") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")


def _load(root: Path, text: str) -> Config:
    _write(root, text)
    return load(str(root))


def _error(root: Path, text: str) -> str:
    """What is told of a wrong configuration: place and message."""
    with pytest.raises(ConfigError) as raised:
        _load(root, text)
    return _told(raised.value)


def _told(error: BizalignError) -> str:
    if error.location is None:
        return error.message
    span = error.location.span
    return f"{error.location.path}:{span.line}:{span.column}: {error.message}"


def test_everything_has_a_default(tmp_path: Path) -> None:
    within = (str(tmp_path.resolve()),)
    assert load(str(tmp_path)) == Config(within=within)
    config = _load(tmp_path, "")
    assert config.files == (".bizalign.yaml",)
    assert config == Config(files=(".bizalign.yaml",), within=within)


def test_reads_every_key(tmp_path: Path) -> None:
    for name in ("kinds/a.yaml", "rules/b.yaml"):
        _write(tmp_path, "", name)
    config = _load(
        tmp_path,
        """\
        include: [model/]
        exclude: ["*.draft.yaml"]
        schemas: [kinds]
        rules: [./rules/b.yaml]
        select: [BAS, model]
        ignore: [BAS101]
        severity: {BAS102: info}
        params: {BAS103: {maxAge: P90D, most: 5}}
        failOn: warning
        asOf: 2026-06-30
        overrides:
          - paths: [model/legacy/]
            ignore: [MOD]
            severity: {BAS104: error}
        """,
    )
    assert config.include == Globs(["model/"])
    assert config.exclude == Globs(["*.draft.yaml"])
    assert config.schemas == ("kinds",)
    assert config.rules == ("rules/b.yaml",)
    assert config.select == ("BAS", "model")
    assert config.ignore == ("BAS101",)
    assert config.severity == {"BAS102": Severity.INFO}
    assert config.params == {"BAS103": {"maxAge": "P90D", "most": 5}}
    assert config.fail_on == "warning"
    assert config.as_of == date(2026, 6, 30)
    (override,) = config.overrides
    assert override.paths.match("model/legacy/a.yaml")
    assert override.ignore == ("MOD",)
    assert override.severities == {"BAS104": Severity.ERROR}


def test_another_file_can_be_named(tmp_path: Path) -> None:
    _write(tmp_path, "failOn: info")
    _write(tmp_path, "failOn: never\nrules: [r.yaml]\n", "lint/ci.yaml")
    _write(tmp_path, "", "lint/r.yaml")
    config = load(str(tmp_path), str(tmp_path / "lint" / "ci.yaml"))
    assert config.fail_on == "never"
    assert config.rules == ("lint/r.yaml",)
    assert config.files == ("lint/ci.yaml",)


# extends


def test_what_a_file_says_wins_over_what_it_extends(tmp_path: Path) -> None:
    root = tmp_path / "ws"
    (tmp_path / ".git").mkdir()  # within one repository
    _write(tmp_path, "", "shared/rules/a.yaml")
    _write(
        tmp_path,
        """\
        rules: [rules]
        ignore: [BAS, DIS]
        failOn: info
        severity: {BAS101: info, BAS102: info}
        params: {BAS103: {a: 1, b: 2}}
        """,
        "shared/base.yaml",
    )
    _write(root, "")
    config = _load(
        root,
        """\
        extends: ../shared/base.yaml
        ignore: [MOD]
        severity: {BAS102: error}
        params: {BAS103: {b: 3}}
        """,
    )
    assert config.rules == ("../shared/rules",)
    assert config.ignore == ("MOD",)
    assert config.fail_on == "info"
    assert config.severity == {"BAS101": Severity.INFO, "BAS102": Severity.ERROR}
    assert config.params == {"BAS103": {"a": 1, "b": 3}}
    assert config.files == (".bizalign.yaml", "../shared/base.yaml")

    def said(*pointer: str | int) -> str | None:
        place = config.place_of_setting(pointer)
        return place.document.source.path if place else None

    assert said("failOn") == "../shared/base.yaml"
    assert said("ignore", 0) == ".bizalign.yaml"
    assert said("severity", "BAS101") == "../shared/base.yaml"
    assert said("severity", "BAS102") == ".bizalign.yaml"
    assert said("asOf") is None


def test_files_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    _write(tmp_path, "extends: .bizalign.yaml", "b.yaml")
    assert _error(tmp_path, "failOn: info\nextends: b.yaml\n") == (
        "b.yaml:1:10: the files extend each other in a cycle"
    )


def test_a_file_to_extend_must_be_there(tmp_path: Path) -> None:
    assert _error(tmp_path, "extends: base.yaml\n") == (
        ".bizalign.yaml:1:10: the configuration base.yaml cannot be read: no such file or directory"
    )


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"ci\.yaml cannot be read: no such file"):
        load(str(tmp_path), str(tmp_path / "ci.yaml"))


# What is wrong is told with its place


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("selct: [BAS]", "1:1: unknown key selct; did you mean select?"),
        ("zzz: 1", "1:1: unknown key zzz"),
        ("failOn: eror", ("1:9: failOn must be one of error, warning, info, never, not “eror”; "
         "did you mean error?")),
        ("severity: {BAS101: warn}", ("1:20: BAS101 must be one of error, warning, info, not "
         "“warn”; did you mean warning?")),
        ("ignore: BAS", "1:9: ignore must be a list, not “BAS”"),
        ("ignore: [1]", "1:10: ignore must be text, not 1"),
        ("asOf: 30.6.2026", "1:7: asOf: “30.6.2026” must be a date such as 2026-06-30"),
        ("asOf: 2026-02-30", "1:7: asOf is not a date: day is out of range for month"),
        ("overrides:\n  - ignore: [BAS]", "2:5: paths is missing"),
        ("overrides:\n  - paths: [a]\n    sevrity: {}", ("3:5: unknown key sevrity; did you mean "
         "severity?")),
        ("rules:\n  - lint/rules", "2:5: no such file or folder: lint/rules"),
        ("a: 1\na: 2", "2:1: "),
        ("a: [", "1:"),
        ("- a", "1:1: "),
        ("a: 1\n---\nb: 2", "1:1: the file has more than one document"),
    ],
)  # fmt: skip
def test_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    assert _error(tmp_path, text).startswith(f".bizalign.yaml:{told}")


def _names(root: Path, text: str, **command_line: Any) -> None:
    age, most = Parameter("P6M", "How old."), Parameter(3, "How many.")
    rules = {"BAS101": {"maxAge": age, "most": most}, "BAS102": {}, "MOD101": {}}
    config = overlay(_load(root, text), **command_line)
    check_selectors(config, rules, ["fix-the-basics", "model"], ["applications-with-a-cost"])


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        ("select: [BAS101, BAS111]", "1:18: unknown rule or guideline BAS111", "BAS101?"),
        ("ignore: [fix-the-basic]", "1:10: unknown rule or guideline fix-the-basic",
         "did you mean fix-the-basics?"),
        ("ignore: [zzz]", "1:10: unknown rule or guideline zzz", "rule list"),
        ("severity: {BAS109: info}", "1:12: unknown rule BAS109", "did you mean BAS10"),
        ("severity: {BAS: info}", "1:12: unknown rule BAS: give the full id", "rule list"),
        ("coverage: {applications-with-cost: 1}", "1:12: unknown measure applications-with-cost",
         "did you mean applications-with-a-cost?"),
        ("params: {BAS109: {a: 1}}", "1:10: unknown rule BAS109", "BAS10"),
        ("params: {BAS101: {maxAg: 1}}", "1:19: unknown parameter maxAg of BAS101",
         "did you mean maxAge?"),
        ("params: {BAS101: {maxAge: 90 days}}",
         "1:27: maxAge of BAS101 must be a duration such as P35D or P6M, not “90 days”", "P6M"),
        ("params: {BAS101: {maxAge: 90}}",
         "1:27: maxAge of BAS101 must be a duration such as P35D or P6M, not 90", "P6M"),
        ("params: {BAS101: {most: many}}",
         "1:25: most of BAS101 must be a number, not “many”", "the default is 3"),
        ("overrides:\n  - {paths: [a], ignore: [BAS, MOD1011]}",
         "2:32: unknown rule or guideline MOD1011", "MOD101"),
        ("overrides:\n  - {paths: [a], severity: {MOD102: info}}",
         "2:29: unknown rule MOD102", "MOD101"),
    ],
)  # fmt: skip
def test_names_that_mean_nothing(tmp_path: Path, text: str, told: str, hint: str) -> None:
    with pytest.raises(ConfigError) as raised:
        _names(tmp_path, text)
    assert _told(raised.value) == f".bizalign.yaml:{told}"
    assert hint in raised.value.hint


def test_names_on_the_command_line_that_mean_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--select: unknown rule or guideline BAS2"):
        _names(tmp_path, "select: [BAS]", select=("MOD", "BAS2"))
    with pytest.raises(UsageError, match=r"--ignore: unknown rule or guideline ZZZ"):
        _names(tmp_path, "ignore: [BAS]", ignore=("ZZZ",))


def test_names_that_mean_something(tmp_path: Path) -> None:
    _names(
        tmp_path,
        """\
        select: [B, BAS, BAS1, BAS101, fix-the-basics]
        severity: {MOD101: info}
        params: {BAS101: {maxAge: P1D, most: 2.5}}
        """,
        ignore=("model",),
    )


@pytest.mark.parametrize(
    ("selector", "expected"),
    [("BAS101", True), ("BAS", True), ("fix-the-basics", True), ("fix", False), ("MOD", False)],
)
def test_selectors(selector: str, expected: bool) -> None:
    assert selects(selector, "BAS101", "fix-the-basics") is expected


# The command line wins


def test_the_command_line_wins(tmp_path: Path) -> None:
    config = _load(tmp_path, "select: [BAS]\nignore: [BAS101]\nfailOn: info\nasOf: 2026-06-30\n")
    assert overlay(config) == config
    laid = overlay(
        config,
        as_of=date(2026, 1, 1),
        select=("MOD",),
        ignore=("DIS",),
        fail_on="never",
    )
    assert laid.as_of == date(2026, 1, 1)
    assert laid.select == ("MOD",)
    assert laid.ignore == ("BAS101", "DIS")
    assert laid.fail_on == "never"
    assert laid.place_of_setting(("ignore", 0)) is not None
    for pointer in (("asOf",), ("select", 0), ("ignore", 1), ("failOn",)):
        assert pointer in laid.origins
        assert laid.place_of_setting(pointer) is None


def test_settings_have_everything_read(tmp_path: Path) -> None:
    _write(tmp_path, "id: x", "rules/a.yaml")
    config = _load(tmp_path, "rules: [rules]")
    settings = make_settings(Root(str(tmp_path), ("model",)), config, date(2026, 1, 1))
    assert settings.as_of == date(2026, 1, 1)
    assert [(rule.path, rule.content) for rule in settings.rules] == [("rules/a.yaml", b"id: x")]


def test_only_what_was_asked_for_is_reported() -> None:
    everything = Settings(date(2026, 1, 1))
    assert everything.reports("a.yaml")
    some = Settings(date(2026, 1, 1), only=("model", "a.yaml"))
    assert some.reports("model/deep/b.yaml")
    assert some.reports("a.yaml")
    assert not some.reports("models/b.yaml")


# The schema


def _objects(schema: Any) -> Any:
    if isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if key != "properties":
                yield from _objects(value)
            else:
                for item in value.values():
                    yield from _objects(item)
    elif isinstance(schema, list):
        for value in schema:
            yield from _objects(value)


def test_every_property_is_described() -> None:
    schema = YAML(typ="safe").load(SCHEMA.read_bytes())
    Draft202012Validator.check_schema(schema)
    for part in _objects(schema):
        for name, property_ in part.get("properties", {}).items():
            assert property_.get("description"), name
        if part.get("type") == "object":
            assert "additionalProperties" in part


def test_the_documentation_names_every_key() -> None:
    schema = YAML(typ="safe").load(SCHEMA.read_bytes())
    text = (SCHEMA.parent.parent.parent / "docs" / "configuration.md").read_text("utf-8")
    for name in schema["properties"]:
        assert f"| `{name}` |" in text


@pytest.mark.parametrize("version", ["0.1", "0", "0.1.0", __version__])
def test_a_version_that_is_there_is_enough(version: str, tmp_path: Path) -> None:
    _load(tmp_path, f'requiredVersion: "{version}"\n')


@pytest.mark.parametrize("version", ["0.1.1", "0.10", "99"])
def test_a_later_version_is_required_before_all_else(version: str, tmp_path: Path) -> None:
    told = _error(tmp_path, f'someKeyOfLaterDays: 1\nrequiredVersion: "{version}"\n')
    assert told.startswith(".bizalign.yaml:2:18: this is bizalign-lint ")
    assert f"but {version} or later is required here" in told


def test_an_invalid_version_is_reported(tmp_path: Path) -> None:
    assert "must be a version" in _error(tmp_path, 'requiredVersion: "latest"\n')
    assert "requiredVersion" in _error(tmp_path, "requiredVersion: 0.1\n")


@pytest.mark.parametrize(("config", "missing"), [("", True), ("currency: EUR\n", False)])
def test_amounts_need_no_currency_where_there_is_one_for_all(
    config: str, missing: bool, tmp_path: Path, call: Call
) -> None:
    _write(tmp_path, f"select: [MOD106]\n{config}")
    _write(
        tmp_path,
        """\
        apiVersion: bizalign/v1
        kind: Cost
        metadata: {name: desk}
        spec: {amount: 1}
        """,
        "a.yaml",
    )
    _, out, err = call("check", str(tmp_path), "--format", "jsonl")
    assert err == ""
    assert ("currency is missing" in out) is missing
