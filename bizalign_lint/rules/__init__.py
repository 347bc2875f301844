"""Guidelines as data: rules are read (language), compiled, run over a graph, and explained.

``language`` knows no graph; ``compiled`` is the hot path and only says which nodes break a rule;
``explained`` says why and where, for these alone. Invariants: a shape always terminates; a rule
that the ontology contradicts is refused when it is compiled, with its place.
"""
