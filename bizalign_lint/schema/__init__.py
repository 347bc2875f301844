"""Schema files → the ontology; documents validated by it → what can be linked, and flaws.

Invariants: after this room a document conforms to its schema: values that violate it were removed
and are recorded. Kinds and properties are data; none is named here.
"""
