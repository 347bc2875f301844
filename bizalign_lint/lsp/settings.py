"""What the editor's own settings say: ``bizalign`` in them, or in the initialization options."""

from __future__ import annotations

from typing import Any, NamedTuple

SECTION = "bizalign"
_LONGEST = 60_000
"""So many milliseconds an edit may wait."""


class ClientOptions(NamedTuple):
    """How the server is to behave."""

    structure: bool = True
    """Whether to report what a schema for the files also reports; false beside another server
    that checks them against the schema."""
    pull: bool = False
    """Whether the editor asks for diagnostics, rather than being sent them."""
    delay: float = 0.02
    """How many seconds of silence there are before an edit is judged, at the least."""


def client_options(said: Any, before: ClientOptions) -> ClientOptions:
    """The wishes that settings express; what they do not say, or say badly, is as before."""
    if isinstance(said, dict) and isinstance(said.get(SECTION), dict):
        said = said[SECTION]
    if not isinstance(said, dict):
        return before
    structure = said.get("structure", before.structure)
    diagnostics = said.get("diagnostics", "pull" if before.pull else "push")
    delay = said.get("delay")
    if not isinstance(delay, int) or isinstance(delay, bool) or not 0 <= delay <= _LONGEST:
        delay = before.delay * 1000
    return ClientOptions(
        structure if isinstance(structure, bool) else before.structure,
        diagnostics == "pull" if diagnostics in ("push", "pull") else before.pull,
        delay / 1000,
    )
