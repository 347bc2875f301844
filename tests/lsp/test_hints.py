"""Inlay hints: what one would look up, beside what is written."""

from __future__ import annotations

from bizalign_lint.core.types import Span
from bizalign_lint.ide.hints import hints
from bizalign_lint.ide.snapshot import Snapshot

from .editor import meridian, snapshot

ALL = Span(1, 1, 10_000, 1)
CAPABILITY = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: sell, title: Selling things, description: It pays}
spec: {}
"""
APPLICATION = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: shop}
spec:
  supports: [sell]
  lifecycle: {active: "2020-01-01"}
  allocations:
    - {to: sell, share: 60}
    - {to: sell, share: 30.5}
"""
FILES = {"sell.yaml": CAPABILITY, "shop.yaml": APPLICATION}


def shown(files: Snapshot, path: str, stretch: Span = ALL) -> list[str]:
    """The lines of a file with the hints in them."""
    lines = files.sources[path].content.decode().splitlines()
    for hint in reversed(hints(files, path, stretch)):
        line = lines[hint.line - 1]
        lines[hint.line - 1] = f"{line[: hint.column - 1]}‹{hint.text}›{line[hint.column - 1 :]}"
    return lines


def test_titles_phases_and_sums() -> None:
    assert shown(snapshot(FILES), "shop.yaml")[4:] == [
        "  supports: [sell‹Selling things›]",
        '  lifecycle:‹active on 2026-06-30› {active: "2020-01-01"}',
        "  allocations:‹90.5 %›",
        "    - {to: sell‹Selling things›, share: 60}",
        "    - {to: sell‹Selling things›, share: 30.5}",
    ]


def test_only_what_is_asked_for() -> None:
    found = hints(snapshot(FILES), "shop.yaml", Span(5, 1, 5, 20))
    assert [hint.text for hint in found] == ["Selling things"]
    assert found[0].about
    assert hints(snapshot(FILES), "elsewhere.yaml", ALL) == []


def test_a_title_that_says_no_more_than_the_name_is_none() -> None:
    plain = CAPABILITY.replace("Selling things", "Sell")
    assert "sell]" in shown(snapshot({**FILES, "sell.yaml": plain}), "shop.yaml")[4]


def test_half_typed_and_foreign_text_have_none_that_is_wrong() -> None:
    broken = snapshot({**FILES, "shop.yaml": APPLICATION.replace("- {to", "- {{to", 1)})
    assert hints(broken, "shop.yaml", ALL) == []
    for path in meridian().sources:
        hints(meridian(), path, ALL)
