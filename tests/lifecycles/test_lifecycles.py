"""What vendors say of their releases: fetched once, kept in a lock file, judged offline."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.lifecycles.formats import read
from bizalign_lint.lifecycles.products import (
    Catalog,
    Named,
    Product,
    Release,
    release,
    version_of,
)
from tests.conftest import Call

SHARED = Path(__file__).parents[3] / "shared/data/endoflife/products-full.json"
EXAMPLE = Path(__file__).parents[2] / "examples/meridian"
MODEL = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: shop, title: Shop}
spec: {lifecycle: {active: 2020-01-01}, components: [db]}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: db, title: Database}
spec:
  product: Blue Server
  version: "2016"
"""
PRODUCTS: dict[str, Any] = {
    "schema_version": "1.2.0",
    "generated_at": "2026-06-01T00:00:00+00:00",
    "result": [
        {
            "name": "blueserver",
            "label": "Acme Blue Server",
            "aliases": ["blue"],
            "tags": ["acme"],
            "identifiers": [{"id": "pkg:generic/blue", "type": "purl"}],
            "releases": [
                {
                    "name": "13",
                    "label": "2016 'Azure'",
                    "releaseDate": "2016-06-01",
                    "isEol": True,
                    "eolFrom": "2021-05-31",
                    "isEoes": False,
                    "eoesFrom": None,
                },
                {"name": "14", "label": "2018", "releaseDate": "2018-06-01", "isEol": False},
            ],
        },
        {"name": "red", "label": "Red", "aliases": [], "releases": [{"name": "1", "label": "1"}]},
    ],
}
OPENEOX = {
    "$schema": "https://docs.oasis-open.org/openeox/tbd/schema/shell.json",
    "statements": [
        {
            "core": {
                "$schema": "https://docs.oasis-open.org/openeox/eox-core/v1.0/schema/core.json",
                "end_of_life": "tba",
                "end_of_security_support": "2021-05-31T12:00:00Z",
                "last_updated": "2026-06-01T12:00:00Z",
            },
            "product_name": "Blue Server",
            "product_version": "2016",
            "supplier_name": "Acme",
        }
    ],
}
CYCLONEDX = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "metadata": {"timestamp": "2026-06-01T08:00:00Z"},
    "components": [
        {
            "name": "Blue Server",
            "version": "2016",
            "purl": "pkg:generic/blue@2016",
            "properties": [
                {"name": "cdx:lifecycle:milestone:endOfSupport", "value": "2021-05-31"},
                {"name": "cdx:reproducible", "value": "true"},
            ],
        }
    ],
}


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-06-30\n")
    (tmp_path / "model.yaml").write_text(MODEL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _rules(call: Call, *options: str) -> list[str]:
    _, out, err = call("check", "--format", "json", *options)
    assert err == ""
    return sorted(finding["rule"] for finding in json.loads(out)["findings"])


@pytest.mark.parametrize("published", [PRODUCTS, OPENEOX, CYCLONEDX], ids=str)
def test_dates_are_fetched_once_and_then_count(model: Path, call: Call, published: Any) -> None:
    before = _rules(call)
    assert "BAS103" not in before
    (model / "published.txt").write_text(json.dumps(published))
    code, out, err = call("lifecycles", "update", "--from", "published.txt")
    assert (code, err) == (0, "")
    assert out == "lifecycles.lock.json: 1 release of 1 product, as of 2026-06-01\n"
    assert {"BAS103", "BAS232"} <= set(_rules(call))
    lock = (model / "lifecycles.lock.json").read_bytes()
    call("lifecycles", "update", "--from", "published.txt")
    assert (model / "lifecycles.lock.json").read_bytes() == lock


def test_a_finding_says_that_its_date_is_filled_in(model: Path, call: Call) -> None:
    (model / "published.txt").write_text(json.dumps(PRODUCTS))
    call("lifecycles", "update", "--from", "published.txt")
    _, out, _ = call("check", "--format", "json", "--select", "BAS103")
    (finding,) = json.loads(out)["findings"]
    _, said = finding["related"]
    assert said["message"] == (
        "endOfSupport 2021-05-31 is filled in: endoflife.date gives it for Acme Blue Server "
        "2016 'Azure' (as of 2026-06-01)"
    )
    assert said["path"] == "lifecycles.lock.json"
    lines = (model / "lifecycles.lock.json").read_text().splitlines()
    assert '"name": "13"' in "".join(lines[said["range"]["start"]["line"] - 1 :][:2])
    call("check", "--fix")
    _, out, _ = call("check", "--format", "json", "--select", "BAS103")
    (finding,) = json.loads(out)["findings"]
    assert [one["path"] for one in finding["related"]] == ["model.yaml"]


def test_the_forecast_says_when_the_data_is_too_old(model: Path, call: Call) -> None:
    (model / "published.txt").write_text(json.dumps(PRODUCTS))
    call("lifecycles", "update", "--from", "published.txt")
    days = []
    for day in ("2026-06-10", "2026-08-29"):
        _, out, _ = call("forecast", "--select", "BAS233", "--as-of", day, "--format", "json")
        days += [event["first"] for event in json.loads(out)["events"]]
    assert days == ["2026-08-31"] * 2
    assert _rules(call, "--as-of", "2026-08-30", "--select", "BAS233") == []
    assert _rules(call, "--as-of", "2026-08-31", "--select", "BAS233") == ["BAS233"]
    _, out, _ = call("forecast", "--select", "BAS233", "--as-of", "2026-08-31")
    assert "0 findings will appear" in out


def test_only_what_the_model_names_is_kept(model: Path, call: Call) -> None:
    published = json.dumps(PRODUCTS).replace("Azure", "Blå")
    (model / "published.txt").write_text(published)
    call("lifecycles", "update", "--from", "published.txt")
    text = (model / "lifecycles.lock.json").read_text("utf-8")
    assert "2016 'Blå'" in text
    assert text.startswith('{\n  "version": 1,\n')
    kept = json.loads(text)
    assert kept["source"] == "endoflife.date"
    assert [p["name"] for p in kept["products"]] == ["blueserver"]
    assert [r["name"] for r in kept["products"][0]["releases"]] == ["13"]
    code, out, _ = call("lifecycles", "list")
    assert code == 0
    assert "ITComponent:db: Blue Server 2016: released 2016-06-01, supportEnds 2021-05-31" in out


BEGIN, END = "generalAvailability: 2016-06-01", "endOfSupport: 2024-05-31"
PAID = "paidSupport: 2021-05-31"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", f"{{{BEGIN}, endOfSupport: 2021-05-31}}"),
        (f"{{{PAID}}}", f"{{{PAID}, {BEGIN}, {END}}}"),
        (f"\n    {PAID}", f"\n    {PAID}\n    {BEGIN}\n    {END}"),
        ("&dates {}", "&dates {}"),
    ],
)
def test_dates_are_added_to_those_that_are_there(
    model: Path, call: Call, before: str, after: str
) -> None:
    published = json.dumps(PRODUCTS).replace('"eoesFrom": null', '"eoesFrom": "2024-05-31"')
    (model / "published.txt").write_text(published)
    (model / "model.yaml").write_text(f"{MODEL}  vendorSupport: {before}\n")
    call("lifecycles", "update", "--from", "published.txt")
    call("check", "--fix")
    assert (model / "model.yaml").read_text() == f"{MODEL}  vendorSupport: {after}\n"


