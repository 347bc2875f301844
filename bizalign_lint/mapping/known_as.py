"""Names by which records refer to each other → the identities of the records."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bizalign_lint.core.words import folded
from bizalign_lint.readers.records import Record

_ESCAPED = re.compile(r"\\([\\/])")
"""An escaped slash or backslash in a name that is part of a path."""


class Names:
    """The records of a source by their identities and by their names."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._names: list[dict[tuple[str, str], list[str]]] = []
        """Ids by type and name, the most exact names first; the type "" stands for all types."""

    def add(self, record: Record) -> None:
        """Add a record, so that it is found by its identity and names."""
        self._ids.add(record.id)
        for rank, name in enumerate(record.names):
            if rank == len(self._names):
                self._names.append({})
            for type_ in {record.type, ""}:
                known = self._names[rank].setdefault((type_, folded(name)), [])
                if record.id not in known:
                    known.append(record.id)

    def _named(self, type_: str, name: str) -> Sequence[str]:
        key = type_, folded(name)
        return next((ids for known in self._names if (ids := known.get(key))), ())

    def resolve(self, identity: str, type_: str, name: str) -> str | None:
        """The identity that a reference means; unchanged if no record has that name.

        None if several records have it.
        """
        if identity in self._ids:
            return identity
        found = self._named(type_, name) or self._named(type_, _ESCAPED.sub(r"\1", name))
        return identity if not found else found[0] if len(found) == 1 else None
