"""What lies ahead, in the editor: the same as the forecast says."""

from __future__ import annotations

from bizalign_lint.lsp.outlook import about_date, lenses_ahead

from .editor import at, meridian

SERVERS = "technology/components/servers.yaml"
ERP = "technology/applications/erp.yaml"


def test_a_lens_counts_what_begins_within_a_year() -> None:
    found = [lens for path in meridian().sources for lens in lenses_ahead(meridian(), path)]
    assert found
    assert {lens.text for lens in found} <= {
        "1 finding begins within a year",
        *(f"{count} findings begin within a year" for count in range(2, 9)),
    }


def test_a_date_says_what_it_triggers() -> None:
    place = at(meridian(), SERVERS, "2027-10-11")
    text = about_date(place.snapshot, place.path, place.position)
    assert text.startswith("**What this date triggers**\n\n- 2027-10-11 error BAS")
    assert "VMware vSphere 8, which its vendor has not supported since 2027-10-11" in text


def test_what_triggers_nothing_says_nothing() -> None:
    for needle in ("2008-03-01", "endOfLife", "sap-s4hana"):
        place = at(meridian(), ERP, needle)
        assert about_date(place.snapshot, place.path, place.position) == ""