def test_fixes_write_the_dates(model: Path, call: Call) -> None:
    (model / "published.txt").write_text(json.dumps(PRODUCTS))
    call("lifecycles", "update", "--from", "published.txt")
    call("check", "--fix")
    text = (model / "model.yaml").read_text()
    assert text == MODEL + (
        "  vendorSupport:\n    generalAvailability: 2016-06-01\n    endOfSupport: 2021-05-31\n"
    )
    (model / "model.yaml").write_text(text.replace("2021-05-31", "2024-05-31"))
    assert "BAS231" in _rules(call)
    call("check", "--fix")
    assert (model / "model.yaml").read_text() == text


def test_what_is_no_object_of_dates_stays_as_it_is(model: Path, call: Call) -> None:
    (model / "published.txt").write_text(json.dumps(PRODUCTS))
    call("lifecycles", "update", "--from", "published.txt")
    asked = ("--select", "MOD106,BAS103,BAS231,BAS232")
    assert _rules(call, *asked) == ["BAS103", "BAS232"]
    (model / "model.yaml").write_text(f"{MODEL}  vendorSupport: soon\n")
    assert _rules(call, *asked) == ["MOD106"]


@pytest.mark.parametrize(
    ("dates", "rules"),
    [
        ("endOfSupport: 2021-05-31", ["BAS103"]),
        ("endOfSupport: 2021-06-01", ["BAS103"]),
        ("endOfSupport: 2021-05-30", ["BAS103"]),
        ("endOfSupport: 2024-05-31", ["BAS103"]),
        ("endOfSupport: 2021-06-02", ["BAS103", "BAS231"]),
        ("endOfSupport: 2021-05-29", ["BAS103", "BAS231"]),
        ("generalAvailability: 2015-06-01", ["BAS103"]),
        ("endOfSale: 2020-01-01", ["BAS103"]),
    ],
)
def test_dates_of_ones_own_count_and_are_right_up_to_a_day(
    model: Path, call: Call, dates: str, rules: list[str]
) -> None:
    published = json.dumps(PRODUCTS).replace('"eoesFrom": null', '"eoesFrom": "2024-05-31"')
    (model / "published.txt").write_text(published)
    (model / "model.yaml").write_text(f"{MODEL}  vendorSupport: {{{dates}}}\n")
    call("lifecycles", "update", "--from", "published.txt")
    assert _rules(call, "--select", "BAS103,BAS231,BAS232") == rules


