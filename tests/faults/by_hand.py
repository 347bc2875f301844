"""Reads the faults that are written by hand: ``domain/*.yaml``, one file a guideline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.faults.edits import (
    add,
    drop,
    drop_everywhere,
    extend,
    put,
    put_everywhere,
    remove,
    rewrite,
    shorten,
    together,
)
from tests.faults.fault import Edit, Fault

DOMAIN = Path(__file__).with_name("domain")
GUIDELINES = (
    *("integrity", "alignment", "outcomes", "basics", "landscape", "disruptions", "finance"),
)


class _Loader(yaml.CSafeLoader):  # type: ignore[misc]
    """Leaves dates as they are written."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, form) for tag, form in forms if not tag.endswith(":timestamp")]
        for first, forms in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def _read(guideline: str) -> tuple[Fault, ...]:
    text = (DOMAIN / f"{guideline}.yaml").read_bytes()
    return tuple(_fault(**written) for written in yaml.load(text, _Loader))  # noqa: S506


def _fault(fault: str, rule: str, edits: list[dict[str, Any]], **more: Any) -> Fault:
    return Fault(fault, rule, together(*map(_edit, edits)), **more)


def _edit(written: Mapping[str, Any]) -> Edit:
    """One item of ``edits``; the README says what there is."""
    match written:
        case {"in": of, **changes}:
            return together(*(_change(of, *change) for change in changes.items()))
        case {"in every": kind, "set": values, **where}:
            return put_everywhere(kind, where.get("where", {}), values)
        case {"in every": kind, "remove": paths}:
            return drop_everywhere(kind, paths)
        case {"add": reference, "title": title, "spec": spec, **owner}:
            return add(reference, title, spec, **owner)
        case {"delete": reference}:
            return remove(reference)
        case {"rewrite": path, "from": old, "to": new}:
            return rewrite(path, old, new)
        case _:
            raise ValueError(f"this is no edit: {written}")


def _change(of: str, verb: str, what: Any) -> Edit:
    match verb:
        case "set":
            return together(*(put(of, path, value) for path, value in what.items()))
        case "remove":
            return drop(of, *what)
        case "append":
            return together(*(extend(of, path, *values) for path, values in what.items()))
        case "take":
            return together(*(shorten(of, path, *values) for path, values in what.items()))
        case _:
            raise ValueError(f"{of} cannot be changed by {verb}")


FAULTS: tuple[Fault, ...] = tuple(fault for name in GUIDELINES for fault in _read(name))
