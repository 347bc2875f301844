"""The model and its rules for other tools: one module for each format.

Invariants: the same input gives the same bytes.
"""