def test_a_version_may_be_written_as_a_number(model: Path, call: Call) -> None:
    (model / "published.txt").write_text(json.dumps(PRODUCTS))
    (model / "model.yaml").write_text(MODEL.replace('"2016"', "2018"))
    call("lifecycles", "update", "--from", "published.txt")
    assert "ITComponent:db: Blue Server 2018: released 2018-06-01" in call("lifecycles", "list")[1]


def test_old_data_is_reported_once_for_the_definitions_that_it_is_about(
    model: Path, call: Call
) -> None:
    (model / "published.txt").write_text(json.dumps(PRODUCTS))
    (model / "a.yaml").write_text(MODEL.replace("Blue Server", "Ours").replace("db", "x"))
    call("lifecycles", "update", "--from", "published.txt")
    asked = ("check", "--format", "json", "--select", "BAS233", "--as-of", "2027-01-01")
    (finding,) = json.loads(call(*asked)[1])["findings"]
    assert (finding["path"], finding["range"]["start"]["line"]) == ("model.yaml", 10)
    assert "1 definition" in finding["message"]
    (related,) = finding["related"]
    line = (
        (model / "lifecycles.lock.json").read_text().splitlines().index('  "asOf": "2026-06-01",')
    )
    assert related["range"]["start"] == {"line": line + 1, "column": 1}
    assert related["range"]["end"] == {"line": line + 1, "column": 2}


UBUNTU = Product(
    "ubuntu",
    "Ubuntu  Linux",
    ("pkg:os/ubuntu",),
    tuple(
        Release(name, label, {})
        for name, label in (
            ("22.04", "22.04 'Jammy Jellyfish' (LTS)"),
            ("16", "16"),
            ("16.3", "16.3"),
            ("2012-r2", "2012 R2"),
            ("2016-sp2", "2016 SP2"),
            ("2016-sp3", "2016 SP3"),
            ("13", "2019 'Azure'"),
            ("14", "2022 R1"),
            ("15", ""),
        )
    ),
)


@pytest.mark.parametrize(
    ("version", "known"),
    [
        ("22.04", "22.04"),
        (" 22.04 ", "22.04"),
        ("22.04.5", "22.04"),
        ("22", None),
        ("22.040", None),
        ("16.1", "16"),
        ("16.3.1", "16.3"),
        ("160", None),
        ("2012 R2", "2012-r2"),
        ("2012_r2", "2012-r2"),
        ("2012", None),
        ("2016", None),
        ("2016 SP3", "2016-sp3"),
        ("2019", "13"),
        ("2019 CU2", None),
        ("2022", None),
        ("2022 R1", "14"),
        ("", None),
    ],
)
def test_a_release_is_known_by_its_whole_name_and_what_is_below_it(
    version: str, known: str | None
) -> None:
    found = release(UBUNTU, version)
    assert (None if found is None else found.name) == known


