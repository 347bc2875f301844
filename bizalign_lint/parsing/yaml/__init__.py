"""Reading YAML 1.2 core: a fast path and an exact path, and places in the text.

Invariants: both paths agree on every text; where the fast one is not sure, the exact one decides.
"""
