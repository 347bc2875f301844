"""The engine kept in memory: after an edit, only what depends on it is recomputed.

Invariants: at any time, the findings are those of a fresh run over the same files.
"""
