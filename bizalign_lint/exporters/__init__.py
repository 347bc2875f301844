"""The model and its rules → files for other tools; one module for each format.

Input: a linked model, its findings and coverage, or rules. Output: text, or bytes.

Invariants: the same input gives the same bytes; what a format cannot hold is counted, never dropped
in silence.
"""
