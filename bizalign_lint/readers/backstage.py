"""Backstage's catalog files (catalog-model 1.10): entities in YAML, one a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.core.types import Source
from bizalign_lint.parsing.yaml import fast
from bizalign_lint.readers.records import Format, Read, Record, bad
from bizalign_lint.readers.yaml_locator import YamlLocator

_GROUP = "backstage.io/"
_MARK = _GROUP.encode()
_REFERENCE = re.compile(r"(?:([^:/\s]+):)?(?:([^:/\s]+)/)?([^:/\s]+)")
_DEFAULT = "default"


def read(source: Source, _options: Mapping[str, Any]) -> Read:
    """The entities of a catalog file. Documents of other tools in it are left alone."""
    found = Read(comments=True)
    if len(source.content) > MAX_BYTES:
        found.flaws.append(bad(source, f"this file has more than {MAX_BYTES:,} bytes; split it"))
        return found
    values = fast.read(source.content)
    for index, value in enumerate(values) if values is not None else _exact(source, found):
        if isinstance(value, dict) and _is_entity(value):
            _take(source, index, value, found)
    return found


def _is_entity(value: dict[str, Any]) -> bool:
    said = value.get("apiVersion")
    return isinstance(said, str) and _GROUP in said


def _exact(source: Source, found: Read) -> Iterator[tuple[int, Any]]:
    """The documents of a file that is not easily read; what is broken in it is reported."""
    from bizalign_lint.parsing.yaml import stream

    content = stream.read(source.content)
    if content.bad is not None:
        span = content.lines.small_span(content.bad.index, content.bad.index + 1)
        found.flaws.append(bad(source, content.bad.problem, span))
        return
    for index, tree in enumerate(content.trees):
        if tree.root is not None:
            yield index, tree.root.value
        if tree.root is None or _is_ours(tree.root.value):
            found.flaws += [
                bad(source, problem, content.lines.small_span(defect.start, defect.end))
                for defect in tree.defects
                if (problem := _problem(defect.details, defect.subject))
            ]


def _is_ours(value: Any) -> bool:
    return isinstance(value, dict) and _is_entity(value)


def _problem(details: Mapping[str, str], subject: str) -> str:
    """What is wrong with the YAML, if it matters to what is read."""
    return details.get("problem") or (f"{subject} appears twice" if subject else "")


def _take(source: Source, index: int, value: dict[str, Any], found: Read) -> None:
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
    """``[kind:][namespace/]name``, in any case of letters, as ``kind:namespace/name``."""
    parts = _REFERENCE.fullmatch(text.strip())
    if parts is None:
        return text
    return f"{parts[1] or type_}:{parts[2] or record.namespace}/{parts[3]}".lower()


def type_of(identity_: str) -> str:
    """The kind that an identity names."""
    return identity_.partition(":")[0]


def aliases(identity_: str) -> tuple[str, ...]:
    """``kind:namespace/name``, and in the default namespace ``kind:name``."""
    short = identity_.replace(f":{_DEFAULT}/", ":")
    return (identity_,) if short == identity_ else (identity_, short)


FORMAT = Format(read, identity, type_of)