@pytest.mark.parametrize(
    ("named", "is_known", "version"),
    [
        (Named("ubuntu", "16"), True, "16"),
        (Named(" Ubuntu_Linux"), True, ""),
        (Named("Ubuntu Server"), False, ""),
        (Named(purl="pkg:os/ubuntu"), True, ""),
        (Named(purl="pkg:os/ubuntu@22.04"), True, "22.04"),
        (Named(purl="pkg:os/ubuntu@22.04?arch=x@y#z"), True, "22.04"),
        (Named(purl="pkg:os/ubuntu?arch=x@y"), True, ""),
        (Named(purl="pkg:os/ubuntu@16#a@b"), True, "16"),
        (Named(purl="pkg:os/ubuntu#a@b"), True, ""),
        (Named("ubuntu", "22.04", "pkg:os/ours@16"), True, "22.04"),
        (Named("ours", purl="pkg:os/ubuntu@16"), True, "16"),
        (Named(), False, ""),
    ],
)
def test_a_product_is_known_by_its_package_url_or_its_name(
    named: Named, is_known: bool, version: str
) -> None:
    nameless = Product("other", "", (), ())
    assert Catalog([nameless, UBUNTU]).product(named) == (UBUNTU if is_known else None)
    assert version_of(named) == version


def test_statements_count_with_a_product_and_a_version_and_the_last_has_the_day() -> None:
    day = {"general_availability": "2020-01-01", "last_updated": "2026-01-01"}
    statements = [
        {"core": day | {"last_updated": "2026-02-01"}, "productName": "a", "productVersion": "1"},
        {"core": day, "product_name": "a", "product_version": "2"},
        {"core": day | {"last_updated": "2027-01-01"}, "product_name": "b"},
        {"core": day, "product_version": "3"},
    ]
    found = read(json.dumps({"statements": statements}).encode(), "x.json")
    assert found.as_of == "2026-02-01"
    (product,) = found.products
    assert product.name == "a"
    assert [(one.name, one.dates) for one in product.releases] == [
        ("1", {"released": "2020-01-01"}),
        ("2", {"released": "2020-01-01"}),
    ]


def test_components_within_components_are_read_in_their_order() -> None:
    def component(name: str, *below: object, milestone: str = "endOfSupport") -> dict[str, object]:
        dates = [{"name": f"cdx:lifecycle:milestone:{milestone}", "value": "2026-01-01"}]
        said = {"name": name, "version": "1", "purl": f"pkg:x/{name}@1"}
        return said | {"components": list(below), "properties": dates}

    parts = (component("b", component("c")), component("d"), component("e", milestone="mood"))
    bom = {"bomFormat": "CycloneDX", "components": [component("a", *parts), component("f")]}
    found = read(json.dumps(bom).encode(), "x.json")
    assert [product.name for product in found.products] == ["a", "b", "c", "d", "f"]
    assert found.products[0].known_as == ("pkg:x/a",)


def test_a_product_goes_by_its_package_urls_and_by_its_name_without_its_vendor() -> None:
    product = {"name": "x", "label": "Acme Blue", "tags": ["acme"], "releases": [{"name": "1"}]}
    ids = [{"type": "purl", "id": "pkg:x/y"}, {"type": "cpe", "id": "cpe:/a:acme:blue"}]
    result = [product, product | {"name": "y", "tags": ["other"], "identifiers": ids}]
    found = read(json.dumps({"result": result}).encode(), "x.json")
    assert [one.known_as for one in found.products] == [("Blue",), ("pkg:x/y",)]


