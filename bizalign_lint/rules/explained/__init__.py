"""A node that breaks a rule → why, at which place, and with which values in the message.

Invariants: agrees with ``compiled`` about what is broken. It may be slow.
"""
