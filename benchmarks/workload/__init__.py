"""Models of any size to measure with: always the same for the same size."""
