"""Schema files → the ontology; documents held against it → what can be linked, and flaws.

Invariants: after this room a document has the form that its schema asks for: what it refuses has
been taken out and is remembered. Kinds and properties are data; none is spelt here.
"""
