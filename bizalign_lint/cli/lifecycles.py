"""``bizalign-lint lifecycles``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bizalign_lint.cli.group import HelpfulGroup
from bizalign_lint.cli.options import config_file_option, effective
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import content, encoded, output_target, replace
from bizalign_lint.core.errors import NothingToCheckError, UsageError, reason
from bizalign_lint.core.suggest import hint
from bizalign_lint.core.today import today
from bizalign_lint.core.words import counted
from bizalign_lint.lifecycles import LOCK_NAME
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.lifecycles.products import Catalog, Named
    from bizalign_lint.lifecycles.uses import Use
    from bizalign_lint.workspace.open import Workspace

ADDRESS = "https://endoflife.date/api/v1/products/full"
_STDIN = "standard input"
_MOST = 10
"""The most unknown products, and unknown releases, that are listed."""
EPILOG = """\b
Examples:
  bizalign-lint lifecycles update
  bizalign-lint lifecycles update --from products.json
  bizalign-lint lifecycles list
"""


@click.group("lifecycles", cls=HelpfulGroup, epilog=EPILOG)
def command() -> None:
    """Fetch and list the support dates of the products that the model names."""


@command.command("update")
@click.option(
    "--from",
    "origin",
    default=ADDRESS,
    metavar="ADDRESS|FILE",
    help="Address or file of endoflife.date's full list, or of an OpenEoX or CycloneDX document; "
    f"- for standard input (default: {ADDRESS}).",
)
@config_file_option
@click.pass_obj
def update(session: Session, /, origin: str, config_file: str | None) -> None:
    """Fetch the dates of the releases that the model names, and write the lock file.

    It is lifecycles.lock.json in the root of the workspace. Commit it: checks only read this file
    and never use the network.
    """
    from bizalign_lint.lifecycles.formats import read
    from bizalign_lint.lifecycles.lock import render
    from bizalign_lint.lifecycles.products import Catalog
    from bizalign_lint.lifecycles.uses import kept

    workspace = _workspace(session, config_file)
    name = _STDIN if origin == "-" else origin
    published = read(_content(origin, name), name)
    catalog = Catalog(published.products)
    found = _uses(workspace, catalog)
    as_of = published.as_of or today().isoformat()
    products = kept(found)
    file = output_target(os.path.join(workspace.root, LOCK_NAME), workspace.root)
    source = published.publisher or (name if "://" in origin else os.path.basename(name))
    replace(file, content(file), encoded([render(products, source, as_of)]))
    releases = sum(len(product.releases) for product in products.values())
    named = f"{counted(releases, 'release')} of {counted(len(products), 'product')}"
    sys.stdout.write(f"{LOCK_NAME}: {named}, as of {as_of}\n")
    for line in _unknown(found, catalog):
        sys.stdout.write(f"{clean(line)}\n")


@command.command("list")
@config_file_option
@click.pass_obj
def list_(session: Session, /, config_file: str | None) -> None:
    """List the definitions that name a product, with the dates in the lock file."""
    from bizalign_lint.lifecycles.lock import read_lock

    workspace = _workspace(session, config_file)
    if workspace.settings.lifecycles is None:
        raise NothingToCheckError(
            f"the workspace has no {LOCK_NAME}", hint="bizalign-lint lifecycles update writes it"
        )
    lock = read_lock(workspace.settings.lifecycles)
    for use in _uses(workspace, lock.catalog):
        known = "not in the lock file"
        if use.release is not None:
            known = ", ".join(f"{name} {day}" for name, day in use.release.dates.items())
        sys.stdout.write(clean(f"{use.reference}: {_shown(use.named)}: {known}") + "\n")
    sys.stdout.write(clean(f"as of {lock.as_of}, from {lock.source}") + "\n")


def _workspace(session: Session, config_file: str | None) -> Workspace:
    from bizalign_lint.workspace.open import open_workspace

    root = find_root(())
    session.root = root.path
    config = effective(root.path, config_file=config_file)
    return open_workspace(root, config, today())


def _uses(workspace: Workspace, catalog: Catalog) -> list[Use]:
    """The products that definitions name, as their files are, without the lock file's dates."""
    from bizalign_lint.engine.load import load_for
    from bizalign_lint.engine.model import parsed
    from bizalign_lint.lifecycles.uses import uses

    loaded = load_for(workspace.settings._replace(lifecycles=None))
    held = parsed(loaded, workspace.found.sources)
    documents = (document for one in held for document in one.documents)
    return uses(documents, loaded.ontology, catalog)


def _content(origin: str, name: str) -> bytes:
    """The document at an address, in a file or on standard input. Raises UsageError."""
    from bizalign_lint.sources.web import bounded, fetch, is_address

    try:
        if origin == "-":
            return bounded(sys.stdin.buffer)
        if is_address(origin):
            return fetch(origin)
        with open(origin, "rb") as file:
            return bounded(file)
    except OSError as error:
        raise UsageError(
            f"cannot read {name}: {reason(error)}",
            hint="download it by other means, and give the file with --from",
        ) from None


def _unknown(found: Sequence[Use], catalog: Catalog) -> Iterator[str]:
    """The lines about products and releases that the published data does not have."""
    from bizalign_lint.lifecycles.products import version_of

    products = [use for use in found if use.product is None]
    releases = [
        use
        for use in found
        if use.product is not None and use.release is None and version_of(use.named)
    ]
    for title, missing in (("unknown product", products), ("unknown release", releases)):
        if missing:
            yield f"{counted(len(missing), title)}:"
            yield from (f"  {_line(use, catalog)}" for use in missing[:_MOST])
        if len(missing) > _MOST:
            yield f"  and {len(missing) - _MOST:,} more"


def _line(use: Use, catalog: Catalog) -> str:
    if use.product is None:
        near = hint(use.named.product.lower(), catalog.names)
    else:
        near = "known: " + ", ".join(one.label for one in use.product.releases[:_MOST])
    return f"{use.reference}: {_shown(use.named)}" + (f" ({near})" if near else "")


def _shown(named: Named) -> str:
    return f"{named.product or named.purl} {named.version}".strip()
