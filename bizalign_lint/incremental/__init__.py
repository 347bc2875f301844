"""The engine kept warm: after an edit only what depends on it is done again.

Invariants: at every moment the findings are those of a fresh run over the same files.
"""
