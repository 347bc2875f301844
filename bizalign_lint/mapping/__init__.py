"""Records of other tools → definitions of ours, as mappings in YAML say; each value has its place.

Invariants: what becomes of what is data (``mappings/``), held against the ontology before it is
used; nothing is left out silently; what a record becomes depends on its own source only.
"""
