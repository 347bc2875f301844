"""Reads the core schema of YAML 1.2, by a fast and an exact path, with positions in the text.

Invariants: both paths agree on every text; if the fast one is not certain, the exact one is used.
"""
