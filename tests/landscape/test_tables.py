"""Tables as part of the model: separators, encodings, cells, and what is wrong with them."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from bizalign_lint.core.types import Location, Source, Span
from bizalign_lint.readers import formats
from tests.conftest import Call
from tests.expected import Golden

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples" / "tables"
MAPPING = """\
reader: csv
elements:
  - from: {where: {Kind: [system, service]}}
    to: Application
    name: Key
    set:
      title: {column: Name}
      technicalFit: {column: Fit}
      lifecycle.endOfLife: {column: End}
      tags: {column: Tags, split: "|"}
  - from: {}
    leave: no system
"""
TABLE = """\
Key,Name,Kind,Fit,End,Tags
Shop_1,"Web, shop",System,4,2030-01-31,a | b
,,,,,
X,Printer,device,,,
"""
MADE = """\
---
apiVersion: bizalign/v1
kind: Application
metadata:
  name: shop-1
  title: Web, shop
  tags: [a, b]
spec:
  lifecycle:
    endOfLife: "2030-01-31"
  technicalFit: 4
"""


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(MAPPING, "utf-8")
    Path(".bizalign.yaml").write_text("sources: [{read: 't.*', mapping: own.yaml}]\n")


def printed(call: Call, content: bytes) -> str:
    Path("t.csv").write_bytes(content)
    code, out, err = call("source", "print")
    assert (code, err) == (0, "")
    return out


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("Web, shop", "Web; shop").replace(",", ";").replace("b; s", "b, s").encode(),
        TABLE.replace('"Web, shop"', "Web~ shop").replace(",", "\t").replace("~", ",").encode(),
        TABLE.replace("Web, shop", "Web,\u00a0shop").encode(),
    ],
    ids=["plain", "mark", "utf-16", "crlf", "semicolons", "tabs", "no-break space"],
)
def test_a_table_is_read_however_it_is_written(content: bytes, call: Call) -> None:
    assert printed(call, content) == MADE


def test_what_is_no_system_is_counted(call: Call) -> None:
    Path("t.csv").write_text(TABLE)
    assert "         1  row: no system\n" in call("source", "list")[1]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (TABLE.replace(",4,", ",five,"), "t.csv:2:27: error[MOD106] technicalFit"),
        (TABLE.replace("2030-01-31", "soon"), "t.csv:2:29: error[MOD106] endOfLife"),
        ('Key,Name,Kind,Fit\na,"b\nc",system,9\n', "t.csv:3:11: error[MOD106] technicalFit"),
        (TABLE.replace("a | b", "a,b"), "t.csv:2:42: error[MOD101] this cannot be read: this row"),
        (TABLE.replace("Fit", "Name"), "t.csv:1:15: error[MOD101] this cannot be read: the column"),
        (
            TABLE.replace('shop"', 'shop" x'),
            "t.csv:2:1: error[MOD101] this cannot be read: invalid CSV",
        ),
        (TABLE + '"', "error[MOD101] this cannot be read: invalid CSV"),
        (
            TABLE.encode() + b"\xe9",
            "t.csv:5:1: error[MOD101] this cannot be read: this is not UTF-8",
        ),
        (TABLE + "shop-1,Shop,service\n", "t.csv:5:1: error[MOD108] Application:default/shop-1"),
    ],
)
def test_bad_input_is_reported_in_its_cell(content: str | bytes, found: str, call: Call) -> None:
    Path("t.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    code, out, err = call("check", "--format", "concise")
    assert (code, err) == (1, "")
    assert found in out


def test_what_another_record_fills_in_is_marked_where_it_is_said_if_in_the_same_file(
    call: Call,
) -> None:
    Path("own.yaml").write_text(
        "reader: csv\noptions: {type: Kind, key: Key}\nelements:\n"
        "  - {from: {type: app}, to: Application}\n"
        "  - from: {type: unit}\n    to: OrganizationUnit\n"
        "    fill: [{field: Of, refers: app, property: supports}]\n"
    )
    Path(".bizalign.yaml").write_text("sources: [{read: '*.csv', mapping: own.yaml}]\n")
    Path("a.csv").write_text("Key,Kind,Of\nshop,app,\nsales,unit,shop\n")
    Path("b.csv").write_text("Key,Kind,Of\nmore,unit,shop\n")
    lines = call("check", "--select", "MOD110", "--format", "concise")[1].splitlines()
    assert [line.partition(": error[MOD110] OrganizationUnit:")[::2] for line in lines] == [
        ("a.csv:2:1", "more is an OrganizationUnit, but supports needs a Capability"),
        ("a.csv:3:12", "sales is an OrganizationUnit, but supports needs a Capability"),
    ]


def test_a_field_that_names_one_of_several_records_fills_in_nothing(call: Call) -> None:
    Path("own.yaml").write_text(
        "reader: csv\noptions: {type: Kind, key: Key, by: Name}\nelements:\n"
        "  - {from: {type: app}, to: Application}\n"
        "  - from: {type: unit}\n    to: OrganizationUnit\n"
        "    fill: [{field: Of, refers: app, property: owner}]\n"
    )
    Path("t.csv").write_text("Key,Kind,Name,Of\n1,app,Part,\n2,app,Part,\n3,unit,Sales,Part\n")
    (line,) = call("check", "--select", "MOD101", "--format", "concise")[1].splitlines()
    assert line.startswith("t.csv:4:14: error[MOD101]")
    assert "several records are named Part" in line
    assert "not in this source" not in call("source", "list")[1]


def test_a_record_is_also_known_by_its_key() -> None:
    table = Source("t.csv", b"Key,Name\nShop_1,Shop\n,Till\n")
    for alias, aliases in (({"alias": "cmdb"}, [("cmdb:shop_1",), ()]), ({}, [(), ()])):
        found = formats.find("csv").read(table, {"key": "Key", **alias})
        assert [record.aliases for record in found.records] == aliases


def test_a_table_that_breaks_is_marked_where_its_row_begins() -> None:
    content = TABLE.replace('shop"', 'shop" x').encode()
    (flaw,) = formats.find("csv").read(Source("t.csv", content), {}).flaws
    assert flaw.place == Location("t.csv", Span(2, 1, 2, 2))


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("encoding: cp1252", ""),
        ("encoding: klingon", "unknown encoding klingon"),
        ("key: Nummer", "the key column Nummer is missing"),
        ("header: 2", "error"),
    ],
)
def test_options(options: str, found: str, call: Call) -> None:
    Path("own.yaml").write_text(f"{MAPPING}options: {{{options}}}\n", "utf-8")
    Path("t.csv").write_bytes(
        TABLE.replace("shop", "shöp").encode("cp1252" if not found else "utf-8")
    )
    _, out, _ = call("check", "--format", "concise")
    if found != "error":
        assert found in out


@pytest.mark.parametrize(
    ("options", "column", "message"),
    [
        ("options: {separator: '::'}", 22, "separator must have at most 1 character"),
        ("options: {columns: []}", 20, "columns must be a mapping, not a list"),
        ("options: {header: one}", 19, "header must be a whole number"),
        ("options: {labels: -1}", 19, "labels must be at least 0"),
        ("options: {leave: 3}", 18, "leave must be a list"),
        ("options: {seperator: ;}", 11, "unknown key seperator; did you mean separator?"),
        ('every: {"": {words: [1]}}', 0, "words must be a mapping"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused(
    options: str, column: int, message: str, call: Call
) -> None:
    Path("own.yaml").write_text(f"{MAPPING}{options}\n", "utf-8")
    Path("t.csv").write_text(TABLE, "utf-8")
    code, _, err = call("check", "--format", "concise")
    assert code == 2
    assert message in err
    line = MAPPING.count("\n") + 1
    assert f"own.yaml:{line}:{column or ''}" in err


def test_numbers_with_a_comma(call: Call) -> None:
    mapping = MAPPING.replace("{column: Fit}", '{column: Fit, decimal: ","}')
    Path("own.yaml").write_text(mapping, "utf-8")
    assert "technicalFit: 4\n" in printed(call, TABLE.replace(",4,", ',"4",').encode())


def workbook(path: str) -> None:
    """The smallest workbook with one sheet."""
    rows = [line.split(";") for line in ("Key;Name;Kind;Fit", "a;A;system;4", "b;B;system;9")]
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{letter}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for letter, cell in zip("ABCD", row, strict=True)
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with ZipFile(path, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="Apps" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        )


def test_a_workbook_is_reported_by_sheet_and_cell(call: Call) -> None:
    pytest.importorskip("python_calamine")
    Path("own.yaml").write_text(MAPPING.replace("csv", "xlsx"))
    workbook("t.xlsx")
    _, out, err = call("check", "--select", "MOD106")
    assert err == ""
    assert out.startswith("t.xlsx:3:4: error[MOD106] Apps!D3: technicalFit")
    assert "PK" not in out
    assert "         2  Apps → Application\n" in call("source", "list")[1]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook", b"PK\x03\x04" * 500])
def test_a_broken_workbook_is_reported(content: bytes, call: Call) -> None:
    pytest.importorskip("python_calamine")
    Path("own.yaml").write_text(MAPPING.replace("csv", "xlsx"))
    Path("t.xlsx").write_bytes(content)
    code, out, err = call("check", "--format", "concise")
    assert (code, err) == (1, "")
    assert "t.xlsx:1:1: error[MOD101] this cannot be read: this workbook cannot be opened" in out


def test_real_workbook(call: Call) -> None:
    pytest.importorskip("python_calamine")
    real = ROOT.parent / "shared/data/models/esdc/standards-2019.xlsx"
    if not real.is_file():
        pytest.skip("the real workbook is not here")
    shutil.copyfile(real, "t.xlsx")
    Path("own.yaml").write_text(
        "reader: xlsx\noptions: {sheet: products_by_category_and_std}\nelements:\n"
        "  - {from: {}, to: ITComponent, set: {title: {column: Products and Technologies}}}\n"
    )
    assert "  1,257 of 1,257 records became definitions\n" in call("source", "list")[1]


@pytest.mark.parametrize("command", ["check --format concise", "source list"])
def test_the_example_gives_what_it_says(
    command: str, call: Call, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLE)
    _, out, err = call(*command.split())
    assert err == ""
    name = command.replace(" ", "-").replace("check---format-concise", "check")
    golden(EXAMPLE / f"expected.{name}.txt", out)


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        ("{product: Werkzeug, standing: Rang}", b"Werkzeug,Rang\nOracle,Hold\n"),
        ("{product: Werkzeug, standing: [Lage, Rang]}", b"Werkzeug,Rang\nOracle,Hold\n"),
        ("{product: [Werkzeug]}", b"Werkzeug\nOracle\n"),
    ],
)
def test_columns_have_the_names_that_a_source_gives_them(
    columns: str, table: bytes, call: Call
) -> None:
    Path(".bizalign.yaml").write_text(
        f"sources: [{{read: t.csv, as: technologies, columns: {columns}}}]\n"
    )
    out = printed(call, table)
    assert "  name: oracle\n" in out
    assert ("  standard: contained\n" in out) == (b"Hold" in table)


def test_rows_of_unknown_kinds_are_counted_as_left_out(call: Call) -> None:
    Path(".bizalign.yaml").write_text("sources: [{read: t.csv, as: tables}]\n")
    Path("t.csv").write_text("kind,metadata.name\nCapability,a\nNonsense,b\n")
    assert call("source", "list")[1] == (
        "tables: t.csv\n"
        "  1 of 2 records became definitions\n"
        "         1  row → Capability\n"
        "  1 was left out\n"
        "         1  row: it is not a definition\n"
    )
