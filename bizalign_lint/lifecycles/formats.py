"""Documents of endoflife.date, OpenEoX and CycloneDX → products with their releases."""

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
"""In CycloneDX, ``endOfLife`` is the end of sales."""


class Published(NamedTuple):
    """The products in a published document."""

    products: tuple[Product, ...]
    as_of: str
    """The date of the data, in ISO 8601; empty if the document has none."""
    publisher: str = ""
    """Empty if it does not follow from the format."""


def read(content: bytes, name: str) -> Published:
    """The products in a document of any of the formats. ``name`` is its name in messages.

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
        f"{name} has an unknown format",
        hint="give the full list of products from endoflife.date's API v1, an OpenEoX document "
        "with statements, or a CycloneDX document with lifecycle milestones",
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
        # .NET stands for Microsoft .NET: leave out a vendor that is among the tags.
        vendor, _, rest = label.partition(" ")
        short = [rest] if vendor.lower() in _list(product.get("tags")) else []
        known_as = filter(None, map(_text, (*_list(product.get("aliases")), *purls, *short)))
        if name:
            yield Product(name, label, tuple(known_as), releases)


def _openeox(statements: list[Any]) -> Published:
    """The products of OpenEoX Core 1.0 statements; their keys are in snake case or camel case."""
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
        milestones = {
            _text(one.get("name")).removeprefix(_MILESTONE): one.get("value")
            for one in map(_mapping, _list(component.get("properties")))
            if _text(one.get("name")).startswith(_MILESTONE)
        }
        name, version = _text(component.get("name")), _text(component.get("version"))
        dates = _dates(milestones, _CYCLONEDX)
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


def _dates(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """The milestones that have a date; some are only true or false, or not announced yet."""
    found = {milestone: _day(values.get(name)) for milestone, name in names.items()}
    return {milestone: day for milestone, day in found.items() if day}


def _day(value: Any) -> str:
    """The day of a date or time stamp (RFC 3339), in ISO 8601; empty for anything else."""
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
