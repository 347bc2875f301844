"""A graph → what depends on a definition, and how two of them are connected.

Invariants: relations are walked, not rules; ownership does not connect; steps are written in the
words of the rule language's paths, so that a path can be pasted into a rule.
"""
