"""Backstage catalog files (catalog-model 1.10): YAML with one entity per document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from bizalign_lint.core.types import Source
from bizalign_lint.parsing.yaml import fast
from bizalign_lint.readers.records import Format, Read, Record, bad, too_large
from bizalign_lint.readers.yaml_locator import YamlLocator, flaws

_GROUP = "backstage.io/"
_REFERENCE = re.compile(r"(?:([^:/\s]+):)?(?:([^:/\s]+)/)?([^:/\s]+)")
_DEFAULT = "default"


def read(source: Source, _options: Mapping[str, Any]) -> Read:
    """The entities of a catalog file; other documents in it are ignored."""
    found = Read(comments=True, flaws=too_large(source))
    if found.flaws:
        return found
    values = fast.read(source.content)
    for index, value in enumerate(values) if values is not None else _exact(source, found):
        if _is_entity(value):
            _add_entity(source, index, value, found)
    return found


def _is_entity(value: Any) -> TypeGuard[dict[str, Any]]:
    version = value.get("apiVersion") if isinstance(value, dict) else None
    return isinstance(version, str) and _GROUP in version


def _exact(source: Source, found: Read) -> Iterator[tuple[int, Any]]:
    """The documents of a file that needs the exact YAML parser; adds flaws for its errors."""
    from bizalign_lint.parsing.yaml import stream

    content = stream.read(source.content)
    if content.bad is not None:
        span = content.lines.small_span(content.bad.index, content.bad.index + 1)
        found.flaws.append(bad(source, content.bad.problem, span))
        return
    for index, tree in enumerate(content.trees):
        if tree.root is not None:
            yield index, tree.root.value
        if tree.root is None or _is_entity(tree.root.value):
            found.flaws += flaws(source, content.lines, tree.defects)


def _add_entity(source: Source, index: int, value: dict[str, Any], found: Read) -> None:
    kind, metadata = value.get("kind"), value.get("metadata")
    locator = YamlLocator(source, index, value)
    if not isinstance(kind, str) or not kind.strip():
        found.flaws.append(bad(source, "this entity has no kind", locator.locate((), False)))
        return
    name = metadata.get("name") if isinstance(metadata, dict) else None
    if not isinstance(name, str | int) or isinstance(name, bool) or not str(name).strip():
        span = locator.locate(("metadata",), True)
        found.flaws.append(bad(source, f"this {kind} has no metadata.name", span))
        return
    assert isinstance(metadata, dict)
    namespace = str(metadata.get("namespace") or _DEFAULT).lower()
    identity_ = f"{kind.strip()}:{namespace}/{name}".lower()
    found.records.append(
        Record(
            type=kind.strip().lower(),
            id=identity_,
            fields=value,
            locator=locator,
            namespace=namespace,
            number=index,
            aliases=aliases(identity_),
        )
    )


def identity(text: str, type_: str, record: Record) -> str:
    """The identity ``kind:namespace/name``, in lower case, of ``[kind:][namespace/]name``."""
    parts = _REFERENCE.fullmatch(text.strip())
    if parts is None:
        return text
    return f"{parts[1] or type_}:{parts[2] or record.namespace}/{parts[3]}".lower()


def type_of(identity_: str) -> str:
    """The kind in an identity."""
    return identity_.partition(":")[0]


def aliases(identity_: str) -> tuple[str, ...]:
    """The identity itself and, in the default namespace, also ``kind:name``."""
    short = identity_.replace(f":{_DEFAULT}/", ":")
    return (identity_,) if short == identity_ else (identity_, short)


FORMAT = Format(read, identity, type_of)
