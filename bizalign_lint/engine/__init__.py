"""The stages of one run put together: ``load`` the set-up, read the ``model``, ``judge`` it.

Input: settings and the files of a workspace. Output: a Report. Beside them are two uses of a run:
``since``, what is new since a revision, and ``rule_tests``, the cases of rules.

Invariants: ``load`` knows no model, ``model`` evaluates no rules, and ``judge`` only sees the files
that it is given.
"""
