"""What vendors and collectors publish → products: endoflife.date, OpenEoX, CycloneDX."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import orjson

from bizalign_lint.core.errors import UsageError
from bizalign_lint.lifecycles.products import Product, Release

_ENDOFLIFE = {
    "released": "releaseDate",
    "activeSupportEnds": "eoasFrom",
    "supportEnds": "eolFrom",
    "extendedSupportEnds": "eoesFrom",
    "discontinued": "discontinuedFrom",
}
_OPENEOX = {
    "released": "general_availability",
    "supportEnds": "end_of_security_support",
    "discontinued": "end_of_sales",
}
_MILESTONE = "cdx:lifecycle:milestone:"
_CYCLONEDX = {
    "released": "generalAvailability",
    "activeSupportEnds": "endOfGuaranteedSupport",
    "supportEnds": "endOfSupport",
    "discontinued": "endOfLife",
}
"""CycloneDX calls the end of sale end of life."""


class Published(NamedTuple):
    """Products as somebody published them."""

    products: tuple[Product, ...]
    as_of: str
    """The day that the data is of; empty where it does not say."""
    publisher: str = ""
    """Empty where that is not known from the format."""


def read(content: bytes, name: str) -> Published:
    """The products of a document in any of the formats. ``name`` is what messages call it.

    Raises UsageError for anything else.
    """
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{name} is not valid JSON: {error}") from None
    if isinstance(value, dict):
        if isinstance(value.get("result"), list):
            products = tuple(_endoflife(value["result"]))
            return Published(products, _day(value.get("generated_at")), "endoflife.date")
        if isinstance(value.get("statements"), list):
            return _openeox(value["statements"])
        if value.get("bomFormat") == "CycloneDX":
            stamp = _mapping(value.get("metadata")).get("timestamp")
            return Published(_cyclonedx(value), _day(stamp))
    raise UsageError(
        f"{name} is not in a format that is known",
        hint="the full list of products of endoflife.date's API v1, an OpenEoX document with "
        "statements, or a CycloneDX document with lifecycle milestones",
    )


def _endoflife(products: list[Any]) -> Iterator[Product]:
    for product in map(_mapping, products):
        identifiers = map(_mapping, _list(product.get("identifiers")))
        purls = [one.get("id") for one in identifiers if one.get("type") == "purl"]
        releases = tuple(
            Release(_text(one.get("name")), _text(one.get("label")), _dates(one, _ENDOFLIFE))
            for one in map(_mapping, _list(product.get("releases")))
            if _text(one.get("name"))
        )
        name, label = _text(product.get("name")), _text(product.get("label"))
        # Who writes .NET means Microsoft .NET: the vendor is among the tags.
        vendor, _, rest = label.partition(" ")
        short = [rest] if vendor.lower() in _list(product.get("tags")) else []
        known_as = filter(None, map(_text, (*_list(product.get("aliases")), *purls, *short)))
        if name:
            yield Product(name, label, tuple(known_as), releases)


def _openeox(statements: list[Any]) -> Published:
    """OpenEoX Core 1.0 in the statements of a shell, whose names are spelt in two ways."""
    releases: dict[str, list[Release]] = defaultdict(list)
    days = []
    for statement in map(_mapping, statements):
        core = _mapping(statement.get("core"))
        product = _text(statement.get("product_name") or statement.get("productName"))
        version = _text(statement.get("product_version") or statement.get("productVersion"))
        if product and version:
            releases[product].append(Release(version, version, _dates(core, _OPENEOX)))
            days.append(_day(core.get("last_updated")))
    return Published(_products(releases, {}), max(days, default=""))


def _cyclonedx(bom: Mapping[str, Any]) -> tuple[Product, ...]:
    releases: dict[str, list[Release]] = defaultdict(list)
    purls: dict[str, str] = {}
    waiting = _list(bom.get("components"))[::-1]
    while waiting:
        component = _mapping(waiting.pop())
        waiting += _list(component.get("components"))[::-1]
        said = {
            _text(one.get("name")).removeprefix(_MILESTONE): one.get("value")
            for one in map(_mapping, _list(component.get("properties")))
            if _text(one.get("name")).startswith(_MILESTONE)
        }
        name, version = _text(component.get("name")), _text(component.get("version"))
        dates = _dates(said, _CYCLONEDX)
        if name and version and dates:
            releases[name].append(Release(version, version, dates))
            purls.setdefault(name, _text(component.get("purl")).partition("@")[0])
    return _products(releases, purls)


def _products(
    releases: Mapping[str, list[Release]], purls: Mapping[str, str]
) -> tuple[Product, ...]:
    return tuple(
        Product(name, name, tuple(filter(None, [purls.get(name, "")])), tuple(found))
        for name, found in releases.items()
    )


def _dates(said: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """The milestones that are days: some are only yes or no, or yet to be announced."""
    found = {milestone: _day(said.get(name)) for milestone, name in names.items()}
    return {milestone: day for milestone, day in found.items() if day}


def _day(value: Any) -> str:
    """The day of a date or a time stamp (RFC 3339); empty for anything else."""
    text = _text(value)[:10]
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
