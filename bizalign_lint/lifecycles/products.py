"""Products and their releases, and how the names in definitions are matched with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

MILESTONES = (
    "released",
    "activeSupportEnds",
    "supportEnds",
    "extendedSupportEnds",
    "discontinued",
)
"""The milestones of a release, in their usual order (in endoflife.date: releaseDate, eoas, eol,
eoes, discontinued)."""

_SEPARATORS = re.compile(r"[\s_]+")
_REMARKS = re.compile(r"\s*(?:'[^']*'|\([^)]*\))")


class Release(NamedTuple):
    """A release of a product. ``dates`` has the known milestones, in ISO 8601."""

    name: str
    label: str
    dates: Mapping[str, str]


class Product(NamedTuple):
    """A product. ``known_as`` are its aliases and package URLs, without a version."""

    name: str
    label: str
    known_as: tuple[str, ...]
    releases: tuple[Release, ...]


class Named(NamedTuple):
    """The product, version and package URL that a definition names; empty if it does not."""

    product: str = ""
    version: str = ""
    purl: str = ""


class Catalog:
    """Products by all their names, aliases and package URLs."""

    def __init__(self, products: Iterable[Product]) -> None:
        self.names: dict[str, Product] = {}
        for product in products:
            for name in (product.name, product.label, *product.known_as):
                if key := _key(name):
                    self.names.setdefault(key, product)

    def product(self, named: Named) -> Product | None:
        """The product that a definition names; None if none has exactly that name."""
        found = self.names.get(_key(_package(named.purl)))
        return found or self.names.get(_key(named.product))


def version_of(named: Named) -> str:
    """The version that a definition names, by itself or in its package URL."""
    return named.version or named.purl.partition("?")[0].partition("#")[0].partition("@")[2]


def release(product: Product, version: str) -> Release | None:
    """The release that a version belongs to: 16.3 to 16, and 2012 R2 to 2012-r2.

    None if there is none, or more than one: 2016 may be 2016 SP2 as well as 2016 SP3.
    """
    wanted = _key(version)
    if not wanted:
        return None
    for one in product.releases:
        if _key(one.name) == wanted:
            return one
    named = [one for one in product.releases if _begins(_plain(one.label), wanted, "-")]
    if named:
        return named[0] if len(named) == 1 and _plain(named[0].label) == wanted else None
    longest = sorted(product.releases, key=lambda one: -len(one.name))
    return next((one for one in longest if _begins(wanted, _key(one.name), ".")), None)


def _begins(name: str, wanted: str, separator: str) -> bool:
    return name == wanted or name.startswith(f"{wanted}{separator}")


def _plain(label: str) -> str:
    """The key of a label without code name and remark, such as those in 22.04 'Jammy' (LTS)."""
    return _key(_REMARKS.sub("", label))


def _key(name: str) -> str:
    return _SEPARATORS.sub("-", name.strip().lower())


def _package(purl: str) -> str:
    """A package URL without its version, qualifiers and subpath (ECMA-427)."""
    return purl.partition("?")[0].partition("#")[0].partition("@")[0]
