"""Workbooks of other tools: names of rows, links between them, and what is too large."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.core.types import Source
from bizalign_lint.readers import formats
from bizalign_lint.readers.biff import MAGIC, spans
from tests.conftest import Call
from tests.landscape.books import OLD, line, ods

pytest.importorskip("python_calamine")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAPPING = """\
reader: xlsx
options: {type: type, key: id, by: name, path: above, linkType: how, linkSource: from,
          linkSourceType: fromType, linkTarget: to, linkTargetType: toType}
elements:
  - from: {type: App}
    to: Application
    set: {title: {column: name}, parent: {column: above, refers: App}}
  - {from: {type: Cap}, to: Capability, set: {title: {column: name}}}
relations:
  - {of: does, source: Application, target: Capability, fill: source/supports}
"""


def book(sheets: dict[str, str], **extra: str) -> bytes:
    """A workbook; each sheet is said as its XML."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        names = "".join(
            f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>'
            for number, name in enumerate(sheets, 1)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="r{number}" Type="{OFFICE}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
            for number in range(1, len(sheets) + 1)
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        )
        for number, xml in enumerate(sheets.values(), 1):
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>',
            )
        for name, text in extra.items():
            archive.writestr(name, text)
    return held.getvalue()


def sheet(*rows: str) -> str:
    """Rows whose cells are parted by semicolons."""
    return "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in enumerate(row.split(";"))
            if text
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(MAPPING)
    Path(".bizalign.yaml").write_text("sources: [{read: b.xlsx, mapping: own.yaml}]\n")


LANDSCAPE = sheet(
    "id;type;name;above",
    "1;App;A/B;",
    r"2;App;Part;A\/B",
    "3;App;Part;Other",
    "4;Cap;Sales;",
    "5;Cap;Part;",
)
LINKS = "how;from;fromType;to;toType"


def wrong(call: Call, *links: str) -> list[str]:
    """What is said of a model with these links."""
    Path("b.xlsx").write_bytes(book({"All": LANDSCAPE, "Links": sheet(LINKS, *links)}))
    code, out, err = call("check", "--select", "MOD101", "--format", "concise")
    assert (code, err) == (1 if out else 0, "")
    return out.splitlines()


def test_rows_are_found_by_name_and_by_path(call: Call) -> None:
    links = (r"does;A\/B;App;Sales;Cap", "does;A/B / Part;App;Part;Cap")
    assert wrong(call, *links) == []
    _, out, _ = call("source", "print")
    assert out.count("supports:") == 2
    assert "  parent: a-b\n" in out


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            "does;Part;App;Sales;Cap",
            "Links!B2: this cannot be read: several records are named Part",
        ),
        ("does;;App;Sales;Cap", "Links!A2: this cannot be read: this link has only one end"),
        ("does;;;;Cap", "Links!A2: this cannot be read: this link has no ends"),
    ],
)
def test_a_link_that_is_not_clear_is_reported_in_its_cell(link: str, said: str, call: Call) -> None:
    (line,) = wrong(call, link)
    assert said in line


def test_a_link_that_leads_nowhere_is_counted(call: Call) -> None:
    assert wrong(call, "does;A/B;App;Sails;Cap") == []
    assert "does: one of its ends is not in this source" in call("source", "list")[1]


def swollen() -> bytes:
    """A workbook that says it holds more than it may."""
    held = BytesIO(book({"A": sheet("a")}))
    with ZipFile(held, "a") as archive:
        archive.writestr("xl/media/bomb", "")
        archive.infolist()[-1].file_size = 20 * MAX_BYTES
    return held.getvalue()


FAR = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    '<row r="1"><c t="n"><v>1</v></c></row><row r="999999999"><c t="n"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><c r="A0"><v>1</v></c></row>',
    '<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c><c r="B1"><v>1</v></c></row>',
)


