"""What every stage shares: types, errors, settings, the report, and small helpers on text.

Invariants: imports no other room, and nothing heavy; its values are frozen. What is wrong in the
user's model is a Flaw and later a Finding; what is wrong in the set-up is a BizalignError.
"""
