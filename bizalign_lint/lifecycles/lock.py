"""The lock file: the published dates of the releases that a model names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from bizalign_lint.core.errors import ConfigError, raise_all
from bizalign_lint.core.types import Location, Place, Source, Span
from bizalign_lint.lifecycles.products import MILESTONES, Catalog, Product, Release
from bizalign_lint.parsing.documents import form, read_document
from bizalign_lint.parsing.positions import locate
from bizalign_lint.schema.messages import objections

_VERSION = 1
_FORM = "lifecycles"


class Lock(NamedTuple):
    """The content of a lock file."""

    source: str
    """The publisher: an address, or the name of a file."""
    as_of: str
    """The date of the data, in ISO 8601."""
    catalog: Catalog
    path: str
    place: Location
    """Where the lock file has ``as_of``."""
    places: Mapping[tuple[str, str], Place]
    """The place of each release, by the names of product and release."""


def read_lock(file: Source) -> Lock:
    """Read a lock file. Raises ConfigError, with the place, if it is not valid."""
    document = read_document(file, ConfigError)
    flaws = objections(form(_FORM), document)
    raise_all(ConfigError(message, Location(file.path, locate(place))) for place, message in flaws)
    value = document.value
    products = [_product(one) for one in value["products"]]
    places = {
        (product.name, one.name): Place(document, ("products", at, "releases", number))
        for at, product in enumerate(products)
        for number, one in enumerate(product.releases)
    }
    place = Location(file.path, _line_of(file.content, b'"asOf"'))
    return Lock(
        source=value["source"],
        as_of=value["asOf"],
        catalog=Catalog(products),
        path=file.path,
        place=place,
        places=places,
    )


def _line_of(content: bytes, key: bytes) -> Span:
    line = content[: max(content.find(key), 0)].count(b"\n") + 1
    return Span(line, 1, line, 2)


def _product(value: Mapping[str, Any]) -> Product:
    releases = tuple(
        Release(
            one["name"],
            one["label"],
            {milestone: one[milestone] for milestone in MILESTONES if milestone in one},
        )
        for one in value["releases"]
    )
    return Product(value["name"], value["label"], tuple(value["knownAs"]), releases)


def render(products: Mapping[str, Product], source: str, as_of: str) -> str:
    """The text of a lock file; it does not depend on the order of the products."""
    value = {
        "version": _VERSION,
        "source": source,
        "asOf": as_of,
        "products": [
            {
                "name": product.name,
                "label": product.label,
                "knownAs": sorted(product.known_as),
                "releases": [
                    {"name": one.name, "label": one.label, **one.dates}
                    for one in sorted(product.releases, key=lambda one: one.name)
                ],
            }
            for _, product in sorted(products.items())
        ],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
