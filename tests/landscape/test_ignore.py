"""What records of other tools accept themselves: an annotation, a property or a column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Call
from tests.lsp.wire import Wire

CATALOG = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    bizalign/ignore: {}
spec:
  type: service
  lifecycle: Productive
"""
MODEL = """\
<?xml version="1.0" encoding="UTF-8"?>
<archimate:model xmlns:archimate="http://www.archimatetool.com/archimate"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="M" id="m">
  <folder name="Strategy" id="f" type="strategy">
    <element xsi:type="archimate:Capability" name="Capability" id="c1">
      <property key="bizalign/ignore" value="{}"/>
    </element>
  </folder>
</archimate:model>
"""
TABLE = 'Application,Status,bizalign/ignore\nTill,Idle,"{}"\n'
DEFINITION = {
    "apiVersion": "bizalign/v1",
    "kind": "Application",
    "metadata": {"name": "till", "annotations": {"bizalign/ignore": "{}"}},
    "spec": {"technicalFit": 9},
}
FORMS = [
    ("catalog-info.yaml", CATALOG, "backstage", "MOD106", "6:22"),
    ("apps.csv", TABLE, "applications", "MOD106", "2:11"),
    ("m.archimate", MODEL, "archimate", "MOD142", "6:7"),
    ("a.json", json.dumps(DEFINITION, indent=1), "json", "MOD106", "7:23"),
]


def _set_up(path: str, text: str, how: str, rule: str) -> None:
    config = f"asOf: 2026-06-30\nselect: [{rule}, MOD170, MOD115, MOD116, MOD117]\n"
    Path(".bizalign.yaml").write_text(f"{config}sources: [{{read: {path}, as: {how}}}]\n")
    Path(path).write_text(text, "utf-8")


@pytest.mark.parametrize(("path", "text", "how", "rule", "at"), FORMS, ids=lambda one: str(one)[:9])
def test_a_record_accepts_a_finding_and_says_why(
    path: str, text: str, how: str, rule: str, at: str, call: Call, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    _set_up(path, text.replace("{}", f"{rule} -- it goes soon until=2026-12-31", 1), how, rule)
    assert call("check", "-q")[:2] == (0, "")
    _, out, _ = call("check", "--format", "json")
    (one,) = json.loads(out)["suppressed"]
    said = one["suppression"]
    assert (said["reason"], said["until"]) == ("it goes soon", "2026-12-31")
    for said, problem in (
        (f"{rule} until=2026-12-31", "reason"),
        (f"{rule} -- it goes soon until=2026-01-31", "expired on 2026-01-31"),
        ("MOD999 -- it goes soon", "MOD999"),
    ):
        Path(path).write_text(text.replace("{}", said, 1), "utf-8")
        _, out, _ = call("check", "-q")
        (told,) = [line for line in out.splitlines() if problem in line]
        assert told.startswith(f"{path}:{at}")


@pytest.mark.process
def test_an_editor_sees_at_once_what_a_record_accepts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _set_up("apps.csv", TABLE, "applications", "MOD106")
    wire = Wire()
    try:
        wire.begin(tmp_path)
        path = tmp_path / "apps.csv"
        wire.open(path, TABLE.replace("{}", ""))
        wire.wait(lambda: wire.codes(path) == ["MOD106"])
        wire.change(path, {"text": TABLE.replace("{}", "MOD106 -- it goes soon")})
        wire.wait(lambda: wire.codes(path) == [])
    finally:
        wire.kill()
