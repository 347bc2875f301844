"""The model and its rules for other tools: one module per format."""
