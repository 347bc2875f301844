"""``export json``, ``csv``, ``xlsx`` and ``sqlite``: nothing is lost, and nothing runs."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bizalign_lint import exporters
from bizalign_lint.cli.edge import run
from bizalign_lint.exporters.tables import Table
from bizalign_lint.exporters.xlsx import workbook
from tests.conftest import Call

from . import EXAMPLES, HOSTILE, MERIDIAN, hostile, model, read_back

DAY = ("--as-of", "2026-06-30")
MAPPINGS = {"json": "graph", "csv": "tables", "xlsx": "tables"}
SCHEMA = json.loads((Path(exporters.__file__).parent / "json.schema.json").read_bytes())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All these exports of meridian, each by its format's name."""
    folder = tmp_path_factory.mktemp("meridian")
    for name in (*MAPPINGS, "sqlite"):
        assert run(["export", name, str(MERIDIAN), "-o", str(folder / name), *DAY]) == 0
    return folder


def _content(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(path.iterdir())
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("name", MAPPINGS)
def test_nothing_is_lost(made: Path, name: str) -> None:
    back = read_back(made / name, MAPPINGS[name])
    assert (back.flaws, back.dropped) == ([], {})
    assert back.said == model(MERIDIAN)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", MAPPINGS)
def test_the_same_is_found_in_what_was_exported(name: str, tmp_path: Path, call: Call) -> None:
    """But for what is not exported because it is wrong, and what that keeps from being judged."""
    path = tmp_path / ("tables" if name == "csv" else f"model.{name}")
    drift = EXAMPLES / "meridian-drift"
    assert call("export", name, str(drift), "-o", str(path))[0] == 0
    read = "tables/*.csv" if name == "csv" else path.name
    (tmp_path / ".bizalign.yaml").write_text(
        f"{(drift / '.bizalign.yaml').read_text('utf-8')}\n"
        f"sources: [{{read: '{read}', as: {MAPPINGS[name]}}}]\n"
    )
    differ = found(call, drift) ^ found(call, tmp_path)
    assert {rule for rule, _ in differ if not rule.startswith("MOD")} <= {"BAS113"}
    assert len(differ) < 10


def found(call: Call, root: Path) -> set[tuple[str, str]]:
    """The findings of a workspace, each by its rule and what it is about."""
    findings = json.loads(call("check", str(root), "--format", "json")[1])["findings"]
    return {
        (one["rule"], place["entity"]) for one in findings for place in one["occurrences"] or [one]
    }


@pytest.mark.parametrize("name", MAPPINGS)
def test_what_looks_like_something_else_is_still_text(
    name: str, tmp_path: Path, call: Call
) -> None:
    root = hostile(tmp_path / "ws")
    assert call("export", name, str(root), "-o", str(tmp_path / "out"))[0] == 0
    assert read_back(tmp_path / "out", MAPPINGS[name]).said == model(root)


def test_no_cell_of_csv_begins_a_formula(tmp_path: Path, call: Call) -> None:
    root = hostile(tmp_path / "ws")
    assert call("export", "csv", str(root), "-o", str(tmp_path / "out"))[0] == 0
    cells = [
        cell
        for content in _content(tmp_path / "out").values()
        for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
        for cell in row
    ]
    assert sum(HOSTILE[0] in cell for cell in cells) >= 4
    assert [cell for cell in cells if re.match(r"[=+@\t\r-]", cell)] == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", [*MAPPINGS, "sqlite"])
def test_the_same_model_gives_the_same_bytes(made: Path, name: str, tmp_path: Path) -> None:
    assert run(["export", name, str(MERIDIAN), "-o", str(tmp_path / name), *DAY]) == 0
    assert _content(tmp_path / name) == _content(made / name)


@pytest.mark.parametrize("example", ["meridian", "meridian-drift"])
def test_the_graph_is_what_its_schema_says(example: str, call: Call) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    code, out, _ = call("export", "json", str(EXAMPLES / example), *DAY)
    graph = json.loads(out)
    jsonschema.validate(graph, SCHEMA)
    ids = [node["id"] for node in graph["nodes"]]
    assert code == 0
    assert len(set(ids)) == len(ids) > len(graph["definitions"])
    ends = {edge[end] for edge in graph["edges"] for end in ("source", "target")}
    assert ends <= set(ids)
    assert bool(graph["findings"]) == (example == "meridian-drift")


def test_a_nested_reference_says_where_it_is(call: Call) -> None:
    _, out, _ = call("export", "json", str(MERIDIAN), *DAY)
    edges = {edge["relation"] for edge in json.loads(out)["edges"]}
    assert {"supports", "owner", "changes/application"} <= edges


def test_sheets_open_elsewhere(made: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_path(str(made / "xlsx"))
    assert book.sheet_names[-3:] == ["relations", "findings", "coverage"]
    header, *rows = book.get_sheet_by_name("Application").to_python()
    at = header.index("lifecycle.active")
    assert {type(row[at]).__name__ for row in rows} <= {"date", "str"}
    assert any(type(row[at]).__name__ == "date" for row in rows)


def test_a_workbook_is_as_large_as_its_format_lets_it_be() -> None:
    calamine = pytest.importorskip("python_calamine")
    name, text = "n" * 31, "x" * 32_767
    tables = [Table(name, ["a"], [[text]]), Table(f"{name}n", ["a"], [[f"{text}x"]])]
    made = workbook(tables)
    book = calamine.CalamineWorkbook.from_filelike(BytesIO(made.content))
    assert book.sheet_names == [name, f"{'n' * 27}~2"]
    for sheet in book.sheet_names:
        assert book.get_sheet_by_name(sheet).to_python() == [["a"], [text]]
    assert made.left_out == {"end of a text: a cell has at most 32,767 characters": 1}


def test_a_workbook_without_its_library(monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    code, _, err = call("export", "xlsx", str(MERIDIAN), "-o", "/nowhere/x.xlsx")
    assert (code, err) == (
        2,
        "error: this needs XlsxWriter\n  hint: install bizalign-lint with its extra xlsx\n",
    )


def test_a_database_answers(made: Path) -> None:
    database = sqlite3.connect(made / "sqlite")

    def ask(sql: str) -> list[Any]:
        return database.execute(sql).fetchall()

    assert ask("PRAGMA integrity_check") == [("ok",)]
    assert ask("PRAGMA foreign_key_check") == []
    assert ask("PRAGMA user_version") == [(1,)]
    graph = json.loads((made / "json").read_text("utf-8"))
    for table in ("nodes", "edges", "findings", "coverage"):
        count = f"SELECT count(*) FROM {table}"  # noqa: S608  # of the names above
        assert ask(count) == [(len(graph[table]),)]
    lively = "SELECT count(*) FROM properties WHERE property = 'phase' AND value = 'active'"
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
    shown = re.search(r"```sql\n(.*?)```", page, re.DOTALL)
    assert shown is not None
    assert any(len(set(row)) == 3 for row in ask(shown[1]))
    phases = [node["derived"].get("phase") for node in graph["nodes"]]
    assert ask(lively) == [(phases.count("active"),)]
    database.close()


def test_a_kind_that_is_gone_leaves_no_rows(tmp_path: Path, call: Call) -> None:
    root = hostile(tmp_path / "ws")
    out = tmp_path / "out"
    out.mkdir()
    (out / "Strategy.csv").write_text("stale\n")
    (out / "theirs.csv").write_text("theirs\n")
    assert call("export", "csv", str(root), "-o", str(out))[0] == 0
    rows = (out / "Strategy.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 and rows[0].startswith("id,kind,namespace,name,title")
    assert (out / "theirs.csv").read_text() == "theirs\n"


def test_what_has_errors_is_left_out_and_said(tmp_path: Path, call: Call) -> None:
    root = hostile(tmp_path / "ws")
    (root / "bad.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: b}\nspec: {level: high}\n"
    )
    code, out, err = call("export", "json", str(root))
    definitions = {d["metadata"]["name"]: d for d in json.loads(out)["definitions"]}
    assert code == 0
    assert definitions["b"]["spec"] == {}
    assert "note: the model has errors (" in err


@pytest.mark.parametrize("name", [*MAPPINGS, "sqlite"])
def test_nothing_to_export(name: str, tmp_path: Path, call: Call) -> None:
    code, _, err = call("export", name, str(tmp_path), "-o", str(tmp_path / "out"))
    assert code == 3
    assert "there is nothing to" in err
    assert not (tmp_path / "out").exists()
