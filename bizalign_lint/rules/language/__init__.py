"""The rule language: files to values."""
