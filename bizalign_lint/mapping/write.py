"""A definition that was read from another tool → our YAML, for people to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bizalign_lint.core.types import Document
from bizalign_lint.parsing.yaml.write import scalar
from bizalign_lint.schema.ontology import Ontology


def written(document: Document, ontology: Ontology) -> str:
    """The definition as YAML, its properties in the order of their schema."""
    known = [*ontology.kinds[document.value["kind"]].type.properties]
    order = {name: number for number, name in enumerate(known)}
    sections = {
        key: dict(sorted(value.items(), key=lambda item: order.get(item[0], -1)))
        if isinstance(value, Mapping)
        else value
        for key, value in document.value.items()
    }
    return "".join(f"{line}\n" for line in _mapping(sections, ""))


def _mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, item in value.items():
        yield from _entry(f"{indent}{scalar(key)}:", item, f"{indent}  ")


def _entry(lead: str, item: Any, indent: str) -> Iterator[str]:
    if isinstance(item, Mapping) and item:
        yield lead
        yield from _mapping(item, indent)
    elif isinstance(item, list) and item:
        yield lead
        for one in item:
            yield f"{indent}- {scalar(one)}"
    else:
        yield f"{lead} {scalar(item)}"
