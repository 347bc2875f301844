"""Types and helpers that every stage shares. Imports nothing of ours."""
