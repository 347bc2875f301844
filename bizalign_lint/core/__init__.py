"""What every stage shares: types, errors, settings, the report, and small helpers on text.

Invariants: imports no other room, and nothing heavy; its values are frozen. Errors in the user's
model are Flaws and later Findings; errors in the set-up are BizalignErrors.
"""
