"""What editors that know nothing of us are given: a JSON Schema of definitions, with snippets.

Invariants: made of the ontology alone; understood by editors that know draft-07 only.
"""
