"""The ontology, read from schema files; documents held against it."""
