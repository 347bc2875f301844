"""A graph → what hangs on a definition, and how two of them hang together.

Invariants: relations are walked, not rules; who owns what joins nothing; steps are told in the
words of the rule language's paths, so that a way can be pasted into a rule.
"""
