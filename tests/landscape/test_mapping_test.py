"""``mapping test`` and ``mapping list``; the cases of the shipped mappings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bizalign_lint.core import shipped
from tests.conftest import Call

MAPPINGS = Path(__file__).parent.parent.parent / "mappings"
OWN = "reader: csv\nelements:\n  - {from: {}, to: Application, set: {title: {column: Name}}}\n"
CASES = """\
cases:
  - name: a row
    files: {a.csv: "Name\\nShop\\n"}
    gives: |
      apiVersion: bizalign/v1
      kind: Application
      metadata: {name: shop, title: Shop}
      spec: {}
"""


def test_every_shipped_mapping_has_cases_that_pass(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [str(MAPPINGS / f"{name}.yaml") for name in sorted(shipped.mappings())]
    code, out, err = call("mapping", "test", *names)
    assert (code, err) == (0, ""), out
    assert out.startswith(f"{len(names)} mappings: ")


def test_the_shipped_ones_are_listed(call: Call) -> None:
    code, out, _ = call("mapping", "list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == sorted(shipped.mappings())
    readers = {line.index(f" {line.split()[1]} ") for line in out.splitlines()}
    assert len(readers) == 1, "one below the other"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("", "", "1 mapping: 1 passed, 0 failed"),
        ("title: Shop", "title: Stop", "    -  title: Stop"),
        ("gives:", "leaves: {row: 1}\n    gives:", "left out {}, expected {'row': 1}"),
        ("gives:", "wrong: [odd]\n    gives:", "no problem reported with: odd"),
        ("Shop\\n", "Shop,x\\n", "unexpected problem: this row has 2 cells, but the header has 1"),
    ],
)
def test_what_is_not_as_it_has_to_be_is_told(
    right: str, wrong: str, said: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".bizalign.yaml").write_text("sources: [{read: '*.csv', mapping: own.yaml}]\n")
    Path("own.yaml").write_text(OWN)
    Path("own.test.yaml").write_text(CASES.replace(right, wrong))
    code, out, err = call("mapping", "test")
    assert (code, err) == (int("0 failed" not in said), "")
    assert said in out


@pytest.mark.parametrize(
    ("arguments", "cases", "said"),
    [
        (["none.yaml"], CASES, "no such file: none.yaml"),
        ([], CASES, "no mappings are given"),
        (["own.yaml"], "cases: []\n", "own.test.yaml:1:"),
        (["own.yaml"], CASES.replace("files:", "sheets: {A: x}\n    files:"), "give either files"),
        (["own.yaml"], CASES.replace("files: {a.csv", "sheets: {a"), "csv has no sheets"),
    ],
)
def test_what_is_wrong_with_the_cases(
    arguments: list[str],
    cases: str,
    said: str,
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(OWN)
    Path("own.test.yaml").write_text(cases)
    code, _, err = call("mapping", "test", *arguments)
    assert code == 2
    assert said in err