def test_what_is_unknown_is_listed_and_never_guessed(model: Path, call: Call) -> None:
    other = MODEL.replace("Blue Server", "Blu Server").replace("db", "x")
    (model / "other.yaml").write_text(other)
    (model / "more.yaml").write_text(MODEL.replace('"2016"', '"2017"').replace("db", "y"))
    (model / "published.txt").write_text(json.dumps(PRODUCTS))
    _, out, _ = call("lifecycles", "update", "--from", "published.txt")
    assert "1 unknown product:\n  ITComponent:x: Blu Server 2016 (did you mean" in out
    assert (
        "1 unknown release:\n  ITComponent:y: Blue Server 2017 (known: 2016 'Azure', 2018)" in out
    )


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/full" else 404)
        self.end_headers()
        self.wfile.write(json.dumps(PRODUCTS).encode())

    def log_message(self, *_: Any) -> None:
        """Nothing: what is printed is compared."""


@pytest.fixture
def address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_address_is_read(model: Path, call: Call, address: str) -> None:
    assert call("lifecycles", "update", "--from", f"{address}/full")[0] == 0
    code, _, err = call("lifecycles", "update", "--from", f"{address}/gone")
    assert code == 2
    assert "the server responds with status 404" in err


@pytest.mark.parametrize(
    ("origin", "problem"),
    [
        ("http://example.org/full", "only https:// addresses are read"),
        ("gone.json", "no such file"),
        ("model.yaml", "is not valid JSON"),
        ("array.json", "has an unknown format"),
    ],
)
def test_what_cannot_be_read_is_refused(model: Path, call: Call, origin: str, problem: str) -> None:
    (model / "array.json").write_text("[]")
    code, out, err = call("lifecycles", "update", "--from", origin)
    assert (code, out) == (2, "")
    assert problem in err
    assert not (model / "lifecycles.lock.json").exists()


def test_what_is_too_large_is_refused_and_not_cut_short(
    model: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = json.dumps(PRODUCTS)
    monkeypatch.setattr("bizalign_lint.sources.web.MAX_BYTES", len(text))
    (model / "published.txt").write_text(text)
    assert call("lifecycles", "update", "--from", "published.txt")[0] == 0
    (model / "published.txt").write_text(f"{text} ")
    code, _, err = call("lifecycles", "update", "--from", "published.txt")
    assert code == 2
    assert "it has more than" in err


def test_standard_input_is_read(model: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = BytesIO(json.dumps(PRODUCTS).encode())

    monkeypatch.setattr("sys.stdin", Stdin())
    assert call("lifecycles", "update", "--from", "-")[0] == 0


@pytest.mark.parametrize(
    ("lock", "problem"),
    [
        ("{", "lifecycles.lock.json:1:"),
        ("[]", "the file is not a mapping"),
        ('{"version": 2, "source": "x", "asOf": "2026-01-01", "products": []}', ":1:13"),
        ('{"version": 1, "source": "x", "asOf": "soon", "products": []}', "must be a date"),
    ],
)
def test_a_broken_lock_file_is_refused_with_its_place_and_made_anew(
    model: Path, call: Call, lock: str, problem: str
) -> None:
    (model / "lifecycles.lock.json").write_text(lock)
    code, _, err = call("check")
    assert code == 2
    assert problem in err
    (model / "published.txt").write_text(json.dumps(PRODUCTS))
    assert call("lifecycles", "update", "--from", "published.txt")[0] == 0
    assert call("check")[0] == 1


def test_any_values_are_read(model: Path, call: Call) -> None:
    """Whatever is in the places of names, lists and days."""
    odd: list[Any] = [
        None,
        1,
        "x",
        [],
        {},
        [None],
        [{}],
        {"releases": 3},
        {"name": 1},
        {"name": "a"},
    ]
    odd.append({"name": "a", "label": [], "releases": [{"name": "1", "eolFrom": True}], "tags": 1})
    for published in (
        {"result": odd, "generated_at": 7},
        {"statements": odd},
        {"bomFormat": "CycloneDX", "components": odd, "metadata": 3},
    ):
        (model / "published.txt").write_text(json.dumps(published))
        assert call("lifecycles", "update", "--from", "published.txt")[0] == 0
        assert call("check")[0] in (0, 1)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not there")
def test_a_whole_enterprise_agrees_with_the_published_dates(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in EXAMPLE.rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(EXAMPLE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    monkeypatch.chdir(tmp_path)
    _, out, _ = call("lifecycles", "update", "--from", str(SHARED))
    assert out.startswith("lifecycles.lock.json: 15 releases of 7 products")
    assert call("check", "--quiet")[0] == 0