@pytest.mark.parametrize(
    "make",
    [
        *(partial(book, {"A": rows}) for rows in FAR),
        partial(book, {"A": sheet("a")}, **{"xl/workbook.bin": ""}),
        swollen,
        pytest.param(
            lambda: book({"A": sheet("a")}, **{"xl/media/bomb": " " * 210_000_000}),
            marks=pytest.mark.slow,
        ),
    ],
    ids=[
        *("corners", "far row without cells", "row 0", "two places", "binary"),
        *("a bomb by its own account", "bomb"),
    ],
)
def test_a_workbook_that_would_need_too_much_room_is_refused(
    make: Callable[[], bytes], call: Call
) -> None:
    Path("b.xlsx").write_bytes(make())
    code, out, err = call("check", "--format", "concise")
    assert (code, err) == (1, "")
    assert "b.xlsx:1:1: error[MOD101] this cannot be read: this workbook cannot be opened" in out


def test_cells_that_hold_nothing_do_not_count() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    found = formats.find("xlsx").read(Source("b.xlsx", book({"A": far})), {})
    assert found.flaws == []


def test_no_more_rows_are_read_than_anybody_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bizalign_lint.readers.table.MAX_ROWS", 2)
    content = book({"A": sheet("name", "a", "b", "c")})
    found = formats.find("xlsx").read(Source("b.xlsx", content), {})
    assert [record.fields for record in found.records] == [{"name": "a"}, {"name": "b"}]
    assert [flaw.place[2] for flaw in found.flaws] == ["A!A4"]


EMPTY = (
    '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
)


def test_a_workbook_of_opendocument_is_read_whatever_is_empty_in_it() -> None:
    content = ods(line("name") + line("a", rows="2") + EMPTY)
    found = formats.find("xlsx").read(Source("b.ods", content), {})
    assert found.flaws == []
    assert [record.fields for record in found.records] == [{"name": "a"}, {"name": "a"}]


@pytest.mark.parametrize(
    "content",
    [
        ods(line("a", cells="16384", rows="1048576")),
        ods(line("a", rows="99999999999")),
        ods(line("a"), '<!DOCTYPE x [<!ENTITY a "b">]>'),
        ods("<table:table-row>"),
    ],
    ids=["cells", "rows", "doctype", "broken"],
)
def test_one_that_repeats_its_cells_too_often_is_refused(content: bytes) -> None:
    (flaw,) = formats.find("xlsx").read(Source("b.ods", content), {}).flaws
    assert flaw.subject.startswith("this workbook cannot be opened")


def old(row: int, column: int) -> bytes:
    """The same with one cell elsewhere."""
    cell = b"\xfd\x00\x0a\x00\x01\x00\x00\x00"
    assert OLD.count(cell) == 1
    place = row.to_bytes(2, "little") + column.to_bytes(2, "little")
    return OLD.replace(cell, cell[:4] + place)


def test_a_cell_outside_any_row_is_none() -> None:
    cell = line("b")
    content = ods(cell[cell.index("<table:table-cell") : cell.index("</table:table-row>")])
    assert formats.find("xlsx").read(Source("b.ods", content), {}).records == []


def said(record: bytes, at: int) -> bytes:
    """The same with a number in a record that is far too large."""
    place = OLD.index(record, 512 if record != MAGIC else 0) + at
    return OLD[:place] + b"\xa7\xff\xff\xff" + OLD[place + 4 :]


def test_an_old_workbook_is_read() -> None:
    found = formats.find("xlsx").read(Source("b.xls", OLD), {})
    assert found.flaws == []
    assert found.records[0].fields == {"name": "a"}


def test_the_extent_of_an_old_workbook_is_from_corner_to_corner() -> None:
    far = old(39, 9)
    assert [*spans(far)] == [(3, 2), (40, 10)]
    # The same where the next sheet begins in place of the last cell.
    assert [*spans(far.replace(b"\x7e\x02\x0a\x00", b"\x09\x08\x0a\x00"))] == [(3, 2), (40, 10)]


@pytest.mark.parametrize(
    "content",
    [
        *(old(65535, 255), old(65535, 65535), OLD[:600], OLD[:4000], OLD[:40]),
        # What it says of its extent, its texts and its length is what room would be made for.
        *(said(b"\x00\x02\x0e\x00", 8), said(b"\xfc\x00", 8), said(MAGIC, 40), said(MAGIC, 44)),
    ],
)
def test_an_old_workbook_that_goes_too_far_or_ends_too_soon_is_refused(content: bytes) -> None:
    (flaw,) = formats.find("xlsx").read(Source("b.xls", content), {}).flaws
    assert flaw.subject.startswith("this workbook cannot be opened")
