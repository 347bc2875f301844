"""Documents → nodes and edges, with inverses, and what is wrong between them.

Invariants: an edge and its inverse come and go together; a node never changes its name. What
has been reported of a node is relied on no more: ``trust`` alone keeps that, with the reason.
"""
