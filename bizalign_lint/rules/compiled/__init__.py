"""Shapes and paths → functions over nodes.

Invariants: what is compiled has been checked against the ontology; running it raises nothing but
TooManySteps, and changes nothing but the tables that ``prepare`` fills for a graph.
"""
