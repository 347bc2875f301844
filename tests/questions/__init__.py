"""Questions to a model."""
