"""What the editor's own settings say: ``bizalign`` in them, or in the initialization options."""

from __future__ import annotations

from typing import Any, NamedTuple

SECTION = "bizalign"


class ClientOptions(NamedTuple):
    """How the server is to behave."""

    structure: bool = True
    """Whether to report what a schema for the files also reports; false beside another server
    that checks them against the schema."""
    pull: bool = False
    """Whether the editor asks for diagnostics, rather than being sent them."""


def client_options(said: Any, before: ClientOptions) -> ClientOptions:
    """The wishes that settings express; what they do not say, or say badly, is as before."""
    if isinstance(said, dict) and isinstance(said.get(SECTION), dict):
        said = said[SECTION]
    if not isinstance(said, dict):
        return before
    structure = said.get("structure", before.structure)
    diagnostics = said.get("diagnostics", "pull" if before.pull else "push")
    return ClientOptions(
        structure if isinstance(structure, bool) else before.structure,
        diagnostics == "pull" if diagnostics in ("push", "pull") else before.pull,
    )
