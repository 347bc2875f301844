"""Files of the set-up as somebody is typing them: what they are, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bizalign_lint.core import shipped
from bizalign_lint.core.errors import BizalignError
from bizalign_lint.core.shipped import TEST_SUFFIX
from bizalign_lint.core.types import Location, Source
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.parsing.positions import locate
from bizalign_lint.schema.messages import objections
from bizalign_lint.schema.ontology import Schema
from bizalign_lint.sources.disk import belongs
from bizalign_lint.sources.roots import CONFIG_NAME
from bizalign_lint.workspace.config import Config

KIND = "kind"
_ROLES = {"rules": "rule", "schemas": KIND, "mappings": "mapping", "pack.yaml": "pack"}
"""What is in the folders of a pack."""


def role(path: str, config: Config | None) -> str | None:
    """Which schema a file of the set-up keeps to; None for one that is not of it."""
    if path.rpartition("/")[2] == CONFIG_NAME or (config is not None and path in config.files):
        return "config"
    if config is None or path.endswith(TEST_SUFFIX):
        return None
    for pack in config.packs:
        if path.startswith(f"{pack.path}/"):
            return _ROLES.get(path[len(pack.path) + 1 :].partition("/")[0])
    if belongs(path, frozenset(config.rules)):
        return "rule"
    if belongs(path, frozenset(config.schemas)):
        return KIND
    return "mapping" if any(said.get("mapping") == path for said in config.sources) else None


@cache
def form(name: str) -> Schema:
    """The schema for a role."""
    schema: Schema = read_document(shipped.meta(name)).value
    return schema


def errors(source: Source, name: str) -> Iterator[BizalignError]:
    """What is wrong with a file by itself; what it names is looked up when it is saved."""
    try:
        document = read_document(source)
    except BizalignError as error:
        yield from (error, *error.others)
        return
    if name == KIND or ("id" not in document.value and name == "rule"):
        return  # A file of shared shapes, a guideline or a measure keeps to another schema.
    for place, message in objections(form(name), document):
        yield BizalignError(message, Location(source.path, locate(place)))
