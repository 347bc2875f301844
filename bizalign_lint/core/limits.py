"""Size limits of files and documents: ample for definitions, harmless for any machine."""

from __future__ import annotations

MAX_BYTES = 10_000_000
"""Maximum size of a file."""
MAX_DEPTH = 100
"""Maximum nesting depth of a document."""
MAX_VALUES = 100_000
"""Maximum number of values in a document, with all aliases expanded."""
MAX_NUMBER = 10**18
"""Maximum absolute value of a number, read or computed: it fits into 64 bits and stays finite."""
MAX_KEY = 1_024
"""Maximum characters in a key: YAML's limit for implicit keys, ours for all others."""
MAX_DEFECTS = 1_000
"""Number of defects after which the rest of a document is skipped."""
MAX_DOCUMENTS = 20_000
"""Maximum number of documents in a file."""
MAX_BROKEN = 100
"""Number of broken documents after which the rest of a file is skipped."""
