"""How large a document and a file may be: enough for any definition, little for any machine."""

from __future__ import annotations

MAX_BYTES = 10_000_000
"""How large a file may be."""
MAX_DEPTH = 100
"""How many levels a document may have."""
MAX_VALUES = 100_000
"""How many values a document may have, with every alias written out."""
MAX_KEY = 1_024
"""How many characters a key may have: YAML says so of most, and we of the rest."""
MAX_DEFECTS = 1_000
"""After how many mistakes a document is not read any further."""
MAX_DOCUMENTS = 20_000
"""How many documents a file may have."""
MAX_BROKEN = 100
"""After how many broken documents a file is not read any further."""
