"""A rule and a definition → why the rule says nothing about it, or what it says.

Invariants: judges nothing again that a run has judged; every answer has a reason, and lines with
their places where it rests on something written.
"""
