"""Flaws and broken rules → findings, without those that are suppressed, in the baseline or not new.

Invariants: only this room knows suppressions, dispensations, the baseline and the ratchet. A
fingerprint is made of rule, entity and value, never of line numbers, and is unique in a run.
"""
