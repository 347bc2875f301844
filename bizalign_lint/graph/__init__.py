"""Documents to nodes and edges, and what is wrong between them."""
