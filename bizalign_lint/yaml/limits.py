"""How large a document may be: enough for any definition, and little enough for any machine."""

from __future__ import annotations

MAX_DEPTH = 100
"""How many levels a document may have."""
MAX_VALUES = 100_000
"""How many values a document may have, with every alias written out."""
