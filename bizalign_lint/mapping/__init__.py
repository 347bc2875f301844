"""Records of other tools → definitions, by mappings in YAML; each value keeps its place.

Input: the records and links that ``readers`` found, and a mapping. Output: documents like those of
our own files, and counts of what was left out.

Invariants: what a record becomes is data (``mappings/``), checked against the ontology before use;
whatever is left out is counted; what a record becomes depends only on its own source.
"""
