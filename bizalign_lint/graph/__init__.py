"""Documents → nodes and edges, with inverses, and what is wrong between them.

Invariants: an edge and its inverse come and go together; a node never changes its name. Trust is
lost in one place: what was flawed or doubtful is marked, and rules are silent about it.
"""
