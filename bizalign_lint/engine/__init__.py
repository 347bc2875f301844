"""The stages put together, for one run: load → read the model → judge it.

Invariants: ``load`` knows no model, ``model`` no rules that judge it, ``judge`` no files but those
it is given. What a command adds to a run stands beside: what is new ``since`` a revision, and the
cases of rules in ``rule_tests``.
"""
