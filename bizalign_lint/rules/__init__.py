"""Guidelines as data: rules are read (language), compiled, run over a graph, and explained.

``language`` is independent of graphs; ``compiled`` is the hot path and only finds which nodes break
a rule; ``explained`` finds why and where, for these nodes only. Invariants: the evaluation of a
shape always terminates; a rule that contradicts the ontology is refused when it is compiled, with
its place.
"""
