"""Documents → nodes and edges with inverses, and the flaws between definitions.

Invariants: an edge and its inverse are added and removed together; a node's name never changes.
Properties of nodes with a reported flaw are not trusted: only ``trust`` records that, with the
flaw.
"""
