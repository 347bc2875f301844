"""The definitions that name a product, each with the product and release found for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bizalign_lint.core.types import Document
from bizalign_lint.lifecycles.complete import named_by
from bizalign_lint.lifecycles.products import Catalog, Named, Product, Release, release, version_of
from bizalign_lint.schema.ontology import Ontology


class Use(NamedTuple):
    """A definition that names a product."""

    reference: str
    """``Kind:name``."""
    named: Named
    product: Product | None
    """None if no product has exactly that name."""
    release: Release | None
    """None if the product has no such release."""


def uses(documents: Iterable[Document], ontology: Ontology, catalog: Catalog) -> list[Use]:
    """The definitions that name a product, sorted by kind and name."""
    found = []
    for document in documents:
        kind = ontology.kinds.get(str(document.value.get("kind")))
        metadata = document.value.get("metadata")
        if kind is None or kind.vendor_dates is None or not isinstance(metadata, dict):
            continue
        named = named_by(document, kind.vendor_dates)
        if named.product or named.purl:
            product = catalog.product(named)
            known = None if product is None else release(product, version_of(named))
            reference = f"{kind.name}:{metadata.get('name', '-')}"
            found.append(Use(reference, named, product, known))
    return sorted(found, key=lambda use: use.reference)


def kept(found: Iterable[Use]) -> dict[str, Product]:
    """The used products by name, each with only its used releases."""
    products: dict[str, Product] = {}
    for use in found:
        if use.product is None or use.release is None:
            continue
        product = products.get(use.product.name) or use.product._replace(releases=())
        if use.release not in product.releases:
            product = product._replace(releases=(*product.releases, use.release))
        products[product.name] = product
    return products
