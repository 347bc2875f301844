"""Flaws and broken rules → findings; what is accepted, known or not new is left out.

Invariants: only this room knows suppressions, dispensations, the baseline and the ratchet.
A fingerprint is made of what is wrong with what, never of line numbers, and is unique in a run.
"""
