"""Guidelines as data: reading rule files, checking them against the ontology, running them."""
