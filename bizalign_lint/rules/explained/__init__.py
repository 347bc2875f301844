"""A node that breaks a rule → why, at which place, with which values in the message.

Invariants: slow is fine here; agrees with ``compiled`` about what is broken.
"""
