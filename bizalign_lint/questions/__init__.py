"""Answers to questions about a model: impact, paths, queries, and why a rule reports nothing.

Input: a graph, and for the last question the result of a run. Output: nodes, paths, rows or an
answer, as text, table, CSV or JSON.

Invariants: only relations are followed, and ownership does not connect; steps are written as in the
rule language, so that a path can be pasted into a rule; why a rule reports nothing is explained by
the functions that judge a run, and the answer names the places that it relies on.
"""
