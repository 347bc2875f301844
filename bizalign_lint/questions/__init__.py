"""A graph → what depends on a definition, how two of them are connected, and why a rule is silent.

Invariants: relations are walked, not rules; ownership does not connect; steps are written in the
words of the rule language's paths, so that a path can be pasted into a rule. Why a rule says
nothing is judged by nothing but what a run has judged; every answer to that has a reason, and lines
with their places where it rests on something written.
"""
