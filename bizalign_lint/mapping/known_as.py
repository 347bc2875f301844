"""What records call each other, where that is not their identity → the record that is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bizalign_lint.core.words import folded
from bizalign_lint.readers.records import Record

_ESCAPED = re.compile(r"\\([\\/])")
"""A sign of paths in a name, where paths are written."""


class Names:
    """The records of a source by their identities and by their names."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._names: list[dict[tuple[str, str], list[str]]] = []
        """By how exact they are, then by type and name; under the type "" those of all types."""

    def add(self, record: Record) -> None:
        """Let a record be found."""
        self._ids.add(record.id)
        for rank, name in enumerate(record.names):
            if rank == len(self._names):
                self._names.append({})
            for type_ in {record.type, ""}:
                known = self._names[rank].setdefault((type_, folded(name)), [])
                if record.id not in known:
                    known.append(record.id)

    def _called(self, type_: str, name: str) -> Sequence[str]:
        said = type_, folded(name)
        return next((ids for known in self._names if (ids := known.get(said))), ())

    def meant(self, identity: str, type_: str, name: str) -> str | None:
        """The identity that a reference means; itself where nothing is called so; None: several."""
        if identity in self._ids:
            return identity
        found = self._called(type_, name) or self._called(type_, _ESCAPED.sub(r"\1", name))
        return identity if not found else found[0] if len(found) == 1 else None
