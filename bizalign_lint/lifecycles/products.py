"""Products, their releases, and which of them a definition means."""

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
"""What is known of a release, in the order of its life (endoflife.date: releaseDate, eoas, eol,
eoes, discontinued)."""

_SEPARATORS = re.compile(r"[\s_]+")
_REMARKS = re.compile(r"\s*(?:'[^']*'|\([^)]*\))")


class Release(NamedTuple):
    """A release, and the day of each milestone that is known."""

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
    """What a definition says that it is."""

    product: str = ""
    version: str = ""
    purl: str = ""


class Catalog:
    """Products by all that they are called."""

    def __init__(self, products: Iterable[Product]) -> None:
        self.names: dict[str, Product] = {}
        for product in products:
            for name in (product.name, product.label, *product.known_as):
                self.names.setdefault(_key(name), product)

    def product(self, named: Named) -> Product | None:
        """The product that is meant; None where none is called exactly so."""
        package = _package(named.purl)
        found = self.names.get(_key(package)) if package else None
        return found or (self.names.get(_key(named.product)) if named.product else None)


def version_of(named: Named) -> str:
    """The version that is meant: what is said, or that of the package URL."""
    return named.version or named.purl.partition("?")[0].partition("#")[0].partition("@")[2]


def release(product: Product, version: str) -> Release | None:
    """The release that a version belongs to: 16.3 to 16, and 2012 R2 to 2012-r2.

    None where none is called so, or where several are: 2016 may be 2016 SP2 as well as 2016 SP3.
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
    """A label without the code name and the remark that some have: 22.04 'Jammy' (LTS)."""
    return _key(_REMARKS.sub("", label))


def _key(name: str) -> str:
    return _SEPARATORS.sub("-", name.strip().lower())


def _package(purl: str) -> str:
    """A package URL without its version, qualifiers and subpath (ECMA-427)."""
    return purl.partition("?")[0].partition("#")[0].partition("@")[0]
